// Folds that the papers cannot hold, known before anything is set. Takes an edition's settings; gives what is wrong, and which paper it is about.
import type { EditionConfig } from '../book/config.ts';
import { fits } from '../print/fitting.ts';
import { FORMATS } from '../print/formats.ts';
import { PANELS } from '../typeset/panels.ts';

export interface Misfit {
  /** Below the edition, or below the book. */
  readonly path: readonly ['pamphlet' | 'zine', 'paper', number];
  readonly ruleId: string;
  readonly reason: string;
  readonly note: string;
}

export function checkSheets({ outputs, pamphlet, zine }: EditionConfig): Misfit[] {
  const jobs = [
    ...(outputs.includes('pamphlet')
      ? [{ kind: 'pamphlet', settings: pamphlet, trim: pamphlet.trim.size } as const]
      : []),
    ...(outputs.includes('zine') ? [{ kind: 'zine', settings: zine, trim: undefined } as const] : []),
  ];
  return jobs.flatMap(({ kind, settings, trim }) =>
    settings.paper.flatMap(({ name, size }, index): Misfit[] => {
      const fit = fits(FORMATS[settings.fold]!(PANELS), size, trim);
      if (!('ruleId' in fit)) return [];
      const { reason, ruleId = 'sheet', note = '' } = fit;
      return [{ path: [kind, 'paper', index], ruleId, reason: `On \`${name}\`: ${lowered(reason)}`, note }];
    }),
  );
}

const lowered = (text: string): string => text.replace(/^./, (first) => first.toLowerCase());
