// Lengths, papers and trims. Everything inside the house is in PostScript points (1/72 inch).

/** A width and a height, in points. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Points per unit; `px` is CSS's, 96 to the inch. */
const UNITS: Readonly<Record<string, number>> = { mm: 72 / 25.4, cm: 720 / 25.4, in: 72, pt: 1, px: 0.75 };

export const MM = 72 / 25.4;

const mm = (width: number, height: number): Size => ({ width: width * MM, height: height * MM });
const inch = (width: number, height: number): Size => ({ width: width * 72, height: height * 72 });

/** Papers and trims by name, upright (ISO 216; ANSI/ASME Y14.1 for the American ones). */
export const PAPERS: Readonly<Record<string, Size>> = {
  a3: mm(297, 420),
  a4: mm(210, 297),
  a5: mm(148, 210),
  a6: mm(105, 148),
  letter: inch(8.5, 11),
  legal: inch(8.5, 14),
  tabloid: inch(11, 17),
  'half-letter': inch(5.5, 8.5),
};

/** `12mm`, `0.5in`, `9pt` as points; undefined where it is no length. */
export function parseLength(text: string): number | undefined {
  const found = /^\s*(\d+(?:\.\d+)?|\.\d+)\s*(mm|cm|in|pt|px)\s*$/.exec(text);
  return found ? Number(found[1]) * UNITS[found[2] as string]! : undefined;
}

/** A paper's name, or `148mm x 210mm`, as a size; undefined where it is neither. */
export function parseSize(text: string): Size | undefined {
  const name = text.trim().toLowerCase();
  const named = Object.hasOwn(PAPERS, name) ? PAPERS[name] : undefined;
  if (named) return named;
  const parts = text.split(/\s*(?:×|(?<!p)x)\s*/);
  if (parts.length !== 2) return undefined;
  const [width, height] = parts.map((part) => parseLength(part));
  return width && height ? { width, height } : undefined;
}

/** Points as CSS writes them, with at most four decimals. */
export function pt(points: number): string {
  return `${Math.round(points * 1e4) / 1e4}pt`;
}

/** The same size lying on its long side. */
export function landscape(size: Size): Size {
  return { width: Math.max(size.width, size.height), height: Math.min(size.width, size.height) };
}
