// Whether a manuscript can be a zine of its fold. Takes an edition; gives what is wrong with its panels, told below the edition.

import { hasFreeBack, panelsFault, panelsIn } from '../book/zines.ts';
import type { Edition } from '../edition/edition.ts';
import { isSpread, panelsOf, posterOf } from '../typeset/panels.ts';

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
  if (!zine.flow)
    for (const [index, { content }] of panels.entries())
      if (content.some(isSpread) && (index % 2 === 0 || index + 2 >= panels.length))
        faults.push({
          path: [],
          reason: `The picture across two panels begins on panel ${index + 1}, and no other lies beside it`,
          note: `Begin it on panel 2${wanted > 6 ? ', 4 or 6' : ' or 4'}, the left one of two.`,
        });
  if (posterOf(edition).length > 0 && !hasFreeBack(zine))
    faults.push({
      path: ['zine', 'fold'],
      reason: `A zine folded as \`${zine.fold}\` has no free side for a poster`,
      note: 'Take the poster out, or write `fold: one-sheet-8`.',
    });
  return faults;
}
