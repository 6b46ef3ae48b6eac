// The zine's panels, from edition to PDF: each panel a page of its own, headings fitted, text as large as fits them all.
import type { ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import type { Size } from '../book/measure.ts';
import type { Edition, Note } from '../edition/edition.ts';
import { element, text } from '../edition/markup.ts';
import { plainText } from '../edition/words.ts';
import { fitDisplay, measureDisplay, setDisplay } from './display.ts';
import { withBoxes } from './galley.ts';
import { sheetFor } from './geometry.ts';
import { setRoles } from './roles.ts';
import type { Stone } from './stone.ts';

export interface Panel {
  readonly title?: readonly ElementContent[];
  readonly content: readonly ElementContent[];
}

export interface ZineForms {
  readonly css: string;
  /** The front's and the back's markup, filled in; `front` with the promise in it. */
  readonly front: (promise: string) => string;
  readonly back: string;
  readonly picture: (id: string) => string;
}

export interface Zine {
  readonly pdf: Uint8Array;
  /** CSS px. */
  readonly offset: number;
  readonly pages: number;
  /** Size of the text, in points. */
  readonly size: number;
  /** Panels (from 1) that hold too much even in the smallest type, and about how many words. */
  readonly overfull: readonly { readonly panel: number; readonly words: number }[];
}

export const PANELS = 8;
/** Points, the largest first: never under 8. */
const SIZES = [12, 11.5, 11, 10.5, 10, 9.5, 9, 8.5, 8];
/** A panel of fewer letters says it large. */
const LOUD = 140;
const PX = 96 / 72;

/**
 * What stands on each panel: the front (what comes before the first heading is its promise), then one panel a heading,
 * and one more at each `::panel`. A zine of the right length gives eight.
 */
export function panelsOf(edition: Edition): Panel[] {
  const panels: Panel[] = [];
  for (const part of edition.parts) {
    const pieces: ElementContent[][] = [[]];
    for (const node of part.content) {
      if (isBreak(node)) pieces.push([]);
      else pieces.at(-1)!.push(node);
    }
    pieces.forEach((content, index) => {
      panels.push(index === 0 && part.title ? { title: part.title.content, content } : { content });
    });
  }
  if (panels[0]?.title || panels.length === 0) panels.unshift({ content: [] });
  return panels;
}

const isBreak = (node: ElementContent): boolean =>
  node.type === 'element' && node.tagName === 'hr' && String(node.properties['className']).includes('page-break');

/** Sets eight panels of a size in points; notes' texts stand at the end of their panels. */
export async function setPanels(
  edition: Edition,
  panel: Size,
  name: string,
  forms: ZineForms,
  stone: Stone,
): Promise<Zine> {
  const { offset, sheet } = sheetFor(panel, 0);
  await stone.lay(name, zineDocument(edition, panel, forms));
  const display = await stone.work(measureDisplay, null);
  await stone.work(setDisplay, display.map(fitDisplay));
  const tried: { size: number; over: readonly number[] }[] = [];
  for (const size of SIZES) {
    const over = await stone.work(tryPanels, size * PX);
    tried.push({ size, over });
    if (over.every((words) => words === 0)) break;
  }
  const { size, over } = tried.at(-1)!;
  const overfull = over.flatMap((words, index) => (words > 0 ? [{ panel: index + 1, words }] : []));
  await stone.work(setRoles, undefined);
  return { pdf: overfull.length > 0 ? new Uint8Array() : await stone.pull(), offset, pages: PANELS, size, overfull };

  function zineDocument(zine: Edition, trim: Size, { css, front, back, picture }: ZineForms): string {
    const panels = panelsOf(zine);
    const body = ({ title = [], content }: Panel): string =>
      toHtml([...content, ...notesOf([...title, ...content], zine.notes)].map((node) => prepare(node, picture)));
    const markup = panels.map((one, index) => {
      const { title, content } = one;
      const last = index === panels.length - 1;
      if (index === 0) return front(plainText(content).trim());
      const heading = title ? `<h1 class="fit" data-fit="${index % 2 === 1 ? 34 : 27}">${toHtml([...title])}</h1>` : '';
      const words = plainText(content).trim().length;
      const kind = last ? 'last' : words < LOUD ? 'loud' : index % 2 === 1 ? 'strong' : 'quiet';
      return `<div class="inside ${kind}">${heading}<div class="body">${body(one)}</div></div>${last ? back : ''}`;
    });
    const place = `left:${offset}px;top:${offset}px`;
    const pages = markup.map(
      (inner, index) =>
        `<div class="sheet"><section class="panel panel-${index + 1}" data-room style="${place}">${inner}</section></div>`,
    );
    const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src file: data:; img-src file: data:";
    return `<!doctype html>
<html lang="${zine.book.language}" dir="${zine.direction}">
<head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${zine.title.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'))}</title>
<style>@page{size:${sheet.width}px ${sheet.height}px;margin:0}
:root{--panel-width:${trim.width * PX}px;--panel-height:${trim.height * PX}px;--spot:${zine.book.spot}}
.sheet{width:${sheet.width}px;height:${sheet.height}px}
${css}</style></head><body>${pages.join('\n')}</body></html>`;
  }
}

/** The notes that a panel calls, in their order, as one block; a note's own calls count. */
function notesOf(content: readonly ElementContent[], notes: readonly Note[]): ElementContent[] {
  const called = new Set<Note>();
  const look = (nodes: readonly ElementContent[]): void => {
    for (const node of nodes) {
      if (node.type !== 'element') continue;
      const note = notes.find(({ calls }) => calls.includes(String(node.properties['id'])));
      if (note && !called.has(note)) {
        called.add(note);
        look(note.content);
      } else look(node.children);
    }
  };
  look(content);
  if (called.size === 0) return [];
  const bodies = [...called].map((note) =>
    element('div', { className: ['note'], id: note.id }, [
      element('span', { className: ['note-number'] }, [text(`${note.label}. `)]),
      ...note.content,
    ]),
  );
  return [element('div', { className: ['notes'] }, bodies)];
}

function prepare(node: ElementContent, picture: (id: string) => string): ElementContent {
  if (node.type === 'text') return text(withBoxes(node.value));
  if (node.type !== 'element') return node;
  const id = node.properties['dataPicture'];
  const properties = typeof id === 'string' ? { ...node.properties, src: picture(id) } : node.properties;
  return { ...node, properties, children: node.children.map((child) => prepare(child, picture)) };
}

/** Sent to the browser: sets the text in this size (px) and gives for each panel the words that stand below its foot. */
export function tryPanels(size: number): number[] {
  document.documentElement.style.setProperty('--size', `${size}px`);
  const range = document.createRange();
  return [...document.querySelectorAll<HTMLElement>('.panel')].map((panel) => {
    const body = panel.querySelector<HTMLElement>('.body');
    if (!body) return 0;
    const inside = panel.querySelector('.inside')!.getBoundingClientRect();
    // What stands at the foot keeps a line's distance.
    const under = panel.querySelector('.foot')?.getBoundingClientRect();
    const foot = under ? under.top - size * 0.8 : inside.bottom;
    const content = body.getBoundingClientRect();
    if (Math.max(content.bottom, content.top + body.scrollHeight) <= foot + 0.5) return 0;
    let words = 0;
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode())
      for (const found of (node as Text).data.matchAll(/\S+/g)) {
        range.setStart(node, found.index);
        range.setEnd(node, found.index + found[0].length);
        if (range.getBoundingClientRect().bottom > foot + 0.5) words++;
      }
    return Math.max(1, words);
  });
}
