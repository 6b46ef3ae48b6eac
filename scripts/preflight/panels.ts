// Whether a manuscript can be a zine of its fold. Takes an edition; gives what is wrong with its panels, told below the edition.

import { hasFreeBack, panelsFault, panelsIn } from '../book/zines.ts';
import type { Edition } from '../edition/edition.ts';
import { layOut } from '../print/stacks.ts';
import { isSpread, type Panel, panelsOf, posterOf } from '../typeset/panels.ts';

export interface PanelFault {
  readonly path: readonly string[];
  readonly reason: string;
  readonly note: string;
}

const plural = (count: number): string => `${count} panel${count === 1 ? '' : 's'}`;

export function checkPanels(edition: Edition): PanelFault[] {
  const { name, zine } = edition.config;
  const wrong = panelsFault(zine);
  if (wrong) return [{ path: ['zine', 'pages'], reason: wrong, note: 'Write another number, or another fold.' }];
  const wanted = panelsIn(zine);
  const panels = panelsOf(edition);
  const faults: PanelFault[] = [];
  if (!zine.flow && panels.length !== wanted)
    faults.push({
      path: [],
      reason: `The zine \`${name}\` has ${plural(panels.length)} instead of ${wanted}`,
      note: `A front, ${wanted - 2} panels inside, a back: each heading opens a panel, and so does \`::panel\`; what stands before the first is the front’s line. Or write \`zine: {flow: true}\`: then the text runs from panel to panel`,
    });
  if (zine.flow && edition.parts.some(({ content }) => content.some(isSpread)))
    faults.push({
      path: ['zine', 'flow'],
      reason: 'Where text runs from panel to panel, no picture can be put across two of them',
      note: 'Write `:::figure{bleed}`, or take `flow` out and give each panel its heading.',
    });
  if (!zine.flow && panels.some(({ content }) => content.some(isSpread))) faults.push(...spreadFaults(edition, panels));
  if (posterOf(edition).length > 0 && !hasFreeBack(zine))
    faults.push({
      path: ['zine', 'fold'],
      reason: `A zine folded as \`${zine.fold}\` has no free side for a poster`,
      note: 'Take the poster out, or write `fold: one-sheet-8`.',
    });
  return faults;
}

function spreadFaults(edition: Edition, panels: readonly Panel[]): PanelFault[] {
  const { zine } = edition.config;
  const whole = wholeOpenings(edition);
  const on = `${whole.slice(0, -1).join(', ')}${whole.length > 1 ? ' or ' : ''}${whole.at(-1)}`;
  const begins = panels.map(({ content }) => content.some(isSpread));
  return panels.flatMap((_, index) => {
    if (!begins[index]) return [];
    if (begins[index - 1])
      return [
        {
          path: [],
          reason: `A picture across two panels begins on panel ${index + 1}, which holds the half of another`,
          note: 'Put it two panels further on, or write `:::figure{bleed}`.',
        },
      ];
    if (whole.includes(index + 1)) return [];
    const reason = `The picture across two panels begins on panel ${index + 1}, and panel ${index + 2} does not lie beside it on the sheet folded as \`${zine.fold}\``;
    const note = whole.length > 0 ? `Begin it on panel ${on}.` : 'Write `:::figure{bleed}`.';
    return [{ path: [], reason, note }];
  });
}

/**
 * The inner panels, counted from 1, that lie open beside the next one on one side of a sheet, both upright the same way, with
 * no cut between: a picture across the two is printed in one piece.
 */
export function wholeOpenings({ config: { zine }, direction }: Pick<Edition, 'config' | 'direction'>): number[] {
  const pages = panelsIn(zine);
  const spine = direction === 'rtl' ? 'right' : 'left';
  const { scheme } = layOut(zine, zine.paper[0]!.size, { pages, spine });
  const rows = scheme.sheets.flatMap(({ outer, inner }) => [...outer, ...(inner === 'blank' ? [] : inner)]);
  return Array.from({ length: pages }, (_, index) => index + 1).filter((panel) => {
    // What is bound opens at every second panel; what is pulled flat shows all of its side.
    if (panel < 2 || panel > pages - 2 || (scheme.reads !== 'flat' && panel % 2 !== 0)) return false;
    return rows.some((row) => {
      const at = row.findIndex(({ folio }) => folio === panel);
      const { turned, edges } = row[at] ?? {};
      if (!edges) return false;
      const other = row[at + ((spine === 'right') === turned ? 1 : -1)];
      const edge = edges[spine === 'right' ? 'left' : 'right'];
      return other?.folio === panel + 1 && other.turned === turned && edge !== 'cut' && edge !== 'sheet';
    });
  });
}
