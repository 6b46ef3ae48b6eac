// Rules about what our own blocks hold: words, a picture, an edition's name, a language.
import type { PhrasingContent } from 'mdast';
import { toString as words } from 'mdast-util-to-string';
import { canonicalLanguage, faultOfLanguage } from '../book/language.ts';
import { editionsOf, isForSome, isRead } from '../book/manuscript.ts';
import { listed, nearest, shown } from '../book/suggest.ts';
import { KINDS } from '../typeset/panels.ts';
import { eachDirective, isOurs } from './directives.ts';
import { everyNode, type Rule, runs } from './finding.ts';

const empty: Rule = {
  id: 'empty-directive',
  summary: 'Every block holds something.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node }) => {
      if (node.type !== 'containerDirective' || !isOurs(node) || node.name === 'figure') return;
      const name = shown(`:::${node.name}`);
      if (
        words(node, { includeHtml: false }).trim() === '' &&
        ![...everyNode({ type: 'root', children: node.children })].some(
          (found) => found.node.type === 'thematicBreak' || found.node.type === 'leafDirective',
        )
      ) {
        tell({
          file,
          at: node,
          reason: `The block ${name} is empty`,
          note: 'Write its text between its two lines of colons, or take it out.',
        });
      } else if (node.name === 'epigraph' && node.children.length === 1 && /^\s*[—–―-]/.test(words(node)))
        tell({
          file,
          at: node,
          reason: 'The epigraph has an attribution and no words',
          note: 'Write what was said first, then a blank line, then who said it.',
        });
    }),
};

const figure: Rule = {
  id: 'figure-picture',
  summary: 'A figure holds one picture, in a paragraph of its own.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node }) => {
      if (node.type !== 'containerDirective' || node.name !== 'figure') return;
      const inside = [...everyNode({ type: 'root', children: node.children })].map((found) => found.node);
      const pictures = inside.filter(({ type }) => type === 'image');
      const direct = node.children.flatMap((child): PhrasingContent[] =>
        child.type === 'paragraph' ? child.children : [],
      );
      if (pictures.length > 1)
        tell({
          file,
          at: pictures[1]!,
          reason: 'A second picture in one figure would be lost',
          note: 'Give it a `:::figure` of its own.',
        });
      else if (!direct.some(({ type }) => type === 'image'))
        tell({
          file,
          at: node,
          reason: 'The figure has no picture',
          note: 'Write `![what it shows](pictures/name.jpg)` on its first line, alone in its paragraph.',
        });
    }),
};

const onlyEdition: Rule = {
  id: 'only-edition',
  summary: 'Text for some editions names editions of the book, and one of them reads it.',
  check: (manuscript, book, tell) => {
    const known = book.editions.map(({ name }) => name);
    eachDirective(manuscript, ({ file }, { node }) => {
      if (!isForSome(node)) return;
      const named = editionsOf(node);
      if (named.length === 0)
        tell({
          file,
          at: node,
          reason:
            node.name === 'only'
              ? '`:::only` names no edition: its text would be lost'
              : '`:::cut` names no edition: its text would be in all of them',
          note: `Write \`:::${node.name}{edition=${known[0] ?? 'long'}}\`.`,
        });
      for (const name of named) {
        if (known.includes(name)) continue;
        const near = nearest(name, known);
        tell({
          file,
          at: node,
          reason: `There is no edition ${shown(name)}`,
          note: near ? `Did you mean \`${near}\`?` : `The book has ${listed(known)}.`,
        });
      }
      const readers = book.editions
        .filter((edition) => edition.manuscript.includes(file.path ?? ''))
        .map(({ name }) => name);
      if (named.length === 0 || !named.every((name) => known.includes(name)) || readers.length === 0) return;
      const whose = `The file belongs to ${listed(readers)}.`;
      if (!readers.some((name) => isRead(node, name)))
        tell({
          file,
          at: node,
          reason:
            node.name === 'only'
              ? `No reader gets this text: ${listed(named)} does not read this file`
              : 'No reader gets this text: it is cut from every edition of this file',
          note: whose,
          advice: true,
        });
      else if (node.name === 'cut' && !named.some((name) => readers.includes(name)))
        tell({
          file,
          at: node,
          reason: `Nothing is cut: ${listed(named)} does not read this file`,
          note: whose,
          advice: true,
        });
    });
  },
};

const foreign: Rule = {
  id: 'foreign-language',
  summary: 'A phrase in another language says which, in the way of BCP 47.',
  check: (manuscript, _, tell) => {
    eachDirective(manuscript, ({ file }, { node }) => {
      if (node.type !== 'textDirective' || node.name !== 'foreign') return;
      const lang = node.attributes?.lang?.trim();
      const phrase = shown(`:foreign[${words(node)}]`);
      if (!lang) {
        tell({
          file,
          at: node,
          reason: `${phrase} does not say which language`,
          note: 'Write `{lang=fr}` after the brackets, without a space.',
        });
        return;
      }
      const canonical = canonicalLanguage(lang);
      const fault = faultOfLanguage(lang);
      if (fault) tell({ file, at: node, ...fault });
      else if (canonical && canonical.toLowerCase() !== lang.toLowerCase())
        tell({
          file,
          at: node,
          reason: `${shown(lang)} is not how readers’ programs know this language`,
          note: `Write \`${canonical}\`.`,
          advice: true,
        });
    });
    for (const entry of manuscript.files)
      for (const { source, offset } of runs(entry))
        for (const { index } of source.matchAll(/(?<![\\:\w]):foreign(?=[[{])/g))
          tell({
            file: entry.file,
            at: offset + index,
            reason: 'This `:foreign` is printed as it stands',
            note: 'Write `:foreign[words]{lang=fr}`, with words between the brackets, and both of them.',
          });
  },
};

const panelKind: Rule = {
  id: 'panel-kind',
  summary: 'A panel is loud, strong or quiet.',
  check: (manuscript, _, tell) =>
    eachDirective(manuscript, ({ file }, { node }) => {
      const kind = node.type === 'containerDirective' && node.name === 'panel' ? node.attributes?.['kind'] : undefined;
      if (typeof kind !== 'string' || KINDS.some((known) => known === kind)) return;
      const near = nearest(kind, KINDS);
      const note = near ? `Did you mean \`${near}\`?` : `Only ${listed(KINDS, 'or')} can stand here.`;
      tell({ file, at: node, reason: `No panel is ${shown(kind)}`, note });
    }),
};

export const blockRules: readonly Rule[] = [empty, figure, onlyEdition, foreign, panelKind];
