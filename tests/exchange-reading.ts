// What the rules of PDF/X-4 ask of a file that is taken apart, and how to break it.
import {
  catalogOf,
  type Dict,
  dataAt,
  dictAt,
  dictsOf,
  drawnIn,
  listAt,
  look,
  pagesOf,
  type Taken,
  type Value,
} from './qpdf-objects.ts';

export interface Rule {
  readonly clause: string;
  readonly rule: string;
  readonly kept: (file: Taken) => boolean;
  /** Breaks this rule in a file that keeps them all. */
  readonly fault: (file: Taken) => void;
}

export const info = (file: Taken): Dict => dictAt(file, file.trailer['/Info']);
export const intents = (file: Taken): Dict[] =>
  listAt(file, catalogOf(file)['/OutputIntents']).map((one) => dictAt(file, one));
export const intent = (file: Taken): Dict => intents(file).find((one) => one['/S'] === '/GTS_PDFX') ?? {};
export const profile = (file: Taken): Buffer => dataAt(file, intent(file)['/DestOutputProfile']);
export const xmp = (file: Taken): string => dataAt(file, catalogOf(file)['/Metadata']).toString('utf8');
export const property = (file: Taken, name: string): string =>
  new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xmp(file))?.[1]?.replaceAll(/<[^>]*>/g, '') ?? '';
export const space = (file: Taken): string => profile(file).toString('latin1', 16, 20);
export const box = (file: Taken, value: Value | undefined): number[] => listAt(file, value).map(Number);
export const inside = (a: readonly number[], b: readonly number[]): boolean =>
  a.length === 4 && b.length === 4 && a[0]! >= b[0]! && a[1]! >= b[1]! && a[2]! <= b[2]! && a[3]! <= b[3]!;
export const boxIn = (file: Taken, page: Dict, name: string): number[] => box(file, page[name]);
export const some = (file: Taken, test: (dict: Dict) => boolean): boolean => [...dictsOf(file)].some(test);
export const page = (file: Taken): Dict => pagesOf(file)[0]!;
export const editXmp = (file: Taken, from: RegExp, to: string): void => {
  const { stream } = file.entries.get(catalogOf(file)['/Metadata'] as string)!;
  stream!.data = Buffer.from(xmp(file).replace(from, to)).toString('base64');
};
export const editProfile = (file: Taken, at: number, text: string): void => {
  const data = profile(file);
  data.write(text, at, 'latin1');
  file.entries.get(intent(file)['/DestOutputProfile'] as string)!.stream!.data = data.toString('base64');
};
export const draw = (file: Taken, operators: string): void => {
  const ref = [listAt(file, page(file)['/Contents'])[0] ?? page(file)['/Contents']].flat()[0] as string;
  const data = `${dataAt(file, ref).toString('latin1')}\n${operators}\n`;
  file.entries.get(ref)!.stream!.data = Buffer.from(data, 'latin1').toString('base64');
};
export const add = (file: Taken, dict: Dict): void =>
  void file.entries.set(`${9000 + file.entries.size} 0 R`, { value: dict });
/** `D:20260601123000+00'00'` as `2026-06-01T12:30:00+00:00`. */
export const asXmp = (date: string): string =>
  date.replace(/^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)\+00'00'?$/, '$1-$2-$3T$4:$5:$6+00:00');

/** The family of a colour space, wherever it is written. */
export function familyOf(file: Taken, value: Value | undefined): string {
  const found = look(file, value);
  if (!Array.isArray(found)) return String(found ?? '');
  if (found[0] === '/Indexed' || found[0] === '/Pattern') return familyOf(file, found[1]);
  if (found[0] === '/ICCBased') return `ICC ${dictAt(file, found[1])['/N']}`;
  return String(found[0]);
}

/** Every colour space that pictures, gradients and groups are in, and those that operators name. */
export function spacesOf(file: Taken): string[] {
  const found = [...dictsOf(file)].flatMap((dict) => {
    const named = dict['/ColorSpace'];
    if (dict['/Width'] || dict['/ShadingType']) return named ? [familyOf(file, named)] : [];
    return dict['/S'] === '/Transparency' && dict['/CS'] ? [familyOf(file, dict['/CS'])] : [];
  });
  const text = drawnIn(file);
  if (/(?:^|\s)(?:rg|RG)\s/.test(text) || /\/DeviceRGB\s+(?:cs|CS)\s/.test(text)) found.push('/DeviceRGB');
  if (/(?:^|\s)[kK]\s/.test(text) || /\/DeviceCMYK\s+(?:cs|CS)\s/.test(text)) found.push('/DeviceCMYK');
  return found;
}

export const fonts = (file: Taken): Dict[] =>
  [...dictsOf(file)].filter(
    (dict) => dict['/Type'] === '/Font' && dict['/Subtype'] !== '/Type0' && dict['/Subtype'] !== '/Type3',
  );

export const set = (dict: Dict, key: string, value: Value): void => {
  dict[key] = value;
};
