// Runs after `npm ci` in a clone. npm links the commands of a package's dependencies but not its own: this makes
// `npx pamphleteer` work. And it packs the scripts into one bundle: loading four hundred small modules through the
// TypeScript loader takes longer than setting a pamphlet. pamphleteer.mjs uses the bundle only while it is fresh.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));

function linkCommand() {
  const folder = join(root, 'node_modules', '.bin');
  mkdirSync(folder, { recursive: true });
  if (process.platform === 'win32') {
    writeFileSync(join(folder, 'pamphleteer.cmd'), '@node "%~dp0\\..\\..\\scripts\\pamphleteer.mjs" %*\r\n');
    return;
  }
  const link = join(folder, 'pamphleteer');
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'scripts', 'pamphleteer.mjs'), link);
  chmodSync(join(root, 'scripts', 'pamphleteer.mjs'), 0o755);
}

async function bundle() {
  const outdir = join(root, 'node_modules', '.cache', 'pamphleteer');
  rmSync(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [join(root, 'scripts', 'cli.ts')],
    outdir,
    bundle: true,
    splitting: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
    // What finds files beside itself, or is CommonJS and loads in one piece anyway, stays where it is.
    external: [
      ...[
        'puppeteer',
        '@pdfme/pdf-lib',
        'harfbuzzjs',
        'subset-font',
        'hyphen',
        'epub-gen-memory',
        'tar-fs',
        'image-size',
      ],
      '@sparticuz/chromium',
    ],
    banner: {
      js: `import { createRequire as requirer } from 'node:module'; const require = requirer(import.meta.url);`,
    },
  });
  // The stamp of freshness, written last.
  writeFileSync(join(outdir, 'package.json'), '{ "type": "module" }\n');
}

linkCommand();
await bundle();
