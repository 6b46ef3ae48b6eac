// Characters that nobody can print or see: what they are called in a message, and how a message shows them.

/** Control characters, lone surrogates and non-characters: no ebook may hold them (XML 1.0, §2.2). */
export const UNPRINTABLE = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|\p{Cs}/u;

const NAMES: Readonly<Record<number, string>> = {
  0: 'NUL',
  8: 'backspace',
  11: 'vertical tab',
  12: 'form feed',
  27: 'escape',
  127: 'delete',
};

/** `U+000A` */
export const codeOf = (sign: string): string => `U+${sign.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;

interface Stray {
  /** `half a character, U+D83D` */
  readonly called: string;
  /** The same, as a message begins with it. */
  readonly reason: string;
  readonly note: string;
}

/** What the first of these characters is, and what to do about it in a text. */
export function unprintable(signs: string): Stray {
  const code = codeOf(signs);
  if (/^\p{Cs}/u.test(signs))
    return stray(`half a character, ${code}`, 'Type the character again: its other half was lost.');
  if (/^[\ufffe\uffff]/.test(signs))
    return stray(
      `a code that stands for no character, ${code}`,
      'Delete it: a program has left it that took the file for another kind of text.',
    );
  const name = NAMES[signs.codePointAt(0)!];
  return stray(
    `a control character, ${code}${name ? ` (${name})` : ''}`,
    'Delete it: it cannot be seen in most editors, but the cursor stops there once more.',
  );
}

const stray = (called: string, note: string): Stray => ({
  ...{ called, note },
  reason: called.replace(/^./, (first) => first.toUpperCase()),
});

/** What steers programs, or turns the text around it; not what joins and parts letters, which words may need. */
const STEERS = /(?!\u200c|\u200d)[\p{C}\u2028\u2029]/gu;

/** The text with `<U+000A>` for whatever would break a message's line, or change what it looks like. */
export const plainly = (text: string): string => text.replace(STEERS, (sign) => `<${codeOf(sign)}>`);
