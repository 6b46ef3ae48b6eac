// The printer at hand, as book.yaml describes it: how it turns paper, what it does not reach, what a sheet weighs and costs.
import { z } from 'zod';
import { about, LENGTH, scalar, word } from './fields.ts';
import { shown } from './suggest.ts';
import { lengthFrom, type Reader } from './values.ts';

/** A price in a currency of ISO 4217. */
export interface Price {
  readonly amount: number;
  readonly currency: string;
}

/** Most home printers are off by less than 3 mm. */
const FARTHEST = '10mm';

/** A whole number from `least` to `most`. */
export function readCount(least: number, most: number): Reader<number> {
  return (text) => {
    const value = /^\s*\d{1,4}\s*$/.test(text) ? Number(text) : Number.NaN;
    if (value >= least && value <= most) return { value };
    const fault = { ruleId: 'bad-number', note: `A whole number from ${least} to ${most} will do.` };
    return { fault: { ...fault, reason: `${shown(text)} is no number that can stand here` } };
  };
}

/** A length to either side, in points. */
const readShift: Reader<number> = (text) => {
  const [, sign, length = ''] = /^\s*([-+−]?)\s*(.*)$/.exec(text) ?? [];
  const reading = lengthFrom('0mm', FARTHEST)(length);
  if ('fault' in reading) {
    const far = reading.fault.ruleId === 'out-of-range';
    const note = far ? `From \`-${FARTHEST}\` to \`${FARTHEST}\` will do.` : reading.fault.note;
    return { fault: { ...reading.fault, reason: reading.fault.reason.replace(shown(length), shown(text)), note } };
  }
  return { value: sign && sign !== '+' ? 0 - reading.value : reading.value };
};

/** Grams a square metre. */
const readWeight: Reader<number> = (text) => {
  const [, digits] = /^\s*(\d{1,4}(?:\.\d+)?)\s*(?:gsm|g(?:\/m(?:2|²))?)\s*$/i.exec(text) ?? [];
  const isBare = /^\s*(?:[4-9]\d|[1-3]\d\d|400)\s*$/.test(text);
  const note = isBare
    ? `Say the unit: \`${text.trim()}gsm\`.`
    : 'Write what stands on the package, from `40gsm` to `400gsm`.';
  if (digits === undefined) return { fault: { ruleId: 'bad-weight', reason: `${shown(text)} is no weight`, note } };
  const value = Number(digits);
  if (value >= 40 && value <= 400) return { value };
  const size = value > 400 ? 'heavy' : 'light';
  return { fault: { ruleId: 'out-of-range', reason: `Paper of ${shown(text)} is too ${size}`, note } };
};

const readPrice: Reader<Price> = (text) => {
  const [, digits, code] = /^\s*(\d{1,7}(?:\.\d{1,4})?)\s*([a-z]{3})\s*$/i.exec(text) ?? [];
  if (digits && code) return { value: { amount: Number(digits), currency: code.toUpperCase() } };
  const note = 'Write the amount and the currency’s three letters: `0.05 EUR`.';
  return { fault: { ruleId: 'bad-price', reason: `${shown(text)} is no price`, note } };
};

const SHIFT = { type: 'string', pattern: '^\\s*[-+]?[0-9.]+\\s*(mm|cm|in|pt|px)?\\s*$' };
const TWO = {
  ruleId: 'wrong-type',
  reason: '`shift` should be two lengths, to the right and down',
  note: 'Write `shift: [0.5mm, -1mm]`.',
};

export const printerSchema = z
  .strictObject({
    duplex: word('short-edge', 'long-edge', 'manual')
      .optional()
      .meta(
        about(
          'About which edge the printer turns a sheet to print its back; `manual` where it prints one side only: then fronts and backs are a file each. If missing, the sheet says which edge it wants: mostly the short one.',
        ),
      ),
    delivers: word('face-down', 'face-up')
      .prefault('face-down')
      .meta(about('With `duplex: manual`, how sheets come out: laser printers mostly face down, inkjets face up.')),
    margin: scalar(LENGTH, lengthFrom('0mm', '20mm'))
      .prefault('0mm')
      .meta(
        about(
          'What the printer leaves white along the edges: pages shrink in their places to stay clear of it.',
          '5mm',
        ),
      ),
    shift: z
      .array(scalar(SHIFT, readShift))
      .refine((pair) => pair.length === 2, { params: TWO })
      .transform(([right = 0, down = 0]): readonly [number, number] => [right, down])
      .prefault(['0mm', '0mm'])
      .meta(
        about('Moves the backs to the right and down, where the printer does not meet the fronts.', '[0.5mm, -1mm]'),
      ),
    weight: scalar({ type: 'string', pattern: '^\\s*[0-9.]+\\s*(gsm|g|g/m2|g/m²)\\s*$' }, readWeight)
      .prefault('80gsm')
      .meta(about('Of the paper: for what a copy weighs, and for creep.', '80gsm')),
    price: scalar({ type: 'string', pattern: '^\\s*[0-9.]+\\s*[A-Za-z]{3}\\s*$' }, readPrice)
      .optional()
      .meta(about('Of one printed sheet: the job ticket reckons what copies cost.', '0.05 EUR')),
  })
  .meta(about('The printer at hand. At the top for every edition, or in an edition, which wins key by key.'));
