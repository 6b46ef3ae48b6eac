// A tagged PDF as qpdf takes it apart: its structure, the marks in its drawing, the letters of each marked piece. Reads
// everything anew with a small reader of its own, so that it can judge what our scripts write.
import {
  catalogOf,
  type Dict,
  dataAt,
  dictAt,
  isDict,
  listAt,
  look,
  pagesOf,
  type Taken,
  textAt,
  type Value,
} from './qpdf-objects.ts';

export interface Element {
  /** As written, and what the role map makes of it. */
  readonly tag: string;
  readonly type: string;
  readonly dict: Dict;
  readonly parent: Element | undefined;
  readonly kids: (Element | Content | Annotation)[];
}
export interface Content {
  readonly page: number;
  readonly mcid: number;
}
export interface Annotation {
  readonly annotation: string;
}
export const isElement = (kid: Element['kids'][number]): kid is Element => 'kids' in kid;
export const isContent = (kid: Element['kids'][number]): kid is Content => 'mcid' in kid;

export const rootOf = (file: Taken): Dict => dictAt(file, catalogOf(file)['/StructTreeRoot']);

/** Of each page its reference. */
export function pageRefs(file: Taken): string[] {
  const walk = (value: Value | undefined): string[] => {
    const node = dictAt(file, value);
    return node['/Kids'] ? listAt(file, node['/Kids']).flatMap(walk) : [String(value)];
  };
  return walk(catalogOf(file)['/Pages']);
}

export function roleOf(file: Taken, tag: string): string {
  const roles = dictAt(file, rootOf(file)['/RoleMap']);
  let type = tag;
  for (let step = 0; step < 9 && typeof roles[type] === 'string'; step++) type = roles[type] as string;
  return type;
}

/** All elements, in reading order. */
export function elementsOf(file: Taken): Element[] {
  const pages = new Map(pageRefs(file).map((ref, index) => [ref, index]));
  const found: Element[] = [];
  const walk = (value: Value, page: number | undefined, parent: Element | undefined): Element['kids'] => {
    if (typeof value === 'number') return page === undefined ? [] : [{ page, mcid: value }];
    const dict = dictAt(file, value);
    const own = pages.get(String(dict['/Pg'])) ?? page;
    if (dict['/MCID'] !== undefined) return own === undefined ? [] : [{ page: own, mcid: Number(dict['/MCID']) }];
    if (dict['/Obj']) return [{ annotation: String(dict['/Obj']) }];
    const tag = textAt(file, dict['/S']).slice(1);
    const element: Element = { tag, type: roleOf(file, `/${tag}`).slice(1), dict, parent, kids: [] };
    found.push(element);
    for (const kid of kidsAt(file, dict['/K'])) element.kids.push(...walk(kid, own, element));
    return [element];
  };
  for (const kid of kidsAt(file, rootOf(file)['/K'])) walk(kid, undefined, undefined);
  return found;
}

function kidsAt(file: Taken, value: Value | undefined): Value[] {
  const found = look(file, value);
  return Array.isArray(found) ? found : value === undefined ? [] : [value];
}

/** Letters that a page shows in one go, and the marks that they stand in, outermost first. */
export interface Shown {
  readonly page: number;
  readonly marks: readonly Mark[];
  /** Of a painting operator that shows no letters, nothing. */
  readonly text: string | undefined;
  /** Codes without a letter. */
  readonly mute: number;
  readonly codes: readonly number[];
  readonly font: Dict | undefined;
}
export interface Mark {
  readonly name: string;
  readonly mcid: number | undefined;
  readonly actual: string | undefined;
}

const TOKEN =
  /\/[^\s<>[\](){}/%]*|<<|>>|<[\da-fA-F\s]*>|\((?:[^\\()]|\\[\s\S]|\((?:[^\\()]|\\[\s\S])*\))*\)|[[\]]|[^\s<>[\](){}/%]+/g;
const PAINTS = /^(?:f\*?|F|B\*?|b\*?|S|s|Do|sh)$/;

/** Everything that the pages paint, in the order in which they do; forms are one thing. */
export function shownIn(file: Taken): Shown[] {
  return pagesOf(file).flatMap((page, index) => {
    const contents = look(file, page['/Contents']);
    const streams = Array.isArray(contents) ? contents : [page['/Contents']];
    const source = streams.map((one) => dataAt(file, one).toString('latin1')).join('\n');
    const fonts = dictAt(file, dictAt(file, page['/Resources'])['/Font']);
    const maps = new Map(Object.entries(fonts).map(([key, font]) => [key, lettersOf(file, dictAt(file, font))]));
    return readContent(source, maps, index);
  });
}

function readContent(source: string, maps: ReadonlyMap<string, Letters>, page: number): Shown[] {
  const shown: Shown[] = [];
  const marks: Mark[] = [];
  let [operands, font]: [string[], Letters | undefined] = [[], undefined];
  for (const [token] of source.matchAll(TOKEN)) {
    if (!/^[A-Za-z'"]/.test(token) || /^(?:true|false|null)$/.test(token)) {
      operands.push(token);
      continue;
    }
    if (token === 'BDC' || token === 'BMC') {
      const [at, actual] = [operands.indexOf('/MCID'), operands.indexOf('/ActualText')];
      marks.push({
        name: operands[0]!,
        mcid: at > 0 ? Number(operands[at + 1]) : undefined,
        actual: actual > 0 ? decoded(bytesOf(operands[actual + 1]!)) : undefined,
      });
    } else if (token === 'EMC') marks.pop();
    else if (token === 'Tf') font = maps.get(operands[0]!);
    else if (token === 'Tj' || token === 'TJ') {
      const raw = operands
        .filter((one) => /^[(<]/.test(one))
        .map(bytesOf)
        .join('');
      const codes: number[] = [];
      const wide = font?.wide ?? 1;
      for (let at = 0; at < raw.length; at += wide)
        codes.push(wide === 1 ? raw.charCodeAt(at) : raw.charCodeAt(at) * 256 + raw.charCodeAt(at + 1));
      const text = codes.map((code) => font?.text.get(code) ?? '').join('');
      const mute = codes.filter((code) => !font?.text.has(code)).length;
      shown.push({ page, marks: [...marks], text, mute, codes, font: font?.dict });
    } else if (PAINTS.test(token))
      shown.push({ page, marks: [...marks], text: undefined, mute: 0, codes: [], font: undefined });
    operands = [];
  }
  return shown;
}

interface Letters {
  readonly dict: Dict;
  readonly text: ReadonlyMap<number, string>;
  readonly wide: 1 | 2;
}

function bytesOf(operand: string): string {
  if (operand.startsWith('<')) return Buffer.from(operand.replace(/[<>\s]/g, ''), 'hex').toString('latin1');
  return operand.slice(1, -1).replace(/\\([0-7]{1,3}|[\s\S])/g, (_, what: string) => {
    if (/^[0-7]/.test(what)) return String.fromCharCode(Number.parseInt(what, 8));
    return ({ n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' } as Record<string, string>)[what] ?? what;
  });
}

const decoded = (raw: string): string =>
  raw.startsWith('\u00fe\u00ff') ? Buffer.from(raw.slice(2), 'latin1').swap16().toString('utf16le') : raw;

const hex = (text: string): string => Buffer.from(text, 'hex').swap16().toString('utf16le');

function lettersOf(file: Taken, font: Dict): Letters {
  const map = dataAt(file, font['/ToUnicode']).toString('latin1');
  const text = new Map<number, string>();
  for (const [, body] of map.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, from, to] of body!.matchAll(/<(\w+)>\s*<(\w+)>/g)) text.set(Number.parseInt(from!, 16), hex(to!));
  for (const [, body] of map.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, from, last, to] of body!.matchAll(/<(\w+)>\s*<(\w+)>\s*<(\w+)>/g))
      for (let code = Number.parseInt(from!, 16); code <= Number.parseInt(last!, 16); code++)
        text.set(code, String.fromCharCode(Number.parseInt(to!, 16) + code - Number.parseInt(from!, 16)));
  return { dict: font, text, wide: textAt(file, font['/Subtype']) === '/Type0' ? 2 : 1 };
}

/** By page and number of the piece, its letters; a group with a text of its own says that once. */
export function wordsOfPieces(file: Taken): Map<string, string> {
  const words = new Map<string, string>();
  let said: Mark | undefined;
  for (const { page, marks, text } of shownIn(file)) {
    const piece = marks.findLast(({ mcid }) => mcid !== undefined);
    if (!piece || text === undefined) continue;
    const actual = marks.findLast((mark) => mark.actual !== undefined);
    const key = `${page} ${piece.mcid}`;
    if (!actual) words.set(key, (words.get(key) ?? '') + text);
    else if (actual !== said) words.set(key, (words.get(key) ?? '') + actual.actual!);
    said = actual;
  }
  return words;
}

/** What an element and all within it say; of what is left out, the space after it. */
export function saidBy(element: Element, words: ReadonlyMap<string, string>, without: readonly string[] = []): string {
  return element.kids
    .map((kid) => {
      if (isContent(kid)) return words.get(`${kid.page} ${kid.mcid}`) ?? '';
      if (!isElement(kid)) return '';
      const said = saidBy(kid, words, without);
      return without.includes(kid.type) ? /\s*$/.exec(said)![0] : said;
    })
    .join('');
}

/** Links, and all other annotations, with the page that they are on. */
export function annotationsOf(file: Taken): { readonly ref: string; readonly dict: Dict; readonly page: Dict }[] {
  return pagesOf(file).flatMap((page) =>
    listAt(file, page['/Annots']).map((ref) => ({ ref: String(ref), dict: dictAt(file, ref), page })),
  );
}

/** The attributes of an element, all owners' in one. */
export function attributesOf(file: Taken, { dict }: Element): Dict {
  const found = look(file, dict['/A']);
  const all = (Array.isArray(found) ? found : [found]).map((one) => look(file, one)).filter(isDict);
  return Object.assign({}, ...all) as Dict;
}
