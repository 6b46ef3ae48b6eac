// Mistakes in the YAML itself: takes the parser's errors, gives them in an author's words with what to do about each.
import { type Document, isCollection, isScalar, visit, type YAMLError } from 'yaml';
import type { Fault } from './values.ts';

/** The document's errors in order; `offset` counts UTF-16 units from the file's beginning. */
export function syntaxFaults(document: Document.Parsed, text: string): (Fault & { readonly offset: number })[] {
  return document.errors.map((error) => ({
    ...inWords(error, text),
    offset: openerOf(error, document) ?? error.pos[0],
  }));
}

/** Where the quotation mark or bracket stands that the error finds unclosed: the last one opened before it. */
function openerOf(error: YAMLError, document: Document): number | undefined {
  if (!/closing|end with a/.test(error.message)) return undefined;
  let opener: number | undefined;
  visit(document, {
    Node: (_, node) => {
      const [from = 0, to = 0] = node.range ?? [];
      const opens = (isScalar(node) && node.type?.startsWith('QUOTE')) || (isCollection(node) && node.flow);
      if (opens && from < error.pos[0] && to >= error.pos[0] - 1) opener = from;
    },
  });
  return opener;
}

function inWords(error: YAMLError, text: string): Fault {
  const fault = (reason: string, note: string): Fault => ({ ruleId: 'yaml-syntax', reason, note });
  const quotes = 'Put the whole value in quotes: `title: "…"`.';
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return fault('A tab stands where YAML wants spaces', 'Indent with two spaces for each level.');
    case 'BAD_INDENT': {
      const bracket = /end with a (.)/.exec(error.message)?.[1];
      if (bracket)
        return fault(
          `A bracket is not closed: \`${bracket}\` is missing`,
          `Close it with \`${bracket}\` at the end of the list.`,
        );
      return fault(
        'This line is indented unlike its neighbours',
        'Keys of the same level begin in the same column, two spaces further in than their parent.',
      );
    }
    case 'MISSING_CHAR': {
      if (error.message.includes('quote'))
        return fault('A quotation mark is not closed', 'Begin and end the value with the same mark: `title: "…"`.');
      const bracket = /end with a (.)/.exec(error.message)?.[1];
      if (bracket) return fault(`A bracket is not closed: \`${bracket}\` is missing`, `Close it with \`${bracket}\`.`);
      return fault('A key without a colon', 'Write `key: value`, with a colon and a space.');
    }
    case 'MULTILINE_IMPLICIT_KEY':
      return fault(
        'A line without `key: value`',
        'Put a colon and a space after the key; a value of several lines goes in quotes.',
      );
    case 'BLOCK_AS_IMPLICIT_KEY':
      return fault('A value with a colon in it, or a line that is indented too far', quotes);
    case 'BAD_SCALAR_START': {
      const sign = text.charAt(error.pos[0]);
      return fault(`A value cannot begin with ${sign === '`' ? 'a backtick' : `\`${sign}\``}`, quotes);
    }
    case 'BAD_DQ_ESCAPE':
      return fault('A backslash in double quotes', 'Use single quotes, or write the backslash twice.');
    case 'MULTIPLE_DOCS':
      return {
        ruleId: 'several-documents',
        reason: 'A second document begins here',
        note: 'One book.yaml describes one book: take the `---` line out.',
      };
    case 'UNEXPECTED_TOKEN':
      if (error.message.includes('node end'))
        return fault(
          'Something follows the closing quotation mark',
          'Put the whole value in quotes of the other kind: `"…"` around `\'`, `\'…\'` around `"`.',
        );
      if (error.message.includes('block-seq-ind'))
        return fault(
          'A list begins on the line of its key',
          'Put each `- item` on a line of its own, or write `[one, two]`.',
        );
      return fault('This is not YAML', quotes);
    default:
      return fault('This is not YAML', `The parser says: ${error.message.replace(/\s+/g, ' ')}.`);
  }
}
