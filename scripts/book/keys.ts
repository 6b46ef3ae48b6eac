// Where the keys of book.yaml stand: takes a key and where it was written; gives what can stand there, and where it should.
import { printerSchema } from './printer.ts';
import { bookSchema, editionSchema, pamphletSchema, pressSchema, zineSchema } from './schema.ts';
import type { Path } from './yaml.ts';

const LEVELS = {
  book: Object.keys(bookSchema.shape),
  edition: Object.keys(editionSchema.shape),
  pamphlet: Object.keys(pamphletSchema.shape),
  zine: Object.keys(zineSchema.shape),
  press: Object.keys(pressSchema.shape),
  printer: Object.keys(printerSchema.shape),
  author: ['name', 'fileAs', 'role'],
  series: ['name', 'position'],
  cover: ['image', 'alt'],
} as const satisfies Record<string, readonly string[]>;

const SETTINGS = { pamphlet: pamphletSchema, zine: zineSchema, press: pressSchema, printer: printerSchema } as const;

const settingsNamed = (key: string) =>
  Object.hasOwn(SETTINGS, key) ? Object.entries(SETTINGS[key as keyof typeof SETTINGS].shape) : [];

/** What an author writes for the settings at the path, `margin: 5mm`; for a text in place of a block, the setting that it suits. */
export function exampleAt(path: Path, value: unknown): string | undefined {
  const [block = '', key] = (path[0] === 'editions' ? path.slice(2) : path).map(String);
  if (key === undefined && typeof value === 'string' && !/^(?:true|false|none)$/i.test(value)) {
    const suited = settingsNamed(block).find(([, schema]) => schema.safeParse(value).success);
    return suited && `${block}: {${suited[0]}: ${value}}`;
  }
  const schema = settingsNamed(block).find(([name]) => name === key)?.[1];
  const only = Array.isArray(value) && value.length === 1 && schema?.safeParse(value[0]).success ? value[0] : undefined;
  const example = only ?? schema?.meta()?.examples?.[0];
  return example === undefined ? undefined : `${key}: ${example}`;
}

/** The keys of all levels that `homeOf` can place. */
export const EVERY_KEY: readonly string[] = [
  ...LEVELS.book,
  ...LEVELS.edition,
  ...LEVELS.pamphlet,
  ...LEVELS.zine,
  ...LEVELS.press,
  ...LEVELS.printer,
];

/** The keys that can stand in the mapping at the path. */
export function keysAt(path: Path): readonly string[] {
  const level = path.length === 2 && path[0] === 'editions' ? 'edition' : path[path[0] === 'editions' ? 2 : 0];
  if (level === 'authors') return LEVELS.author;
  return Object.hasOwn(LEVELS, level ?? '') ? LEVELS[level as keyof typeof LEVELS] : LEVELS.book;
}

/** What authors call a thing that has another name here, or stands elsewhere. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  isbn: 'identifier',
  id: 'identifier',
  lang: 'language',
  file: 'manuscript',
  files: 'manuscript',
  chapters: 'manuscript',
  formats: 'outputs',
  licence: 'rights',
  license: 'rights',
  copyright: 'rights',
  tags: 'subjects',
  keywords: 'subjects',
  colour: 'spot',
  color: 'spot',
  edition: 'printing',
  website: 'url',
  summary: 'description',
  year: 'date',
  papers: 'paper',
  format: 'trim',
};

/** People that authors give a key of their own. */
const PEOPLE: Readonly<Record<string, string>> = {
  contributor: 'ctb',
  contributors: 'ctb',
  editor: 'edt',
  illustrator: 'ill',
  photographer: 'pht',
  translator: 'trl',
};

/** Where the key could stand, given that it cannot stand at the path: a sentence, or undefined. */
export function homeOf(key: string, path: Path): string | undefined {
  const other = Object.hasOwn(OTHER_NAMES, key) ? OTHER_NAMES[key] : undefined;
  if (other && keysAt(path).includes(other)) return `It is called \`${other}\` here.`;
  if (path.length === 0 && Object.hasOwn(PEOPLE, key))
    return `It is one of the \`authors\`: \`{name: …, role: ${PEOPLE[key]}}\`.`;
  if (LEVELS.pamphlet.includes(key)) return `\`${key}\` belongs under \`pamphlet:\`.`;
  if (LEVELS.zine.includes(key) && !LEVELS.edition.includes(key)) return `\`${key}\` belongs under \`zine:\`.`;
  if (LEVELS.press.includes(key)) return `\`${key}\` belongs under \`press:\`.`;
  if (LEVELS.printer.includes(key)) return `\`${key}\` belongs under \`printer:\`.`;
  if (LEVELS.edition.includes(key)) return `\`${key}\` belongs to an edition, under \`editions:\`.`;
  if (LEVELS.book.includes(key)) return `\`${key}\` belongs at the top of the file.`;
  return undefined;
}
