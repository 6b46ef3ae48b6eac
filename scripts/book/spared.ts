// Spares the parser looks that can find nothing: for an address at every word, for a table at every line. Takes the
// source, gives a plugin for its parser; the tree is the same as without.
import type { Data, Processor } from 'unified';

type Syntax = NonNullable<Data['micromarkExtensions']>[number];
type Constructs = NonNullable<Syntax['text']>;
type Construct = Extract<NonNullable<Constructs[number]>, { tokenize: unknown }>;
type Look = (construct: Construct) => Construct;

/** For a parser of this source (line ends `\n`) alone. */
export function spared(source: string): (this: Processor) => void {
  const looks: Readonly<Record<string, Look>> = {
    emailAutolink: address(linesAround(source, /@/g)),
    protocolAutolink: address(linesAround(source, /:\/\//g)),
    wwwAutolink: address(linesAround(source, /www\./gi)),
    table: table(linesAround(source, DELIMITERS)),
  };
  return function spare(this: Processor): void {
    const extensions = this.data().micromarkExtensions ?? [];
    extensions.forEach((extension, index) => {
      extensions[index] = {
        ...extension,
        ...(extension.text ? { text: replaced(extension.text, looks) } : {}),
        ...(extension.flow ? { flow: replaced(extension.flow, looks) } : {}),
      };
    });
  };
}

function replaced(constructs: Constructs, looks: Readonly<Record<string, Look>>): Constructs {
  const one: Look = (construct) => looks[construct.name ?? '']?.(construct) ?? construct;
  const entries = Object.entries(constructs).map(([code, list]) => [
    code,
    Array.isArray(list) ? list.map(one) : one(list!),
  ]);
  return Object.fromEntries(entries) as Constructs;
}

/** The row under a table's head, within quotations and blocks too. */
const DELIMITERS = /^(?=.*[|:])[ \t>]*[|:-][|: \t-]*$/gm;

/** The lines, from 1, of every run between blank lines in which something stands. */
function linesAround(source: string, sign: RegExp): ReadonlySet<number> {
  const lines = new Set<number>();
  let [line, at] = [1, 0];
  for (const { index } of source.matchAll(sign)) {
    if (index < at) continue;
    const start = source.lastIndexOf('\n\n', index);
    const [from, to] = [Math.max(at, start), (source.indexOf('\n\n', index) + 1 || source.length) + 1];
    line += endsIn(source.slice(at, from));
    const count = endsIn(source.slice(from, to));
    for (let nth = 0; nth <= count; nth++) lines.add(line + nth);
    line += count;
    at = to;
  }
  return lines;
}

const endsIn = (text: string): number => text.split('\n').length - 1;

const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);

/** Asked at every letter; no address begins behind one, and its sign stands in the same line. */
const address =
  (lines: ReadonlySet<number>): Look =>
  (construct) => ({
    ...construct,
    previous(code) {
      if (lines.size === 0 || (code !== null && isLetter(code))) return false;
      return construct.previous!.call(this, code) && lines.has(this.now().line);
    },
  });

/** Asked at every line of a paragraph, and reads all of it before it sees that the next one parts no columns. */
const table =
  (lines: ReadonlySet<number>): Look =>
  (construct) => ({
    ...construct,
    tokenize(effects, ok, nok) {
      return lines.has(this.now().line) ? construct.tokenize.call(this, effects, ok, nok) : nok;
    },
  });
