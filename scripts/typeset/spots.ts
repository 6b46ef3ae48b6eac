// Where things stand on a zine's panels: margins by what each edge becomes, pictures across two panels, the poster. Takes sizes in
// points; gives markup in CSS px.
import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { MM, type Size } from '../book/measure.ts';
import { plainText } from '../edition/words.ts';
import { prepare, shoutOf } from './panels.ts';

/** Which of a panel's edges, as its reader sees them, are the sheet's own; `slit`: its head is where the sheet is slit. */
export interface Edges {
  readonly left: boolean;
  readonly right: boolean;
  readonly head: boolean;
  readonly foot: boolean;
  readonly slit: boolean;
}

const PX = 96 / 72;
/** Printers leave about 5 mm of a sheet's edge white: nothing is set nearer to it than this, in points. */
export const SAFE = 5.5 * MM;
/** A panel's margins, in points: so many, or for large pages this share of the width. */
const MARGIN = 7 * MM;
const SHARE = 0.09;
/** By so much nearer to a fold than to the sheet's edge, so that every panel has the same measure. */
const NEARER = MM;
/** A picture across two panels takes at most this share of their height. */
const ACROSS = 0.42;

/** Of a panel that no sheet's edge comes near to, in points. */
export const marginOf = (panel: Size): number => Math.max(MARGIN, panel.width * SHARE);

const px = (points: number): string => `${Math.round(points * PX * 64) / 64}px`;

/** A panel's margins, and how far pictures may run into them. */
export function placeStyle(edges: Edges, panel: Size): { readonly classes: string; readonly style: string } {
  const margin = marginOf(panel);
  const pad = marginsOf(edges, margin);
  const sides = ['left', 'right', 'head', 'foot'] as const;
  const style = sides.flatMap((side) => [
    `--${side}:${px(pad[side])}`,
    `--out-${side}:${px(edges[side] ? pad[side] - SAFE : pad[side])}`,
  ]);
  const classes = [
    ...sides.filter((side) => edges[side]).map((side) => `edge-${side}`),
    ...(edges.slit ? ['slit'] : []),
  ];
  return { classes: classes.join(' '), style: style.join(';') };
}

function marginsOf({ left, right, head, foot }: Edges, margin: number) {
  const one = left === right ? 0 : NEARER;
  return {
    left: margin + (left ? one : -one),
    right: margin + (right ? one : -one),
    head: margin + (head ? NEARER : -NEARER),
    foot: margin + (foot ? NEARER : -NEARER),
  };
}

/** One of the two halves of a picture that begins on the panel `at` (from 0). */
export interface Half {
  readonly figure: Element;
  readonly at: number;
  readonly first: boolean;
}

/** The half's markup, and the room that it leaves empty for itself at the head of what stands inside the margins. */
export function halvesOf(
  { figure, at, first }: Half,
  { panel, edges }: { readonly panel: Size; readonly edges: readonly Edges[] },
  direction: 'ltr' | 'rtl',
  picture: (id: string) => string,
): { readonly html: string; readonly room: string } {
  const [one, other] = [edges[at]!, edges[at + 1]!];
  const [left, right] = direction === 'ltr' ? [one, other] : [other, one];
  const isLeft = (direction === 'ltr') === first;
  const off = { left: left.left ? SAFE : 0, right: right.right ? SAFE : 0 };
  const [half, rest] = [panel.width - off.left, panel.width - off.right];
  const image = figure.children.find((child) => child.type === 'element' && child.tagName === 'img') as Element;
  const { width = 2, height = 1 } = image.properties as { width?: number; height?: number };
  const whole = half + rest;
  const high = (whole * height) / width;
  const shown = Math.min(high, panel.height * ACROSS);
  const head = one.head || other.head ? SAFE : 0;
  const box = `left:${px(isLeft ? off.left : 0)};top:${px(head)};width:${px(isLeft ? half : rest)};height:${px(shown)}`;
  const inner = `left:${px(isLeft ? 0 : -half)};top:${px((shown - high) / 2)};width:${px(whole)};height:${px(high)}`;
  const drawn = prepare({ ...image, properties: { ...image.properties, style: inner } }, picture) as Element;
  if (!first) drawn.properties['alt'] = '';
  const { head: pad } = marginsOf(one, marginOf(panel));
  return {
    html: `<div class="across" style="${box}">${toHtml(drawn)}</div>`,
    room: px(head + shown + 3 * MM - pad),
  };
}

/** The poster: its words fill what its picture leaves of the sheet. It stands, unless it is a picture that lies. */
export function posterOn(
  { width, height }: Size,
  content: readonly ElementContent[],
  picture: (id: string) => string,
): { readonly html: string; readonly size: Size } {
  const isPicture = (node: ElementContent): node is Element => node.type === 'element' && node.tagName === 'figure';
  const figures = content.filter(isPicture);
  const said = shoutOf(content.filter((node) => !isPicture(node)));
  const words = plainText([said]).trim();
  const drawn = toHtml(figures.map((node) => prepare(node, picture)));
  const [image] = figures[0]?.children ?? [];
  const { width: across = 0, height: down = 1 } = (image as Element | undefined)?.properties ?? {};
  const lies = words === '' && Number(across) > Number(down);
  const [long, short] = [Math.max(width, height), Math.min(width, height)];
  const parts = [
    drawn && `<div class="poster-picture">${drawn}</div>`,
    words && `<div class="poster-words" data-room>${toHtml(said)}</div>`,
  ];
  return {
    html: `<section class="poster-sheet" style="padding:${px(SAFE + 3 * MM)}">${parts.join('')}</section>`,
    size: lies ? { width: long, height: short } : { width: short, height: long },
  };
}
