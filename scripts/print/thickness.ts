// How thick folded paper gets. Takes a scheme and the thickness of a leaf in points; says what no hand folds, and what binds the rest.
import { VFileMessage } from 'vfile-message';
import { MM } from '../book/measure.ts';
import type { Scheme } from './folds.ts';

type Pile = Pick<Scheme, 'columns' | 'rows' | 'copies' | 'sheets' | 'steps'>;

/** In points, of 80 g/m². */
export const PLAIN_LEAF = 0.1 * MM;

/** A pile of more layers does not fold flat. */
const MOST_LAYERS = 100;

/**
 * What a staple goes through, in points, each leaf as thick as 80 g/m² paper: 20 leaves with legs of 6 mm (26/6, 24/6), 40 with
 * legs of 8 mm (23/8), as their makers say.
 */
const STAPLES = { common: 20 * PLAIN_LEAF, heavy: 40 * PLAIN_LEAF };

const NEAR = 1e-6;

/** Layers of the thickest gathering once it is folded; 0 where nothing is folded. */
export function layersOf({ columns, rows, copies, sheets, steps }: Pile): number {
  const fold = steps.findIndex((step) => step.do === 'fold');
  if (fold < 0) return 0;
  const together = steps.some((step, index) => (step.do === 'stack' && index < fold) || step.do === 'nest');
  const counts = new Map<number, number>();
  for (const { gathering } of sheets) counts.set(gathering, (counts.get(gathering) ?? 0) + 1);
  return ((columns * rows) / copies) * (together ? Math.max(...counts.values()) : 1);
}

/** A message `fold-too-thick` where so many sheets in one another cannot be folded; its note says what works instead. */
export function tooThick(scheme: Pile): VFileMessage | undefined {
  const layers = layersOf(scheme);
  if (layers <= MOST_LAYERS) return undefined;
  const reason = `${scheme.sheets.length} sheets in one another make ${layers} layers, too thick to fold flat: ${MOST_LAYERS} at most`;
  const message = new VFileMessage(reason, { ruleId: 'fold-too-thick', source: 'print' });
  message.note = 'Choose the fold `signatures`, which sews several thin gatherings, or `perfect-bound`.';
  return message;
}

/** How a booklet of so many pages is bound where nothing is asked for: stapled, as long as that works. */
export function foldFor(pages: number, leaf: number): 'saddle' | 'signatures' {
  const sheets = Math.ceil(pages / 4);
  return 2 * sheets > MOST_LAYERS || sheets * leaf > STAPLES.heavy + NEAR ? 'signatures' : 'saddle';
}

export interface Stapling {
  /** How many leaves the staple goes through, and how thick they are, in points. */
  readonly leaves: number;
  readonly thickness: number;
  /** A stapler of the desk's size, one for staples with legs of 8 mm, or no stapler but needle and thread. */
  readonly by: 'common' | 'heavy' | 'thread';
}

/** What a booklet that is stapled through its fold needs; undefined where nothing is: one sheet that hangs together. */
export function staplingOf(scheme: Pile, leaf: number): Stapling | undefined {
  if (!scheme.steps.some((step) => step.do === 'bind' && step.with === 'staple')) return undefined;
  // Slit open, one sheet is several, too.
  if (scheme.sheets.length < 2 && !scheme.steps.some((step) => step.do === 'open')) return undefined;
  const leaves = layersOf(scheme) / 2;
  const thickness = leaves * leaf;
  const by = thickness <= STAPLES.common + NEAR ? 'common' : thickness <= STAPLES.heavy + NEAR ? 'heavy' : 'thread';
  return { leaves, thickness, by };
}
