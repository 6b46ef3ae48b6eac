// What we ask of an ebook's package and navigation: one order told four times (spine, contents, NCX, pages), one cover, no
// claim without its ground. Takes an opened ebook, gives all that is wrong with it, each in a sentence.
import type { Ebook } from './ebook-inspection.ts';
import { all, named, readXml, type Tag, textOf } from './ebook-xml.ts';

const has = (tag: Tag, name: string, value: string): boolean => (tag.attributes[name] ?? '').split(' ').includes(value);
const typed = (tree: Tag, type: string): Tag[] => all(tree).filter((tag) => has(tag, 'epub:type', type));
const linesOf = (nav: Tag | undefined): string[] =>
  nav ? named(nav, 'a').map((link) => `${link.attributes['href']} ${textOf(link).trim()}`) : [];

export function faultsInOrder(ebook: Ebook): string[] {
  return [...encodings(ebook), ...spine(ebook), ...navigation(ebook), ...claims(ebook)];
}

function encodings({ entries }: Ebook): string[] {
  const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
  return entries.flatMap(({ name, bytes }) => {
    if (!/\.(?:xhtml|opf|ncx|xml|css)$/.test(name)) return [];
    try {
      const text = strict.decode(bytes);
      if (text.startsWith('\ufeff')) return [`${name} begins with a mark of byte order`];
      return /\.css$/.test(name) || /^<\?xml [^?]*encoding="utf-8"/i.test(text) ? [] : [`${name} is not called UTF-8`];
    } catch {
      return [`${name} is no UTF-8`];
    }
  });
}

/** The cover is shown by itself, once, and no part of the reading (Kindle Publishing Guidelines, 4.2). */
function spine({ documents, package: opf }: Ebook): string[] {
  const faults: string[] = [];
  const items = named(opf, 'item');
  const covers = items.filter((item) => has(item, 'properties', 'cover-image'));
  if (covers.length !== 1) faults.push(`there are ${covers.length} cover images`);
  const [cover] = covers;
  const old = named(opf, 'meta').filter(({ attributes }) => attributes['name'] === 'cover');
  if (old.length !== 1 || old[0]!.attributes['content'] !== cover?.attributes['id'])
    faults.push('old readers are not told of the cover');
  for (const [file, tree] of documents) {
    const shows = named(tree, 'img').filter(({ attributes }) => attributes['src'] === cover?.attributes['href']);
    if (shows.length !== (file === 'cover.xhtml' ? 1 : 0)) faults.push(`${file} shows the cover ${shows.length} times`);
    const item = items.find(({ attributes }) => attributes['href'] === file);
    for (const [name, property] of [
      ['svg', 'svg'],
      ['math', 'mathml'],
    ] as const)
      if (item && has(item, 'properties', property) !== named(tree, name).length > 0)
        faults.push(`${file}: the property ${property} is wrong`);
  }
  const ids = new Map(items.map(({ attributes }) => [attributes['id'], attributes['href']]));
  const files = named(opf, 'itemref').map(({ attributes }) => ids.get(attributes['idref']));
  if (new Set(files).size !== files.length) faults.push('a document is in the spine twice');
  const aside = named(opf, 'itemref').filter(({ attributes }) => attributes['linear'] === 'no');
  if (aside.map(({ attributes }) => ids.get(attributes['idref'])).join() !== 'cover.xhtml')
    faults.push('not the cover alone is outside of the reading');
  const first = ['cover.xhtml', 'title-page.xhtml', 'imprint.xhtml', 'toc.xhtml'];
  if (files.slice(0, 4).join() !== first.join() || files.at(-1) !== 'colophon.xhtml')
    faults.push('the spine does not begin and end with our own documents');
  return faults;
}

function navigation({ documents, entries }: Ebook): string[] {
  const faults: string[] = [];
  const nav = documents.get('toc.xhtml');
  if (!nav) return ['there are no contents'];
  const [toc, landmarks, pages] = ['toc', 'landmarks', 'page-list'].map((type) => typed(nav, type)[0]);
  if (!toc || !landmarks) faults.push('contents or landmarks are missing');
  if (pages && pages.attributes['role'] !== 'doc-pagelist') faults.push('the page list has no role');
  const places = placesIn(documents);
  for (const list of [toc, pages]) {
    const at = (list ? named(list, 'a') : []).map(({ attributes }) => places.get(attributes['href'] ?? '') ?? -1);
    if (at.some((place, index) => place < (at[index - 1] ?? 0))) faults.push('the contents or pages are out of order');
  }
  const marks = [...documents].flatMap(([file, tree]) =>
    typed(tree, 'pagebreak').map(({ attributes }) => {
      if (attributes['role'] !== 'doc-pagebreak' || !attributes['aria-label'])
        faults.push(`${file}: a page without name`);
      return `${file}#${attributes['id']}`;
    }),
  );
  if (
    linesOf(pages)
      .map((line) => line.split(' ')[0])
      .join() !== marks.join()
  )
    faults.push('the page list is not that of the pages');
  const ncx = readXml(entries.find(({ name }) => name === 'OEBPS/toc.ncx')!.bytes.toString('utf8'));
  const points = (name: string): string[] =>
    named(ncx, name).map(
      (point) => `${named(point, 'content')[0]?.attributes['src']} ${textOf(named(point, 'text')[0] ?? point).trim()}`,
    );
  if (points('navPoint').join('\n') !== linesOf(toc).join('\n')) faults.push('the NCX tells other contents');
  if (points('pageTarget').join('\n') !== linesOf(pages).join('\n')) faults.push('the NCX tells other pages');
  const orders = all(ncx).flatMap(({ attributes }) => attributes['playOrder'] ?? []);
  if (orders.some((order, index) => Number(order) !== index + 1)) faults.push('the NCX is not numbered in order');
  return faults;
}

/** Of every address in the book its place in the reading. */
function placesIn(documents: Ebook['documents']): Map<string, number> {
  const places = new Map<string, number>();
  for (const [file, tree] of documents) {
    places.set(file, places.size);
    for (const { attributes } of all(tree))
      if (attributes['id'] !== undefined) places.set(`${file}#${attributes['id']}`, places.size);
  }
  return places;
}

const PROPERTIES = ['accessMode', 'accessModeSufficient', 'accessibilityFeature', 'accessibilityHazard'];

function claims({ documents, package: opf }: Ebook): string[] {
  const metas = named(opf, 'meta');
  const said = (property: string): string[] =>
    metas.filter(({ attributes }) => attributes['property'] === `schema:${property}`).map((meta) => textOf(meta));
  const missing = PROPERTIES.filter((property) => said(property).length === 0);
  const faults = missing.map((property) => `nothing is said of ${property}`);
  const pages = typed(documents.get('toc.xhtml') ?? opf, 'page-list').length > 0;
  const features = said('accessibilityFeature');
  if (features.some((one) => /^(?:pageNavigation|pageBreakMarkers|printPageNumbers)$/.test(one)) !== pages)
    faults.push('what is said of pages is wrong');
  if (metas.filter(({ attributes }) => attributes['property'] === 'dcterms:modified').length !== 1)
    faults.push('there is no one date');
  return faults;
}
