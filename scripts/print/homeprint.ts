// Pages onto the sheets of one paper, for the printer at hand: one file, or fronts and backs where it prints one side only.
import type { PrinterSettings } from '../book/config.ts';
import { impose } from './imposition.ts';
import type { Printed } from './joining.ts';
import { type Part, partsOf, printerOf, type SheetOptions } from './stacks.ts';
import { creepOf } from './ticket.ts';

/** The imposed files, as many as `partsOf` says. */
export async function imposeFor(
  pdf: Printed,
  settings: PrinterSettings,
  options: SheetOptions,
): Promise<{ readonly part: Part | undefined; readonly content: Uint8Array }[]> {
  const { margin, shift } = settings;
  const common = { ...options, margin, shift, creep: creepOf(settings), printer: printerOf(settings, options.sheet) };
  const files = [];
  for (const [stack, part] of partsOf(options.scheme, settings).entries())
    files.push({ part, content: await impose(pdf, { ...common, stack: stack as 0 | 1 }) });
  return files;
}
