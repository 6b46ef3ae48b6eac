// From what the schema finds to what an author reads: takes its issues and the typed values, gives faults with places;
// and the rules between several keys, which hold even where other keys are wrong.
import type { z } from 'zod';
import { EVERY_KEY, exampleAt, homeOf, keysAt } from './keys.ts';
import { parseLength, pt } from './measure.ts';
import { listed, nearest, shown } from './suggest.ts';
import { type Fault, readEditionName, readPaper } from './values.ts';
import type { Path, Problem, Raw, YamlSource } from './yaml.ts';

type Issue = z.core.$ZodIssue;
export type RawRecord = { readonly [key: string]: Raw };

export const isRecord = (raw: Raw | undefined): raw is RawRecord =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

/** The typed value at the path, where there is one. */
export function at(raw: Raw | undefined, path: Path): Raw | undefined {
  let found = raw;
  for (const step of path) {
    if (typeof found !== 'object' || !Object.hasOwn(found, step)) return undefined;
    found = (found as Record<string | number, Raw>)[step];
  }
  return found;
}

/** The schema's issues in an author's words. */
export function faultsOf(issues: readonly Issue[], raw: Raw, source: YamlSource): Problem[] {
  return issues.flatMap((issue) => faultOf(issue, issue.path as Path, raw, source));
}

/** Whether the branch of a union was meant for another kind of value altogether (a list, and this is a text). */
function isOtherKind(issue: Issue): boolean {
  if (issue.path.length > 0) return false;
  if (issue.code === 'invalid_union') return issue.errors.every((errors) => errors.some(isOtherKind));
  return issue.code === 'invalid_type';
}

function faultOf(issue: Issue, path: Path, raw: Raw, source: YamlSource): Problem[] {
  const value = at(raw, path);
  const tell = (fault: Fault, part: 'key' | 'value' = 'value'): Problem[] => [
    { ...fault, place: source.placeOf(path, part) },
  ];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ ...unknownKey(key, path), place: source.placeOf([...path, key], 'key') }));
  }
  if (issue.code === 'invalid_union') {
    const fits = issue.errors.find((errors) => !errors.some(isOtherKind));
    if (fits) return fits.flatMap((inner) => faultOf(inner, [...path, ...(inner.path as Path)], raw, source));
  }
  if (value === undefined) return tell(missing(path), 'key');
  if (issue.code === 'custom' && issue.params?.ruleId !== 'empty-value') return tell(issue.params as unknown as Fault);
  if (issue.code === 'too_small')
    return tell({
      ruleId: 'empty-value',
      reason: `\`${nameOf(path)}\` is an empty list`,
      note: 'Name at least one, or take the line out.',
    });
  if (typeof value === 'string' && value.trim() === '') return tell(empty(path, source), 'key');
  return tell(wrongType(path, value, [...expected(issue)]));
}

/** What the last step of a path is called in a message. */
const nameOf = (path: Path): string => String(path.findLast((step) => typeof step === 'string') ?? 'book.yaml');

function unknownKey(key: string, path: Path): Fault {
  const known = keysAt(path);
  const near = nearest(key, known);
  const home = homeOf(key, path);
  const far = nearest(key, EVERY_KEY);
  const note =
    (home?.startsWith('It') ? home : undefined) ??
    (near && `Did you mean \`${near}\`?`) ??
    home ??
    (far && `Did you mean \`${far}\`? ${homeOf(far, path)}`) ??
    `Known here are ${listed(known)}.`;
  return { ruleId: 'unknown-key', reason: `Unknown key ${shown(key)}`, note };
}

const EXAMPLES: Readonly<Record<string, string>> = {
  title: 'Write `title: …` at the top.',
  editions: 'Write `editions:`, under it a name such as `long:`, and under that `manuscript: manuscripts/long.md`.',
  manuscript: 'Write `manuscript: manuscripts/long.md`, or a list of paths.',
  author: 'Write `author: Jo Example`; several names go into `authors: [Jo Example, Sam Sample]`.',
  role: 'Write `role: trl`, or several as `role: [trl, ill]`.',
  series: 'Write `series: {name: Small Tracts, position: 3}`.',
  cover: 'Write `cover: pictures/cover.jpg`, or `cover: {image: pictures/cover.jpg, alt: …}`.',
  pamphlet: 'Write its settings under it, indented: `trim: a5`.',
  zine: 'Write its settings under it, indented: `paper: a4`.',
  press: 'Write its settings under it, indented: `ink: black`.',
  printer: 'Write its settings under it, indented: `duplex: manual`.',
};

const exampleFor = (path: Path): string | undefined => {
  if (path.length === 2 && path[0] === 'editions') return EXAMPLES.manuscript;
  const name = nameOf(path) === 'authors' ? 'author' : nameOf(path);
  return Object.hasOwn(EXAMPLES, name) ? EXAMPLES[name] : undefined;
};

function missing(path: Path): Fault {
  const parent = path.slice(0, -1);
  const where = parent.length > 0 ? ` in \`${nameOf(parent)}\`` : '';
  return {
    ruleId: 'missing-key',
    reason: `\`${nameOf(path)}\` is missing${where}`,
    note: exampleFor(path) ?? `Write \`${nameOf(path)}: …\`${where}.`,
  };
}

function empty(path: Path, source: YamlSource): Fault {
  const commented = source.isCommentedOut(path);
  const note = commented
    ? `A \`#\` begins a comment: put the value in quotes.`
    : (exampleFor(path) ?? 'Write a value, or take the line out.');
  return { ruleId: 'empty-value', reason: `\`${nameOf(path)}\` is empty`, note };
}

function expected(issue: Issue): Set<string> {
  const words: Readonly<Record<string, string>> = {
    string: 'text',
    array: 'a list',
    object: 'keys with values',
    record: 'keys with values',
  };
  if (issue.code === 'invalid_union') return new Set(issue.errors.flatMap((errors) => [...expected(errors[0]!)]));
  return new Set(issue.code === 'invalid_type' ? [words[issue.expected] ?? issue.expected] : []);
}

function wrongType(path: Path, value: Raw, wanted: readonly string[]): Fault {
  const seen =
    typeof value === 'string' ? `the text ${shown(value)}` : Array.isArray(value) ? 'a list' : 'keys with values';
  const reason = `\`${nameOf(path)}\` should be ${wanted.join(' or ')}, and is ${seen}`;
  const example = exampleAt(path, value);
  const note = example ? `Write \`${example}\`.` : exampleFor(path);
  return {
    ruleId: 'wrong-type',
    reason,
    note: note ?? 'A text that looks like a list or a key goes in quotes: `"[so]"`, `"and: so"`.',
  };
}

/** Rules between keys: authors, editions' names and outputs, what stands twice in a list, what fits on what. */
export function faultsBetween(raw: Raw, source: YamlSource): Problem[] {
  const problems: Problem[] = [];
  const tell = (path: Path, ruleId: string, reason: string, note: string, part: 'key' | 'value' = 'value'): void => {
    problems.push({ place: source.placeOf(path, part), ruleId, reason, note });
  };
  if (!isRecord(raw)) {
    const empty = raw === '';
    const seen = empty ? 'is empty' : Array.isArray(raw) ? 'is a list' : 'holds a text';
    tell(
      [],
      empty ? 'empty-file' : 'wrong-type',
      `book.yaml ${seen}${empty ? '' : ', and should hold keys with values'}`,
      'It begins with `title: …`.',
    );
    return problems;
  }
  if (raw.author === undefined && raw.authors === undefined)
    tell([], 'missing-key', '`author` is missing', EXAMPLES.author!);
  if (raw.author !== undefined && raw.authors !== undefined) {
    tell(
      ['authors'],
      'two-authors',
      '`author` and `authors` are both given',
      'Keep `authors` alone, with every name in it.',
      'key',
    );
  }
  const editions = raw.editions;
  if (isRecord(editions)) {
    if (Object.keys(editions).length === 0)
      tell(['editions'], 'empty-value', '`editions` is empty', EXAMPLES.editions!, 'key');
    for (const name of Object.keys(editions)) {
      const reading = readEditionName(name);
      if ('fault' in reading) problems.push({ ...reading.fault, place: source.placeOf(['editions', name], 'key') });
    }
  }
  problems.push(...twice(raw, source));
  for (const name of isRecord(editions) ? Object.keys(editions) : []) problems.push(...misfits(raw, name, source));
  return problems;
}

/** Items that stand twice in a list of papers, outputs, manuscripts or subjects. */
function twice(raw: RawRecord, source: YamlSource): Problem[] {
  const names = isRecord(raw.editions) ? Object.keys(raw.editions) : [];
  const paths: Path[] = [['subjects'], ['pamphlet', 'paper'], ['zine', 'paper']];
  for (const name of names) {
    for (const tail of [['manuscript'], ['outputs'], ['pamphlet', 'paper'], ['zine', 'paper']])
      paths.push(['editions', name, ...tail]);
  }
  return paths.flatMap((path) => {
    const seen = new Set<string>();
    const list = at(raw, path);
    return (Array.isArray(list) ? list : []).flatMap((item: Raw, index) => {
      if (typeof item !== 'string' || item === '') return [];
      const paper = path.at(-1) === 'paper' ? readPaper(item) : undefined;
      const key = paper && 'value' in paper ? paper.value.name : item.trim();
      if (!seen.has(key)) {
        seen.add(key);
        return [];
      }
      return [
        {
          place: source.placeOf([...path, index]),
          ruleId: 'duplicate-value',
          reason: `${shown(item)} stands twice in \`${nameOf(path)}\``,
          note: 'Keep one of the two.',
        },
      ];
    });
  });
}

/** Outputs that would overwrite each other, and leading under size. */
function misfits(raw: RawRecord, edition: string, source: YamlSource): Problem[] {
  const problems: Problem[] = [];
  const written = at(raw, ['editions', edition, 'outputs']) ?? ['epub', 'pamphlet'];
  const outputs = (Array.isArray(written) ? written : [written]) as readonly Raw[];
  const tell = (path: Path, ruleId: string, reason: string, note: string): void => {
    problems.push({ place: source.placeOf(path), ruleId, reason, note });
  };
  if (outputs.includes('zine') && (outputs.includes('pamphlet') || outputs.includes('pages'))) {
    tell(
      ['editions', edition, 'outputs'],
      'outputs-clash',
      `\`zine\` and \`${outputs.includes('pamphlet') ? 'pamphlet' : 'pages'}\` would make files of the same name`,
      'Give the zine an edition of its own: under `editions:`, `zine:` with its own manuscript.',
    );
  }
  /** The path where the setting is written (the edition's before the book's), or undefined where the default holds. */
  const pathOf = (key: string): Path | undefined =>
    [
      ['editions', edition, 'pamphlet', key],
      ['pamphlet', key],
    ].find((path) => at(raw, path) !== undefined);
  const typed = (key: string, otherwise: string): string => {
    const path = pathOf(key);
    const value = path ? at(raw, path) : otherwise;
    return typeof value === 'string' ? value : '';
  };
  const size = parseLength(typed('size', '10.5pt'));
  const leading = parseLength(typed('leading', '13.5pt'));
  if (size !== undefined && leading !== undefined && size <= 16 && leading < size - 0.001) {
    const path = pathOf('leading') ?? pathOf('size') ?? [];
    tell(
      path,
      'tight-leading',
      `The leading of \`${pt(leading)}\` is less than the size of \`${pt(size)}\``,
      `Lines would touch: write \`leading: ${pt(Math.round(size * 2.6) / 2)}\` or more.`,
    );
  }
  return problems;
}
