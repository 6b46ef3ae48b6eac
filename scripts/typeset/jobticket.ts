// A job ticket as a page: markup that is filled in already, set on one page of a size, the drawings as large as there is room.
import type { Size } from '../book/measure.ts';
import { fitDisplay, measureDisplay, setDisplay } from './display.ts';
import { sheetFor } from './geometry.ts';
import type { Stone } from './stone.ts';

export interface TicketForm {
  readonly name: string;
  readonly css: string;
  readonly body: string;
  readonly title: string;
  /** Of the words that are not the book's. */
  readonly language: string;
  readonly spot: string;
  /** Of the page, in points. */
  readonly size: Size;
}

/** The oversize page, and from its left and top edge to the ticket's, in CSS px. */
export async function setTicket(
  form: TicketForm,
  stone: Stone,
): Promise<{ readonly pdf: Uint8Array; readonly offset: number }> {
  const { name, css, body, title, language, spot, size } = form;
  const { offset, sheet } = sheetFor(size, 0);
  const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src file: data:; img-src data:";
  const place = `left:${offset}px;top:${offset}px;width:${size.width}pt;height:${size.height}pt`;
  const shown = title.replace(/[&<]/g, (sign) => (sign === '&' ? '&amp;' : '&lt;'));
  await stone.lay(
    name,
    `<!doctype html>
<html lang="${language}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${shown}</title>
<style>@page{size:${sheet.width}px ${sheet.height}px;margin:0}
:root{--spot:${spot}}
html{width:${sheet.width}px;height:${sheet.height}px;overflow:hidden}
${css}</style></head><body><main class="ticket" data-room style="${place}">${body}</main></body></html>`,
  );
  await stone.work(setDisplay, (await stone.work(measureDisplay, null)).map(fitDisplay));
  await stone.work(shrinkDrawings, null);
  return { pdf: await stone.pull(), offset };
}

/** Sent to the browser: makes the drawings' unit smaller until none hangs out of its place, and then the type, too, until the page holds all. */
export function shrinkDrawings(): void {
  const page = document.querySelector<HTMLElement>('.ticket')!;
  const hangsOut = (): boolean =>
    [...document.querySelectorAll<HTMLElement>('.shown')].some((one) => one.scrollWidth > one.clientWidth);
  const isFull = (): boolean => page.scrollHeight > page.clientHeight + 0.5;
  let [unit, size] = [0.4, 10.5];
  const set = (): void => {
    document.documentElement.style.setProperty('--unit', `${unit.toFixed(3)}mm`);
    document.body.style.fontSize = `${size}pt`;
  };
  for (; unit > 0.2 && hangsOut(); set()) unit -= 0.01;
  for (; size > 7 && isFull(); set()) {
    size -= 0.25;
    unit = Math.max(0.2, unit - 0.025);
  }
}
