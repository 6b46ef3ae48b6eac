// Runs after `npm ci` in a clone. npm links the commands of a package's dependencies but not its own: this makes
// `npx pamphleteer` work. And it packs the scripts into one bundle: loading four hundred small modules through the
// TypeScript loader takes longer than setting a pamphlet. pamphleteer.mjs uses the bundle only while it is fresh.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
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

/** What finds files beside itself, or is there once a language: loaded from where it is installed. */
const OUTSIDE = ['harfbuzzjs', 'subset-font', 'hyphen', 'epub-gen-memory', 'tar-fs'];

/** Loading from outside goes through the function that pamphleteer.mjs gives: a script of our own has no `import()`. */
const outside = {
  name: 'outside',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]scripts[\\/].*\.ts$/ }, ({ path }) => ({
      contents: readFileSync(path, 'utf8').replaceAll(/\bimport\((?=[`'])(?!'\.|'puppeteer')/g, 'outside('),
      loader: 'ts',
    }));
  },
};

/** The browser's driver without its settings and downloads: both belong to `npx puppeteer`, and load slowly. */
const driver = {
  name: 'driver',
  setup(bundler) {
    const resolveDir = dirname(createRequire(import.meta.url).resolve('puppeteer'));
    bundler.onResolve({ filter: /^puppeteer$/ }, ({ kind }) => bundler.resolve('puppeteer-core', { kind, resolveDir }));
    bundler.onResolve({ filter: /^(?:proxy-agent|yargs|extract-zip)(?:$|\/)/ }, ({ path }) => ({
      path,
      namespace: 'none',
    }));
    bundler.onLoad({ filter: /^/, namespace: 'none' }, () => ({ contents: 'module.exports = {}' }));
  },
};

async function bundle() {
  const folder = join(root, 'node_modules', '.cache', 'pamphleteer');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { outputFiles } = await build({
    entryPoints: [join(root, 'scripts', 'cli.ts')],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    mainFields: ['module', 'main'],
    // Names stay: they are told when something fails.
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: 'none',
    logLevel: 'error',
    plugins: [outside, driver],
    external: [...OUTSIDE, 'chromium-bidi'],
    define: { 'import.meta.url': 'address' },
    banner: { js: '(function (require, module, exports, address, outside) {' },
    footer: { js: '})' },
  });
  // All in ASCII, regular expressions too: such a script takes half the memory and is read at once.
  const script = outputFiles[0].text.replaceAll(
    /[^\0-\x7f]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  writeFileSync(join(folder, 'pamphleteer.js'), script);
  // The stamp of freshness, written last.
  const version = createHash('sha256').update(script).digest('hex').slice(0, 16);
  writeFileSync(join(folder, 'package.json'), `{ "type": "commonjs", "version": "${version}" }\n`);
}

linkCommand();
await bundle();
