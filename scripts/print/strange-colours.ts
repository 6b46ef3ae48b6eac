// What is wrong with the colours of a press copy: takes what its inks' report says was kept as it was, gives advice.
import type { InkReport } from './inks.ts';

interface Advice {
  readonly reason: string;
  readonly rule: 'colours-unknown';
  readonly hint: string;
  readonly advice: true;
}

/** What could not be turned into inks, because nothing is known of its colours; what the press mixes is as it should be. */
export function strangeColours(kept: InkReport['kept']): Advice[] {
  return Object.entries(kept)
    .filter(([what]) => what.endsWith('of an unknown kind'))
    .map(([what, times]) => ({
      reason: `The press copy has a ${what}${times > 1 ? `, ${times} times` : ''}: its colours are left as they are`,
      rule: 'colours-unknown',
      hint: 'Save it anew as a PNG or JPEG in RGB or greys, or ask the printer whether it may stay',
      advice: true,
    }));
}
