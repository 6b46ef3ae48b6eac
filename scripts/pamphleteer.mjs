#!/usr/bin/env node
// The command. Runs the bundle that `npm ci` packed (see prepare.mjs) if no source is newer, else the sources themselves.
import { readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import process from 'node:process';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { Script } from 'node:vm';

const scripts = fileURLToPath(new URL('.', import.meta.url));
const bundle = new URL('../node_modules/.cache/pamphleteer/', import.meta.url);

/** The bundle's version, or undefined where there is none or a source is newer. */
function freshVersion() {
  try {
    const stamp = new URL('package.json', bundle);
    const packed = statSync(stamp).mtimeMs;
    const sources = readdirSync(scripts, { recursive: true }).filter((name) => name.endsWith('.ts'));
    if (sources.some((name) => statSync(`${scripts}${name}`).mtimeMs > packed)) return undefined;
    return JSON.parse(readFileSync(stamp, 'utf8')).version;
  } catch {
    return undefined;
  }
}

const COMMANDS = ['build', 'check', 'impose'];

/** Runs the bundle; what V8 compiled of it is kept from the first run to the next, for each command and each Node. */
function run(version) {
  const path = fileURLToPath(new URL('pamphleteer.js', bundle));
  const [, , command, ...rest] = process.argv;
  const compiled = fileURLToPath(new URL(`${version}-${process.version}-${command}.bin`, bundle));
  const cachedData = COMMANDS.includes(command) ? readIfThere(compiled) : undefined;
  const script = new Script(readFileSync(path, 'latin1'), { filename: path, ...(cachedData ? { cachedData } : {}) });
  const module = { exports: {} };
  const load = script.runInThisContext();
  load(createRequire(path), module, module.exports, pathToFileURL(path).href, (name) => import(name));
  // V8 itself checks what it is given, and compiles anew what does not suit it.
  if (cachedData && !script.cachedDataRejected) return;
  // After work well done only: who asks for help has compiled next to nothing.
  if (!COMMANDS.includes(command) || rest.some((word) => word === '-h' || word === '--help')) return;
  process.once('exit', (code) => code === 0 && keep(compiled, script.createCachedData()));
}

/** Whole or not at all; where nothing can be written, nothing is kept. */
function keep(path, data) {
  try {
    const aside = `${path}.${process.pid}`;
    writeFileSync(aside, data);
    renameSync(aside, path);
  } catch {}
}

function readIfThere(path) {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

const version = freshVersion();
if (version) run(version);
else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./cli.ts');
}
