// Figures and sizes as the download page writes them, in any language.

/** `10,560` with the sign that a language puts between thousands. */
export const grouped = (value: number, sign: string): string => `${value}`.replace(/\B(?=(\d{3})+$)/g, sign);

/** Of bytes, with the language's units and its sign before decimals; undefined where they are only a few. */
export function large(
  bytes: number,
  units: readonly [kilo: string, mega: string],
  decimal: string,
): string | undefined {
  if (bytes < 1000) return undefined;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} ${units[0]}`;
  return `${(bytes / 1e6).toFixed(bytes < 9.95e6 ? 1 : 0).replace('.', decimal)} ${units[1]}`;
}

export function minutes(count: number): { readonly figure: string; readonly unit: string }[] {
  const hours = { figure: `${Math.floor(count / 60)}`, unit: 'h' };
  const rest = { figure: `${count % 60}`, unit: 'min' };
  if (count < 60) return [rest];
  return count % 60 === 0 ? [hours] : [hours, rest];
}

const A_SIZES: Readonly<Record<string, string>> = { '148 × 210 mm': 'A5', '105 × 148 mm': 'A6', '74 × 105 mm': 'A7' };

/** `148mm x 210mm` or `148mm-x-210mm` as `148 × 210 mm`, in any of the units; what is no pair of lengths stays. */
function dimensions(text: string): string {
  const found = /^([\d.]+)\s*([a-z]+)[\s-]*[x×][\s-]*([\d.]+)\s*([a-z]+)$/i.exec(text.trim());
  if (!found) return text;
  const [, width, unit, height, other] = found;
  return unit === other ? `${width} × ${height} ${unit}` : `${width} ${unit} × ${height} ${other}`;
}

const PAPERS: Readonly<Record<string, string>> = {
  letter: 'US Letter',
  legal: 'US Legal',
  tabloid: 'Tabloid',
  'half-letter': 'Half Letter',
};

export const paper = (name: string, decimal = '.'): string =>
  PAPERS[name] ?? (/^a\d$/.test(name) ? name.toUpperCase() : dimensions(name).replaceAll('.', decimal));

/** `A5, 148 × 210 mm` where the size has a name. */
export function trimSize(trim: string, decimal = '.'): string {
  const size = dimensions(trim);
  return `${A_SIZES[size] ? `${A_SIZES[size]}, ` : ''}${size.replaceAll('.', decimal)}`;
}
