// Rules about notes: each call has its note in the same file, each note its call.
import type { FootnoteDefinition, Root } from 'mdast';
import { toString as words } from 'mdast-util-to-string';
import { isForSome, isRead } from '../book/manuscript.ts';
import { nearest, shown } from '../book/suggest.ts';
import { everyNode, placesIn, type Rule, readings, runs, sourceOf, startOf } from './finding.ts';

interface Notes {
  readonly definitions: readonly FootnoteDefinition[];
  /** Identifiers called in the text, and in each note. */
  readonly called: ReadonlySet<string>;
  readonly calledIn: ReadonlyMap<FootnoteDefinition, ReadonlySet<string>>;
}

function notesOf(root: Root): Notes {
  const definitions: FootnoteDefinition[] = [];
  const called = new Set<string>();
  const calledIn = new Map<FootnoteDefinition, Set<string>>();
  for (const { node, parents } of everyNode(root)) {
    if (node.type === 'footnoteDefinition') {
      definitions.push(node);
      calledIn.set(node, new Set());
    }
    if (node.type !== 'footnoteReference') continue;
    const note = parents.findLast((parent) => parent.type === 'footnoteDefinition');
    (note ? calledIn.get(note)! : called).add(node.identifier);
  }
  return { definitions, called, calledIn };
}

const nameOf = (definition: FootnoteDefinition): string => definition.label ?? definition.identifier;

/** A call as it was typed. */
const CALL = /(?<![\\!])\[\^([^[\]\n]{1,100})\]/g;

const undefinedNote: Rule = {
  id: 'undefined-note',
  summary: 'Every call of a note has its note, in the same file.',
  check: (manuscript, _, tell) => {
    const homes = new Map<string, string>();
    for (const { file, root } of manuscript.files)
      for (const { identifier } of notesOf(root).definitions) homes.set(identifier, file.path ?? '');
    for (const entry of manuscript.files) {
      const known = notesOf(entry.root).definitions.map(nameOf);
      for (const { source, offset } of runs(entry))
        for (const { index, 0: call, 1: name } of source.matchAll(CALL)) {
          const note = (): string => {
            const lower = name!.toLowerCase();
            if (/\s/.test(name!)) return `A note’s name has no spaces: \`[^${name!.trim().replace(/\s+/g, '-')}]\`.`;
            if (known.some((other) => other.toLowerCase() === lower))
              return 'It stands in a block (`:::…`), and calls before that do not find it: move it to the end of the file.';
            const home = homes.get(lower);
            if (home !== undefined) return `It stands in ${shown(home)}: a note stands in the file that calls it.`;
            const near = nearest(name!, known);
            if (near !== undefined) return `Did you mean \`[^${near}]\`?`;
            return `Write \`${shown(call).slice(1, -1)}: …\` on a line of its own; for the signs themselves write \`\\[\`.`;
          };
          tell({ file: entry.file, at: offset + index, reason: `There is no note ${shown(call)}`, note });
        }
    }
  },
};

const duplicateNote: Rule = {
  id: 'duplicate-note',
  summary: 'No note is written twice.',
  check: (manuscript, book, tell) => {
    for (const { manuscript: read } of readings(manuscript, book))
      for (const { file, root } of read.files) {
        const first = new Map<string, FootnoteDefinition>();
        for (const definition of notesOf(root).definitions) {
          const other = first.get(definition.identifier);
          if (!other) first.set(definition.identifier, definition);
          else {
            tell({
              file,
              at: definition,
              reason: `The note ${shown(`[^${nameOf(definition)}]`)} is written twice`,
              note: () =>
                `The first one stands in line ${placesIn(sourceOf(file))(startOf(other)).line}: give one of the two another name.`,
            });
          }
        }
      }
  },
};

const uncalledNote: Rule = {
  id: 'uncalled-note',
  summary: 'Every note is called.',
  check: ({ files }, _, tell) => {
    for (const entry of files) {
      const { file, root } = entry;
      const { definitions, called, calledIn } = notesOf(root);
      // A call that did not find its note has its own message.
      const lost = runs(entry).flatMap(({ source }) =>
        [...source.matchAll(CALL)].map(([, name]) => name!.toLowerCase()),
      );
      const reached = new Set([...called, ...lost]);
      // A note may be called by another note; the set grows while it is walked.
      const byName = new Map(definitions.map((definition) => [definition.identifier, definition]));
      for (const identifier of reached)
        for (const call of calledIn.get(byName.get(identifier)!) ?? []) reached.add(call);
      for (const definition of definitions)
        if (!reached.has(definition.identifier))
          tell({
            file,
            at: definition,
            reason: `The note ${shown(`[^${nameOf(definition)}]`)} is never called: it would be lost`,
            note: `Write \`[^${nameOf(definition)}]\` where it belongs, or take the note out.`,
          });
    }
  },
};

const emptyNote: Rule = {
  id: 'empty-note',
  summary: 'Every note has words.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files)
      for (const definition of notesOf(root).definitions)
        if (words(definition, { includeHtml: false }).trim() === '')
          tell({
            file,
            at: definition,
            reason: `The note ${shown(`[^${nameOf(definition)}]`)} is empty`,
            note: 'Write its text after the colon; further paragraphs are indented by four spaces.',
          });
  },
};

const inlineNote: Rule = {
  id: 'inline-note',
  summary: 'Notes stand apart from the sentence that calls them.',
  check: ({ files }, _, tell) => {
    for (const entry of files)
      for (const { source, offset } of runs(entry))
        for (const { index } of source.matchAll(/(?<![\\[])\^\[(?=[^\]\s])/g))
          tell({
            file: entry.file,
            at: offset + index,
            reason: 'A note within its sentence is printed as it stands',
            note: 'Write `[^1]` here, and `[^1]: …` on a line of its own.',
            advice: true,
          });
  },
};

const cutNote: Rule = {
  id: 'cut-note',
  summary: 'No edition calls a note that stands in text cut from it.',
  check: ({ files }, book, tell) => {
    for (const { file, root } of files) {
      const found = [...everyNode(root)];
      const cutFrom = (edition: string, { parents }: (typeof found)[number]): boolean =>
        parents.some((parent) => isForSome(parent) && !isRead(parent, edition));
      for (const { name, manuscript } of book.editions) {
        if (!manuscript.includes(file.path ?? '')) continue;
        const [kept, cut] = [new Set<string>(), new Set<string>()];
        for (const one of found)
          if (one.node.type === 'footnoteDefinition') (cutFrom(name, one) ? cut : kept).add(one.node.identifier);
        for (const one of found) {
          const { node } = one;
          if (node.type !== 'footnoteReference' || kept.has(node.identifier) || !cut.has(node.identifier)) continue;
          if (cutFrom(name, one)) continue;
          const called = `[^${node.label ?? node.identifier}]`;
          tell({
            file,
            at: node,
            reason: `The edition ${shown(name)} calls ${shown(called)}, whose note stands in text that is cut from it`,
            note: 'The note is kept. Move it out of the block, or cut this call, too.',
            advice: true,
          });
        }
      }
    }
  },
};

export const noteRules: readonly Rule[] = [cutNote, undefinedNote, duplicateNote, uncalledNote, emptyNote, inlineNote];
