// Rules about colons that were meant for a block and did not make one: they would be printed as they stand.
import { CONTAINERS, LEAVES, PHRASES } from '../book/manuscript.ts';
import { nearest, shown } from '../book/suggest.ts';
import { isClosed, usage } from './directives.ts';
import { everyNode, type Rule, runs, sourceOf } from './finding.ts';

const EVERY: readonly string[] = [...CONTAINERS, ...LEAVES, ...PHRASES];

const strayFence: Rule = {
  id: 'stray-fence',
  summary: 'A line of colons closes a block.',
  check: ({ files }, _, tell) => {
    for (const entry of files) {
      const source = sourceOf(entry.file);
      const open = [...everyNode(entry.root)].some(
        ({ node }) => node.type === 'containerDirective' && !isClosed(node, source),
      );
      // The block that is not closed has its own message, and this line is its other half.
      if (open) continue;
      const all = runs(entry);
      if (all.some((run) => HALF.test(run.source))) continue;
      for (const run of all)
        for (const { index, 0: line, 1: fence } of run.source.matchAll(/^[ \t>]*(:{3,})[ \t]*$/gm)) {
          if (index === 0 && !run.first) continue;
          tell({
            file: entry.file,
            at: run.offset + index + line.indexOf(':'),
            reason: `This ${shown(fence!)} closes nothing`,
            note: 'Take it out, or begin the block that it should close: `:::verse`.',
          });
        }
    }
  },
};

/** A first line that the parser did not take: a space after the colons, or words after the name. */
const HALF = /^([ \t>]*)(:{2,})([ \t]*)(\p{L}[\w-]*)(.*)$/mu;

const directiveSyntax: Rule = {
  id: 'directive-syntax',
  summary: 'A block begins with colons and a name, and nothing else but its braces.',
  check: ({ files }, _, tell) => {
    for (const entry of files)
      for (const run of runs(entry))
        for (const { index, 1: indent, 2: colons, 3: space, 4: name, 5: rest } of run.source.matchAll(
          new RegExp(HALF, 'gmu'),
        )) {
          const near = EVERY.includes(name!) ? name : nearest(name!, EVERY);
          if ((index === 0 && !run.first) || near === undefined) continue;
          tell({
            file: entry.file,
            at: run.offset + index + indent!.length,
            reason: `This line does not begin a block: ${shown(`${colons}${space}${name}${rest}`)}`,
            note:
              near === name && space === '' && rest!.trim()
                ? `Write ${usage(near)} alone on its line, and the text under it.`
                : `Write ${usage(near!)}, without a space after the colons.`,
          });
        }
  },
};

const NAMES = EVERY.join('|');
const WITHIN = new RegExp(`(?<![\\\\:\\w])(?:(::+)(${NAMES})\\b|:(?!foreign)(${NAMES})(?=[[{]))`, 'g');

const inSentence: Rule = {
  id: 'directive-in-sentence',
  summary: 'Blocks stand on lines of their own.',
  check: ({ files }, _, tell) => {
    for (const entry of files)
      for (const run of runs(entry)) {
        const alone =
          run.first &&
          run.parent.children.every(({ type }) => type === 'text') &&
          /^:([\w-]+)$/.exec(run.source.trim())?.[1];
        if (run.parent.type === 'paragraph' && alone && EVERY.includes(alone)) {
          tell({
            file: entry.file,
            at: run.offset,
            reason: `${shown(run.source.trim())} has too few colons`,
            note: `Write ${usage(alone)}.`,
          });
          continue;
        }
        for (const { index, 0: typed, 2: two, 3: one } of run.source.matchAll(WITHIN)) {
          const line = run.source.slice(run.source.lastIndexOf('\n', index - 1) + 1, index);
          // At the beginning of a line it has been dealt with above.
          if (typed.startsWith('::') && /^[ \t>]*$/.test(line) && (index > line.length || run.first)) continue;
          tell({
            file: entry.file,
            at: run.offset + index,
            reason: `${shown(typed)} stands within a sentence`,
            note: `Write ${usage((two ?? one)!)} on a line of its own; for the colon itself write \`\\:\`.`,
          });
        }
      }
  },
};

export const colonRules: readonly Rule[] = [strayFence, directiveSyntax, inSentence];
