// The zine, from edition to PDF: each panel a page of its own, headings fitted, text as large as fits them all or poured through
// them, ornaments where room is left.
import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { MM, type Size } from '../book/measure.ts';
import type { Edition } from '../edition/edition.ts';
import { plainText } from '../edition/words.ts';
import { fitDisplay, measureDisplay, setDisplay, smallDisplays } from './display.ts';
import { sheetFor } from './geometry.ts';
import {
  flowOf,
  headOf,
  isMixed,
  isPullQuote,
  isSpread,
  isWords,
  kindOf,
  notesOf,
  type Panel,
  panelsOf,
  posterOf,
  prepare,
  shoutOf,
} from './panels.ts';
import { crowded, forSheet, lift, pour, settleFields, tryPanels, withoutDrawings } from './pouring.ts';
import { setRoles } from './roles.ts';
import { type Edges, type Half, halvesOf, marginOf, placeStyle, posterOn } from './spots.ts';
import type { Stone } from './stone.ts';

export interface ZineForms {
  readonly css: string;
  /** The front's and the back's markup, filled in: with the promise; with the drawn steps of folding. */
  readonly front: (promise: string) => string;
  readonly back: (drawings: readonly string[], unit: string) => string;
  /** Ornaments that take any height, as SVG. */
  readonly fields: readonly string[];
  readonly picture: (id: string) => string;
}

/** What the fold makes of the paper. */
export interface ZineShape {
  readonly panel: Size;
  /** Lying or standing as it is printed. */
  readonly sheet: Size;
  /** Of every panel, in reading order. */
  readonly edges: readonly Edges[];
  /** How it is folded, as SVG, and how wide all of that is in the drawings' unit. */
  readonly drawings: readonly string[];
  readonly drawn: number;
}

export interface Zine {
  readonly pdf: Uint8Array;
  /** The same as it goes onto the sheet, where that is another. */
  readonly forSheet: Uint8Array;
  /** CSS px. */
  readonly offset: number;
  readonly pages: number;
  /** Size of the text, in points. */
  readonly size: number;
  /** Panels (from 1) that hold too much even in the smallest type, and about how many words; of text that runs, the last inner one. */
  readonly overfull: readonly { readonly panel: number; readonly words: number }[];
}

/** Points, the largest first: never under 8. */
const SIZES = Array.from({ length: 41 }, (_, index) => 12 - index / 10);
/** Of the back's text, which is small print. */
const LARGEST_BACK = 9;
/** Words that can be set as lines of display; of more, its type alone is loud. */
const MOST_SHOUTED = 36;
/** Points. */
const LEAST_DISPLAY = 7.5;
/** Of a panel's height what its heading may take, in %. */
const SHARES = { strong: 30, loud: 36, quiet: 26, last: 15 };
const PX = 96 / 72;
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; font-src file: data:; img-src file: data:";

/** Sets the panels; notes' texts stand at the end of their panels, or of the text that runs. */
export async function setPanels(
  edition: Edition,
  shape: ZineShape,
  name: string,
  forms: ZineForms,
  stone: Stone,
): Promise<Zine> {
  const { offset } = sheetFor(shape.panel, 0);
  const { flow } = edition.config.zine;
  const lay = async (hushed: ReadonlySet<number>) => {
    const pages = flow ? runningPages(edition, shape, forms) : placedPages(edition, shape, forms, hushed);
    await stone.lay(name, zineDocument(edition, shape, forms, pages));
    await setDisplays(stone);
    return stone.work(smallDisplays, LEAST_DISPLAY * PX);
  };
  let small = await lay(new Set());
  // What would have to be said too small aloud is said quietly.
  const hushed = new Set(small.flatMap(({ shouts }, index) => (shouts ? [index] : [])));
  if (hushed.size > 0) small = await lay(hushed);
  const { size, over } = await (flow ? run(stone, shape.edges.length - 1) : fill(stone));
  const ours = await stone.work(crowded, undefined);
  const overfull = ours.flatMap((crowd, index) => {
    const words = over[index] || crowd || small[index]!.heading;
    return words > 0 ? [{ panel: index + 1, words }] : [];
  });
  await stone.work(settleFields, undefined);
  await stone.work(setRoles, undefined);
  const told = { offset, pages: shape.edges.length, size, overfull };
  if (overfull.length > 0) return { ...told, pdf: new Uint8Array(), forSheet: new Uint8Array() };
  const pdf = await stone.pull();
  if (!shape.edges.some(({ slit }) => slit)) return { ...told, pdf, forSheet: pdf };
  await stone.work(forSheet, undefined);
  return { ...told, pdf, forSheet: await stone.pull() };
}

/** The sheet's back; undefined where the manuscript has no poster. */
export async function setPoster(
  edition: Edition,
  { sheet }: Pick<ZineShape, 'sheet'>,
  name: string,
  forms: Pick<ZineForms, 'css' | 'picture'>,
  stone: Stone,
): Promise<{ readonly pdf: Uint8Array; readonly size: Size; readonly offset: number } | undefined> {
  const content = posterOf(edition);
  if (content.length === 0) return undefined;
  const { html: poster, size } = posterOn(sheet, content, forms.picture);
  await stone.lay(name, documentOf(edition, size, forms.css, [poster]));
  await setDisplays(stone);
  await stone.work(setRoles, undefined);
  return { pdf: await stone.pull(), size, offset: sheetFor(size, 0).offset };
}

/** Twice: what fills the rest of a panel knows how much that is when the heading is set. */
async function setDisplays(stone: Stone): Promise<void> {
  for (let pass = 0; pass < 2; pass++) {
    const display = await stone.work(measureDisplay, null);
    await stone.work(setDisplay, display.map(fitDisplay));
  }
}

interface Filled {
  /** Points. */
  readonly size: number;
  /** For each panel the words that have no room. */
  readonly over: readonly number[];
}

/** Every panel's text in the largest size that all of them hold; the back has its own, and gives its drawings for it. */
async function fill(stone: Stone): Promise<Filled> {
  let [size, back] = [0, SIZES.indexOf(LARGEST_BACK)];
  let drawn = true;
  const last = SIZES.length - 1;
  for (;;) {
    const over = await stone.work(tryPanels, { size: SIZES[size]! * PX, back: SIZES[back]! * PX });
    const inner = over.slice(0, -1).some((words) => words > 0);
    const behind = (over.at(-1) ?? 0) > 0;
    if (behind && back === last && drawn) {
      await stone.work(withoutDrawings, undefined);
      [drawn, back] = [false, SIZES.indexOf(LARGEST_BACK)];
    } else if ((inner && size < last) || (behind && back < last)) {
      if (inner && size < last) size++;
      if (behind && back < last) back++;
    } else return { size: SIZES[inner ? last : behind ? back : size]!, over };
  }
}

/** The text that runs in the largest size in which nothing is left over, and as much of it on each panel as on the others. */
async function run(stone: Stone, last: number): Promise<Filled> {
  await stone.work(lift, undefined);
  const left = (size: number, share: number): Promise<number> => stone.work(pour, { size: size * PX, share });
  for (const size of SIZES) {
    const over = await left(size, 1);
    if (over > 0 && size !== SIZES.at(-1)) continue;
    if (over > 0) return { size, over: [...Array.from({ length: last - 1 }, () => 0), over] };
    let [short, enough] = [0, 1];
    for (let step = 0; step < 7; step++) {
      const share = (short + enough) / 2;
      if ((await left(size, share)) > 0) short = share;
      else enough = share;
    }
    await left(size, enough);
    return { size, over: [] };
  }
  throw new Error('no sizes');
}

function zineDocument(edition: Edition, shape: ZineShape, forms: ZineForms, inside: readonly string[]): string {
  const pages = inside.map((inner, index) => {
    const edges = shape.edges[index]!;
    const { classes, style } = placeStyle(edges, shape.panel);
    return `<section class="panel ${classes}" data-room style="${style}">${inner}</section>`;
  });
  return documentOf(edition, shape.panel, forms.css, pages);
}

const html = (content: readonly ElementContent[], { picture }: Pick<ZineForms, 'picture'>): string =>
  toHtml(content.map((node) => prepare(node, picture)));

/** The front, panels for the text to run through, the back. */
function runningPages(edition: Edition, shape: ZineShape, forms: ZineForms): string[] {
  const { edges, drawings } = shape;
  const { promise, content } = flowOf(edition);
  return edges.map((_, index) => {
    if (index === 0) return forms.front(promise);
    const field = fieldOf(forms, index);
    if (index === edges.length - 1)
      return `<div class="inside last">${field}${forms.back(drawings, unitOf(shape))}</div>`;
    const text = index === 1 ? html(content, forms) : '';
    return `<div class="inside running"><div class="body flow">${text}</div>${field}</div>`;
  });
}

/** Each panel as the manuscript has it; those that are hushed are quiet. */
function placedPages(edition: Edition, shape: ZineShape, forms: ZineForms, hushed: ReadonlySet<number>): string[] {
  const panels = panelsOf(edition).map(
    (panel, index): Panel => (hushed.has(index) ? { ...panel, kind: 'quiet' } : panel),
  );
  const halves = panels.map(({ content }) => content.find(isSpread));
  return panels.map((panel, index) => {
    if (index === 0) return forms.front(plainText(panel.content).trim());
    const right = halves[index - 1] as Element | undefined;
    const half: Half | undefined = halves[index]
      ? { figure: halves[index] as Element, at: index, first: true }
      : right && { figure: right, at: index - 1, first: false };
    const across = half && halvesOf(half, shape, edition.direction, forms.picture);
    return `${across?.html ?? ''}${inside(edition, panel, index, panels.length, shape, forms, across?.room)}`;
  });
}

function inside(
  edition: Edition,
  { title, content: all, kind: wanted }: Panel,
  index: number,
  count: number,
  shape: ZineShape,
  forms: ZineForms,
  above?: string,
): string {
  const { drawings } = shape;
  const content = all.filter((node) => !isSpread(node));
  const last = index === count - 1;
  const kind = last ? 'last' : kindOf({ content, ...(wanted ? { kind: wanted } : {}) }, index);
  const share = SHARES[kind];
  const heading = title ? toHtml(headOf(title, share)) : '';
  const notes = notesOf([...(title ?? []), ...content], edition.notes);
  const words = plainText(content).trim();
  const shouted =
    kind === 'loud' &&
    content.every(isWords) &&
    !isMixed(content) &&
    words.split(/\s+/).length <= MOST_SHOUTED &&
    words !== '';
  const text = shouted
    ? `<div class="shout${content.some(isPullQuote) ? ' ruled' : ''}"><div data-room>${toHtml(shoutOf(content))}</div></div>`
    : `<div class="body">${html([...content, ...notes], forms)}</div>${fieldOf(forms, index)}`;
  const room = above ? ` style="padding-top:${above}"` : '';
  return `<div class="inside ${kind}"${room}>${heading}${text}${last ? forms.back(drawings, unitOf(shape)) : ''}</div>`;
}

/** All drawings in one row, with gaps of a tenth. */
const unitOf = ({ panel, drawn }: ZineShape): string =>
  `${Math.min(panel.width / 450, ((panel.width - 2 * marginOf(panel)) * 0.88) / drawn).toFixed(4)}pt`;

const fieldOf = ({ fields }: ZineForms, index: number): string =>
  fields.length > 0 ? `<div class="field" aria-hidden="true">${fields[index % fields.length]}</div>` : '';

function documentOf(edition: Edition, page: Size, css: string, pages: readonly string[]): string {
  const { sheet, offset } = sheetFor(page, 0);
  const { language, spot } = edition.book;
  const place = `left:${offset}px;top:${offset}px`;
  const title = edition.title.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'));
  const wrapped = pages.map((inner) => `<div class="sheet"><div class="place" style="${place}">${inner}</div></div>`);
  return `<!doctype html>
<html lang="${language}" dir="${edition.direction}">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title}</title>
<style>@page{size:${sheet.width}px ${sheet.height}px;margin:0}
:root{--panel-width:${page.width * PX}px;--panel-height:${page.height * PX}px;--spot:${spot};--mm:${MM * PX}px}
.sheet{width:${sheet.width}px;height:${sheet.height}px}
${css}</style></head><body>${wrapped.join('\n')}</body></html>`;
}
