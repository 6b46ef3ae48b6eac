// The outside programs that judge: where one is missing, a test says so and is skipped; in CI it fails instead.
import { spawnSync } from 'node:child_process';

/** `{}` where it holds, else `{skip: reason}`: the second argument of `test`. In CI it must hold. */
export function given(holds: boolean, reason: string): { skip?: string } {
  if (holds) return {};
  if (process.env['CI']) throw new Error(`${reason} (CI must have it: see .ci/run)`);
  return { skip: reason };
}

/** `{}` where every program runs, else `{skip: reason}`: the second argument of `test`. */
export function needs(...programs: readonly string[]): { skip?: string } {
  const missing = programs.filter((program) => spawnSync('which', [program]).status !== 0);
  return given(missing.length === 0, `not installed: ${missing.join(', ')}`);
}

/** What the program prints; throws with its own words where it fails. */
export function run(program: string, args: readonly string[]): string {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${done.stderr || done.stdout}`);
  return done.stdout;
}
