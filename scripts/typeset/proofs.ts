// Proofs of pages, pulled from the stone just before they are printed, and the contact sheet that shows all of them. Takes
// stones; gives pictures and a document.
import type { Stone } from './stone.ts';

/** Where a page stands in its document, in CSS px: cut to its trim. */
export interface Frame {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A document as it was printed. */
export interface Proof {
  readonly name: string;
  readonly frames: readonly Frame[];
  /** Of the whole document, so small: a PNG. */
  readonly strip: Uint8Array;
  /** Of every page alone, PNGs, where they were asked for. */
  readonly pages: readonly Uint8Array[];
}

/** Device pixels a CSS pixel: an A5 page is 140 wide. */
export const SMALL = 0.25;

/** The stone, but before anything is printed `keep` gets its proof; with `close`, every page also at so many device pixels a CSS pixel. */
export function proving(stone: Stone, keep: (proof: Proof) => void, close?: number): Stone {
  let name = '';
  return {
    ...stone,
    lay: (called, html) => {
      name = called;
      return stone.lay(called, html);
    },
    pull: async () => {
      const frames = await stone.work(framePages, null);
      if (frames.length > 0) {
        const strip = await stone.proof('body', SMALL);
        const pages: Uint8Array[] = [];
        for (const index of close ? frames.keys() : [])
          pages.push(await stone.proof(`[data-frame="${index}"]`, close!));
        await stone.work(unframe, null);
        keep({ name, frames, strip, pages });
      }
      return stone.pull();
    },
  };
}

/** Sent to the browser: numbers the pages, each the first thing on its sheet; the body becomes as wide as they are. */
function framePages(): Frame[] {
  const pages = [...document.querySelectorAll<HTMLElement>('.sheet > :first-child')];
  document.body.style.width = `${Math.max(0, ...pages.map((page) => page.getBoundingClientRect().right))}px`;
  const body = document.body.getBoundingClientRect();
  return pages.map((page, index) => {
    page.dataset['frame'] = `${index}`;
    const { left, top, width, height } = page.getBoundingClientRect();
    return { left: left - body.left, top: top - body.top, width, height };
  });
}

/** Sent to the browser: everything is as it was. */
function unframe(): void {
  document.body.style.removeProperty('width');
  for (const page of document.querySelectorAll<HTMLElement>('[data-frame]')) delete page.dataset['frame'];
}

/** What stands under one head: an edition, or a zine on one paper. */
export interface Group {
  readonly title: string;
  readonly about: string;
  /** In reading order. */
  readonly proofs: readonly Proof[];
  /** Left and right pages stand beside each other. */
  readonly facing: boolean;
  readonly spine: 'left' | 'right';
}

/** Inside its margins, in CSS px. */
const WIDTH = 2090;

/** A document whose `#contact` shows every page, edition by edition. `css`: the typefaces. */
export function contactSheet(title: string, editions: readonly (readonly Group[])[], css: string): string {
  const strips = editions.flat().flatMap(({ proofs }) => proofs);
  const shown = strips.map(
    ({ strip }, nth) =>
      `.of-${nth}{background-image:url(data:image/png;base64,${Buffer.from(strip).toString('base64')})}`,
  );
  const section = ({ title: head, about, proofs, facing, spine }: Group): string => {
    const pages = proofs.flatMap((proof) => proof.frames.map((frame) => cut(strips.indexOf(proof), frame)));
    const beside = facing ? spreads(pages) : pages;
    const row = beside.map((spread) => `<div class="spread">${spread}</div>`).join('');
    const direction = spine === 'right' ? 'rtl' : 'ltr';
    return `<section><h2>${safe(head)} <span>${safe(about)}</span></h2><div class="pages" dir="${direction}">${row}</div></section>`;
  };
  const rows = editions.map((groups) => `<div class="edition">${groups.map(section).join('')}</div>`).join('');
  return `<!doctype html><html><head><meta charset="utf-8"><title>${safe(title)}</title><style>${css}
body{margin:0}
#contact{width:${WIDTH}px;padding:36px 40px 44px;background:#d8d4cb;color:#000}
h1{margin:0;font:64px/1 var(--display);text-transform:uppercase;border-bottom:8px solid;padding-bottom:16px}
.edition{display:flex;flex-wrap:wrap;gap:0 70px}
section{max-width:100%}
h2{margin:30px 0 16px;font:32px/1 var(--display);text-transform:uppercase}
h2 span{font:italic 23px/1 var(--text);text-transform:none;margin-inline-start:.4em}
.pages{display:flex;flex-wrap:wrap;gap:18px 16px}
.spread{display:flex;gap:1px}
.page{flex:none;background:#fff no-repeat}
${shown.join('\n')}</style></head><body><div id="contact"><h1>${safe(title)}</h1>${rows}</div></body></html>`;
}

/** As the pages lie open: the front alone, then two by two. */
const spreads = (pages: readonly string[]): string[] =>
  Array.from({ length: Math.floor(pages.length / 2) + 1 }, (_, at) =>
    pages.slice(Math.max(0, 2 * at - 1), 2 * at + 1).join(''),
  ).filter((spread) => spread !== '');

function cut(strip: number, { left, top, width, height }: Frame): string {
  const px = (length: number): string => `${Math.round(length * SMALL)}px`;
  return `<div class="page of-${strip}" style="width:${px(width)};height:${px(height)};background-position:-${px(left)} -${px(top)}"></div>`;
}

const safe = (text: string): string => text.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'));
