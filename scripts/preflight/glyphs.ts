// Characters that no font has: those of one script, or of one package that is made for them, in one message. Takes the
// characters and the files that they come from; gives messages at the first of them, which are also on the files.
import type { VFile } from 'vfile';
import type { VFileMessage } from 'vfile-message';
import { codeOf, UNPRINTABLE } from '../book/unprintable.ts';
import { labelsFor } from '../edition/labels.ts';
import { placesOf, sourceOf } from './finding.ts';

export interface Missing {
  readonly character: string;
  /** That is made for such, and not installed. */
  readonly package?: string;
}

/** Where the book says its language: its own words (contents, notes, colophon) come from there. */
export interface Said {
  readonly file: VFile;
  readonly language: string;
  readonly place: { readonly line: number; readonly column: number };
}

const SCRIPTS = new Map(
  `Thai Lao Khmer Myanmar Tibetan Devanagari Bengali Gurmukhi Gujarati Oriya Tamil Telugu Kannada Malayalam Sinhala Georgian
  Armenian Ethiopic Mongolian Syriac Thaana Cherokee Javanese Balinese Hangul Hiragana Katakana Han Arabic Hebrew Cyrillic Greek
  Latin`
    .split(/\s+/)
    .map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')]),
);
const scriptOf = (character: string): string | undefined =>
  [...SCRIPTS].find(([, letters]) => letters.test(character))?.[0];

const LISTED = 5;

/** `files`: in the order in which a character is looked for. What is in none of them is a word of ours. */
export function missingGlyphs(missing: readonly Missing[], files: readonly VFile[], said: Said): VFileMessage[] {
  const groups = new Map<string, Found[]>();
  for (const one of missing) {
    // What is no character has its own message.
    if (UNPRINTABLE.test(one.character)) continue;
    const key = one.package ?? scriptOf(one.character) ?? one.character;
    groups.set(key, [...(groups.get(key) ?? []), found(one, files)]);
  }
  return [...groups.values()].map((group) => {
    const typed = group.filter(({ file }) => file < files.length);
    const all = (typed.length > 0 ? typed : group).sort((a, b) => a.file - b.file || a.offset - b.offset);
    const [first] = all;
    const file = files[first!.file];
    const place = file ? placesOf(file)(first!.offset) : said.place;
    const reason = file
      ? `No font has ${inWords(all)}`
      : `No font has ${inWords(all)} of the words that Pamphleteer adds to a book in ${nameOf(said.language)}, like “${labelsFor(said.language).contents}”`;
    const message = (file ?? said.file).message(reason, {
      place: { line: place.line, column: place.column },
      ruleId: 'missing-glyph',
      source: 'pamphleteer',
    });
    const otherwise = file
      ? 'Write it another way, or leave it out'
      : 'A book in this language cannot be set without a font for its own words';
    const note = first!.package ? `Run \`npm install ${first!.package}\`, and build again` : otherwise;
    return Object.assign(message, { fatal: true, note });
  });
}

/** `Japanese` */
const nameOf = (language: string): string => new Intl.DisplayNames('en', { type: 'language' }).of(language) ?? language;

interface Found extends Missing {
  /** Index and offset; the number of files where none has it. */
  readonly file: number;
  readonly offset: number;
}

function found(one: Missing, files: readonly VFile[]): Found {
  const at = files.findIndex((file) => sourceOf(file).includes(one.character));
  const file = files[at];
  return { ...one, file: file ? at : files.length, offset: file ? sourceOf(file).indexOf(one.character) : 0 };
}

function inWords(all: readonly Found[]): string {
  const [first, ...others] = all;
  if (others.length === 0) return `the character \`${first!.character}\` (${codeOf(first!.character)})`;
  const more = all.length - LISTED;
  // A mark that stands above or below a letter is shown with a sign for that.
  const shown = all.slice(0, LISTED).map(({ character }) => `\`${/\p{M}/u.test(character) ? '◌' : ''}${character}\``);
  const end = more > 0 ? ` and ${more} more` : '';
  const scripts = new Set(all.map(({ character }) => scriptOf(character)));
  const [script] = scripts.size === 1 ? scripts : [];
  return `the ${script ? `${script} ` : ''}characters ${shown.join(', ')}${end}`;
}
