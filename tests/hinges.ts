// Where the panels of a folded pile hang together. Takes the leaves and what was done with them; throws where a book would not open.
import type { Spine } from '../scripts/print/folds.ts';
import type { Folded } from './folding.ts';
import type { Panel } from './leaves.ts';

interface Joint {
  readonly a: string;
  readonly b: string;
  readonly edge: string;
}

/** Each leaf is joined to another at the spine; what is joined elsewhere is cut open, or shuts in nothing but white. */
export function assertBound(leaves: readonly Panel[], scheme: Folded, spine: Spine): void {
  const layer = new Map(leaves.map(({ name }, index) => [name, index]));
  const opened = scheme.steps.some((step) => step.do === 'open');
  const printed = leaves.every(({ inks }) => inks.every(({ mark }) => mark));
  const joined = new Set<number>();
  for (const { a, b, edge } of jointsOf(leaves, scheme)) {
    const [one, two] = [layer.get(a), layer.get(b)];
    if (one === undefined || two === undefined) continue;
    if (edge === spine) joined.add(one).add(two);
    else if (!opened && printed) throw new Error('folds shut in print');
  }
  if (joined.size !== leaves.length) throw new Error('a leaf is loose at the spine');
}

/** Where panels that were neighbours on the sheet touch in the folded pile: at which edge of it. */
function jointsOf(leaves: readonly Panel[], scheme: Folded): Joint[] {
  const named = new Map(leaves.map((leaf) => [leaf.name, leaf]));
  const part = scheme.steps.find((step) => step.do === 'part');
  const block = part ? [scheme.columns / part.columns, scheme.rows / part.rows] : [scheme.columns, scheme.rows];
  return leaves.flatMap((leaf) => {
    const [sheet, row, column] = leaf.name.split(':').map(Number) as [number, number, number];
    const found: Joint[] = [];
    // To the right and below, on the sheet's outer side; carried round with the panel's own print.
    const front = leaf.inks[0];
    const turnedOver = front.looks[2] < 0;
    const mark = front.mark;
    const upsideDown = mark ? front.head[1] > 0 !== mark.turned : false;
    if ((column + 1) % block[0]! !== 0 && named.has(`${sheet}:${row}:${column + 1}`)) {
      const edge = turnedOver === upsideDown ? 'right' : 'left';
      found.push({ a: leaf.name, b: `${sheet}:${row}:${column + 1}`, edge });
    }
    if ((row + 1) % block[1]! !== 0 && named.has(`${sheet}:${row + 1}:${column}`))
      found.push({ a: leaf.name, b: `${sheet}:${row + 1}:${column}`, edge: upsideDown ? 'top' : 'bottom' });
    return found;
  });
}
