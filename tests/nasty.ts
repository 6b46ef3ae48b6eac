// PDFs as other programs may write them, each page with the traits that are asked for. Takes traits; gives the bytes of a document.
import {
  type PDFContext,
  type PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFString,
} from '@pdfme/pdf-lib';
import fc from 'fast-check';

export interface Traits {
  readonly width: number;
  readonly height: number;
  /** Of the MediaBox's lower left corner. */
  readonly origin: readonly [number, number];
  /** Given from the right upper corner to the left lower one. */
  readonly backwards: boolean;
  readonly rotate: number;
  /** Rotation, size and resources stand in the tree above the page. */
  readonly inherited: boolean;
  /** How much CropBox and TrimBox take off each edge; 0: none. */
  readonly crop: number;
  readonly trim: number;
  readonly contents: 'one' | 'split' | 'shared' | 'unbalanced' | 'ended' | 'none';
  readonly group: 'none' | 'plain' | 'isolated' | 'knockout';
  readonly drawn: readonly Drawn[];
}

/** What a page draws, by name, below one another in strips. */
const DRAWINGS = {
  text: '0 g BT /F 18 Tf 8 8 Td (Words on page) Tj ET',
  colours: '1 0 0 rg 0 0 40 20 re f 0 1 0 RG 4 w 50 2 40 16 re S 0.2 0.4 0.6 0.1 k 100 0 30 20 re f',
  multiply: '0.5 0.8 1 rg 0 0 80 20 re f /Multiply gs 1 0.6 0.2 rg 30 5 80 20 re f',
  clear: '0 0.4 0.8 rg 0 0 80 20 re f /Half gs 1 0 0 rg 30 5 80 20 re f',
  masked: '/Masked gs 0.6 0 0.6 rg 0 0 130 22 re f',
  image: 'q 60 0 0 22 0 0 cm /Image Do Q q 60 0 0 22 65 0 cm /Veiled Do Q',
  inline: 'q 60 0 0 22 0 0 cm BI /W 2 /H 2 /CS /G /BPC 8 /F /AHx ID 00 80 C0 40> EI Q',
  tiles: '/Pattern cs /Tiles scn 0 0 130 22 re f',
  shading: '/Pattern cs /Blend scn 0 0 130 22 re f',
  form: 'q 1 0.1 0 1 5 2 cm /Form Do Q',
  // As old writers leave it: what the form names is in the page's resources.
  bare: '/Bare Do',
  type3: '0 0.5 0 rg BT /T3 20 Tf 4 2 Td (aaa) Tj ET',
  hidden: '/OC /Off BDC 1 0 0 rg 0 0 130 22 re f EMC',
  seen: '/OC /On BDC 0 0 1 rg 0 0 60 22 re f EMC /OC /Either BDC 0 1 1 rg 65 0 60 22 re f EMC',
  hiddenForm: '/OffForm Do',
  clip: '0 0 40 22 re W n 0.3 g 0 0 90 40 re f',
} as const;
export type Drawn = keyof typeof DRAWINGS | 'stamp' | 'turnedStamp' | 'uprightStamp' | 'hiddenStamp' | 'checked';
const STAMPS = ['stamp', 'turnedStamp', 'uprightStamp', 'hiddenStamp', 'checked'] as const;

/** So that half of it is a whole number of points, too. */
const even = (from: number, to: number): fc.Arbitrary<number> =>
  fc.integer({ min: from / 2, max: to / 2 }).map((half) => 2 * half);

export const traits: fc.Arbitrary<Traits> = fc.record({
  width: even(180, 700),
  height: even(220, 800),
  origin: fc.constantFrom([0, 0], [-30, 40], [100, -250], [12, 0]) as fc.Arbitrary<readonly [number, number]>,
  backwards: fc.boolean(),
  rotate: fc.constantFrom(0, 0, 90, 180, 270, -90, 450),
  inherited: fc.boolean(),
  crop: fc.constantFrom(0, 0, 8, 24),
  trim: fc.constantFrom(0, 0, 12, 32),
  contents: fc.constantFrom('one', 'one', 'split', 'shared', 'unbalanced', 'ended', 'none'),
  group: fc.constantFrom('none', 'plain', 'isolated', 'knockout'),
  drawn: fc.uniqueArray(fc.constantFrom(...(Object.keys(DRAWINGS) as Drawn[]), ...STAMPS), {
    minLength: 3,
    maxLength: 9,
  }),
});

const n = (text: string): PDFName => PDFName.of(text);

/** What all pages name in their resources. */
function resourcesIn(doc: PDFDocument): PDFDict {
  const { context } = doc;
  const stream = (text: string, dict: object): PDFObject => context.register(context.flateStream(text, dict as never));
  const layer = (called: string) => context.register(context.obj({ Type: 'OCG', Name: PDFString.of(called) }));
  const [on, off] = [layer('On'), layer('Off')];
  doc.catalog.set(n('OCProperties'), context.obj({ OCGs: [on, off], D: { ON: [on], OFF: [off], Order: [on, off] } }));
  const form = (text: string, more: object = {}): PDFObject =>
    stream(text, { Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 130, 22], ...more });
  const grey = { Type: 'Group', S: 'Transparency', CS: 'DeviceGray' };
  const mask = form('0.7 g 0 0 65 22 re f 0.2 g 65 0 65 22 re f', { Group: grey });
  const picture = (bytes: readonly number[], more: object): PDFObject =>
    context.register(
      PDFRawStream.of(
        context.obj({
          Type: 'XObject',
          Subtype: 'Image',
          BitsPerComponent: 8,
          Width: 2,
          Height: 2,
          Length: bytes.length,
          ...more,
        }) as PDFDict,
        new Uint8Array(bytes),
      ),
    );
  const veil = picture([255, 128, 64, 0], { ColorSpace: 'DeviceGray' });
  const rgb = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 0];
  const ramp = { FunctionType: 2, Domain: [0, 1], C0: [1, 0, 0], C1: [0, 0, 1], N: 1 };
  const shading = {
    ShadingType: 2,
    ColorSpace: 'DeviceRGB',
    Coords: [60, 0, 300, 300],
    Function: ramp,
    Extend: [true, true],
  };
  const tile = { Type: 'Pattern', PatternType: 1, PaintType: 1, TilingType: 1, BBox: [0, 0, 9, 9], XStep: 9, YStep: 9 };
  const resources = {
    Font: {
      F: { Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' },
      T3: {
        ...{ Type: 'Font', Subtype: 'Type3', FontBBox: [0, 0, 1000, 1000], FontMatrix: [0.001, 0, 0, 0.001, 0, 0] },
        ...{ FirstChar: 97, LastChar: 97, Widths: [1000], Encoding: { Type: 'Encoding', Differences: [97, 'a'] } },
        CharProcs: { a: stream('1000 0 0 0 900 900 d1 0 0 900 900 re 200 200 400 400 re f*', {}) },
        Resources: {},
      },
    },
    ExtGState: {
      ...{ Multiply: { BM: 'Multiply' }, Half: { ca: 0.5 } },
      Masked: { SMask: { Type: 'Mask', S: 'Luminosity', G: mask } },
    },
    XObject: {
      Image: picture(rgb, { ColorSpace: 'DeviceRGB' }),
      Veiled: picture(rgb, { ColorSpace: 'DeviceRGB', SMask: veil }),
      Form: form('0 0.6 0 rg 0 0 100 18 re f 1 g BT /F 10 Tf 4 4 Td (form) Tj ET', {
        Resources: { Font: { F: { Type: 'Font', Subtype: 'Type1', BaseFont: 'Courier' } } },
        Matrix: [1, 0, 0.2, 1, 0, 0],
      }),
      Bare: form('0 g BT /F 14 Tf 4 4 Td (bare form) Tj ET'),
      OffForm: form('1 0 0 rg 0 0 130 22 re f', { OC: off }),
    },
    Pattern: {
      Tiles: stream('0 0.5 0.5 rg 0 0 5 5 re f', { ...tile, Matrix: [1, 0.3, 0, 1, 3, 2], Resources: {} }),
      Blend: { PatternType: 2, Shading: shading, Matrix: [1, 0, 0, 1, 10, 10] },
    },
    Properties: { On: on, Off: off, Either: { Type: 'OCMD', OCGs: [on, off], P: 'AnyOn' } },
  };
  return context.obj(resources as never) as PDFObject as PDFDict;
}

export async function nasty(all: readonly Traits[]): Promise<Uint8Array> {
  const doc = await PDFDocument.create();
  const { context } = doc;
  const resources = resourcesIn(doc);
  const shared = context.register(
    context.flateStream('0.2 0.2 0.7 rg 120 120 70 50 re f 0 g BT /F 20 Tf 120 180 Td (shared) Tj ET'),
  );
  const root = doc.catalog.get(n('Pages'))!;
  const branches: PDFObject[] = [];
  for (const one of all) {
    const page = doc.addPage([one.width, one.height]);
    const [x, y] = one.origin;
    const [right, top] = [x + one.width, y + one.height];
    const within = (by: number): number[] => [x + by, y + by, right - by / 2, top - by];
    const branch = context.obj({ Type: 'Pages', Count: 1, Kids: [page.ref], Parent: root }) as PDFDict;
    page.node.set(n('Parent'), context.register(branch));
    branches.push(page.node.get(n('Parent'))!);
    for (const key of ['Contents', 'MediaBox', 'Rotate', 'Resources', 'Group']) page.node.delete(n(key));
    const place = one.inherited ? branch : page.node;
    place.set(n('MediaBox'), context.obj(one.backwards ? [right, top, x, y] : [x, y, right, top]));
    place.set(n('Rotate'), context.obj(one.rotate));
    place.set(n('Resources'), resources);
    if (one.crop > 0) place.set(n('CropBox'), context.obj(within(one.crop)));
    if (one.trim > 0) page.node.set(n('TrimBox'), context.obj(within(one.trim)));
    if (one.group !== 'none')
      page.node.set(
        n('Group'),
        context.obj({
          S: 'Transparency',
          CS: 'DeviceRGB',
          I: one.group === 'isolated',
          K: one.group === 'knockout',
        } as never),
      );
    const strips = one.drawn.flatMap((drawn, index) =>
      drawn in DRAWINGS
        ? [`q 1 0 0 1 ${x + 34} ${y + 34 + index * 26} cm ${DRAWINGS[drawn as keyof typeof DRAWINGS]} Q`]
        : [],
    );
    const contents = contentsOf(context, one, strips, shared);
    if (contents) page.node.set(n('Contents'), contents);
    stampsOn(page, one, resources);
  }
  (context.lookup(root) as PDFDict).set(n('Kids'), context.obj(branches as never));
  return doc.save({ useObjectStreams: false, addDefaultPage: false });
}

function contentsOf(
  context: PDFContext,
  one: Traits,
  strips: readonly string[],
  shared: PDFObject,
): PDFObject | undefined {
  const stream = (text: string): PDFObject => context.register(context.flateStream(text));
  switch (one.contents) {
    case 'none':
      return undefined;
    case 'shared':
      return shared;
    case 'split':
      // Between any two words, with no white space at the end of one or the beginning of the next.
      return context.obj(strips.flatMap((strip) => halves(strip)).map(stream) as never) as PDFObject;
    case 'unbalanced':
      return stream(`${strips.join('\n')}\nq 2 0 0 2 30 50 cm q 0.5 g 1 0 0 RG`);
    case 'ended':
      return context.obj([
        stream(strips.join('\n')),
        stream('Q Q'),
        stream('0 0 1 rg 150 150 20 20 re f'),
      ] as never) as PDFObject;
    case 'one':
      return stream(strips.join('\n'));
  }
}

function halves(strip: string): string[] {
  // A string or a picture's data may not be divided.
  if (/[(<]|BI /.test(strip)) return [strip];
  const at = strip.indexOf(' ', strip.length / 2);
  return [strip.slice(0, at), strip.slice(at + 1)];
}

function stampsOn(page: PDFPage, { drawn, origin: [x, y] }: Traits, resources: PDFDict): void {
  const { context } = page.doc;
  const form = (text: string, more: object = {}): PDFObject =>
    context.register(context.flateStream(text, { BBox: [0, 0, 50, 20], ...more } as never));
  const off = (resources.lookup(n('Properties')) as PDFDict).get(n('Off'));
  const made = STAMPS.filter((one) => drawn.includes(one)).map((kind, index) => {
    const Rect = [x + 90, y + 40 + 20 * index, x + 160, y + 70 + 20 * index];
    const text = '0.9 0.5 0 rg 0 0 50 20 re f 0 g 4 4 10 12 re f';
    const more: Readonly<Record<typeof kind, object>> = {
      stamp: { Subtype: 'Stamp', AP: { N: form(text) } },
      turnedStamp: { Subtype: 'Stamp', AP: { N: form(text, { Matrix: [0, 1, -1, 0, 7, 9], BBox: [5, 5, 40, 15] }) } },
      uprightStamp: { Subtype: 'Text', F: 4 | 8 | 16, AP: { N: form(text) } },
      hiddenStamp: { Subtype: 'Stamp', OC: off, AP: { N: form('1 0 0 rg 0 0 50 20 re f') } },
      checked: {
        Subtype: 'Widget',
        FT: 'Btn',
        AS: 'Yes',
        AP: { N: { Yes: form(text), Off: form('1 0 0 rg 0 0 50 20 re f') } },
      },
    };
    return context.register(context.obj({ Type: 'Annot', Rect, F: 4, ...more[kind] } as never));
  });
  if (made.length > 0) page.node.set(n('Annots'), context.obj(made as never));
}
