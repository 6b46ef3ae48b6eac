// What a copy shop does after printing: takes a scheme, what is trimmed and a language's phrases; gives a clause for each thing,
// in the order in which it is done.
import type { Scheme } from './folds.ts';
import { alike, gatheringsOf } from './instructions.ts';
import type { Step } from './paper.ts';
import type { FoldKind, Phrases, Strips } from './phrases/phrases.ts';
import { staplingOf } from './thickness.ts';

export function finishFor(scheme: Scheme, strips: Strips | undefined, leaf: number, { shop }: Phrases): string[] {
  const { steps, sheets, spine } = scheme;
  const does = (what: Step['do']): boolean => steps.some((step) => step.do === what);
  // No shop does by hand what a slit or strips of glue need.
  if (does('slit') || does('join')) return [shop.flat];
  const gatherings = gatheringsOf(scheme);
  const several = sheets.length > 1;
  const part = steps.find((step) => step.do === 'part');
  const bind = steps.find((step) => step.do === 'bind')?.with;
  const fold = foldOf(scheme);
  const stapling = staplingOf(scheme, leaf);
  const clauses: (string | false | undefined)[] = [
    several && (does('stack') || does('gather') || does('nest')) && shop.ordered,
    gatherings.length > 1 && does('stack') && shop.divided(alike(gatherings)),
    part && shop.parts(part.columns * part.rows),
    does('pile') && shop.piled,
    fold && shop.folded(fold, gatherings.length > 1 || (several && does('nest')) || scheme.copies > 1),
    several && does('nest') && shop.nested,
    gatherings.length > 1 && does('gather') && shop.gathered,
    stapling && (stapling.by === 'thread' ? shop.sewn(1) : shop.stapled),
    bind === 'thread' && shop.sewn(gatherings.length),
    bind === 'glue' && shop.glued(spine),
    does('open') && shop.opened,
    strips && shop.trimmed(strips),
    !fold && !part && !bind && shop.flat,
  ];
  return clauses.filter((clause) => typeof clause === 'string');
}

/** What the folds together are called; undefined where nothing is folded. */
export function foldOf({ steps, columns, rows }: Pick<Scheme, 'steps' | 'columns' | 'rows'>): FoldKind | undefined {
  const folds = steps.filter((step) => step.do === 'fold');
  const part = steps.find((step) => step.do === 'part') ?? { columns: 1, rows: 1 };
  const panels = (columns * rows) / (part.columns * part.rows);
  if (steps.some((step) => step.do === 'fan')) return { kind: 'zigzag', count: panels };
  if (steps.some((step) => step.do === 'gate')) return { kind: folds.length > 0 ? 'closed-gate' : 'gate' };
  if (folds.some(({ line }) => line !== undefined)) return { kind: 'roll', count: panels };
  return folds.length > 0 ? { kind: 'cross', count: folds.length } : undefined;
}
