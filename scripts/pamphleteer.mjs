#!/usr/bin/env node
// The command. Runs the bundle that `npm ci` packed (see prepare.mjs) if no source is newer, else the sources themselves.
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const scripts = fileURLToPath(new URL('.', import.meta.url));
const bundle = new URL('../node_modules/.cache/pamphleteer/', import.meta.url);

function isFresh() {
  try {
    const packed = statSync(new URL('package.json', bundle)).mtimeMs;
    const sources = readdirSync(scripts, { recursive: true }).filter((name) => name.endsWith('.ts'));
    return sources.every((name) => statSync(`${scripts}${name}`).mtimeMs <= packed);
  } catch {
    return false;
  }
}

if (isFresh()) await import(new URL('cli.js', bundle).href);
else {
  const { register } = await import('tsx/esm/api');
  register();
  await import('./cli.ts');
}
