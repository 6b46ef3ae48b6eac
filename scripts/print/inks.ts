// Inks: what the browser wrote as red-green-blue becomes plates. Neutral colours go to black alone, the book's spot colour to
// its inks or to black; what only the press can mix stays in measured RGB and is reported. Edits the document in place.
import { PDFArray, PDFDict, type PDFDocument, type PDFObject, type PDFPage, PDFRef, PDFStream } from '@pdfme/pdf-lib';
import { greyOf, hex, type Ink, type Inks, type Inkwell, inkwell, type Rgb, setting } from './colours.ts';
import { nums, type Operation, rewrite } from './content.ts';
import { shadingsIn, type Turned, turnGradient } from './gradients.ts';
import { bytes, contentStreams, decoded, dictOf, latin, name, numbersOf, pageContents, setDecoded } from './pdf.ts';
import { turnPicture } from './pictures.ts';
import { type Family, familyOf, lightOf, MEASURED, measuredRgb, nameMeasured, PARTS } from './spaces.ts';

export type { Cmyk, Inks } from './colours.ts';
export { spotCmyk } from './colours.ts';

export interface InkReport {
  /** What is not of our inks and how often: `colour #123456`, `picture in colour`, `gradient in colour`. */
  readonly kept: Readonly<Record<string, number>>;
  /** Whether anything on the page is printed with other inks than black. */
  readonly coloured: (page: PDFPage) => boolean;
}

/** Turns colours, gradients, pictures and transparency groups. */
export function toInks(doc: PDFDocument, inks: Inks): InkReport {
  const { context } = doc;
  const well = inkwell(inks);
  const measured = measuredRgb(doc);
  const kept: Record<string, number> = {};
  const keep = (what: string): void => {
    kept[what] = (kept[what] ?? 0) + 1;
  };
  const coloured = new Set<PDFObject>();
  const note = (what: string, turned: Turned, object: PDFObject): void => {
    if (turned === 'left') keep(`${what} in colour`);
    if (turned === 'foreign') keep(`${what} of an unknown kind`);
    if (turned !== 'grey') coloured.add(object);
  };
  const resources = resourcesOf(doc);
  for (const [ref, stream] of contentStreams(doc)) {
    const before = latin(decoded(stream));
    const found = resources.get(ref);
    const turn: Turn = { doc, well, resources: found, keep, coloured: false, measured: false };
    const after = turnOperators(before, turn);
    if (turn.coloured) coloured.add(ref);
    if (turn.measured && found) nameMeasured(doc, found, measured());
    if (after !== before) setDecoded(context, ref, stream.dict, bytes(after));
  }
  const shadings = new Set<PDFDict>();
  const blending = name(well.blackOnly ? 'DeviceGray' : 'DeviceCMYK');
  const room = { doc, blackOnly: well.blackOnly, measured };
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    const dict = dictOf(context, object);
    if (!dict) continue;
    if (object instanceof PDFStream && dict.get(name('Subtype')) === name('Image')) {
      note('picture', turnPicture(room, ref, object), ref);
    }
    for (const shading of shadingsIn(doc, dict)) shadings.add(shading);
    turnGroups(doc, dict, blending);
  }
  for (const shading of shadings) note('gradient', turnGradient(doc, shading, well, measured), shading);
  return { kept, coloured: (page) => reaches(doc, page, coloured) };
}

/** The resources that each stream of drawing operators names things from. */
function resourcesOf(doc: PDFDocument): Map<PDFRef, PDFDict> {
  const { context } = doc;
  const found = new Map<PDFRef, PDFDict>();
  for (const page of doc.getPages()) {
    const own = page.node.Resources();
    for (const ref of own ? pageContents(page) : []) found.set(ref, own!);
  }
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    const dict = dictOf(context, object);
    const own = dictOf(context, dict?.get(name('Resources')));
    if (!dict || !own) continue;
    if (object instanceof PDFStream) found.set(ref, own);
    for (const glyph of dictOf(context, dict.get(name('CharProcs')))?.values() ?? []) {
      if (glyph instanceof PDFRef) found.set(glyph, own);
    }
  }
  return found;
}

interface Turn {
  readonly doc: PDFDocument;
  readonly well: Inkwell;
  readonly resources: PDFDict | undefined;
  readonly keep: (what: string) => void;
  coloured: boolean;
  /** Whether measured RGB is now named here. */
  measured: boolean;
}

const PLAIN = new Set(['rg', 'RG', 'k', 'K', 'BI']);
const EVERY = new Set([...PLAIN, 'cs', 'CS', 'sc', 'SC', 'scn', 'SCN', 'g', 'G', 'q', 'Q']);

interface Spaces {
  readonly fill: Family;
  readonly stroke: Family;
}

function turnOperators(text: string, turn: Turn): string {
  const known = new Map<string, string | undefined>();
  let now: Spaces = { fill: 'grey', stroke: 'grey' };
  const saved: Spaces[] = [];
  const choose = (stroke: boolean, family: Family): void => {
    now = stroke ? { ...now, stroke: family } : { ...now, fill: family };
  };
  // Few streams set their colours by spaces, and following them takes time.
  return rewrite(text, /\b(?:cs|CS)\b/.test(text) ? EVERY : PLAIN, (found) => {
    const { operator, operands } = found;
    const stroke = operator === operator.toUpperCase();
    if (operator === 'q') saved.push(now);
    else if (operator === 'Q') now = saved.pop() ?? now;
    else if (operator === 'BI') turnInline(text, found, turn);
    else if (operator === 'cs' || operator === 'CS') {
      const family = spaceNamed(operands[0] ?? '', turn);
      choose(stroke, family);
      return initial(family, stroke, turn);
    } else if (operator.startsWith('s') || operator.startsWith('S')) {
      return inSpace(stroke ? now.stroke : now.fill, found, stroke, turn);
    } else {
      const family =
        operator === 'g' || operator === 'G' ? 'grey' : operator === 'k' || operator === 'K' ? 'cmyk' : 'rgb';
      choose(stroke, family);
      if (family === 'grey') return undefined;
      const key = `${operands.join(' ')} ${operator}`;
      if (!known.has(key)) known.set(key, replaced(family, operands.map(Number), stroke, turn));
      return known.get(key);
    }
    return undefined;
  });
}

/** The operator that sets the colour in our inks; undefined where it stays. */
function replaced(family: 'rgb' | 'cmyk', parts: readonly number[], stroke: boolean, turn: Turn): string | undefined {
  if (family === 'cmyk' && !turn.well.blackOnly) {
    turn.coloured ||= parts.slice(0, 3).some((part) => part > 0);
    return undefined;
  }
  const rgb: Rgb = lightOf(family, parts);
  const ink: Ink | undefined = turn.well.inkOf(rgb);
  if (ink) {
    turn.coloured ||= 'cmyk' in ink;
    return setting(ink, stroke);
  }
  // Each fill colour comes with its stroke colour: one of the two is enough for the count.
  if (!stroke) turn.keep(`colour ${hex(rgb)}`);
  Object.assign(turn, { coloured: true, measured: true });
  return stroke ? `/${MEASURED} CS ${nums(rgb)} SC` : `/${MEASURED} cs ${nums(rgb)} sc`;
}

/** The family of a space that `cs` names, in the resources or by itself. */
function spaceNamed(operand: string, { doc, resources }: Turn): Family {
  const key = operand.slice(1);
  const own = dictOf(doc.context, resources?.get(name('ColorSpace')))?.lookup(name(key));
  return familyOf(own ?? name(key));
}

/** A space begins with black; those that stay are chosen as before. */
function initial(family: Family, stroke: boolean, { well, keep }: Turn): string | undefined {
  if (family === 'rgb' || family === 'grey' || (family === 'cmyk' && well.blackOnly)) return stroke ? '0 G' : '0 g';
  if (family === 'other') keep('colour of an unknown kind');
  return undefined;
}

function inSpace(family: Family, { operands }: Operation, stroke: boolean, turn: Turn): string | undefined {
  const parts = operands.filter((operand) => !operand.startsWith('/')).map(Number);
  if (family === 'grey') return setting({ grey: parts[0] ?? 0 }, stroke);
  if (family === 'rgb' || family === 'cmyk') {
    return parts.length === PARTS[family] ? replaced(family, parts, stroke, turn) : undefined;
  }
  if (family === 'pattern' && parts.length > 1) turn.keep('pattern of an unknown kind');
  if (family === 'other') turn.coloured = true;
  return undefined;
}

function turnInline(text: string, { start, end }: Operation, turn: Turn): void {
  const head = text.slice(start, end).split(/\bID\s/)[0]!;
  if (!/\/(?:ColorSpace|CS)\s*\/(?!G\b|DeviceGray|CalGray)/.test(head)) return;
  turn.keep('inline picture of an unknown kind');
  turn.coloured = true;
}

/** Transparency is blended in our inks, and what a mask's light is measured by is grey. */
function turnGroups(doc: PDFDocument, dict: PDFDict, blending: PDFObject): void {
  const { context } = doc;
  const isRgb = (group: PDFDict): boolean => familyOf(group.lookup(name('CS'))) === 'rgb';
  const mask = dict.get(name('S')) === name('Luminosity') ? dict : dictOf(context, dict.get(name('SMask')));
  if (mask?.get(name('S')) === name('Luminosity')) {
    const group = dictOf(context, dictOf(context, mask.get(name('G')))?.get(name('Group')));
    if (group && isRgb(group)) {
      group.set(name('CS'), name('DeviceGray'));
      const behind = numbersOf(mask.lookup(name('BC')));
      if (behind?.length === 3) mask.set(name('BC'), context.obj([greyOf(behind as unknown as Rgb)]));
    }
  }
  const group = dict.get(name('S')) === name('Transparency') ? dict : dictOf(context, dict.get(name('Group')));
  if (group && isRgb(group)) group.set(name('CS'), blending);
}

/** Whether the page draws any of these, itself or through forms and patterns. */
function reaches(doc: PDFDocument, page: PDFPage, wanted: ReadonlySet<PDFObject>): boolean {
  const seen = new Set<PDFObject>([page.ref]);
  const waiting: PDFObject[] = ['Contents', 'Resources', 'XObject'].flatMap((key) => page.node.get(name(key)) ?? []);
  for (let object = waiting.pop(); object; object = waiting.pop()) {
    if (seen.has(object)) continue;
    seen.add(object);
    if (wanted.has(object)) return true;
    const found = object instanceof PDFRef ? doc.context.lookup(object) : object;
    if (found && wanted.has(found)) return true;
    if (found instanceof PDFStream) waiting.push(...found.dict.values());
    else if (found instanceof PDFDict && ![name('Page'), name('Font')].includes(found.get(name('Type')) as never))
      waiting.push(...found.values());
    else if (found instanceof PDFArray) waiting.push(...found.asArray());
  }
  return false;
}
