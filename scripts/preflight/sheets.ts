// Folds that the papers cannot hold, known before anything is set. Takes an edition's settings; gives what is wrong, and which setting it is about.
import type { EditionConfig, PamphletSettings } from '../book/config.ts';
import { MM, type Size } from '../book/measure.ts';
import { panelsIn } from '../book/zines.ts';
import { type Fit, fits, mm, papersFor, widestMargin } from '../print/fitting.ts';
import { FORMATS, type Format } from '../print/formats.ts';

export interface Misfit {
  /** Below the edition, or below the book. */
  readonly path:
    | readonly ['pamphlet' | 'zine', 'paper', number]
    | readonly ['pamphlet', 'trim']
    | readonly ['printer', 'margin'];
  readonly ruleId: string;
  readonly reason: string;
  readonly note: string;
  /** Nothing is wrong: it could be better. */
  readonly advice?: boolean;
}

/** Pages that are printed smaller than this are not read. */
const SMALLEST_SCALE = 0.4;
/** Pages are told to be smaller when they are no larger than this on any paper. */
const TOLD_SCALE = 0.9;

export function checkSheets({ outputs, pamphlet, zine, printer }: EditionConfig): Misfit[] {
  return [
    ...(outputs.includes('pamphlet') ? booklets(pamphlet, printer.margin) : []),
    ...(outputs.includes('zine') ? zines(zine, printer.margin) : []),
  ];
}

const zines = (zine: EditionConfig['zine'], margin: number): Misfit[] =>
  zine.paper.flatMap(({ name, size }, index) => {
    const fit = fits(FORMATS[zine.fold]!(panelsIn(zine)), size);
    return 'ruleId' in fit ? [tooSmall(['zine', 'paper', index], name, fit)] : tooWide(margin, fit, name);
  });

/** What the printer leaves white of a panel. */
function tooWide(margin: number, { panel }: Fit, name: string): Misfit[] {
  const most = widestMargin(panel);
  if (margin <= most) return [];
  const reason = `On \`${name}\`: a margin of ${Math.round(margin / MM)} mm is too much for panels of ${mm(panel)}`;
  const note = `A margin of \`${Math.floor(most / MM)}mm\` will do, or a larger paper.`;
  return [{ path: ['printer', 'margin'], ruleId: 'margin-too-wide', reason, note }];
}

const FOLDS: readonly PamphletSettings['fold'][] = [
  'saddle',
  'signatures',
  'perfect-bound',
  'quarto',
  'quarter-fold',
  'octavo',
];

/** What is `auto` has the same cells either way. */
const formatOf = (fold: string): Format => FORMATS[fold === 'auto' ? 'saddle' : fold]!(4);

function booklets({ fold, paper, trim }: PamphletSettings, margin: number): Misfit[] {
  const format = formatOf(fold);
  const found = paper.map((one, index) => {
    const path = ['pamphlet', 'paper', index] as const;
    const fit = fits(format, one.size, trim.size, () => FOLDS.map(formatOf));
    return 'ruleId' in fit ? { misfit: tooSmall(path, one.name, fit) } : { ...fit, name: one.name };
  });
  const misfits = found.flatMap((one) => ('misfit' in one ? [one.misfit] : tooWide(margin, one, one.name)));
  const best = found.flatMap((one) => ('misfit' in one ? [] : [one])).sort((a, b) => b.scale - a.scale)[0];
  if (misfits.length > 0 || !best || best.scale >= TOLD_SCALE) return misfits;
  const instead = [trimFor(best.panel), papersFor(format, trim.size, 0.995)].filter((one) => one !== undefined);
  const advice = best.scale >= SMALLEST_SCALE;
  return [
    {
      path: ['pamphlet', 'trim'],
      ruleId: advice ? 'trim-scaled' : 'trim-too-large',
      reason: `Pages of ${mm(trim.size)} are printed at ${Math.round(best.scale * 100)} % of their size on \`${best.name}\`${advice ? '' : ', too small to read'}`,
      note: `Take ${instead.join(', or ') || 'a smaller `trim`'}.`,
      ...(advice ? { advice } : {}),
    },
  ];
}

/** A trim that fills the panel, in whole millimetres, upright and within what book.yaml takes: 60 to 300 mm. */
function trimFor({ width, height }: Size): string | undefined {
  const [high, wide] = [height, Math.min(width, height)].map((side) => Math.min(300, Math.floor(side / MM + 1e-6)));
  return wide! < 60 ? undefined : `the trim \`${wide}mm x ${high}mm\``;
}

function tooSmall(
  path: Misfit['path'],
  name: string,
  { reason, ruleId = 'sheet', note = '' }: { reason: string; ruleId?: string | undefined; note?: string | undefined },
): Misfit {
  return { path, ruleId, reason: `On \`${name}\`: ${lowered(reason)}`, note };
}

const lowered = (text: string): string => text.replace(/^./, (first) => first.toLowerCase());
