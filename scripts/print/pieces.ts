// The drawing of tagged pages mended: what is no text becomes an artifact, lines read on into each other, glyphs have the
// letters that they stand for. Takes the document and its structure in reading order; edits the drawing in place.
import { type PDFDict, type PDFDocument, type PDFRef, PDFStream } from '@pdfme/pdf-lib';
import { num } from './content.ts';
import { type Box, type Chain, type Drawn, type Run, readDrawn } from './drawn.ts';
import { fontsOf, type Glyphs, glyphsOf, hexCode, hexOf, type Sign, writeMap } from './glyphs.ts';
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
  const mute = spell([...leaves.values()], fonts.values(), doc);
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
function spell(leaves: readonly Leaf[], fonts: Iterable<Glyphs>, { context }: PDFDocument): number {
  const said = new Map<Glyphs, Map<Sign, string | undefined>>();
  const spelled = leaves.flatMap(({ drawn, edits }) => drawn.spelled.map((one) => ({ ...one, edits })));
  for (const { glyphs, signs, text } of spelled) {
    if (signs.length !== 1) continue;
    const held = said.get(glyphs) ?? new Map<Sign, string | undefined>();
    said.set(glyphs, held);
    const [sign] = signs as [Sign];
    held.set(sign, held.has(sign) && held.get(sign) !== text ? undefined : text);
  }
  for (const [glyphs, texts] of said)
    for (const [sign, text] of texts) {
      if (text === undefined || text === '') continue;
      if (sign.plain && (glyphs.text.get(sign.code) ?? text) !== text) texts.set(sign, undefined);
      else glyphs.text.set(sign.code, text);
    }
  for (const { glyphs, signs, open, close, edits } of spelled) {
    if (signs.length !== 1 || !said.get(glyphs)?.get(signs[0]!)) continue;
    edits.push({ start: open[0], end: open[1], text: '' }, { start: close[0], end: close[1], text: '' });
  }
  let mute = 0;
  for (const glyphs of fonts) {
    for (const { plain, code } of glyphs.signs.values()) if (plain && !glyphs.text.has(code)) mute++;
    if (glyphs.signs.size > 0) writeMap(context, glyphs);
  }
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

function join({ edits }: Leaf, { glyphs, last, after }: Run, joint: Exclude<Joint, 'nothing'>): void {
  const { space } = glyphs;
  if (joint === 'soft hyphen') last.tail = '\u00ad';
  else if (space === undefined) last.tail = `${glyphs.text.get(last.signs.at(-1)!.code) ?? ''} `;
  else if (after > last.end) edits.push({ start: after, end: after, text: ` <${hexCode(space, glyphs)}> Tj` });
  else last.space = hexCode(space, glyphs);
}

/** Its glyphs shown in one go, or the last one apart, spelled; what is moved on from there is moved on from the last one. */
function shown({ signs, adjusts, by, tail, space = '' }: Chain): string {
  const last = signs.length - 1;
  let text = '';
  for (let at = 0; at < last; at++) {
    const adjust = adjusts[at]!;
    text += adjust === 0 ? signs[at]!.hex : `${signs[at]!.hex}>${adjust}<`;
  }
  const end = `${signs[last]!.hex}${space}`;
  const line =
    tail === undefined
      ? `[<${text}${end}>] TJ`
      : `[<${text}>] TJ /Span <</ActualText <FEFF${hexOf(tail)}>>> BDC <${end}> Tj EMC`;
  return by === 0 ? line : `${line} ${num(by, 7)} 0 Td`;
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

function write({ context }: PDFDocument, { ref, dict, source, edits, drawn }: Leaf): void {
  for (const chain of drawn.chains)
    if (chain.signs.length > 1 || chain.tail !== undefined || chain.space !== undefined)
      edits.push({ start: chain.start, end: chain.end, text: shown(chain) });
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
