// What is to be said of a PDF's pages when they were put onto sheets: that they are smaller, turned, or would do with less paper.
// Takes a scheme, a sheet and the pages' sizes in points; gives sentences. Also which of the formats could be taken instead.
import { VFileMessage } from 'vfile-message';
import type { Size } from '../book/measure.ts';
import { laid, mm, papersFor } from './fitting.ts';
import { holds, type Scheme, schemeFor } from './folds.ts';
import { FORMATS, type Format, oneSheet8Fold, oneSheet16Fold } from './formats.ts';
import { scaleToFit, settingsFor } from './seats.ts';

/** Text that is printed smaller than this is hardly read. */
const SMALL = 0.4;

/** Pages that are printed smaller than this are specks. */
const SMALLEST = 0.05;

/** The size that most of the pages have. */
export function usualOf(trims: readonly Size[]): Size {
  const counts = new Map<string, { readonly trim: Size; count: number }>();
  for (const trim of trims) {
    const key = `${Math.round(trim.width)} ${Math.round(trim.height)}`;
    const found = counts.get(key) ?? { trim, count: 0 };
    found.count++;
    counts.set(key, found);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count)[0]!.trim;
}

/** Every named format that holds so many pages. */
export const formatsFor = (pages: number): Format[] =>
  Object.values(FORMATS)
    .map((make) => make(pages))
    .filter((format) => holds(format, pages));

/** A message `page-too-large` where the usual page would be a speck on the sheet; its note says what works instead. */
export function tooLarge(scheme: Scheme, sheet: Size, trims: readonly Size[]): VFileMessage | undefined {
  const trim = usualOf(trims);
  const scale = scaleToFit(scheme, sheet, [trim]);
  if (scale >= SMALLEST) return undefined;
  const poster = FORMATS['poster']!(1);
  const tiles = trims.length === 1 && scaleToFit(schemeFor(poster, 1), laid(poster, sheet, trim), [trim]) >= SMALLEST;
  const papers = scheme.reads === 'tiles' ? undefined : papersFor(scheme, trim, SMALLEST);
  const instead = [...(tiles && scheme.reads !== 'tiles' ? ['the fold `poster`'] : []), ...(papers ? [papers] : [])];
  const message = new VFileMessage(
    `Pages of ${mm(trim)} would be printed at ${Math.round(scale * 1000) / 10} % of their size, too small to see`,
    { ruleId: 'page-too-large', source: 'print' },
  );
  message.note =
    instead.length > 0
      ? `Take ${instead.join(', or ')}.`
      : 'They are larger than any paper: make the PDF anew with smaller pages.';
  return message;
}

export interface Imposed {
  readonly scheme: Scheme;
  readonly sheet: Size;
  /** Of each page. */
  readonly trims: readonly Size[];
  readonly margin: number;
}

export function saidOf({ scheme, sheet, trims, margin }: Imposed): string[] {
  return [
    ...sizes({ scheme, sheet, trims, margin }),
    ...emptyPages(scheme, trims.length),
    ...onOneSide(scheme, trims.length),
  ];
}

const percent = (scale: number): number => Math.round(scale * 100);

function sizes({ scheme, sheet, trims, margin }: Imposed): string[] {
  const settings = settingsFor(scheme, sheet, trims, margin);
  const pagesAt = new Map<number, number[]>();
  for (const [index, { scale }] of settings.entries())
    pagesAt.set(percent(scale), [...(pagesAt.get(percent(scale)) ?? []), index + 1]);
  const [[usual = 100] = [], ...others] = [...pagesAt].sort(([, a], [, b]) => b.length - a.length);
  const lying = settings.flatMap((one, index) => (one.lying ? [index + 1] : []));
  const said = usual === 100 ? [] : [`The pages are printed at ${usual} % of their size.`];
  if (usual < 100 * SMALL && scheme.reads !== 'tiles') {
    const papers = papersFor(scheme, usualOf(trims), SMALL);
    said.push(`That may be too small to read${papers ? `: ${papers} shows them larger` : ''}.`);
  }
  for (const [scale, pages] of others.slice(0, 3)) said.push(`${areWords(pages)} printed at ${scale} %.`);
  if (others.length > 3) said.push(`${others.length - 3} more sizes of pages are made to fit, each for itself.`);
  if (lying.length > 0) said.push(`${areWords(lying)} turned by a quarter to fit, the head to the left.`);
  return said;
}

/** `Page 3 is`, `Pages 1 and 2 are`, `Pages 1 to 4 and 9 are`. */
function areWords(pages: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const page of pages) {
    const last = runs.at(-1);
    if (last && last[1] === page - 1) last[1] = page;
    else runs.push([page, page]);
  }
  const words = runs.flatMap(([from, to]) => {
    if (to - from > 1) return [`${from} to ${to}`];
    return from === to ? [`${from}`] : [`${from}`, `${to}`];
  });
  if (words.length > 6) words.splice(6, words.length, 'others');
  const listed = words.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return pages.length === 1 ? `Page ${listed} is` : `Pages ${listed} are`;
}

function emptyPages({ reads, pages }: Scheme, given: number): string[] {
  const empty = reads === 'tiles' ? 0 : pages - given;
  return empty > 0 ? [`${empty} of the ${pages} pages stay${empty === 1 ? 's' : ''} empty.`] : [];
}

/** Another format that makes the same kind of thing and holds the pages on one side of the sheet. */
function onOneSide({ name }: Scheme, pages: number): string[] {
  if (name !== oneSheet16Fold.name || !holds(oneSheet8Fold, pages)) return [];
  const all = pages === 1 ? 'the page' : `the ${pages} pages`;
  return [`The fold \`${oneSheet8Fold.name}\` holds ${all} on one side of the sheet.`];
}
