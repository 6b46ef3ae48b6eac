// The proof: the pages read back as numbers, where they lie in the browser, and what every page must keep to.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ElementContent } from 'hast';
import { readBounds } from '../scripts/book/budget.ts';
import type { Edition, Note, Part } from '../scripts/edition/edition.ts';
import { hyphenator } from '../scripts/edition/hyphenation.ts';
import { matterFields } from '../scripts/edition/matter.ts';
import { fillIn } from '../scripts/edition/template.ts';
import type { Pressroom } from '../scripts/io/browser.ts';
import type { Typecase } from '../scripts/io/typecase.ts';
import { fontFaces } from '../scripts/typeset/fonts.ts';
import type { Matter } from '../scripts/typeset/gathering.ts';
import { type Pamphlet, setPamphlet } from '../scripts/typeset/pamphlet.ts';
import type { Stone } from '../scripts/typeset/stone.ts';
import { ROOT, write } from './workshop.ts';

/** CSS px, from the page's top left corner. */
export interface ProofSlug {
  readonly kind: 'ln' | 'heading' | 'row' | 'verse' | 'code' | 'rule' | 'whole';
  readonly words: string;
  readonly top: number;
  readonly bottom: number;
  /** How far its letters or pictures stand out of the box that they belong in. */
  readonly over: number;
  /** Must its top lie on the grid? */
  readonly grid: boolean;
}

export interface ProofPage {
  readonly kind: string;
  readonly folio: string;
  readonly head: string | undefined;
  readonly slugs: readonly ProofSlug[];
  readonly notes: readonly ProofSlug[];
  readonly ids: readonly string[];
  /** Those in its last three lines. */
  readonly lastIds: readonly string[];
  /** Its text and its notes without white space and hyphens; of the notes, those that begin here. */
  readonly text: string;
  readonly noteText: readonly { readonly goesOn: boolean; readonly text: string }[];
  /** Numbers of the items of counted lists that begin here. */
  readonly values: readonly string[];
  /** Table heads that are repeated. */
  readonly again: string;
  /** What stands at its head and is called on the page before; not among its text. */
  readonly moved: string;
  /** How much deeper than others it is. */
  readonly deeper: number;
}

export interface Proof {
  readonly pages: readonly ProofPage[];
  readonly leading: number;
  readonly top: number;
  readonly depth: number;
  /** Ids of the contents' targets, and the folio printed beside each. */
  readonly contents: readonly (readonly [string, string])[];
}

/** Sent to the browser. */
function readPages(): Proof {
  const px = (name: string): number =>
    Number.parseFloat(getComputedStyle(document.documentElement).getPropertyValue(name));
  const range = document.createRange();
  const letters = (element: Element): string => {
    const copy = element.cloneNode(true) as Element;
    for (const again of copy.querySelectorAll('.again, .back-notes > h2, .moved')) again.remove();
    return (copy.textContent ?? '').replace(/[\s\u00ad-]/g, '');
  };
  const SLUG = '.ln, .whole, tr, .verse-line, .code-line, hr.break';
  const slugsIn = (root: Element, origin: number): ProofSlug[] =>
    [...root.querySelectorAll<HTMLElement>(SLUG)]
      .filter((slug) => !slug.parentElement!.closest('.whole, tr, .ln'))
      .map((slug) => {
        const box = slug.getBoundingClientRect();
        const kind = slug.matches('.ln')
          ? 'ln'
          : slug.matches('h2,h3,h4,h5,h6,.opening')
            ? 'heading'
            : slug.matches('tr')
              ? 'row'
              : slug.matches('.verse-line')
                ? 'verse'
                : slug.matches('.code-line')
                  ? 'code'
                  : slug.matches('hr')
                    ? 'rule'
                    : 'whole';
        let over = 0;
        for (const held of slug.matches('tr') ? slug.querySelectorAll('td, th') : [slug]) {
          const within = held.getBoundingClientRect();
          range.selectNodeContents(held);
          const walker = document.createTreeWalker(held, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
          for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            if (node.nodeType === 1 && (node as Element).tagName !== 'IMG') continue;
            if (node.nodeType === 3 && !(node as Text).data.trim()) continue;
            // White space may hang; only what is drawn counts.
            const data = node.nodeType === 3 ? (node as Text).data : '';
            range.selectNode(node);
            if (data) {
              range.setStart(node, data.search(/\S/));
              range.setEnd(node, data.trimEnd().length);
            }
            const drawn = [...range.getClientRects()];
            if (slug.matches('.code-line'))
              drawn.splice(
                0,
                drawn.length,
                ...[...data.matchAll(/\S+/g)].flatMap((word) => {
                  range.setStart(node!, word.index);
                  range.setEnd(node!, word.index + word[0].length);
                  return [...range.getClientRects()];
                }),
              );
            for (const rect of drawn)
              if (rect.width > 0)
                over = Math.max(
                  over,
                  rect.right - within.right,
                  within.left - rect.left,
                  // A picture must not stand out of its line, nor a line of a piece out of the piece.
                  node.nodeType === 1 ? rect.bottom - within.bottom : 0,
                );
          }
        }
        return {
          kind,
          words: (slug.textContent ?? '').trim().slice(0, 60),
          top: box.top - origin,
          bottom: box.bottom - origin,
          over,
          grid: !slug.closest('.note, .contents, h2, figure') && !slug.matches('.whole') && !slug.querySelector('img'),
        };
      });
  const pages = [...document.querySelectorAll<HTMLElement>('.page')].map((page): ProofPage => {
    const origin = page.getBoundingClientRect().top;
    const text = page.querySelector(':scope > .text');
    const notes = page.querySelector(':scope > .notes');
    return {
      kind: [...page.classList].find((name) => name.startsWith('of-'))!.slice(3),
      folio: page.querySelector(':scope > .folio')?.textContent ?? '',
      head: page.querySelector(':scope > .running-head')?.textContent ?? undefined,
      slugs: text ? slugsIn(text, origin) : [],
      notes: notes ? slugsIn(notes, origin) : [],
      ids: [...page.querySelectorAll('[id]')].map(({ id }) => id),
      lastIds: [...(text?.querySelectorAll(SLUG) ?? [])]
        .slice(-3)
        .flatMap((slug) => [...slug.querySelectorAll('[id]')].map(({ id }) => id)),
      text: text ? letters(text) : '',
      noteText: notes
        ? [...notes.children].map((note) => ({ goesOn: note.matches('.cont'), text: letters(note) }))
        : [],
      again: [...page.querySelectorAll('.again')].map(({ textContent }) => textContent ?? '').join(''),
      moved: [...page.querySelectorAll('.moved')]
        .map(({ textContent }) => (textContent ?? '').replace(/[\s\u00ad-]/g, ''))
        .join(''),
      deeper: Number.parseFloat(page.style.getPropertyValue('--deeper')) || 0,
      values: [...page.querySelectorAll('ol > li:not(.cont, .note *)')].map((item) => item.getAttribute('value') ?? ''),
    };
  });
  return {
    pages,
    leading: px('--leading'),
    top: px('--top'),
    depth: px('--depth'),
    contents: [...document.querySelectorAll<HTMLElement>('[data-page-of]')].map((box) => [
      box.dataset['pageOf']!,
      box.textContent ?? '',
    ]),
  };
}

export interface Setting {
  /** Where the stone keeps its documents. */
  readonly folder: string;
  readonly typecase: Typecase;
  /** Whether to print: what is only read needs no PDF. */
  readonly print: boolean;
}

/** Stones that have been cleared are used again. */
const cleared = new WeakMap<Pressroom, Stone[]>();

/** Sets an edition with the house's templates, and reads it back before it is printed. */
export async function proofOn(
  pressroom: Pressroom,
  edition: Edition,
  { folder, typecase, print }: Setting,
): Promise<{ set: Pamphlet; proof: Proof }> {
  const spare = cleared.get(pressroom) ?? [];
  cleared.set(pressroom, spare);
  const template = (name: string): Promise<string> => readFile(join(ROOT, 'templates', name), 'utf8');
  for (const { face, bytes } of typecase.faces) write(folder, { [`fonts/${face.name}`]: bytes });
  for (const { path, bytes } of edition.pictures) write(folder, { [`pictures/${path}`]: bytes });
  const faces = fontFaces(
    typecase.faces.map(({ face }) => face),
    ({ name }) => `fonts/${name}`,
  );
  const matter: Record<string, string> = {};
  for (const name of ['cover', 'half-title', 'title-page', 'imprint', 'colophon', 'back-cover'])
    matter[name] = fillIn(await template(`pamphlet/${name}.html`), matterFields(edition));
  const proofs = new Map<string, Proof>();
  const set = await setPamphlet(
    edition,
    {
      css: [faces, await template('shared/type.css'), await template('pamphlet/pamphlet.css')].join('\n'),
      matter: matter as Record<Matter, string>,
      picture: (id) => encodeURI(`pictures/${edition.pictures.find((one) => one.id === id)?.path}`),
      hyphenate: await hyphenator(edition.book.language),
      bounds: readBounds(await template('pamphlet/bounds.yaml')),
    },
    {
      hands: pressroom.hands,
      next: async () => {
        const stone = spare.pop() ?? (await pressroom.stone(folder));
        let take = '';
        return {
          ...stone,
          lay: async (name, html) => {
            take = name;
            await stone.lay(name, html);
          },
          pull: async () => {
            proofs.set(take, await stone.work(readPages, undefined as never));
            return print ? stone.pull() : new Uint8Array();
          },
          clear: async () => void spare.push(stone),
        };
      },
    },
  );
  // The takes' documents are numbered from the second on.
  const number = (take: string): number => Number(/-(\d+)\.html$/.exec(take)?.[1] ?? 1);
  const inOrder = [...proofs].sort(([a], [b]) => number(a) - number(b)).map(([, proof]) => proof);
  const [pages, contents] = [inOrder.flatMap(({ pages }) => pages), inOrder.flatMap(({ contents }) => contents)];
  return { set, proof: { ...inOrder[0]!, pages, contents } };
}

const bare = (text: string): string =>
  text
    .replace(/[\s\u00ad-]/g, '')
    .replaceAll('☐', '□')
    .replaceAll('☑', '■');

/** All that is to be read, the calls of notes too. */
const wordsOf = (nodes: readonly ElementContent[]): string =>
  nodes
    .map((node) => (node.type === 'text' ? node.value : node.type === 'element' ? wordsOf(node.children) : ''))
    .join('');

/** Everything that is wrong with the pages, in words; an empty list is a good proof. */
export function faultsOf(edition: Edition, { set, proof }: { set: Pamphlet; proof: Proof }): string[] {
  const faults: string[] = [];
  const { pages, top, depth, leading } = proof;
  // A piece that cannot be divided, taller than a page by itself or with its notes, is told: all that can be done.
  const told = set.overfull.filter((page) => /row|whole|heading/.test(pages[page - 1]!.slugs.at(-1)?.kind ?? ''));
  if (set.overfull.length > told.length) faults.push(`overfull: ${set.overfull.join(' ')}`);
  pages.forEach((page, index) => {
    const say = (what: string, { kind, words }: ProofSlug): number =>
      faults.push(`page ${index + 1}: ${what}: ${kind} “${words}”`);
    if (page.kind === 'text' && page.folio !== String(index + 1)) faults.push(`page ${index + 1}: folio ${page.folio}`);
    if (page.kind === 'text' && page.slugs.length + page.notes.length === 0) faults.push(`page ${index + 1}: empty`);
    const foot = top + depth + page.deeper;
    const limit = page.notes[0]?.top ?? foot;
    page.slugs.forEach((slug, nth) => {
      // A heap of marks is drawn wider than it is.
      // Heaps of marks, and web addresses among words: a px or two that are known and not understood.
      const known = /\p{M}{3}/u.test(slug.words) ? 4 : slug.words.includes('://') ? 2 : 1;
      if (slug.over > known) say(`${slug.over.toFixed(1)} px over`, slug);
      if (slug.top < top - 0.6 - (slug.kind === 'heading' ? leading * 0.31 : 0)) say('above the head', slug);
      if (slug.bottom > limit + 0.6 && !(slug === page.slugs.at(-1) && told.includes(index + 1)))
        say(`below the foot by ${(slug.bottom - limit).toFixed(1)}`, slug);
      const before = page.slugs[nth - 1];
      if (before && slug.top < before.bottom - 0.6 - (slug.kind === 'heading' ? leading * 0.31 : 0))
        say(`overlaps by ${(before.bottom - slug.top).toFixed(1)}`, slug);
      const off = (((slug.top - top) % leading) + leading) % leading;
      if (slug.grid && Math.min(off, leading - off) > 0.6) say(`${off.toFixed(1)} px off the grid`, slug);
    });
    page.notes.forEach((slug, nth) => {
      if (slug.over > 1) say(`note ${slug.over.toFixed(1)} px over`, slug);
      if (slug.bottom > foot + 0.6 || slug.top < top - 0.6) say('note outside the page', slug);
      const before = page.notes[nth - 1];
      if (before && slug.top < before.bottom - 0.6) say('note overlaps', slug);
    });
    const last = page.slugs.at(-1);
    const next = pages[index + 1];
    // A heading may call more notes than leave room for text, or be half a page itself.
    const calls = page.lastIds.some((id) => id.startsWith('call-')) || (last && last.bottom - last.top > depth * 0.4);
    // Only where the same chapter goes on, which then has no opening at its head.
    if (
      last?.kind === 'heading' &&
      next?.kind === 'text' &&
      next.head !== undefined &&
      next.slugs[0]?.kind === 'ln' &&
      !calls
    )
      say('heading at the foot', last);
  });
  const pageOf = new Map<string, number>();
  pages.forEach((page, index) => {
    for (const id of page.ids) {
      if (pageOf.has(id)) faults.push(`id ${id} twice`);
      pageOf.set(id, index + 1);
    }
  });
  const { notes } = edition.config.pamphlet;
  const lettersAt = (page: number): number =>
    edition.notes
      .filter(({ calls }) => pageOf.get(calls[0]!) === page)
      .reduce((sum, { content }) => sum + wordsOf(content).length, 0);
  for (const note of edition.notes) {
    const [at, call] = [pageOf.get(note.id), pageOf.get(note.calls[0]!)];
    // More notes than a page holds, called on one, go on where they must.
    const between = pages.slice(call, (at ?? 0) - 1);
    const many =
      between.length > 0
        ? between.every(({ slugs }) => slugs.length < 5)
        : lettersAt(call ?? 0) > 450 || pages[(call ?? 0) - 1]?.lastIds.includes(note.calls[0]!);
    if (at === undefined || call === undefined || (notes === 'foot' && at !== call && !(at > call && many)))
      faults.push(`note ${note.label} on page ${at}, its call on page ${call}`);
  }
  for (const part of edition.parts)
    if (!pageOf.has(part.id) && (part.title || wordsOf(part.content).trim() !== ''))
      faults.push(`no page has #${part.id}`);
  for (const [id, folio] of proof.contents)
    if (folio !== String(pageOf.get(id))) faults.push(`contents: ${id} on ${pageOf.get(id)}, not ${folio}`);
  faults.push(...lostIn(edition, proof));
  return faults;
}

/** The text of the parts and of each note, letter for letter. */
function lostIn(edition: Edition, proof: Proof): string[] {
  const faults: string[] = [];
  const { notes: where } = edition.config.pamphlet;
  const noteText = ({ label, content }: Note): string => bare(`${label}.${wordsOf(content)}`);
  const notesOf = (part: Part): string =>
    edition.notes
      .filter((note) => note.part === part.id)
      .map(noteText)
      .join('');
  /** A reference says its page. */
  const resolved = (node: ElementContent): ElementContent => {
    if (node.type !== 'element') return node;
    if (!String(node.properties['className'] ?? '').includes('page-reference'))
      return { ...node, children: node.children.map(resolved) };
    const id = String(node.properties['href']).slice(1);
    const page = proof.pages.findIndex(({ ids }) => ids.includes(id)) + 1;
    return { ...node, children: [{ type: 'text', value: `page ${page}` }] };
  };
  const inParts = edition.parts
    .map((part) => {
      const { title, content } = part;
      const said = wordsOf([...(title?.content ?? []), ...content].map(resolved));
      const words = bare(`${title?.number ?? ''}${said}`);
      return where === 'chapter' ? words + notesOf(part) : words;
    })
    .join('');
  const noteTexts = edition.notes.map(noteText);
  const atEnd = where === 'end' ? edition.parts.map(notesOf).join('') : '';
  const set = proof.pages.map(({ text }) => text).join('');
  const moved = proof.pages.map(({ moved }) => moved).filter((text) => text !== '');
  for (const text of moved) if (!inParts.includes(text)) faults.push(`moved from nowhere: ${text.slice(0, 40)}`);
  const staying = moved.reduce((text, gone) => text.replace(gone, ''), inParts);
  // Before it stands the contents, after it the heading of the notes.
  if (!set.includes(staying))
    faults.push(`text lost: ${firstUnlike(staying, set.slice(Math.max(0, set.indexOf(staying.slice(0, 30)))))}`);
  if (!set.endsWith(atEnd)) faults.push('end notes lost');
  if (where === 'foot') {
    const found: string[] = [];
    for (const { goesOn, text } of proof.pages.flatMap(({ noteText }) => noteText))
      if (goesOn) found.push((found.pop() ?? '') + text);
      else found.push(text);
    for (const text of noteTexts) if (!found.includes(text)) faults.push(`note lost: ${text.slice(0, 40)}`);
    if (found.length !== noteTexts.length) faults.push(`${found.length} notes, not ${noteTexts.length}`);
  }
  return faults;
}

function firstUnlike(wanted: string, found: string): string {
  let at = 0;
  while (at < wanted.length && wanted[at] === found[at]) at++;
  return `“${wanted.slice(Math.max(0, at - 20), at + 20)}” is “${found.slice(Math.max(0, at - 20), at + 20)}”`;
}
