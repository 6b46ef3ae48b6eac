// Rules about single characters: those that no book can hold, that were lost, or that nobody sees.
import type { Nodes } from 'mdast';
import { codeOf, unprintable } from '../book/unprintable.ts';
import { endOf, everyNode, type Rule, sourceOf, startOf } from './finding.ts';

const controlCharacter: Rule = {
  id: 'control-character',
  summary: 'Every character can be printed.',
  check: ({ files }, _, tell) => {
    for (const { file } of files) {
      const found = sourceOf(file).matchAll(
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff\ud800-\udfff]+/gu,
      );
      for (const { index, 0: signs } of found) {
        const { reason, note } = unprintable(signs);
        tell({ file, at: index, reason, note });
      }
    }
  },
};

const replacementCharacter: Rule = {
  id: 'replacement-character',
  summary: 'No character was lost in an earlier conversion.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files) {
      const source = sourceOf(file);
      for (const { index } of source.matchAll(/\ufffd+/g))
        tell({
          file,
          at: index,
          reason: 'A character was lost here in an earlier conversion: `\ufffd`',
          note: 'Type the character that it should be.',
        });
      for (const { node } of everyNode(root)) {
        if (!node.position || !stringsOf(node).some((text) => text.includes('\ufffd'))) continue;
        const typed = source.slice(startOf(node), endOf(node));
        const reference = typed.search(/&#/);
        if (reference >= 0 && !/[\ufffd\0]/.test(typed))
          tell({
            file,
            at: startOf(node) + reference,
            reason: 'A character reference that stands for no character',
            note: 'Type the character itself.',
          });
      }
    }
  },
};

/** What of a node is text that somebody typed: its letters, its address, its title, the words for a picture. */
const stringsOf = (node: Nodes): string[] =>
  (['value', 'alt', 'title', 'url'] as const).flatMap((key) => {
    const text = (node as { readonly [name in typeof key]?: unknown })[key];
    return typeof text === 'string' ? [text] : [];
  });

/** Signs that turn what stands after them around (Unicode Bidirectional Algorithm, UAX 9, 2.1 and 2.2). */
const OVERRIDES = /[\u202a-\u202e]+/g;

const bidiOverride: Rule = {
  id: 'bidi-override',
  summary: 'The direction of text is not forced by invisible signs.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files) {
      const source = sourceOf(file);
      const advise = (at: number | Nodes, signs: string, note: string): void =>
        tell({
          file,
          at,
          reason: `An invisible sign that changes the direction of text, ${codeOf(signs)}`,
          note,
          advice: true,
        });
      const note = 'Delete it; a phrase in another language is written `:foreign[…]{lang=…}`.';
      for (const { index, 0: signs } of source.matchAll(OVERRIDES)) advise(index, signs, note);
      for (const at of loose(source))
        advise(
          at,
          source[at]!,
          'Its other half is missing in this paragraph: delete it, or write U+2066 to U+2068 before and U+2069 after.',
        );
      for (const { node } of everyNode(root)) {
        const signs = stringsOf(node).join('').match(OVERRIDES)?.[0];
        // Written by its number, it is not in the source.
        if (signs && !source.slice(startOf(node), endOf(node)).includes(signs)) advise(node, signs, note);
      }
    }
  },
};

/** Where isolates are begun and not ended in their paragraph, or ended and not begun. */
function loose(source: string): number[] {
  const found: number[] = [];
  let open: number[] = [];
  for (const { index, 0: sign } of source.matchAll(/[\u2066-\u2069]|\n[ \t]*(?=\n|$)|$/g)) {
    if (sign === '\u2069') {
      if (open.pop() === undefined) found.push(index);
    } else if (/[\u2066-\u2068]/.test(sign)) open.push(index);
    else {
      found.push(...open);
      open = [];
    }
  }
  return found;
}

const invisible: Rule = {
  id: 'invisible-character',
  summary: 'Nothing stands in the text that nobody sees and programs stumble over.',
  check: ({ files }, _, tell) => {
    for (const { file, root } of files) {
      const source = sourceOf(file);
      const advise = (at: number | Nodes, sign: string): void =>
        tell({
          file,
          at,
          reason: `An invisible sign, ${codeOf(sign)} (${UNSEEN[sign]})`,
          note: 'Delete it: who searches for the words around it does not find them.',
          advice: true,
        });
      for (const { index, 0: sign } of source.matchAll(/[\ufeff\u2028\u2029\ufff9-\ufffb]/g)) advise(index, sign);
      for (const { node } of everyNode(root)) {
        const sign = stringsOf(node)
          .join('')
          .match(/[\ufeff\u2028\u2029\ufff9-\ufffb]/)?.[0];
        if (sign && !source.slice(startOf(node), endOf(node)).includes(sign)) advise(node, sign);
        // In an address even a space of no width is a part of it.
        const within = 'url' in node ? /[\u200b-\u200f\u2060\u00ad]/.exec(node.url)?.[0] : undefined;
        if (within) advise(node, within);
      }
    }
  },
};

const UNSEEN: Readonly<Record<string, string>> = {
  '\ufeff': 'byte order mark',
  '\u2028': 'line separator',
  '\u2029': 'paragraph separator',
  '\ufff9': 'annotation',
  '\ufffa': 'annotation',
  '\ufffb': 'annotation',
  '\u200b': 'space of no width',
  '\u200c': 'non-joiner',
  '\u200d': 'joiner',
  '\u200e': 'left-to-right mark',
  '\u200f': 'right-to-left mark',
  '\u2060': 'word joiner',
  '\u00ad': 'soft hyphen',
};

/** The first sign in a line of book.yaml that nobody sees, and that turns the text around or is in the way. */
export function unseenIn(text: string): { ruleId: string; reason: string; note: string } | undefined {
  const turns = text.match(OVERRIDES)?.[0] ?? (loose(text).length > 0 ? text[loose(text)[0]!] : undefined);
  const sign = turns ?? /[\ufeff\u2028\u2029\ufff9-\ufffb]/.exec(text)?.[0];
  if (!sign) return undefined;
  return turns
    ? {
        ruleId: 'bidi-override',
        reason: `An invisible sign that changes the direction of text, ${codeOf(sign)}`,
        note: 'Delete it: shops’ pages and file lists would turn around, too.',
      }
    : {
        ruleId: 'invisible-character',
        reason: `An invisible sign, ${codeOf(sign)} (${UNSEEN[sign]})`,
        note: 'Delete it: who searches for the words around it does not find them.',
      };
}

export const characterRules: readonly Rule[] = [controlCharacter, replacementCharacter, bidiOverride, invisible];
