// What the browser's tags lack to be the book's own structure: pages forgotten, what goes on over them made one again, notes
// put where they are called, and every element what PDF 1.7 (ISO 32000-1, 14.8.4) has for it. Pure, but for pdf-lib's names.
import { isPiece, isPlace, isTag, type Kid, type Tag, tag } from './tags.ts';

/** The browser's own tags that no standard knows, and what they stand for. */
export const ROLES = { Em: 'Span', Strong: 'Span' };

const INLINE = new Set(['Code', 'Em', 'Link', 'Reference', 'Span', 'Strong']);
const HEADING = /^H[1-6]$/;
const MARKED = /^(.*?)-x-(?:(note|toci|tocj|code|span)-?)?(cont)?\d*$/;

/** Where a link leads: a destination's name, or an address. */
export type Target = (link: Tag) => string | undefined;

/** The blocks of a book in reading order, in one Document element. */
export function inOrder(roots: readonly Kid[], language: string, target: Target): Tag {
  const blocks = asBlocks(roots.flatMap((kid) => understood(kid, language)));
  const whole = withNotes(mergedOverPages(blocks), target);
  levelHeadings(whole);
  return tag('Document', withContents(whole), { lang: language });
}

/** The kid as we want it; what only groups gives its kids. */
function understood(kid: Kid, language: string): Kid[] {
  if (!isTag(kid)) return [kid];
  const [, base, kind, cont] = MARKED.exec(kid.lang ?? '') ?? [];
  const lang = base ?? kid.lang ?? language;
  const kids = kid.kids.flatMap((one) => understood(one, lang));
  const own = {
    ...(lang !== language ? { lang } : {}),
    ...(cont ? { goesOn: true } : {}),
    ...(kid.id ? { id: kid.id } : {}),
    ...(kid.attributes ? { attributes: kid.attributes } : {}),
  };
  switch (kind ?? kid.type) {
    case 'note':
      return [note(kids, own)];
    case 'toci':
    case 'tocj':
      return [tag(kind!.toUpperCase(), [tag('Reference', kids)], own)];
    case 'code':
      return [tag('P', [tag('Code', kids)], own)];
    case 'span':
      return kids.length > 0 ? [tag('Span', kids, own)] : [];
    case 'Figure':
      return figure(kid, kids, own);
    case 'LI':
      return [item(kids, own)];
    case 'L':
      return [tag('L', kids.filter(isTag), own)];
    case 'BlockQuote':
      return [tag('BlockQuote', asBlocks(kids), own)];
    case 'Caption':
    case 'TD':
    case 'TH':
      return [tag(kid.type, kids.some(isBlock) ? asBlocks(kids) : kids, own)];
    case 'Table':
    case 'TR':
      return [tag(kid.type, kids.filter(isTag), own)];
    case 'P':
      return kids.some(isBlock) ? asBlocks(kids) : kids.length > 0 ? [tag('P', kids, own)] : [];
    case 'Lbl':
      return [tag('Lbl', kids, own)];
  }
  if (HEADING.test(kid.type) || INLINE.has(kid.type)) return kids.length > 0 ? [tag(kid.type, kids, own)] : [];
  // The calls of notes, and the way back to them.
  if (kids.some(isPlace)) return [tag('Reference', [tag('Link', kids)])];
  if (own.lang && !kids.some(isBlock)) return kids.length > 0 ? [tag('Span', kids, { lang })] : [];
  return kids.some(isBlock) ? asBlocks(kids) : kids;
}

const isBlock = (kid: Kid): kid is Tag =>
  isTag(kid) && !INLINE.has(kid.type) && !(kid.type === 'Figure' && !kid.kids.some(isTag));

/** Words that stand among blocks are a paragraph. */
function asBlocks(kids: readonly Kid[]): Tag[] {
  const out: Tag[] = [];
  let run: Kid[] = [];
  const flush = (): void => {
    // A picture alone needs no paragraph around it.
    if (run.every((kid) => isTag(kid) && kid.type === 'Figure')) out.push(...run.filter(isTag));
    else out.push(tag('P', run));
    run = [];
  };
  for (const kid of kids) {
    if (isBlock(kid)) {
      flush();
      out.push(kid);
    } else run.push(kid);
  }
  flush();
  return out;
}

/** The number, which is a link, before the words. */
function note(kids: readonly Kid[], own: Partial<Tag>): Tag {
  const blocks = asBlocks(kids);
  const [first] = blocks;
  const number = first?.kids[0];
  const label: Tag[] = [];
  if (!own.goesOn && first && number && isTag(number) && number.type === 'Reference') {
    first.kids.shift();
    label.push(tag('Lbl', number.kids));
  }
  return tag('Note', [...label, ...blocks.filter(({ kids }) => kids.length > 0)], own);
}

function item(kids: readonly Kid[], own: Partial<Tag>): Tag {
  const isLabel = (kid: Kid): boolean => isTag(kid) && kid.type === 'Lbl';
  const body = kids.filter((kid) => !isLabel(kid));
  return tag('LI', [...kids.filter(isLabel), tag('LBody', body.some(isBlock) ? asBlocks(body) : body)], own);
}

/** One that has another in it, with a caption perhaps, is that one. */
function figure(kid: Tag, kids: readonly Kid[], own: Partial<Tag>): Kid[] {
  if (kid.alt !== undefined)
    return [
      tag(
        'Figure',
        kids.filter((one) => !isTag(one)),
        { ...own, alt: kid.alt },
      ),
    ];
  const inner = kids.find((one): one is Tag => isTag(one) && one.type === 'Figure');
  const captions = kids.filter((one): one is Tag => isTag(one) && one.type === 'Caption');
  if (inner)
    return [
      {
        ...inner,
        ...own,
        kids: [...inner.kids, ...captions, ...kids.filter((one) => one !== inner && !captions.includes(one as Tag))],
      },
    ];
  // A picture that says nothing leaves its caption as a paragraph.
  if (captions.length > 0) return asBlocks(captions.flatMap(({ kids }) => kids));
  return kids.length > 0 ? [tag('Figure', [...kids], own)] : [];
}

/** What goes on from a page belongs to the last of its kind before it. */
function mergedOverPages(blocks: readonly Tag[]): Tag[] {
  const out: Tag[] = [];
  for (const block of blocks) {
    const before = block.goesOn ? out.findLast(({ type }) => type === block.type) : undefined;
    if (before) goOn(before, block);
    else out.push(block);
  }
  return out;
}

function goOn(one: Tag, more: Tag): void {
  for (const kid of more.kids) {
    const last = one.kids.at(-1);
    const joins = isTag(kid) && (kid.goesOn || JOINED.has(kid.type)) && last && isTag(last) && last.type === kid.type;
    if (joins) goOn(last, kid);
    else one.kids.push(kid);
  }
  delete more.goesOn;
}

/** They have one of them at most. */
const JOINED = new Set(['LBody', 'Code']);

/** Every note after the block that calls it first. */
function withNotes(blocks: readonly Tag[], target: Target): Tag[] {
  const text = blocks.filter(({ type }) => type !== 'Note');
  const notes = blocks.filter(({ type }) => type === 'Note');
  if (notes.length === 0) return text;
  const labels = new Map<string, Tag>();
  const rest: Tag[] = [];
  for (const [index, one] of notes.entries()) {
    one.id = `note-${String(index + 1).padStart(5, '0')}`;
    const link = linksIn(one)[0];
    const to = link && target(link);
    if (to?.startsWith('call-')) labels.set(to.replace(/^call-/, 'note-').replace(/(note-[^-]+)-\d+$/, '$1'), one);
    else rest.push(one);
  }
  const out: Tag[] = [];
  const place = (block: Tag): void => {
    out.push(block);
    for (const link of linksIn(block)) {
      const to = target(link) ?? '';
      const called = labels.get(to);
      if (!called) continue;
      labels.delete(to);
      place(called);
    }
  };
  for (const block of text) place(block);
  return [...out, ...labels.values(), ...rest];
}

export function linksIn(one: Tag): Tag[] {
  const inner = one.kids.filter(isTag).flatMap(linksIn);
  return one.type === 'Link' ? [one, ...inner] : inner;
}

/** The first is of the first level, and none leaves out a level (ISO 14289-1, 7.4.2). */
function levelHeadings(blocks: readonly Tag[]): void {
  let level = 0;
  const walk = (one: Tag): void => {
    if (HEADING.test(one.type)) {
      level = Math.min(Number(one.type[1]), level + 1);
      one.type = `H${level}`;
    }
    for (const kid of one.kids) if (isTag(kid)) walk(kid);
  };
  for (const block of blocks) walk(block);
}

/** The lines of the contents in one list, sections in a list of their own within it. */
function withContents(blocks: readonly Tag[]): Tag[] {
  const out: Tag[] = [];
  for (const block of blocks) {
    if (block.type !== 'TOCI' && block.type !== 'TOCJ') {
      out.push(block);
      continue;
    }
    const last = out.at(-1);
    const list = last?.type === 'TOC' ? last : tag('TOC', []);
    if (list !== last) out.push(list);
    if (block.type === 'TOCI') list.kids.push(block);
    else {
      block.type = 'TOCI';
      const end = list.kids.at(-1);
      if (end && isTag(end) && end.type === 'TOC') end.kids.push(block);
      else list.kids.push(tag('TOC', [block]));
    }
  }
  return out;
}

/** Every piece of drawing in the order in which it is read. */
export function* piecesIn(one: Tag): Generator<{ readonly page: unknown; readonly mcid: number }> {
  for (const kid of one.kids) {
    if (isTag(kid)) yield* piecesIn(kid);
    else if (isPiece(kid)) yield kid;
  }
}
