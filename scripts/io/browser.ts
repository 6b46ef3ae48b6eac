// The browser: found (or unpacked from the npm package into a cache of ours), started with our own flags, always closed.
// Gives stones to lay type on. It never makes a network request.
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pipeline } from 'node:stream/promises';
import { pathToFileURL } from 'node:url';
import { createBrotliDecompress } from 'node:zlib';
import type { Browser, Page } from 'puppeteer';
import type { Stone } from '../typeset/stone.ts';

/** A program that runs, and what its process alone needs around it. */
interface Engine {
  readonly executable: string;
  readonly shell: boolean;
  readonly env: Readonly<Record<string, string>>;
}

export interface Pressroom {
  /** So many stones can be worked on at once. */
  readonly hands: number;
  /** A stone whose documents are kept in `folder`. */
  readonly stone: (folder: string) => Promise<Stone>;
  /** May be called more than once. */
  readonly close: () => Promise<void>;
}

/** No browser starts here: the message names the one command to run. Exit code 3. */
export class BrowserMissing extends Error {
  override name = 'BrowserMissing';
}

const FLAGS = [
  '--no-sandbox', // the pages are our own documents, without scripts; as root Chromium does not start with one
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-extensions',
  '--disable-default-apps',
  '--no-default-browser-check',
  '--metrics-recording-only',
  '--host-resolver-rules=MAP * ~NOTFOUND',
  '--proxy-server=127.0.0.1:9', // the discard port: whatever asks for the network gets nothing
  '--font-render-hinting=none',
  '--disable-lcd-text',
  '--force-color-profile=srgb',
  '--hide-scrollbars',
  '--lang=en-US',
];

/**
 * Starts the first engine that runs: the packed one, puppeteer's own, the system's. `launching` is called as soon as a
 * browser's process has been asked for: what the caller loads from then on costs no time.
 */
export async function openPressroom(report: (line: string) => void, launching: () => void): Promise<Pressroom> {
  const { default: puppeteer } = await import('puppeteer');
  const failures: string[] = [];
  for (const find of [askedFor, packed, downloaded, installed]) {
    let engine: Engine | undefined;
    const late = new AbortController();
    let waiting: NodeJS.Timeout | undefined;
    try {
      engine = await find(report);
      if (!engine) continue;
      // Seconds in which we listened: reading a very long text keeps us from hearing that the browser is there.
      let patience = 30;
      waiting = setInterval(() => --patience === 0 && late.abort(), 1000);
      const launched = puppeteer.launch({
        executablePath: engine.executable,
        headless: engine.shell ? 'shell' : true,
        args: FLAGS,
        env: { ...process.env, TZ: 'UTC', LANG: 'C.UTF-8', LC_ALL: 'C.UTF-8', ...engine.env },
        // Long messages go through a pipe faster than through a socket, and the browser ends when we do.
        pipe: true,
        signal: late.signal,
        waitForInitialPage: false,
        protocolTimeout: 600_000,
        handleSIGINT: false,
        handleSIGTERM: false,
      });
      launching();
      return pressroom(await launched);
    } catch (error) {
      failures.push(`${engine?.executable ?? find.name}: ${String(error).split('\n')[0]}`);
    } finally {
      clearInterval(waiting);
    }
  }
  throw new BrowserMissing(
    [
      'No browser could be started.',
      ...failures,
      'Run `npx puppeteer browsers install chrome-headless-shell`, then build again.',
    ].join('\n'),
  );
}

/** A page's process keeps something of every document: after so many it is replaced. */
const MOST_USES = 6;
/** And so is one that nobody asks for. Milliseconds. */
const IDLE = 400;
/** For pages that do not open. */
const PATIENCE = 3000;
const later = (ms: number): Promise<void> => new Promise((resolve) => void setTimeout(resolve, ms).unref());

function pressroom(browser: Browser): Pressroom {
  const open = async (): Promise<Page> => {
    const page = await browser.newPage();
    // tsx keeps functions' names by calling `__name`, which the page does not know.
    await page.evaluateOnNewDocument('globalThis.__name = (f) => f');
    return page;
  };
  // Two pages are opened ahead: they are ready by the time that the first galleys are. Cleared ones are used again.
  const spare = [open(), open()];
  for (const page of spare) page.catch(() => {});
  const uses = new WeakMap<Page, number>();
  let closing: Promise<void> | undefined;
  const end = async (): Promise<void> => {
    // A page that is still being opened when the browser goes is waited for half a minute, and our process with it.
    await Promise.race([Promise.allSettled(spare), later(PATIENCE)]);
    await browser.close().catch(() => void browser.process()?.kill('SIGKILL'));
  };
  const close = (): Promise<void> => {
    closing ??= end();
    return closing;
  };
  return {
    hands: Math.max(2, Math.min(4, availableParallelism())),
    stone: async (folder) => {
      const page = await (spare.shift() ?? open());
      const use = (uses.get(page) ?? 0) + 1;
      uses.set(page, use);
      return stone(page, folder, () => {
        const end = (): void => void page.close().catch(() => {});
        if (use >= MOST_USES) return end();
        const rest = Promise.resolve(page);
        spare.push(rest);
        setTimeout(() => {
          const at = spare.indexOf(rest);
          if (at < 0 || closing) return;
          // A fresh one in its place, so that the next build need not wait.
          spare.splice(at, 1, open());
          spare[at]?.catch(() => {});
          end();
        }, IDLE).unref();
      });
    },
    close,
  };
}

function stone(page: Page, folder: string, cleared: () => void): Stone {
  return {
    lay: async (name, html) => {
      const path = join(folder, name);
      await writeFile(path, html);
      await page.goto(pathToFileURL(path).href, { waitUntil: 'load', timeout: 0 });
      await page.evaluate(async () => {
        // All of them, now: a face that only the covers use would else load while they are measured, or after.
        await Promise.allSettled([...document.fonts].map((face) => face.load()));
        await document.fonts.ready;
        const missing = [...document.fonts].filter((face) => face.status === 'error').map((face) => face.family);
        if (missing.length > 0) throw new Error(`fonts did not load: ${missing.join(', ')}`);
      });
    },
    work: (task, argument) => page.evaluate(task as never, argument as never) as never,
    pull: () => page.pdf({ preferCSSPageSize: true, printBackground: true, tagged: true, outline: true, timeout: 0 }),
    clear: async () => cleared(),
    proof: async (selector, scale, quality) => {
      const box = await page.$eval(selector, (found) => {
        const { left, top, width, height } = found.getBoundingClientRect();
        return { x: left, y: top, width, height };
      });
      const kind = quality === undefined ? { type: 'png' as const } : { type: 'jpeg' as const, quality };
      return page.screenshot({ clip: { ...box, scale }, captureBeyondViewport: true, ...kind });
    },
  };
}

/** The one that the user names. */
async function askedFor(): Promise<Engine | undefined> {
  const executable = process.env['PUPPETEER_EXECUTABLE_PATH'];
  return executable ? { executable, shell: /shell/.test(executable), env: {} } : undefined;
}

/** The headless shell that `npm ci` brought (Linux on x64), unpacked once into our cache. */
async function packed(report: (line: string) => void): Promise<Engine | undefined> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  const require = createRequire(import.meta.url);
  const root = join(dirname(require.resolve('@sparticuz/chromium')), '..', '..');
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const home = join(cacheFolder(), `chromium-${version}`);
  if (!existsSync(join(home, 'chromium'))) {
    report('unpacking the browser, once');
    await unpack(join(root, 'bin'), home);
  }
  // Only the browser's own process sees these: its libraries, and no font but those that the book declares.
  const env = { LD_LIBRARY_PATH: join(home, 'lib'), FONTCONFIG_FILE: join(home, 'fonts.conf'), HOME: home };
  return { executable: join(home, 'chromium'), shell: true, env };
}

/** Whole or not at all: another build may be unpacking at the same time. */
async function unpack(archives: string, home: string): Promise<void> {
  await mkdir(dirname(home), { recursive: true });
  const staging = await mkdtemp(`${home}-`);
  try {
    const { extract } = await import('tar-fs');
    const brotli = (name: string) => [createReadStream(join(archives, name)), createBrotliDecompress()] as const;
    await Promise.all([
      pipeline(...brotli('chromium.br'), createWriteStream(join(staging, 'chromium'))),
      pipeline(...brotli('al2023.tar.br'), extract(staging)),
      pipeline(...brotli('fonts.tar.br'), extract(staging)),
    ]);
    await chmod(join(staging, 'chromium'), 0o755);
    const conf = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>${home}/fonts</dir><cachedir>${home}/cache</cachedir></fontconfig>`;
    await writeFile(join(staging, 'fonts.conf'), conf);
    await rename(staging, home).catch((error) => {
      if (!existsSync(join(home, 'chromium'))) throw error;
    });
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
}

function cacheFolder(): string {
  const base = process.env['XDG_CACHE_HOME'] ?? (process.env['HOME'] ? join(homedir(), '.cache') : tmpdir());
  return join(base, 'pamphleteer');
}

/** What `npx puppeteer browsers install` downloads. */
async function downloaded(): Promise<Engine | undefined> {
  // The whole of it: the packed command's own driver (see prepare.mjs) knows no settings and no downloads.
  const { default: puppeteer } = createRequire(import.meta.url)('puppeteer') as typeof import('puppeteer');
  for (const shell of [true, false]) {
    const executable = await puppeteer.executablePath({ headless: shell ? 'shell' : true } as never);
    if (existsSync(executable)) return { executable, shell, env: {} };
  }
  return undefined;
}

async function installed(): Promise<Engine | undefined> {
  const names =
    process.platform === 'darwin'
      ? [
          '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
          '/Applications/Chromium.app/Contents/MacOS/Chromium',
        ]
      : process.platform === 'win32'
        ? ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((base) =>
            join(process.env[base] ?? '', 'Google/Chrome/Application/chrome.exe'),
          )
        : ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'].map(
            (name) => spawnSync('which', [name], { encoding: 'utf8' }).stdout?.trim() ?? '',
          );
  const executable = names.find((name) => name !== '' && existsSync(name));
  return executable ? { executable, shell: false, env: {} } : undefined;
}
