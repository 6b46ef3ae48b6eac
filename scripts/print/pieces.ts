// The drawing of tagged pages mended: what is no text becomes an artifact, lines read on into each other, glyphs have the
// letters that they stand for. Takes the document and its structure in reading order; edits the drawing in place.
import { type PDFDict, type PDFDocument, type PDFRef, PDFStream } from '@pdfme/pdf-lib';
import { type Box, type Drawn, type Run, readDrawn } from './drawn.ts';
import { fontsOf, type Glyphs, glyphsOf, hexOf, writeMap } from './glyphs.ts';
import { bytes, decoded, latin, pageContents, setDecoded } from './pdf.ts';
import { isPiece, isTag, type Kid, type Piece, type Tag } from './tags.ts';
import { type Joint, joints, type Lexicon } from './wording.ts';

interface Leaf {
  readonly page: PDFRef;
  readonly ref: PDFRef;
  readonly dict: PDFDict;
  readonly source: string;
  readonly drawn: Drawn;
  readonly edits: Edit[];
  readonly used: Set<number>;
  readonly runs: Map<number, Run[]>;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Comes back with glyphs that have no letters, which must be 0 in a document that is read aloud. */
export function mendDrawing(doc: PDFDocument, tree: Tag, lexicon: Lexicon): { readonly mute: number } {
  const fonts = new Map<unknown, Glyphs>();
  const leaves = new Map<PDFRef, Leaf>();
  for (const leaf of leavesOf(doc, fonts)) leaves.set(leaf.page, leaf);
  const mute = spell([...leaves.values()], doc);
  leaveOutRules(tree, leaves);
  readOn(tree, leaves, lexicon);
  boxFigures(doc, tree, leaves);
  for (const leaf of leaves.values()) {
    artifacts(leaf);
    write(doc, leaf);
  }
  return { mute };
}

function* leavesOf(doc: PDFDocument, fonts: Map<unknown, Glyphs>): Generator<Leaf> {
  const { context } = doc;
  for (const page of doc.getPages()) {
    const named = new Map<string, Glyphs>();
    for (const [key, ref, font] of fontsOf(context, page.node.Resources())) {
      const glyphs = fonts.get(ref ?? font) ?? glyphsOf(context, font);
      fonts.set(ref ?? font, glyphs);
      named.set(key, glyphs);
    }
    let outer: readonly [number, number, number, number, number, number] = [1, 0, 0, 1, 0, 0];
    for (const ref of pageContents(page)) {
      const stream = context.lookup(ref);
      if (!(stream instanceof PDFStream)) continue;
      const source = latin(decoded(stream));
      const matrix = /^\s*((?:[-\d.]+\s+){6})cm\s*$/.exec(source);
      if (matrix) {
        outer = matrix[1]!.trim().split(/\s+/).map(Number) as never;
        continue;
      }
      const drawn = readDrawn(source, named, outer);
      const runs = new Map<number, Run[]>();
      for (const run of drawn.runs) {
        const held = runs.get(run.mcid);
        if (held) held.push(run);
        else runs.set(run.mcid, [run]);
      }
      yield { page: page.ref, ref, dict: stream.dict, source, drawn, edits: [], used: new Set(), runs };
    }
  }
}

/** Where a glyph always stands for the same letters, its font says so, and the groups that spelled it are not needed. */
function spell(leaves: readonly Leaf[], { context }: PDFDocument): number {
  const said = new Map<Glyphs, Map<number, string | undefined>>();
  const shown = new Map<Glyphs, Set<number>>();
  for (const { drawn } of leaves) {
    for (const [glyphs, codes] of drawn.plain) {
      const held = shown.get(glyphs) ?? new Set();
      shown.set(glyphs, held);
      for (const code of codes) held.add(code);
    }
    for (const { glyphs, codes, text } of drawn.spelled) {
      if (codes.length !== 1) continue;
      const held = said.get(glyphs) ?? new Map<number, string | undefined>();
      said.set(glyphs, held);
      const [code] = codes as [number];
      held.set(code, held.has(code) && held.get(code) !== text ? undefined : text);
    }
  }
  for (const [glyphs, texts] of said)
    for (const [code, text] of texts) {
      if (text === undefined || text === '') continue;
      if (shown.get(glyphs)?.has(code) && (glyphs.text.get(code) ?? text) !== text) texts.set(code, undefined);
      else glyphs.text.set(code, text);
    }
  for (const { drawn, edits } of leaves)
    for (const { glyphs, codes, open, close } of drawn.spelled) {
      if (codes.length !== 1 || !said.get(glyphs)?.get(codes[0]!)) continue;
      edits.push({ start: open[0], end: open[1], text: '' }, { start: close[0], end: close[1], text: '' });
    }
  let mute = 0;
  for (const [glyphs, codes] of shown) for (const code of codes) if (!glyphs.text.has(code)) mute++;
  for (const glyphs of new Set([...said.keys(), ...shown.keys()])) writeMap(context, glyphs);
  return mute;
}

/** Rules and frames that the browser takes for a part of the text; what has nothing else in it goes with them. */
function leaveOutRules(one: Tag, leaves: ReadonlyMap<PDFRef, Leaf>): void {
  one.kids = one.kids.filter((kid) => {
    if (isPiece(kid)) return leaves.get(kid.page)?.runs.has(kid.mcid);
    if (!isTag(kid) || kid.type === 'Figure') return true;
    leaveOutRules(kid, leaves);
    return kid.kids.length > 0 || CELLS.has(kid.type);
  });
}

/** Empty ones hold their place. */
const CELLS = new Set(['TD', 'TH', 'LBody']);

/** The pieces of a block's own words, in order; those of blocks within it stand for themselves. */
function wordsIn({ kids }: Tag, out: Piece[]): void {
  for (const kid of kids)
    if (isPiece(kid)) out.push(kid);
    else if (isTag(kid) && WITHIN.has(kid.type)) wordsIn(kid, out);
}

const WITHIN = new Set(['Code', 'Em', 'Figure', 'Link', 'Reference', 'Span', 'Strong']);

function readOn(tree: Tag, leaves: ReadonlyMap<PDFRef, Leaf>, lexicon: Lexicon): void {
  const visit = (one: Tag): void => {
    const pieces: Piece[] = [];
    wordsIn(one, pieces);
    const runs = pieces.flatMap(({ page, mcid }) => {
      const leaf = leaves.get(page);
      leaf?.used.add(mcid);
      return (leaf?.runs.get(mcid) ?? []).map((run) => Object.assign(run, { page }));
    });
    joints(runs, lexicon).forEach((joint, index) => {
      if (joint !== 'nothing') join(leaves.get(runs[index]!.page)!, runs[index]!, joint);
    });
    for (const block of blocksIn(one)) visit(block);
  };
  visit(tree);
}

function* blocksIn({ kids }: Tag): Generator<Tag> {
  for (const kid of kids)
    if (isTag(kid)) {
      if (WITHIN.has(kid.type)) yield* blocksIn(kid);
      else yield kid;
    }
}

const actual = (text: string, shown: string): string => `/Span <</ActualText <FEFF${hexOf(text)}>>> BDC ${shown} EMC`;

function join({ edits, source }: Leaf, run: Run, joint: Exclude<Joint, 'nothing'>): void {
  const { glyphs, last, after } = run;
  const code = (value: number): string => value.toString(16).padStart(2 * glyphs.bytes, '0');
  if (joint === 'space' && glyphs.space !== undefined) {
    edits.push({ start: after, end: after, text: ` <${code(glyphs.space)}> Tj` });
    return;
  }
  // An adjusted string is left as it is: none of our lines ends with one.
  if (!source.slice(last.start, last.end).endsWith('Tj')) return;
  const end = last.codes.at(-1)!;
  const before = last.codes.slice(0, -1).map(code).join('');
  const text = joint === 'space' ? `${glyphs.text.get(end) ?? ''} ` : '\u00ad';
  const shown = actual(text, `<${code(end)}> Tj`);
  edits.push({ start: last.start, end: last.end, text: before ? `<${before}> Tj ${shown}` : shown });
}

/** What each figure covers on its page (ISO 32000-1, 14.8.5.4.3). */
function boxFigures({ context }: PDFDocument, tree: Tag, leaves: ReadonlyMap<PDFRef, Leaf>): void {
  const visit = (kid: Kid): void => {
    if (!isTag(kid)) return;
    if (kid.type === 'Figure') {
      const boxes = kid.kids.filter(isPiece).flatMap(({ page, mcid }): Box[] => {
        const box = leaves.get(page)?.drawn.boxes.get(mcid);
        return box ? [box] : [];
      });
      const box = boxes.reduce<Box | undefined>(
        (all, [a, b, c, d]) =>
          all ? [Math.min(all[0], a), Math.min(all[1], b), Math.max(all[2], c), Math.max(all[3], d)] : [a, b, c, d],
        undefined,
      );
      if (box) kid.attributes = context.obj({ O: 'Layout', BBox: box.map((value) => Math.round(value * 100) / 100) });
    }
    kid.kids.forEach(visit);
  };
  visit(tree);
}

function artifacts({ drawn, edits, used }: Leaf): void {
  for (const [mcid, [start, end]] of drawn.opened)
    if (!used.has(mcid)) edits.push({ start, end, text: '/Artifact BMC' });
  for (const { start, end, text } of drawn.loose) {
    const kind = text ? 'Pagination' : 'Layout';
    edits.push({ start, end: start, text: `/Artifact <</Type /${kind}>> BDC ` }, { start: end, end, text: ' EMC' });
  }
}

function write({ context }: PDFDocument, { ref, dict, source, edits }: Leaf): void {
  if (edits.length === 0) return;
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, text } of edits.sort((a, b) => a.start - b.start || a.end - b.end)) {
    parts.push(source.slice(at, start), text);
    at = end;
  }
  parts.push(source.slice(at));
  setDecoded(context, ref, dict, bytes(parts.join('')));
}
