// Our ebook against pandoc's of the sample book's long version, in one run: validity, accessibility, what each holds, bytes and time, all
// of it found by looking into both files. `npm run bench:pandoc`; prints a table.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { imageSize } from 'image-size';
import { unzip, zip } from '../tests/ebook-archive.ts';
import { ace, epubcheck } from '../tests/ebook-judges.ts';
import { COMMAND, median, ROOT, SAMPLE, temporary } from './workbench.ts';

const RUNS = 5;
const folder = temporary();

/** Seconds of a whole process. */
function seconds(program: string, args: readonly string[], cwd = ROOT): number {
  const start = performance.now();
  const done = spawnSync(program, args, { encoding: 'utf8', cwd });
  if (done.status !== 0) throw new Error(done.stderr || String(done.error));
  return (performance.now() - start) / 1000;
}

/** Pandoc reads fenced blocks of its own kind: ours become them, so that it loses nothing for a matter of spelling. */
const forPandoc = (text: string): string =>
  text
    .replaceAll(/^(:{3,})([a-z]+)(\{[^}\n]*\})?$/gm, '$1 {.$2}')
    .replaceAll(/^::pagebreak$/gm, '')
    .replaceAll(/:foreign\[([^\]\n]*)\]\{lang="?([\w-]+)"?\}/g, '[$1]{lang=$2}');

const META = '---\ntitle: Bench\nauthor: Nobody\nlang: en-GB\n---\n\n';

/** Every document of an ebook as one text, its package and its style sheets. */
function read(bytes: Uint8Array) {
  const entries = unzip(bytes).filter(({ name }) => !name.endsWith('/'));
  const of = (ending: RegExp): string =>
    entries
      .filter(({ name }) => ending.test(name))
      .map((entry) => entry.bytes.toString())
      .join('\n');
  return { entries, text: of(/\.x?html$/), opf: of(/\.opf$/), ncx: of(/\.ncx$/), css: of(/\.css$/) };
}

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;

/** What a reader gets, as yes, no or a figure. */
function features(bytes: Uint8Array, other: Uint8Array): Record<string, string> {
  const { entries, text, opf, ncx } = read(bytes);
  const yes = (there: boolean): string => (there ? 'yes' : 'no');
  const all = (tags: RegExp, kept: RegExp): string => {
    const found = text.match(tags) ?? [];
    return found.length === 0 ? 'none there' : yes(found.every((tag) => kept.test(tag)));
  };
  const coverId = /<item [^>]*properties="[^"]*cover-image[^>]*>/.exec(opf)?.[0];
  const coverFile = /href="([^"]*)"/.exec(coverId ?? '')?.[1];
  const cover = entries.find(({ name }) => coverFile && name.endsWith(coverFile))?.bytes;
  const size = cover ? imageSize(cover) : undefined;
  const notes = count(text, /<(?:aside|li) [^>]*epub:type="footnote"/g);
  return {
    'notes as pop-ups': yes(notes > 0 && count(text, /epub:type="noteref"/g) >= notes),
    'a way back from each note, with its role': yes(notes > 0 && count(text, /role="doc-backlink"/g) >= notes),
    'page list': yes(/epub:type="page-list"/.test(text)),
    landmarks: yes(/epub:type="landmarks"/.test(text)),
    'NCX for old readers': yes(ncx.includes('<navPoint')),
    'every kind with its role': all(
      /<(?:(?!a )\w+|a(?= [^>]*noteref)) [^>]*epub:type="(?:chapter|noteref|footnote|epigraph|toc|preface|afterword|colophon|landmarks)"[^>]*>/g,
      /role="doc-|epub:type="landmarks"/,
    ),
    'phrases in their language, for both kinds of reader': all(/<span [^>]*\blang="[^>]*>/g, /xml:lang=/),
    'heads of tables with their scope': all(/<th\b[^>]*>/g, /scope="col"/),
    'a cover': size ? `${size.width} × ${size.height}` : 'none',
    fonts: String(entries.filter(({ name }) => /\.(?:ttf|otf|woff2?)$/.test(name)).length || 'none'),
    'accessibility told': `${count(opf, /property="schema:access/g)} properties`,
    'rights told': yes(/<dc:rights/.test(opf)),
    'colophon and imprint': yes(/epub:type="colophon"/.test(text) && /epub:type="copyright-page"/.test(text)),
    'no name that is not ASCII': yes(entries.every(({ name }) => /^[\w./-]+$/.test(name))),
    'the same bytes twice': yes(Buffer.from(bytes).equals(Buffer.from(other))),
  };
}

interface Made {
  /** Of the same Markdown, twice. */
  readonly files: readonly [Uint8Array, Uint8Array];
  readonly times: readonly number[];
}

/** The sample book's long version: with its pamphlet, whose pages the ebook lists, and alone, as pandoc makes it. */
function ours(): Made & { readonly withCover: readonly number[] } {
  const whole = sampleCopy('whole', (yaml) => yaml);
  const build = (book: string, out: string): number =>
    seconds(process.execPath, [COMMAND, 'build', 'long', '--book', book, '--out', join(folder, out)]);
  const files = ['first', 'second'].map((out) => {
    build(whole, out);
    return readFileSync(join(folder, out, ebookIn(join(folder, out))));
  }) as [Buffer, Buffer];
  const alone = sampleCopy('alone', (yaml) => yaml.replaceAll('[epub, pamphlet]', '[epub]'));
  const cover = unzip(files[0]).find(({ name }) => /\/cover\.(?:png|jpg)$/.test(name))!;
  const pictured = sampleCopy('pictured', (yaml) =>
    yaml
      .replaceAll('[epub, pamphlet]', '[epub]')
      .replace(/^editions:/m, 'cover: {image: cover.png, alt: The cover}\neditions:'),
  );
  writeFileSync(join(pictured, 'cover.png'), cover.bytes);
  const [times, withCover]: [number[], number[]] = [[], []];
  for (let run = 0; run <= RUNS; run++) {
    const [bare, given] = [build(alone, 'alone-out'), build(pictured, 'pictured-out')];
    if (run === 0) continue;
    times.push(bare);
    withCover.push(given);
  }
  return { files, times, withCover };
}

function ebookIn(out: string): string {
  const { files } = JSON.parse(readFileSync(join(out, 'manifest.json'), 'utf8')) as {
    files: { kind: string; path: string }[];
  };
  return files.find(({ kind }) => kind === 'epub')!.path;
}

function sampleCopy(name: string, edit: (yaml: string) => string): string {
  const at = join(folder, name);
  mkdirSync(at);
  cpSync(join(ROOT, 'manuscripts'), join(at, 'manuscripts'), { recursive: true });
  writeFileSync(join(at, 'book.yaml'), edit(readFileSync(join(ROOT, 'book.yaml'), 'utf8')));
  return at;
}

function pandocs(): Made {
  const at = sampleCopy('pandoc', (yaml) => yaml);
  const text = join(at, 'manuscripts', 'pandoc.md');
  writeFileSync(text, META + forPandoc(readFileSync(SAMPLE, 'utf8')));
  const make = (file: string): number =>
    seconds('pandoc', ['-f', 'markdown', '-t', 'epub3', '--toc', text, '-o', file], join(at, 'manuscripts'));
  const times = Array.from({ length: RUNS + 1 }, (_, run) => make(join(at, `${run}.epub`))).slice(1);
  return { files: [0, RUNS].map((run) => readFileSync(join(at, `${run}.epub`))) as [Buffer, Buffer], times };
}

async function judged({ files, times }: Made): Promise<Record<string, string>> {
  const [bytes, again] = files;
  const [said = []] = await epubcheck([bytes]);
  const of = (severity: RegExp): number => said.filter((one) => severity.test(one)).length;
  const violations = await ace(bytes);
  const documents = unzip(bytes).filter(({ name }) => /\.(?:x?html|opf|ncx|css)$/.test(name));
  return {
    'EPUBCheck 5.3.0: errors / warnings': `${of(/^(?:ERROR|FATAL)/)} / ${of(/^WARNING/)}`,
    'Ace by DAISY: violations': String(violations.length),
    ...features(bytes, again),
    'kB in all': (bytes.length / 1000).toFixed(0),
    'kB of documents and styles': (zip(documents).length / 1000).toFixed(0),
    'seconds, median of 5': median(times).toFixed(2),
  };
}

try {
  const own = ours();
  const table: Record<string, Record<string, string>> = {};
  const columns: Record<string, Record<string, string>> = { Pamphleteer: await judged(own) };
  const version = spawnSync('pandoc', ['--version'], { encoding: 'utf8' }).stdout?.split('\n')[0];
  if (version) columns[version] = await judged(pandocs());
  else console.log('pandoc is not installed here: `apt-get install pandoc`, `brew install pandoc`');
  for (const [name, rows] of Object.entries(columns))
    for (const [row, value] of Object.entries(rows)) table[row] = { ...table[row], [name]: value };
  table['seconds, where the cover is a picture of yours'] = { Pamphleteer: median(own.withCover).toFixed(2) };
  console.table(table);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
