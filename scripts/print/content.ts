// Content streams as text: finds drawing operators and splices new text over them, so that all the rest stays byte for byte.
// Takes and gives latin1 strings, one character a byte.

/** An operator with its operands, and where the two together stand: `[start, end)`. */
export interface Operation {
  readonly operator: string;
  readonly operands: readonly string[];
  readonly start: number;
  end: number;
}

const WHITE = 1;
const DELIMITER = 2;

/** What each byte is (ISO 32000-1, 7.2.2): 1 white space, 2 delimiter, 0 anything else. */
const KIND = new Uint8Array(256);
for (const character of '\0\t\n\f\r ') KIND[character.charCodeAt(0)] = WHITE;
for (const character of '()<>[]{}/%') KIND[character.charCodeAt(0)] = DELIMITER;

/** The end of the token that starts at `from`; arrays, dictionaries and strings are one token each. */
function tokenEnd(text: string, from: number): number {
  const length = text.length;
  const first = text[from];
  if (first === '(') {
    let depth = 0;
    for (let at = from; at < length; at++) {
      const character = text[at];
      if (character === '\\') at++;
      else if (character === '(') depth++;
      else if (character === ')' && --depth === 0) return at + 1;
    }
    return length;
  }
  if (first === '<' && text[from + 1] !== '<') return text.indexOf('>', from) + 1 || length;
  if (first === '[' || first === '<') {
    const close = first === '[' ? ']' : '>>';
    let at = from + close.length;
    for (;;) {
      at = skipWhite(text, at);
      if (at >= length) return length;
      if (text.startsWith(close, at)) return at + close.length;
      at = tokenEnd(text, at);
    }
  }
  if (first === '>' && text[from + 1] === '>') return from + 2;
  let at = from + 1;
  if (first !== '/' && KIND[text.charCodeAt(from)] === DELIMITER) return at;
  while (at < length && KIND[text.charCodeAt(at)] === 0) at++;
  return at;
}

function skipWhite(text: string, from: number): number {
  let at = from;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 37) while (at < text.length && text[at] !== '\n' && text[at] !== '\r') at++;
    else if (KIND[code] === WHITE) at++;
    else break;
  }
  return at;
}

/** The end of an inline picture whose `BI` ends at `from`. */
function inlinePictureEnd(text: string, from: number): number {
  const data = /\bID\s/g;
  data.lastIndex = from;
  data.exec(text);
  const end = /\sEI(?=\s|$)/g;
  end.lastIndex = data.lastIndex || from;
  return end.exec(text) ? end.lastIndex : text.length;
}

/** Calls `visit` for each of the `wanted` operators, in order; one that reads on by itself says how far by moving `end`. */
export function operations(text: string, wanted: ReadonlySet<string>, visit: (found: Operation) => void): void {
  const operands: number[] = [];
  let at = skipWhite(text, 0);
  while (at < text.length) {
    const start = at;
    const code = text.charCodeAt(at);
    let end = tokenEnd(text, at);
    const letter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122) || code === 39 || code === 34;
    const operator = letter ? text.slice(start, end) : '';
    if (!letter || operator === 'true' || operator === 'false' || operator === 'null') operands.push(start, end);
    else {
      if (operator === 'BI') end = inlinePictureEnd(text, end);
      if (wanted.has(operator)) {
        const given: string[] = [];
        for (let index = 0; index < operands.length; index += 2) {
          given.push(text.slice(operands[index], operands[index + 1]));
        }
        const found = { operator, operands: given, start: operands[0] ?? start, end };
        visit(found);
        end = found.end;
      }
      operands.length = 0;
    }
    at = skipWhite(text, end);
  }
}

/** The text with each wanted operation replaced by what `edit` gives; where it gives nothing, left as it was. */
export function rewrite(
  text: string,
  wanted: ReadonlySet<string>,
  edit: (found: Operation) => string | undefined,
): string {
  const pieces: string[] = [];
  let last = 0;
  operations(text, wanted, (found) => {
    const replacement = edit(found);
    if (replacement === undefined) return;
    pieces.push(text.slice(last, found.start), replacement);
    last = found.end;
  });
  return last === 0 ? text : pieces.join('') + text.slice(last);
}

/** A number as PDF writes it: at most `places` decimals, no exponent, no needless zero. */
export function num(value: number, places = 5): string {
  const fixed = value.toFixed(places);
  const short = fixed.includes('.') ? fixed.replace(/\.?0+$/, '') : fixed;
  return short === '-0' ? '0' : short.replace(/^(-?)0\./, '$1.');
}

/** Several numbers, a space between. */
export function nums(values: readonly number[]): string {
  return values.map((value) => num(value)).join(' ');
}
