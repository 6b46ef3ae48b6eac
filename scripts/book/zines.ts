// How many panels a zine has. Takes what book.yaml says of its fold; gives the number, or why there can be none such.
import type { ZineSettings } from './config.ts';

interface Panels {
  /** Where book.yaml does not say how many. */
  readonly usual: number;
  readonly least: number;
  readonly most: number;
  /** A multiple of so many. */
  readonly by: number;
}

/** By fold: what the paper gives. Where least and most are the same, there is nothing to choose. */
const PANELS: Readonly<Record<ZineSettings['fold'], Panels>> = {
  'one-sheet-8': { usual: 8, least: 8, most: 8, by: 8 },
  'one-sheet-16': { usual: 16, least: 16, most: 16, by: 16 },
  'quarter-fold': { usual: 16, least: 8, most: 32, by: 8 },
  saddle: { usual: 8, least: 8, most: 32, by: 4 },
  accordion: { usual: 8, least: 4, most: 32, by: 2 },
};

export const panelsIn = ({ fold, pages }: Pick<ZineSettings, 'fold' | 'pages'>): number => pages ?? PANELS[fold].usual;

/** What is wrong with the number of panels that was asked for. */
export function panelsFault({ fold, pages }: Pick<ZineSettings, 'fold' | 'pages'>): string | undefined {
  const { least, most, by } = PANELS[fold];
  if (pages === undefined || (pages >= least && pages <= most && pages % by === 0)) return undefined;
  const right = least === most ? `${least} panels` : `a multiple of ${by} panels, from ${least} to ${most}`;
  return `A zine folded as \`${fold}\` has ${right}, not ${pages}`;
}

/** Whether its sheet has a back with nothing on it, for a poster. */
export const hasFreeBack = ({ fold }: Pick<ZineSettings, 'fold'>): boolean => fold === 'one-sheet-8';
