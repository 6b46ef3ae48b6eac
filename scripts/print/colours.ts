// Colours made inks: what the browser means by red, green and blue, and which ink each colour is printed with.
// Takes parts from 0 to 1 and gives parts from 0 to 1, and the operators that say so.
import { num, nums } from './content.ts';

/** Parts of red, green, blue, each 0 to 1. */
export type Rgb = readonly [number, number, number];
/** Parts of cyan, magenta, yellow, black, each 0 to 1. */
export type Cmyk = readonly [number, number, number, number];

export interface Inks {
  /**
   * `cmyk`: neutrals to black, the spot colour to its four inks. `grey`: every colour to the grey of its lightness.
   * `black`: so too, but the spot colour is solid black.
   */
  readonly ink: 'black' | 'grey' | 'cmyk';
  /** `#rrggbb` */
  readonly spot: string;
  /** The inks of the spot colour and of others by `#rrggbb`; the spot colour that is not in it has `spotCmyk`. */
  readonly key?: Readonly<Record<string, Cmyk>>;
}

export type Ink = { readonly grey: number } | { readonly cmyk: Cmyk };

export interface Inkwell {
  /** Undefined: a colour that only the press can mix. */
  readonly inkOf: (rgb: Rgb) => Ink | undefined;
  /** A neutral, or a colour of the key: what lies between two of them is mixed of their inks. */
  readonly isOurs: (rgb: Rgb) => boolean;
  /** Whether nothing but black may be printed. */
  readonly blackOnly: boolean;
}

/** Four decimals and eight bits each lose a little: this much apart is the same colour. */
const TOLERANCE = 0.004;

export const isNeutral = (rgb: Rgb): boolean => Math.max(...rgb) - Math.min(...rgb) <= TOLERANCE;

/** `#rrggbb` as parts; throws on anything else. */
export function parseRgb(text: string): Rgb {
  const found = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  if (!found) throw new Error(`not #rrggbb: ${text}`);
  return [1, 2, 3].map((group) => Number.parseInt(found[group]!, 16) / 255) as unknown as Rgb;
}

/** `#rrggbb` */
export const hex = (rgb: Rgb): string =>
  `#${rgb
    .map((part) =>
      Math.round(part * 255)
        .toString(16)
        .padStart(2, '0'),
    )
    .join('')}`;

/** CMYK by full grey replacement, in whole percents. No profile knows the paper: give the printer's own values if you can. */
export function spotCmyk(text: string): Cmyk {
  const rgb = parseRgb(text);
  const light = Math.max(...rgb);
  if (light === 0) return [0, 0, 0, 1];
  const percent = (value: number): number => Math.round(value * 100) / 100;
  const [c, m, y] = rgb.map((part) => percent((light - part) / light)) as [number, number, number];
  return [c, m, y, percent(1 - light)];
}

const linear = (value: number): number => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);

/** The grey of the same lightness (sRGB's luminance, IEC 61966-2-1). */
export function greyOf([red, green, blue]: Rgb): number {
  const light = 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
  return light <= 0.0031308 ? 12.92 * light : 1.055 * light ** (1 / 2.4) - 0.055;
}

/** As the light that four inks leave: no profile, and good enough for a grey. */
export const rgbOf = ([c, m, y, k]: Cmyk): Rgb => [(1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)];

export function inkwell({ ink, spot, key = {} }: Inks): Inkwell {
  const blackOnly = ink !== 'cmyk';
  const table: Record<string, Cmyk> = { [spot]: spotCmyk(spot), ...key };
  const named = Object.entries(table).map(([text, cmyk]): [Rgb, Ink] => [
    parseRgb(text),
    blackOnly ? { grey: ink === 'black' && text === spot ? 0 : greyOf(parseRgb(text)) } : { cmyk },
  ]);
  const ours = (rgb: Rgb): Ink | undefined =>
    isNeutral(rgb)
      ? { grey: rgb[1] }
      : named.find(([colour]) => rgb.every((part, index) => Math.abs(part - colour[index]!) < 0.0006))?.[1];
  return {
    blackOnly,
    inkOf: (rgb) => ours(rgb) ?? (blackOnly ? { grey: greyOf(rgb) } : undefined),
    isOurs: (rgb) => ours(rgb) !== undefined,
  };
}

/** The operator that sets the ink; `stroke`: for lines. */
export function setting(ink: Ink, stroke: boolean): string {
  if ('grey' in ink) return `${num(ink.grey)} ${stroke ? 'G' : 'g'}`;
  return `${nums(ink.cmyk)} ${stroke ? 'K' : 'k'}`;
}
