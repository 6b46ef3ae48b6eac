// A workshop for whole-command tests: books in temporary folders, the real command run on them, folders compared by checksum.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
export const COMMAND = join(ROOT, 'scripts', 'pamphleteer.mjs');

export interface Done {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  readonly done: Promise<Done>;
}

export interface Surroundings {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** The command as a user starts it, in a process of its own. */
export function start(args: readonly string[], { cwd = ROOT, env = {} }: Surroundings = {}): Running {
  return startProgram(process.execPath, [COMMAND, ...args], { cwd, env });
}

export function startProgram(program: string, args: readonly string[], { cwd = ROOT, env }: Surroundings): Running {
  // What the test runner sets in its own process would change the child's output.
  const { NODE_TEST_CONTEXT: _, NODE_OPTIONS: __, SOURCE_DATE_EPOCH: ___, ...inherited } = process.env;
  const child = spawn(program, args, { cwd, env: { ...inherited, ...env } });
  const said = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said.stderr += text;
  });
  const done = new Promise<Done>((resolve, reject) => {
    child.once('error', reject).once('close', (code, signal) => resolve({ code, signal, ...said }));
  });
  return { child, done };
}

export const pamphleteer = (args: readonly string[], surroundings?: Surroundings): Promise<Done> =>
  start(args, surroundings).done;

const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** A folder that is gone when the tests are done. */
export function temporary(): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pamphleteer-test-')));
  folders.push(folder);
  return folder;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

export function write(folder: string, files: Files): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** A book in a folder of its own. */
export function book(files: Files, name = 'book'): string {
  const folder = join(temporary(), name);
  write(folder, files);
  return folder;
}

/** A copy of the sample book; `edit` changes its book.yaml. */
export function sample(name = 'book', edit: (yaml: string) => string = (yaml) => yaml): string {
  const folder = join(temporary(), name);
  mkdirSync(folder);
  cpSync(join(ROOT, 'manuscripts'), join(folder, 'manuscripts'), { recursive: true });
  writeFileSync(join(folder, 'book.yaml'), edit(readFileSync(join(ROOT, 'book.yaml'), 'utf8')));
  return folder;
}

export const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Every file below a folder, hidden ones too: its path (forward slashes) and SHA-256; folders end in `/`. */
export function tree(folder: string, within = ''): Record<string, string> {
  const found: Record<string, string> = {};
  for (const entry of readdirSync(join(folder, within), { withFileTypes: true })) {
    const path = within ? `${within}/${entry.name}` : entry.name;
    if (entry.isDirectory()) Object.assign(found, { [`${path}/`]: '' }, tree(folder, path));
    else found[path] = sha256(readFileSync(join(folder, path)));
  }
  return Object.fromEntries(Object.entries(found).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

/** A place, a reason, and under it a hint: how every message must look on stderr. */
export const MESSAGE = /^[^\s:][^:\n]*:\d+:\d+: \S.*\n {4}\S/m;
export const STACK = /^ +at .*[(/].*:\d+:\d+\)?$|Please report it/m;
