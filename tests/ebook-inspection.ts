// What we ask of every ebook besides EPUBCheck: takes its bytes, gives all that is wrong with it, each in a sentence.
import { posix } from 'node:path';
import { type Entry, unzip } from './ebook-archive.ts';
import { faultsInOrder } from './ebook-order.ts';
import { all, named, readXml, type Tag, textOf } from './ebook-xml.ts';

export interface Ebook {
  readonly entries: readonly Entry[];
  readonly package: Tag;
  /** The documents by their file's name, in the order of the spine. */
  readonly documents: ReadonlyMap<string, Tag>;
}

export function open(bytes: Uint8Array): Ebook {
  const entries = unzip(bytes);
  const read = (name: string): Tag => {
    const entry = entries.find((one) => one.name === name);
    if (!entry) throw new Error(`${name} is missing`);
    try {
      return readXml(entry.bytes.toString('utf8'));
    } catch (error) {
      throw new Error(`${name}: ${(error as Error).message}`);
    }
  };
  const opf = read('OEBPS/content.opf');
  const items = new Map(named(opf, 'item').map(({ attributes }) => [attributes['id'], attributes['href'] ?? '']));
  const spine = named(opf, 'itemref').map(({ attributes }) => items.get(attributes['idref']) ?? '');
  return { entries, package: opf, documents: new Map(spine.map((file) => [file, read(`OEBPS/${file}`)])) };
}

const has = (tag: Tag, name: string, value: string): boolean => (tag.attributes[name] ?? '').split(' ').includes(value);

/** Nothing where the ebook is sound. */
export function faultsIn(bytes: Uint8Array): string[] {
  let ebook: Ebook;
  try {
    ebook = open(bytes);
  } catch (error) {
    return [(error as Error).message];
  }
  try {
    return [...container(ebook), ...links(ebook), ...notes(ebook), ...markup(ebook), ...faultsInOrder(ebook)];
  } catch (error) {
    return [(error as Error).message];
  }
}

function container({ entries, package: opf }: Ebook): string[] {
  const faults: string[] = [];
  const [first] = entries;
  if (first?.name !== 'mimetype' || first.method !== 0 || first.extra !== 0)
    faults.push('the mimetype is not the first entry, stored and bare');
  if (first && first.bytes.toString() !== 'application/epub+zip') faults.push('the mimetype is another');
  const listed = named(opf, 'item').map(({ attributes }) => `OEBPS/${attributes['href']}`);
  const there = entries
    .map(({ name }) => name)
    .filter((name) => name !== 'mimetype' && name !== 'META-INF/container.xml');
  for (const name of there)
    if (name !== 'OEBPS/content.opf' && !listed.includes(name)) faults.push(`${name} is not in the manifest`);
  for (const name of listed) if (!there.includes(name)) faults.push(`${name} is in the manifest only`);
  for (const name of [...listed, ...there])
    if (!/^[\w./-]+$/.test(name)) faults.push(`${name} is no name that every reader can open`);
  if (new Set(listed).size !== listed.length) faults.push('a file is in the manifest twice');
  if (new Set(entries.map(({ stamp }) => stamp)).size !== 1) faults.push('the entries have different dates');
  if (named(opf, 'item').filter((item) => has(item, 'properties', 'nav')).length !== 1)
    faults.push('there is no one nav');
  return faults;
}

function links({ entries, documents, package: opf }: Ebook): string[] {
  const faults: string[] = [];
  const ids = new Map(
    [...documents].map(([file, tree]) => [file, new Set(all(tree).map(({ attributes }) => attributes['id']))]),
  );
  const ncx = readXml(entries.find(({ name }) => name === 'OEBPS/toc.ncx')!.bytes.toString('utf8'));
  for (const [file, tree] of [...documents, ['content.opf', opf], ['toc.ncx', ncx]] as [string, Tag][]) {
    const own = all(tree).flatMap(({ attributes }) => attributes['id'] ?? []);
    for (const id of own)
      if (own.indexOf(id) !== own.lastIndexOf(id)) faults.push(`${file}: the id ${id} is there twice`);
    for (const { name, attributes } of all(tree)) {
      const address = attributes['href'] ?? attributes['src'];
      if (address === undefined) continue;
      if (/^[a-z][a-z\d+.-]*:/i.test(address)) {
        if (name !== 'a') faults.push(`${file}: <${name}> ${address} is to be fetched`);
        continue;
      }
      const [path = '', id] = address.split('#');
      const target = path === '' ? file : posix.normalize(path);
      if (!entries.some((entry) => entry.name === `OEBPS/${target}`))
        faults.push(`${file}: <${name}> ${address} leads nowhere`);
      if (id !== undefined && !ids.get(target)?.has(id))
        faults.push(`${file}: <${name}> ${address} leads to no element`);
    }
  }
  return faults;
}

/** Each call leads to its note, each note back to every call. */
function notes({ documents }: Ebook): string[] {
  const calls = new Map<string, string>();
  const asides = new Map<string, string[]>();
  const resolve = (file: string, href = ''): string => (href.startsWith('#') ? `${file}${href}` : href);
  for (const [file, tree] of documents)
    for (const tag of all(tree)) {
      const { id = '', href } = tag.attributes;
      if (has(tag, 'epub:type', 'noteref')) calls.set(`${file}#${id}`, resolve(file, href));
      if (!has(tag, 'epub:type', 'footnote')) continue;
      const back = all(tag).filter((one) => has(one, 'role', 'doc-backlink'));
      asides.set(
        `${file}#${id}`,
        back.map(({ attributes }) => resolve(file, attributes['href'])),
      );
    }
  const faults: string[] = [];
  for (const [call, note] of calls)
    if (!asides.get(note)?.includes(call)) faults.push(`${call} calls ${note}, and it does not lead back`);
  for (const [note, back] of asides)
    for (const call of back.length > 0 ? back : ['nowhere'])
      if (calls.get(call) !== note) faults.push(`${note} leads back to ${call}, which does not call it`);
  return faults;
}

const ROLES: Readonly<Record<string, string>> = {
  ...{ noteref: 'doc-noteref', footnote: 'doc-footnote', chapter: 'doc-chapter', preface: 'doc-preface' },
  ...{
    afterword: 'doc-afterword',
    colophon: 'doc-colophon',
    epigraph: 'doc-epigraph',
    pullquote: 'doc-pullquote',
    toc: 'doc-toc',
  },
};

/** What neither EPUBCheck nor Ace sees, or only one of them. */
function markup({ documents }: Ebook): string[] {
  const faults: string[] = [];
  for (const [file, tree] of documents) {
    const tell = (what: string): unknown => faults.push(`${file}: ${what}`);
    if (!textOf(named(tree, 'title')[0] ?? tree).trim()) tell('the title is empty');
    if (!tree.attributes['lang']) tell('no language');
    for (const tag of all(tree)) {
      const { attributes, name } = tag;
      if (attributes['lang'] !== attributes['xml:lang']) tell(`<${name}> has one of lang and xml:lang`);
      if (name === 'img' && !attributes['alt']?.trim()) tell('a picture without words');
      if (name === 'svg' && !attributes['viewBox']) tell('a drawing without its viewBox');
      if (name === 'th' && !/^(?:col|row)$/.test(attributes['scope'] ?? '')) tell('a <th> without scope');
      if (name === 'th' && !textOf(tag).trim() && named(tag, 'img').length === 0) tell('an empty <th>');
      if (name === 'nav' && !attributes['aria-label'] && !attributes['aria-labelledby']) tell('a nav without a name');
      if (/^h[1-6]$/.test(name) && !textOf(tag).trim() && named(tag, 'img').length === 0) tell('an empty heading');
      // How far a line of verse is indented is the author's own measure.
      const indented = name === 'span' && /^margin-(?:left|right): [\d.]+em$/.test(attributes['style'] ?? '');
      if (('style' in attributes && !indented) || Object.keys(attributes).some((key) => /^(?:on|data)/.test(key)))
        tell(`<${name}> has what no ebook needs`);
      if (['script', 'iframe', 'object', 'form', 'style'].includes(name)) tell(`<${name}>`);
      const role =
        tag.name === 'a' && !has(tag, 'epub:type', 'noteref') ? undefined : ROLES[attributes['epub:type'] ?? ''];
      if (role && attributes['role'] !== role) tell(`epub:type ${attributes['epub:type']} without its role`);
    }
  }
  return faults;
}
