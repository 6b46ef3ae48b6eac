// Takes joined into one PDF: real print runs of the browser, and what poppler, qpdf, and HarfBuzz say of them before and after.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join as pathTo } from 'node:path';
import { before, test } from 'node:test';
import { pathToFileURL } from 'node:url';
import fc from 'fast-check';
import { Font, Blob as FontBlob, Face as FontFace } from 'harfbuzzjs';
import { openPressroom } from '../scripts/io/browser.ts';
import { readSubset, type Subset, takeIn, writeSubset } from '../scripts/print/fontfiles.ts';
import { join } from '../scripts/print/joining.ts';
import { save } from '../scripts/print/pdf.ts';
import { ELSEWHERE } from '../scripts/typeset/takes.ts';
import { boxesOf, destinationsOf, linksOf, pageCount } from './reader.ts';
import { needs, run } from './tools.ts';
import { temporary } from './workshop.ts';

const require = createRequire(import.meta.url);
const face = (family: string, path: string): string =>
  pathTo(dirname(require.resolve(`@expo-google-fonts/${family}/package.json`)), path);
const FACES = {
  'EBGaramond-Regular': face('eb-garamond', '400Regular/EBGaramond_400Regular.ttf'),
  'EBGaramond-Italic': face('eb-garamond', '400Regular_Italic/EBGaramond_400Regular_Italic.ttf'),
  'LeagueGothic-Regular': face('league-gothic', '400Regular/LeagueGothic_400Regular.ttf'),
};
const STYLE = `
${Object.entries(FACES).map(([name, path]) => `@font-face { font-family: ${name}; src: url(${pathToFileURL(path)}) }`)}
@page { size: 480px 640px; margin: 0 }
body { font: 16px/24px EBGaramond-Regular; margin: 40px }
em, th { font: 16px/24px EBGaramond-Italic } h1, h2 { font: 30px/48px LeagueGothic-Regular }
section { break-after: page }`.replaceAll('},', '}');

const picture = `<svg width="80" height="40"><defs><linearGradient id="g"><stop stop-color="#fff"/><stop offset="1"/></linearGradient></defs>
<rect width="80" height="40" fill="url(#g)"/></svg>`;
const pixels = `<img width="80" height="40" alt="Dots" src="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGNk+M/A8P8/AwMDEwMDAwAh8AMBtCXQHQAAAABJRU5ErkJggg==">`;
const table = (a: string, b: string): string =>
  `<table><tr><th>${a}</th><th>${b}</th></tr><tr><td>1</td><td>2</td></tr></table>`;
const open = (...ids: string[]): string => ids.map((id) => `<a hidden href="#${id}"></a>`).join('');

/** So many pages that the browser makes branches in its tree of pages. */
const FILLING = Array.from({ length: 12 }, (_, index) => `<section><p>Filled ${index}</p></section>`).join('');

/** Three takes that lead into one another; every typeface has letters here that it has not there. */
const TAKES = [
  `${open('one', 'both')}<section><h1 id="one">First things</h1><p>Quick brown fox, <em>lazy dogs</em>; see
  <a href="${ELSEWHERE}note-7">a note</a> and <a href="#inner">further on</a>.</p><p id="both">Here.</p>${table('Adam', 'Bede')}</section>
  <section><h2 id="inner">Inner part</h2><p>Fjord bank <a href="https://example.org/x?y=1">outside</a>. ${picture}${pixels}</p></section>`,
  `<section><h1 id="two">Zwölf Übel</h1><p>Jackdaws love my big sphinx. <a href="${ELSEWHERE}one">Back</a>,
  <a href="${ELSEWHERE}第七">on</a>, <a href="#two">up</a></p>${table('Cyd', 'Dora')}${picture}${pixels}</section>${FILLING}`,
  `${open('note-7', '第七', 'both')}<section><h2>Ωmega</h2><ul><li>Æther</li><li>Œuvre</li></ul><p id="both">There.</p></section>
  <section><p id="note-7">Note <em>Ibid. 97</em> <a href="${ELSEWHERE}one">↩</a></p></section>
  <section><h1 id="第七">Sixty-seven</h1><p>End.</p><h2>Quiz</h2></section>`,
];

const folder = temporary();
const file = (name: string): string => pathTo(folder, `${name}.pdf`);
const parts: Uint8Array[] = [];
let again = '';
const twice: Uint8Array[] = [];
const PARTS = TAKES.map((_, index) => `part-${index}`);

before(async () => {
  const pressroom = await openPressroom(
    () => {},
    () => {},
  );
  try {
    const stone = await pressroom.stone(folder);
    for (const [index, body] of TAKES.entries()) {
      const head = `<meta charset="utf-8"><title>Take ${index}</title><style>${STYLE}</style>`;
      await stone.lay(
        `${index}.html`,
        `<!doctype html><html lang="en-GB"><head>${head}</head><body>${body}</body></html>`,
      );
      parts.push(await stone.pull());
      if (index === 0) again = `<!doctype html><html lang="en-GB"><head>${head}</head><body>${body}</body></html>`;
    }
    // The first take once more, by a browser that has printed others since.
    for (const index of [0, 1]) {
      await stone.lay(`again-${index}.html`, again.replaceAll(ELSEWHERE, '#'));
      twice.push(await stone.pull());
    }
  } finally {
    await pressroom.close();
  }
  parts.forEach((part, index) => void writeFileSync(file(PARTS[index]!), part));
  writeFileSync(file('joined'), save(await join(parts)));
});

const LENGTHS = [2, 13, 3];
/** How many pages stand before the part. */
const pagesBefore = (part: string): number =>
  LENGTHS.slice(0, PARTS.indexOf(part)).reduce((sum, length) => sum + length, 0);

/** Each page's words and where they stand. */
const wordsOn = (name: string): string[][] =>
  run('pdftotext', ['-bbox', file(name), '-'])
    .split('</page>')
    .slice(0, -1)
    .map((page) => page.match(/<word.*/g) ?? []);

/** Each page as it looks. */
function looks(name: string): Buffer[] {
  const prefix = `${name}-look`;
  run('pdftoppm', ['-r', '120', file(name), pathTo(folder, prefix)]);
  const pictures = readdirSync(folder).filter((path) => path.startsWith(prefix));
  return pictures.sort().map((path) => readFileSync(pathTo(folder, path)));
}

test('the joined pages are the parts’ pages: their boxes, words, and looks', needs('pdftotext', 'pdftoppm'), () => {
  assert.deepEqual(
    PARTS.map((part) => pageCount(file(part))),
    LENGTHS,
  );
  assert.equal(pageCount(file('joined')), 18);
  assert.deepEqual(
    boxesOf(file('joined'), 'MediaBox'),
    PARTS.flatMap((part) => boxesOf(file(part), 'MediaBox')),
  );
  assert.ok(wordsOn('joined').every((words) => words.length > 0));
  assert.deepEqual(wordsOn('joined'), PARTS.flatMap(wordsOn));
  const before = PARTS.flatMap(looks);
  const after = looks('joined');
  assert.equal(after.length, 18);
  after.forEach((page, index) => void assert.ok(page.equals(before[index]!), `page ${index + 1} looks another way`));
});

test('every page knows its way up to the one root, and the counts are right', needs('qpdf'), () => {
  const { at, catalog } = objectsOf('joined');
  const leaves = (ref: unknown, parent?: unknown): number => {
    const node = at(ref) as Dict;
    assert.equal(node['/Parent'], parent);
    if (node['/Type'] === '/Page') return 1;
    const count = listOf(at(node['/Kids'])).reduce((sum: number, kid) => sum + leaves(kid, ref), 0);
    assert.equal(node['/Count'], count);
    return count;
  };
  assert.equal(leaves(catalog['/Pages']), 18);
});

test('qpdf finds no fault, and the same parts give the same bytes', needs('qpdf'), async () => {
  assert.match(run('qpdf', ['--check', file('joined')]), /No syntax or stream encoding errors/);
  assert.deepEqual(save(await join(parts)), new Uint8Array(readFileSync(file('joined'))));
});

test('what the browser counts over all that it prints does not show', async () => {
  // The second that the clock showed is no such count, and every edition sets a date of its own.
  const dated = twice.map((part) =>
    Buffer.from(part)
      .toString('latin1')
      .replace(/D:\d{14}/g, 'D:20000101000000'),
  );
  assert.notEqual(dated[0], dated[1], 'it does in its own files');
  const [one, two] = await Promise.all(dated.map(async (part) => save(await join([Buffer.from(part, 'latin1')]))));
  assert.deepEqual(one, two);
});

interface Entry {
  readonly title: string;
  readonly destpageposfrom1: number;
  readonly kids: readonly Entry[];
}
interface Heading {
  readonly title: string;
  readonly page: number;
  readonly under: readonly Heading[];
}
const outlineOf = (name: string, before = 0): Heading[] => {
  const heading = ({ title, destpageposfrom1: page, kids }: Entry): Heading => ({
    ...{ title, page: page + before },
    under: kids.map(heading),
  });
  return (JSON.parse(run('qpdf', ['--json', '--json-key=outlines', file(name)])).outlines as Entry[]).map(heading);
};

test('the outline is the parts’ outlines one after another', needs('qpdf'), () => {
  const found = outlineOf('joined');
  assert.deepEqual(
    found,
    PARTS.flatMap((part) => outlineOf(part, pagesBefore(part))),
  );
  const titles = (headings: readonly Heading[]): string[] =>
    headings.flatMap((one) => [one.title, ...titles(one.under)]);
  assert.deepEqual(titles(found), ['First things', 'Inner part', 'Zwölf Übel', 'Ωmega', 'Sixty-seven', 'Quiz']);
  const { at, catalog } = objectsOf('joined');
  const root = at(catalog['/Outlines']) as Dict;
  assert.equal(root['/Count'], 6);
  // And back again, as a viewer that goes from the last to the first would read it.
  const back: unknown[] = [];
  for (let item = root['/Last']; item; item = (at(item) as Dict)['/Prev']) {
    back.unshift((at(item) as Dict)['/Title']);
    assert.equal((at(item) as Dict)['/Parent'], catalog['/Outlines']);
  }
  assert.deepEqual(
    back,
    found.map(({ title }) => `u:${title}`),
  );
});

test('destinations are all there, the first of two with one name', needs('pdfinfo'), () => {
  const found = destinationsOf(file('joined'));
  const wanted = new Map<string, unknown>();
  for (const part of PARTS) {
    for (const [name, place] of destinationsOf(file(part))) {
      if (!wanted.has(name)) wanted.set(name, { ...place, page: place.page + pagesBefore(part) });
    }
  }
  assert.deepEqual(new Map([...found].sort()), new Map([...wanted].sort()));
  assert.deepEqual([...found.keys()].sort(), ['%E7%AC%AC%E4%B8%83', 'both', 'inner', 'note-7', 'one', 'two']);
  assert.equal(found.get('both')?.page, 1);
});

test('links lead from part to part, and out', needs('pdfinfo'), async () => {
  const places = destinationsOf(file('joined'));
  const found = (await linksOf(file('joined'))).map(({ page, target }) => [page, places.get(target)?.page ?? target]);
  const outside = 'https://example.org/x?y=1';
  assert.deepEqual(found, [
    [1, 17],
    [1, 2],
    [2, outside],
    [3, 1],
    [3, 18],
    [3, 3],
    [17, 1],
  ]);
  assert.doesNotMatch(readable('joined'), /take\.invalid/);
  // The border of each is where it was.
  const borders = async (name: string): Promise<unknown[]> =>
    (await linksOf(file(name))).map(({ left, top, right, bottom }) => [left, top, right, bottom]);
  assert.deepEqual(await borders('joined'), (await Promise.all(PARTS.map(borders))).flat());
});

test('a link to an id that no part offers is a bug of ours, and said', async () => {
  await assert.rejects(join([parts[0]!, parts[1]!]), /note-7/);
});

/** The structure as poppler shows it, text of each element too, without what names single objects. */
const structure = (name: string): string[] =>
  run('pdfinfo', ['-struct-text', file(name)])
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.replace(/Object \d+ \d+/, 'Object').replace(/node\d+|\d{5}-\d{6}/, 'id'));

test('one structure tree holds the parts’ elements and their text', needs('pdfinfo'), () => {
  const found = structure('joined');
  const roots = PARTS.map((part) => structure(part)[0]);
  assert.deepEqual(roots, ['Document', 'Document', 'Document']);
  assert.deepEqual(found, ['Document', ...PARTS.flatMap((part) => structure(part).slice(1))]);
  assert.ok(found.some((line) => line.includes('Headers [(id)]')));
});

type Dict = Readonly<Record<string, unknown>>;
interface Objects {
  readonly at: (ref: unknown) => unknown;
  readonly all: readonly (readonly [ref: string, object: unknown])[];
  readonly catalog: Dict;
}

/** The file as qpdf's JSON: references are texts like `12 0 R`, names begin with a slash. */
function objectsOf(name: string): Objects {
  const [, objects] = JSON.parse(
    run('qpdf', ['--json=2', '--json-key=qpdf', '--json-stream-data=inline', '--decode-level=generalized', file(name)]),
  ).qpdf as [unknown, Record<string, { readonly value?: unknown; readonly stream?: unknown }>];
  const at = (ref: unknown): unknown => {
    if (typeof ref !== 'string' || !/^\d+ \d+ R$/.test(ref)) return ref;
    const held = objects[`obj:${ref}`];
    assert.ok(held, `${ref} is nowhere`);
    return held.value ?? held.stream;
  };
  const all = Object.keys(objects).map((key) => [key.replace('obj:', ''), at(key.replace('obj:', ''))] as const);
  return { at, all, catalog: at((objects['trailer']!.value as Dict)['/Root']) as Dict };
}

const readable = (name: string): string => JSON.stringify(objectsOf(name).all);
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const typed = ({ all }: Objects, type: string): (readonly [string, Dict])[] =>
  all.filter((entry): entry is readonly [string, Dict] => (entry[1] as Dict | null)?.['/Type'] === type);

test('nothing refers to what is not there, and nothing is there that no one refers to', needs('qpdf'), () => {
  const { at, catalog, all } = objectsOf('joined');
  const seen = new Set<unknown>();
  const visit = (value: unknown): void => {
    if (typeof value === 'string' && /^\d+ \d+ R$/.test(value)) {
      if (seen.has(value)) return;
      seen.add(value);
      visit(at(value));
    } else if (value && typeof value === 'object') Object.values(value).forEach(visit);
  };
  visit(catalog);
  const strays = all.filter(([ref, value]) => {
    const { '/Type': type, '/Creator': creator, dict } = value as Record<string, Dict | undefined>;
    const own = ['/Catalog', '/ObjStm', '/XRef'];
    return !seen.has(ref) && !own.includes(String(type ?? dict?.['/Type'])) && !creator && ref !== 'trailer';
  });
  assert.deepEqual(strays, []);
});

test('every piece of marked content reaches its element and the root, every link too', needs('qpdf'), () => {
  const objects = objectsOf('joined');
  const { at, catalog } = objects;
  const root = at(catalog['/StructTreeRoot']) as Dict;
  const tree = at(root['/ParentTree']) as { readonly '/Nums': readonly unknown[] };
  const numbers = tree['/Nums'].filter((_, index) => index % 2 === 0) as number[];
  assert.deepEqual(
    numbers,
    [...new Set(numbers)].sort((a, b) => a - b),
  );
  assert.ok((root['/ParentTreeNextKey'] as number) > numbers.at(-1)!);
  const parents = (number: unknown): unknown => at(tree['/Nums'][2 * numbers.indexOf(number as number) + 1]);
  const kids = (element: Dict): unknown[] => {
    const held = at(element['/K']);
    return Array.isArray(held) ? held : [element['/K']];
  };
  /** Up to the root, where each must be among its parent's kids. */
  const rooted = (ref: unknown): void => {
    const element = at(ref) as Dict;
    const up = at(element['/P']) as Dict;
    assert.ok(kids(up).includes(ref), `${ref} is no kid of its parent`);
    if (element['/P'] !== catalog['/StructTreeRoot']) rooted(element['/P']);
  };
  let marked = 0;
  let linked = 0;
  for (const [ref, page] of typed(objects, '/Page')) {
    const elements = parents(page['/StructParents']) as string[];
    const content = listOf(page['/Contents']).map((one) => (at(one) as { readonly data: string }).data);
    const drawn = content.map((data) => Buffer.from(data, 'base64').toString('latin1')).join('\n');
    for (const [, number] of drawn.matchAll(/\/MCID\s+(\d+)/g)) {
      const owner = elements[Number(number)];
      const element = at(owner) as Dict;
      assert.ok(kids(element).includes(Number(number)), `${owner} does not know content ${number} of ${ref}`);
      assert.equal(element['/Pg'], ref);
      rooted(owner);
      marked++;
    }
    for (const annotation of listOf(at(page['/Annots']))) {
      const element = parents((at(annotation) as Dict)['/StructParent']) as Dict;
      const own = kids(element).filter((kid) => (kid as Dict | null)?.['/Obj'] === annotation);
      assert.deepEqual(
        own.map((kid) => (kid as Dict)['/Pg']),
        [ref],
      );
      linked++;
    }
  }
  assert.ok(marked > 40, `${marked} pieces`);
  assert.equal(linked, 7);
});

test('ids of elements are unique, in order, and each header cell is found by its own', needs('qpdf'), () => {
  const objects = objectsOf('joined');
  const root = objects.at(objects.catalog['/StructTreeRoot']) as Dict;
  const names = (objects.at(root['/IDTree']) as { readonly '/Names': readonly string[] })['/Names'];
  const ids = names.filter((_, index) => index % 2 === 0);
  assert.equal(ids.length, 4);
  assert.deepEqual(ids, [...new Set(ids)].sort());
  ids.forEach((id, index) => {
    const element = objects.at(names[2 * index + 1]) as Dict;
    assert.deepEqual([element['/ID'], element['/S']], [id, '/TH']);
  });
  const header = /"\/Headers":\["([^"]+)"\]/g;
  const asked = [...JSON.stringify(objects.all).matchAll(header)].map(([, id]) => id!);
  assert.deepEqual([...asked].sort(), ids);
});

test('the catalog and Info are the first part’s', needs('qpdf'), () => {
  const { catalog } = objectsOf('joined');
  assert.equal(catalog['/Lang'], 'u:en-GB');
  assert.deepEqual((catalog['/MarkInfo'] as Dict)['/Marked'], true);
  assert.deepEqual((catalog['/ViewerPreferences'] as Dict)['/DisplayDocTitle'], true);
  assert.match(run('pdfinfo', [file('joined')]), /^Title: +Take 0$/m);
});

interface Stream {
  readonly data: string;
  readonly dict: Dict;
}

test('each typeface and each picture is embedded once', needs('qpdf'), () => {
  const count = (name: string) => {
    const objects = objectsOf(name);
    const fonts = typed(objects, '/FontDescriptor');
    const images = objects.all.filter(([, object]) => (object as Partial<Stream>).dict?.['/Subtype'] === '/Image');
    return {
      names: [...new Set(fonts.map(([, dict]) => String(dict['/FontName']).slice('/AAAAAA+'.length)))].sort(),
      files: new Set(fonts.map(([, dict]) => dict['/FontFile2'])).size,
      images: images.length,
    };
  };
  const apart = PARTS.map(count);
  const names = [...new Set(apart.flatMap((part) => part.names))].sort();
  assert.ok(apart.reduce((sum, { files }) => sum + files, 0) > names.length + 3);
  assert.deepEqual(count('joined'), { names, files: names.length, images: apart[0]!.images });
  assert.ok(apart[0]!.images > 0 && apart[1]!.images > 0);
});

/** What HarfBuzz draws for each glyph, and how far it then moves on. */
function drawn(bytes: Uint8Array, glyphs: readonly number[]): (readonly [path: string, advance: number])[] {
  const font = new Font(new FontFace(new FontBlob(Uint8Array.from(bytes).buffer), 0));
  return glyphs.map((glyph) => [font.glyphToPath(glyph), font.glyphHAdvance(glyph)]);
}

/** The sum that a TrueType file must have. */
function sum(bytes: Uint8Array): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let total = 0;
  for (let at = 0; at < bytes.length; at += 4) total = (total + view.getUint32(at)) >>> 0;
  return total;
}

test('a joined font file has the outlines of the typeface for all glyphs of all parts', needs('qpdf'), () => {
  for (const [name, path] of Object.entries(FACES)) {
    const filesIn = (pdf: string): Uint8Array[] => {
      const objects = objectsOf(pdf);
      const mine = typed(objects, '/FontDescriptor').filter(([, dict]) =>
        String(dict['/FontName']).endsWith(`+${name}`),
      );
      return mine.map(([, dict]) => Buffer.from((objects.at(dict['/FontFile2']) as Stream).data, 'base64'));
    };
    const [joined] = filesIn('joined');
    const glyphs = new Set(PARTS.flatMap(filesIn).flatMap((bytes) => [...readSubset(bytes)!.outlines.keys()]));
    const own = PARTS.flatMap(filesIn).map((bytes) => readSubset(bytes)!.outlines.size);
    assert.ok(glyphs.size > Math.max(...own), `the parts of ${name} have the same glyphs`);
    assert.deepEqual(drawn(joined!, [...glyphs]), drawn(readFileSync(path), [...glyphs]));
    assert.equal(sum(joined!), 0xb1b0afba);
  }
});

const whole = (name: keyof typeof FACES): Subset => readSubset(readFileSync(FACES[name]))!;

test('any two subsets of a typeface make one that draws both', () => {
  const { tables, outlines, metrics, glyphs } = whole('LeagueGothic-Regular');
  // A composite needs its parts, which a random choice would not have.
  const simple = [...outlines].filter(([, [first = 0]]) => first < 0x80).map(([glyph]) => glyph);
  const chosen = fc.uniqueArray(fc.constantFrom(...simple), { minLength: 1 });
  const full = readFileSync(FACES['LeagueGothic-Regular']);
  const cut = (chosen: readonly number[]): Subset => {
    const only = <T>(held: ReadonlyMap<number, T>): Map<number, T> =>
      new Map([...held].filter(([glyph]) => chosen.includes(glyph)));
    const last = Math.max(...chosen) + 1;
    return readSubset(writeSubset({ tables, outlines: only(outlines), metrics: only(metrics), glyphs: last }))!;
  };
  fc.assert(
    fc.property(chosen, chosen, (some, others) => {
      const held = cut(some);
      assert.ok(takeIn(held, cut(others)));
      const made = writeSubset(held);
      const both = [...new Set([...some, ...others])];
      assert.deepEqual(drawn(made, both), drawn(full, both));
      assert.equal(sum(made), 0xb1b0afba);
      const rest = simple.filter((glyph) => !both.includes(glyph) && glyph < Math.max(...both));
      assert.ok(drawn(made, rest).every(([path]) => path === ''));
    }),
    { numRuns: 25 },
  );
  assert.ok(glyphs > simple.length);
});

test('subsets of two typefaces are not mixed, and what was held stays as it was', () => {
  const held = whole('EBGaramond-Regular');
  const before = writeSubset(held);
  const other = whole('EBGaramond-Regular');
  const [outline] = [...other.outlines.values()].slice(-1);
  outline!.fill(~outline![10]!, 10, 11);
  assert.equal(takeIn(held, other), false);
  assert.equal(takeIn(held, whole('EBGaramond-Italic')), false);
  assert.deepEqual(writeSubset(held), before);
});
