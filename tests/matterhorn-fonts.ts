// The Matterhorn Protocol's checkpoint 31, fonts: what they must have in the file, and in their own tables (OpenType).
import { type Checkpoint, draw, fontsIn, painted, set, toUnicode, when } from './matterhorn.ts';
import { type Dict, dataAt, dictAt, dictsOf, listAt, type Taken } from './qpdf-objects.ts';
import { shownIn } from './tagged.ts';

const descriptors = (file: Taken): Dict[] => [...dictsOf(file)].filter((one) => one['/Type'] === '/FontDescriptor');
const ofKind = (file: Taken, kind: RegExp): Dict[] => fontsIn(file).filter((one) => kind.test(String(one['/Subtype'])));
const cidFonts = (file: Taken): Dict[] => ofKind(file, /CIDFontType2/);

interface Program {
  readonly glyphs: number;
  /** In thousandths of the size. */
  readonly width: (glyph: number) => number;
}

/** The font's own tables: how many glyphs, and how wide they are. */
function programOf(file: Taken, font: Dict): Program {
  const data = dataAt(file, dictAt(file, font['/FontDescriptor'])['/FontFile2']);
  const tables = new Map<string, number>();
  for (let row = 12; row < 12 + data.readUInt16BE(4) * 16; row += 16)
    tables.set(data.toString('latin1', row, row + 4), data.readUInt32BE(row + 8));
  const at = (table: string, offset: number): number => data.readUInt16BE(tables.get(table)! + offset);
  const [units, metrics] = [at('head', 18), at('hhea', 34)];
  const width = (glyph: number): number => (at('hmtx', 4 * Math.min(glyph, metrics - 1)) * 1000) / units;
  return { glyphs: at('maxp', 4), width };
}

/** Of the widths that the file gives to glyphs that it shows, those that the font does not have. */
function falseWidths(file: Taken, font: Dict, used: ReadonlySet<number>): string[] {
  const { width } = programOf(file, font);
  const items = listAt(file, font['/W']);
  const found: string[] = [];
  const check = (code: number, given: number): void => {
    if (used.has(code) && Math.abs(width(code) - given) > 1)
      found.push(`${font['/BaseFont']}, ${code}: ${given} is ${width(code)}`);
  };
  for (let at = 0; at < items.length; ) {
    const [first, next] = [Number(items[at]), items[at + 1]];
    if (Array.isArray(next)) {
      next.forEach((one, index) => void check(first + index, Number(one)));
      at += 2;
    } else {
      for (let code = first; code <= Number(next); code++) check(code, Number(items[at + 2]));
      at += 3;
    }
  }
  return found;
}

/** Of each composite font the codes that are shown. */
function usedIn(file: Taken): Map<Dict, Set<number>> {
  const found = new Map<Dict, Set<number>>();
  for (const { codes, font } of shownIn(file)) {
    if (font?.['/Subtype'] !== '/Type0') continue;
    const held = dictAt(file, listAt(file, font['/DescendantFonts'])[0]);
    const used = found.get(held) ?? new Set();
    for (const code of codes) used.add(code);
    found.set(held, used);
  }
  return found;
}

export const FONTS: readonly Checkpoint[] = [
  {
    number: '31-001, 31-002, 31-003, 31-006, 31-007, 31-008',
    name: 'The CMap of a composite font is not Identity, and not embedded, or not that of its characters',
    failures: (file) =>
      ofKind(file, /Type0/).flatMap((one) => when(one['/Encoding'] !== '/Identity-H', String(one['/BaseFont']))),
    fault: (file) => set(ofKind(file, /Type0/)[0]!, '/Encoding', '/Nonsense-H'),
  },
  {
    number: '31-004, 31-005',
    name: 'A Type 2 CID font contains neither a stream nor the name Identity as CIDToGIDMap',
    failures: (file) =>
      cidFonts(file).flatMap((one) =>
        when(one['/CIDToGIDMap'] !== '/Identity' && dataAt(file, one['/CIDToGIDMap']).length === 0, 'no map'),
      ),
    fault: (file) => void delete cidFonts(file)[0]!['/CIDToGIDMap'],
  },
  {
    number: '31-011',
    name: 'An embedded font program does not contain all glyphs that are referenced',
    failures: (file) =>
      [...usedIn(file)].flatMap(([font, used]) =>
        when(Math.max(...used) >= programOf(file, font).glyphs, String(font['/BaseFont'])),
      ),
    fault: (file) => draw(file, (source) => source.replace(/>\] TJ/, 'FFFE>] TJ')),
  },
  {
    number: '31-012, 31-013, 31-014, 31-015, 31-017 to 31-026',
    name: 'A font is of a kind that has more to keep: Type 1, simple TrueType, or with a CIDSet',
    failures: (file) => [
      ...ofKind(file, /^\/(?:Type1|MMType1|TrueType)$/).map((one) => String(one['/BaseFont'])),
      ...descriptors(file).flatMap((one) => when('/CIDSet' in one || '/CharSet' in one, String(one['/FontName']))),
    ],
    fault: (file) => set(descriptors(file)[0]!, '/CIDSet', {}),
  },
  {
    number: '31-016',
    name: 'The width of a glyph in the file and in the font program differ by more than 1/1000 unit',
    failures: (file) => [...usedIn(file)].flatMap(([one, used]) => falseWidths(file, one, used)),
    fault: (file) => {
      for (const one of cidFonts(file)) set(one, '/W', [1, 9999, 1]);
    },
  },
  {
    number: '31-009',
    name: 'A font program is not embedded',
    failures: (file) =>
      descriptors(file).flatMap((one) =>
        when(!Object.keys(one).some((key) => /^\/FontFile/.test(key)), String(one['/FontName'])),
      ),
    fault: (file) => {
      for (const key of ['/FontFile', '/FontFile2', '/FontFile3']) delete descriptors(file)[0]![key];
    },
  },
  {
    number: '31-027',
    name: 'A font dictionary does not contain ToUnicode',
    failures: (file) =>
      fontsIn(file).flatMap((one) =>
        when(
          /Type0|Type3|TrueType|Type1/.test(String(one['/Subtype'])) &&
            !/CIDFont/.test(String(one['/Subtype'])) &&
            !('/ToUnicode' in one),
          String(one['/BaseFont']),
        ),
      ),
    fault: (file) => void delete fontsIn(file).find((one) => one['/ToUnicode'])!['/ToUnicode'],
  },
  {
    number: '31-028, 31-029',
    name: 'A ToUnicode map has U+0000, U+FEFF or U+FFFE',
    failures: painted(({ text }) => /[\0\ufeff\ufffe]/.test(text ?? '')),
    fault: (file) => {
      const stream = toUnicode(file);
      const map = Buffer.from(stream.data!, 'base64').toString('latin1');
      stream.data = Buffer.from(map.replace(/(<\w{4}> )<\w+>/g, '$1<0000>'), 'latin1').toString('base64');
    },
  },
  {
    number: '31-030',
    name: 'A text refers to the .notdef glyph',
    failures: painted(({ codes }) => codes.includes(0)),
    fault: (file) => draw(file, (source) => source.replace(/>\] TJ/, '0000>] TJ')),
  },
];
