// Single values of book.yaml: each reader takes the text as the author typed it and gives the value, or what is wrong with it.
import type { Paper } from './config.ts';
import { isbnChecks, UUID } from './identifier.ts';
import { canonicalLanguage, faultOfLanguage } from './language.ts';
import { MM, PAPERS, parseLength, parseSize } from './measure.ts';
import { slugOf } from './names.ts';
import { RELATORS } from './relators.ts';
import { listed, named, nearest, shown } from './suggest.ts';
import { UNPRINTABLE, unprintable } from './unprintable.ts';

/** What is wrong, as a message says it, and what to do about it. */
export interface Fault {
  readonly ruleId: string;
  readonly reason: string;
  readonly note: string;
}

export type Reading<T> = { readonly value: T } | { readonly fault: Fault };
export type Reader<T> = (text: string) => Reading<T>;

const good = <T>(value: T): Reading<T> => ({ value });
const bad = (ruleId: string, reason: string, note: string): Reading<never> => ({ fault: { ruleId, reason, note } });

/** A text of one line; breaks and runs of spaces become one space. */
export const readLine: Reader<string> = (text) => {
  const prose = readProse(text);
  return 'fault' in prose ? prose : good(prose.value.replace(/\s+/g, ' '));
};

/** A text whose line breaks count. */
export const readProse: Reader<string> = (text) => {
  const sign = UNPRINTABLE.exec(text)?.[0];
  return sign
    ? bad('control-character', `${shown(text)} holds ${unprintable(sign).called}`, 'Take it out: no book can print it.')
    : good(text.replace(/\r\n?/g, '\n').trim());
};

export const readFlag: Reader<boolean> = (text) =>
  /^(?:true|false)$/i.test(text)
    ? good(text.toLowerCase() === 'true')
    : bad('unknown-value', `${shown(text)} is neither \`true\` nor \`false\``, 'Write `true` or `false`.');

/** One of the words; the fault names the nearest, or all of them. */
export function oneOf<W extends string>(words: readonly W[]): Reader<W> {
  return (text) => {
    const word = words.find((candidate) => candidate === text.trim());
    if (word !== undefined) return good(word);
    const near = nearest(text, words);
    const note = near
      ? `Did you mean \`${near}\`?`
      : `${words.length > 1 ? 'One of' : 'Only'} ${listed(words, 'or')} can stand here.`;
    return bad('unknown-value', `${shown(text)} is not known here`, note);
  };
}

/** A length in points, from `least` to `most` (both written as the author would). */
export function lengthFrom(least: string, most: string): Reader<number> {
  return (text) => {
    const points = text.trim() === '0' ? 0 : parseLength(text);
    const fits = (length: number): boolean =>
      length >= parseLength(least)! - 0.001 && length <= parseLength(most)! + 0.001;
    const range = `From \`${least}\` to \`${most}\` will do.`;
    if (points === undefined) {
      const works = (written: string): boolean => fits(parseLength(written) ?? Number.NaN);
      return bad('bad-length', `${shown(text)} is no length`, hintForLength(text, works, range));
    }
    const size = points > parseLength(least)! ? 'large' : 'small';
    return fits(points) ? good(points) : bad('out-of-range', `${shown(text)} is too ${size}`, range);
  };
}

/** `works`: whether a length may be so; where nothing that was meant can be, the hint is the range. */
function hintForLength(text: string, works: (written: string) => boolean, range: string): string {
  const [, sign, number, unit] = /^\s*([-+]?)(\d+(?:[.,]\d+)?|\.\d+)\s*([a-z"']*)\s*$/i.exec(text) ?? [];
  if (number === undefined) return 'A length is a number and its unit: `12mm`, `0.5in`, `9pt`.';
  if (sign === '-') return `A length cannot be negative. ${range}`;
  const plain = number.replace(',', '.');
  if (!unit) {
    const lengths = ['mm', 'pt', 'in'].map((one) => `${plain}${one}`).filter(works);
    return lengths.length > 0 ? `Say the unit, for example ${listed(lengths.slice(0, 2), 'or')}.` : range;
  }
  if (!number.includes(',')) return 'The units are `mm`, `cm`, `in`, `pt` and `px`.';
  return works(`${plain}${unit}`) ? `Write the decimal comma as a point: \`${plain}${unit}\`.` : range;
}

/** A paper, turned upright; each side from `least` to `most` mm. */
function paperBetween(least: number, most: number): Reader<Paper> {
  return (text) => {
    const name = text.trim().toLowerCase();
    const named = Object.hasOwn(PAPERS, name);
    const size = named ? PAPERS[name] : /[x×]/.test(name) ? parseSize(name) : undefined;
    const isBeyond = (side: number): boolean => side / MM < least - 0.001 || side / MM > most + 0.001;
    if (!size) {
      const works = (written: string): boolean => {
        const found = parseSize(written);
        return found !== undefined && !isBeyond(found.width) && !isBeyond(found.height);
      };
      return bad('unknown-paper', `${shown(text)} is no paper that I know`, hintForPaper(name, works));
    }
    const sides = [size.width, size.height].map((side) => side / MM);
    if ([size.width, size.height].some(isBeyond)) {
      return bad(
        'out-of-range',
        `${shown(text)} is too ${Math.max(...sides) > most ? 'large' : 'small'}`,
        `A side can be from \`${least}mm\` to \`${most}mm\` long.`,
      );
    }
    if (named) return good({ name, size });
    const parts = name.split(/\s*[x×]\s*/).map((part) => part.replace(/\s+/g, ''));
    const upright = size.width <= size.height;
    const turned = upright ? size : { width: size.height, height: size.width };
    const known = Object.keys(PAPERS).find((key) => sameSize(PAPERS[key]!, turned));
    return good({ name: known ?? (upright ? parts : parts.reverse()).join('-x-'), size: turned });
  };
}

const sameSize = (a: Paper['size'], b: Paper['size']): boolean =>
  Math.abs(a.width - b.width) < 0.05 && Math.abs(a.height - b.height) < 0.05;

const SIDES = /^(\d+(?:[.,]\d+)?)\s*(mm|cm|in|pt)?\s*[x×*]\s*(\d+(?:[.,]\d+)?)\s*(mm|cm|in|pt)?$/;

function hintForPaper(name: string, works: (written: string) => boolean): string {
  const [, width, one, height, other] = SIDES.exec(name)?.map((part) => part?.replace(',', '.')) ?? [];
  const whole = [one ?? other ?? 'mm', 'in', 'pt'].map((unit) => `${width}${one ?? unit} x ${height}${other ?? unit}`);
  const meant = whole.find(works);
  if (meant) return `Say the unit of both sides: \`${meant}\`.`;
  const near = name.length > 2 ? nearest(name, Object.keys(PAPERS)) : undefined;
  if (near) return `Did you mean \`${near}\`?`;
  return `Known are ${listed(Object.keys(PAPERS))}; any other is written \`148mm x 210mm\`.`;
}

export const readPaper: Reader<Paper> = paperBetween(60, 1200);

/** A page's size: it must be written upright, since a page that is silently turned is a wrong page. */
export const readTrim: Reader<Paper> = (text) => {
  const reading = paperBetween(60, 300)(text);
  const typed = parseSize(text);
  if ('fault' in reading || !typed || typed.width <= typed.height) return reading;
  const upright = text
    .trim()
    .split(/\s*[x×]\s*/)
    .reverse()
    .join(' x ');
  return bad('lying-trim', `${shown(text)} is wider than tall`, `Pages stand upright here: \`${upright}\`.`);
};

/** A language tag in its canonical form (BCP 47). */
export const readLanguage: Reader<string> = (text) => {
  const tag = text.trim();
  const fault = faultOfLanguage(tag);
  return fault && !fault.advice ? bad('bad-language', fault.reason, fault.note) : good(canonicalLanguage(tag) ?? tag);
};

/** `2026`, `2026-06` or `2026-06-01`, a day that exists. */
export const readDate: Reader<string> = (text) => {
  const date = text.trim();
  const [, year, month, day] = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(date) ?? [];
  if (year === undefined)
    return bad('bad-date', `${shown(text)} is no date`, 'Write `2026`, `2026-06` or `2026-06-01`.');
  const last = new Date(Date.UTC(Number(year), Number(month ?? 1), 0)).getUTCDate();
  const exists =
    Number(month ?? 1) >= 1 && Number(month ?? 1) <= 12 && Number(day ?? 1) >= 1 && Number(day ?? 1) <= last;
  return exists
    ? good(date)
    : bad('bad-date', `${shown(text)} is not in the calendar`, 'Dates run year-month-day: `2026-06-01`.');
};

/** `#rrggbb`, lower-case; `#rgb` and a missing `#` are understood. */
export const readColour: Reader<string> = (text) => {
  const [, digits] = /^\s*#?([0-9a-f]{6}|[0-9a-f]{3})\s*$/i.exec(text) ?? [];
  if (!digits)
    return bad('bad-colour', `${shown(text)} is no colour`, 'Write six hexadecimal digits in quotes: `"#d62718"`.');
  const six = digits.length === 3 ? [...digits].map((digit) => digit + digit).join('') : digits;
  return good(`#${six.toLowerCase()}`);
};

/** An http(s) address, as typed. */
export const readAddress: Reader<string> = (text) => {
  const address = text.trim();
  const web = /^https?:\/\/[^\s<>"{}|\\^`]+$/i.test(address) && URL.canParse(address);
  if (web) return good(address);
  const whole = /^[\w-]+(\.[\w-]+)+([/?#]\S*)?$/.test(address);
  return bad(
    'bad-url',
    `${shown(text)} is no web address`,
    whole ? `Write it whole: \`https://${address}\`.` : 'It must begin with `https://` or `http://`.',
  );
};

/** Any identifier, as typed; what looks like an ISBN must have a right check digit. */
export const readIdentifier: Reader<string> = (text) => {
  const line = readLine(text);
  if ('fault' in line) return line;
  if (/^(?:urn:)?uuid:/i.test(line.value) && !UUID.test(line.value))
    return bad(
      'bad-uuid',
      `${shown(text)} is no UUID`,
      'It has 32 hexadecimal digits: `urn:uuid:2ed6657d-e927-568b-95e1-2665a8aea6a2`.',
    );
  const named = /^(?:urn:isbn:|isbn(?:-1[03])?[:\s]*)/i.exec(line.value)?.[0] ?? '';
  const rest = line.value.slice(named.length);
  const digits = rest.replace(/[-‐‑–\s]/g, '').toUpperCase();
  const looksLike = /^97[89]\d{10}$/.test(digits) || (/^\d{9}[\dX]$/.test(digits) && /[-X]/i.test(rest));
  if (!named && !looksLike) return line;
  if (isbnChecks(digits)) return line;
  const right = /^(?:\d{13}|\d{9}[\dX])$/.test(digits);
  return right
    ? bad(
        'bad-isbn',
        `${shown(text)} has a wrong check digit`,
        'Compare it with the number that you were given: a digit is wrong or two are swapped.',
      )
    : bad('bad-isbn', `${shown(text)} is no ISBN`, 'An ISBN has 13 digits (older ones 10); hyphens do not matter.');
};

/** A file inside the book's folder: relative, forward slashes, without `.` and `..`. */
const pathLike =
  (example: string): Reader<string> =>
  (text) => {
    const line = readLine(text);
    if ('fault' in line) return line;
    const path = line.value;
    const inside = `Files must lie in the book’s folder; write the path from there: \`${example}\`.`;
    if (/^[a-z][a-z0-9+.-]+:/i.test(path))
      return bad(
        'bad-path',
        `${named(path)} is an address, not a file`,
        'Save the file in the book’s folder and name it here.',
      );
    if (/^(?:\/|\\|~|[a-z]:)/i.test(path))
      return bad('bad-path', `${named(path)} is not a path inside the book’s folder`, inside);
    if (path.includes('\\'))
      return bad(
        'bad-path',
        `${named(path)} has backslashes`,
        `Write forward slashes: ${named(path.replaceAll('\\', '/'))}.`,
      );
    const steps: string[] = [];
    for (const step of path.split('/')) {
      if (step === '..' && steps.pop() === undefined)
        return bad('bad-path', `${named(path)} leads out of the book’s folder`, inside);
      if (step !== '' && step !== '.' && step !== '..') steps.push(step);
    }
    const folder = steps.length === 0 || path.endsWith('/');
    return folder
      ? bad('bad-path', `${named(path)} is a folder, not a file`, `Name the file: \`${example}\`.`)
      : good(steps.join('/'));
  };

export const readPath = pathLike('manuscripts/long.md');
export const readProfilePath = pathLike('profiles/printer.icc');
const readPicturePath = pathLike('pictures/cover.jpg');

const PICTURES = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg'];

export const readPicture: Reader<string> = (text) => {
  const path = readPicturePath(text);
  if ('fault' in path || PICTURES.includes(/\.([^./]*)$/.exec(path.value)?.[1]?.toLowerCase() ?? '')) return path;
  return bad(
    'bad-picture',
    `${shown(text)} is no picture that every reader shows`,
    `Pictures end in ${listed(
      PICTURES.map((end) => `.${end}`),
      'or',
    )}.`,
  );
};

/** A MARC relator code; who writes the word in its place is told the code. */
export const readRole: Reader<string> = (text) => {
  const role = text.trim();
  if (RELATORS.has(role)) return good(role);
  const codes = new Map([...RELATORS].map(([code, term]) => [term, code]));
  const word = role.toLowerCase();
  const near = RELATORS.has(word) ? word : codes.get(nearest(word, codes.keys()) ?? '');
  const note = near
    ? `Write \`${near}\`: ${RELATORS.get(near)}.`
    : 'Three letters (MARC relators): `aut` author, `edt` editor, `trl` translator, `ill` illustrator.';
  return bad('bad-role', `${shown(text)} is no role`, note);
};

/** A place in a series. */
export const readPosition: Reader<number> = (text) =>
  /^\d{1,6}(?:\.\d{1,3})?$/.test(text.trim())
    ? good(Number(text))
    : bad('bad-number', `${shown(text)} is no number`, 'Write `1`, `2`, or `2.5` for what stands between.');

/** Part of a file's name. */
export const readSlug: Reader<string> = (text) =>
  /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && text.length <= 60
    ? good(text)
    : bad(
        'bad-name',
        `${shown(text)} cannot begin a file’s name`,
        'Use small letters a to z, digits and single hyphens, 60 at most: `whose-machines`.',
      );

/** An edition's name; one that would give two files the same name is refused. */
export const readEditionName: Reader<string> = (text) => {
  const [, clash] = /-(press|booklet|sheet)(?:-|$)/.exec(text) ?? [];
  if (!/^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) || text.length > 40) {
    const plain = slugOf(text);
    const note = `Use small letters a to z, digits and single hyphens${plain !== 'book' && plain.length <= 40 ? `: \`${plain}\`` : ''}. How readers know the edition is said by \`label\`.`;
    return bad('bad-name', `${shown(text)} cannot be an edition’s name`, note);
  }
  return clash
    ? bad('bad-name', `${shown(text)} cannot be an edition’s name`, `File names keep \`-${clash}\` for themselves.`)
    : good(text);
};
