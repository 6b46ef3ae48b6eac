// npm links the commands of a package's dependencies but not its own: after `npm ci` in a clone, this makes
// `npx pamphleteer` and `node_modules/.bin/pamphleteer` work there.
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = join(root, 'node_modules', '.bin');
// Installed as somebody's dependency, npm has linked the command itself.
if (existsSync(join(root, 'node_modules'))) {
  mkdirSync(folder, { recursive: true });
  if (process.platform === 'win32')
    writeFileSync(join(folder, 'pamphleteer.cmd'), '@node "%~dp0\\..\\..\\scripts\\pamphleteer.mjs" %*\r\n');
  else {
    const link = join(folder, 'pamphleteer');
    rmSync(link, { force: true });
    symlinkSync(join('..', '..', 'scripts', 'pamphleteer.mjs'), link);
    chmodSync(join(root, 'scripts', 'pamphleteer.mjs'), 0o755);
  }
}
