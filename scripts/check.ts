// check: the book read whole, with everything that can be known to be wrong before any of it is set.
import { VFile } from 'vfile';
import type { VFileMessage } from 'vfile-message';
import { type BookConfig, type ConfigReading, type EditionConfig, readConfig } from './book/config.ts';
import {
  forEdition,
  type Manuscript,
  type ManuscriptFile,
  type PictureReference,
  pictureReferences,
  readManuscript,
} from './book/manuscript.ts';
import { named } from './book/suggest.ts';
import { plainly } from './book/unprintable.ts';
import type { Path } from './book/yaml.ts';
import { compose, pictureKey } from './edition/compose.ts';
import type { Edition, Picture } from './edition/edition.ts';
import { matterFields } from './edition/matter.ts';
import type { Library, Refusal } from './io/library.ts';
import { openTypecase, type Typecase } from './io/typecase.ts';
import { missingGlyphs, type Said } from './preflight/glyphs.ts';
import { checkPanels } from './preflight/panels.ts';
import { judgeProfile } from './preflight/profile.ts';
import {
  checkManuscript,
  coverAdvice,
  descriptionAdvice,
  guard,
  pictureAdvice,
  pictureProblem,
  titleAdvice,
  told,
  unusedAdvice,
} from './preflight/rules.ts';
import { checkSheets } from './preflight/sheets.ts';
import { checkTargets } from './preflight/targets.ts';
import type { Profile } from './print/icc.ts';
import { isCover } from './typeset/cover.ts';

export interface Reading {
  readonly book?: BookConfig;
  /** Of the editions asked for, in the order of book.yaml; complete only where no message is fatal. */
  readonly editions: readonly Edition[];
  /** Every manuscript that was read, by its path in book.yaml. */
  readonly files?: ReadonlyMap<string, ManuscriptFile>;
  readonly cover?: Picture;
  /** Where book.yaml names it. */
  readonly coverAt?: { readonly file: string; readonly line: number; readonly column: number };
  readonly typecase?: Typecase;
  /** The message about a picture, by its path, that turned out to be damaged when it was to be shown. */
  readonly damaged?: (path: string) => VFileMessage;
  /** Of the presses that the editions go to, by their paths in book.yaml. */
  readonly profiles?: ReadonlyMap<string, Profile>;
  readonly messages: readonly VFileMessage[];
}

const isRefusal = (value: VFile | Picture | Refusal): value is Refusal => 'refused' in value;

/** An edition that the book has not is a message too. */
export async function readBook(library: Library, wanted: readonly string[]): Promise<Reading> {
  const file = await library.config();
  if (isRefusal(file)) return { editions: [], messages: [noBook(library.folder, file)] };
  const reading = readConfig(file);
  const book = reading.config;
  if (!book) return { editions: [], messages: reading.messages };
  const messages: VFileMessage[] = [...reading.messages];
  const tell: Tell = (path, reason, ruleId, note, fatal = true) => {
    const message = file.message(reason, { place: reading.places([...path]), ruleId, source: 'book' });
    messages.push(Object.assign(message, { note, fatal }));
  };
  for (const name of wanted)
    if (!book.editions.some((edition) => edition.name === name))
      tell(['editions'], `No edition is called ${named(name)}`, 'unknown-edition', `The book has: ${names(book)}`);
  const chosen = book.editions.filter(({ name }) => wanted.length === 0 || wanted.includes(name));

  const files = await readFiles(library, chosen, tell);
  const editions: Edition[] = [];
  const shown = new Map<string, PictureReference>();
  for (const config of chosen) {
    const own = config.manuscript.flatMap((path) => files.get(path) ?? []);
    if (own.length < config.manuscript.length) continue;
    const found = checkManuscript({ files: own }, book);
    messages.push(...found);
    // What is known to be broken may not even have the shape that the next stage counts on.
    if (found.some(({ fatal }) => fatal !== false)) continue;
    const manuscript = forEdition({ files: own }, config.name);
    const pictures = await readPictures(library, manuscript, config, messages, shown);
    const edition = compose(manuscript, book, config, pictures);
    editions.push(edition);
    messages.push(...[titleAdvice(manuscript, edition)].filter((advice) => advice !== undefined));
    if (edition.words === 0)
      tell(
        ['editions', config.name],
        `The edition \`${config.name}\` has no words`,
        'empty-edition',
        'A title alone makes no book: write something below it',
      );
    if (config.outputs.includes('zine'))
      for (const { path, reason, note } of checkPanels(edition))
        tell(['editions', edition.config.name, ...path], reason, 'zine-panels', note);
    for (const { key, reason, ruleId, note, fatal } of checkTargets(edition))
      tell(['editions', config.name, key], reason, ruleId, note, fatal);
  }
  for (const config of chosen)
    for (const { path, reason, ruleId, note, advice = false } of checkSheets(config)) {
      const own = ['editions', config.name, path[0]];
      // Where the papers are the book's own, the edition does not say them.
      const stands = reading.places(own).line !== reading.places(own.slice(0, 2)).line;
      tell(stands ? ['editions', config.name, ...path] : path, reason, ruleId, note, !advice);
    }
  const profiles = await readProfiles(library, chosen, tell, reading.places);
  const cover = book.cover ? await library.picture('book.yaml', book.cover.image, 'cover') : undefined;
  if (cover && isRefusal(cover)) tell(['cover'], `The cover picture ${WORDS[cover.refused]}`, 'cover', hint(cover));
  else if (cover)
    for (const { reason, ruleId, note, fatal } of coverAdvice(cover, book.cover!.image, chosen))
      tell(['cover'], reason, ruleId, note, fatal ?? false);
  // What is not written has the place of what is above it.
  const isWritten = (path: Path): boolean =>
    JSON.stringify(reading.places(path)) !== JSON.stringify(reading.places(path.slice(0, -1)));
  for (const { path, reason, ruleId, note } of [
    ...descriptionAdvice(book, isWritten),
    ...unusedAdvice(book, isWritten),
  ])
    tell(path, reason, ruleId, note, false);
  const typecase = await checkGlyphs(
    { chosen, editions, files, ...(cover && !isRefusal(cover) ? { cover } : {}) },
    messages,
    { ...{ file, language: book.language }, place: reading.places(['language']) },
  );
  const found = unique([...messages, ...[...files.values()].flatMap(({ file: { messages: own } }) => own)]);
  return {
    book,
    editions,
    files,
    ...(cover && !isRefusal(cover) ? { cover, coverAt: { file: file.path, ...reading.places(['cover']) } } : {}),
    typecase,
    damaged: (path) => {
      const reference = shown.get(path);
      if (reference) return pictureProblem(reference, 'unreadable', DAMAGED);
      const message = file.message(`The cover picture ${WORDS.unreadable}`, {
        place: reading.places(['cover']),
        ruleId: 'cover',
      });
      return Object.assign(message, { source: 'book', fatal: true, note: `Its trouble: ${DAMAGED}` });
    },
    profiles,
    messages: found,
  };
}

const DAMAGED = 'a part of its data is damaged or missing';

const names = (book: BookConfig): string => book.editions.map(({ name }) => `\`${name}\``).join(', ');

function noBook(folder: string, refusal: Refusal): VFileMessage {
  const message = new VFile({ path: 'book.yaml' }).message(
    refusal.refused === 'missing'
      ? `There is no book.yaml in ${plainly(folder)}`
      : `book.yaml ${WORDS[refusal.refused]}`,
    { ruleId: 'no-book', source: 'book' },
  );
  return Object.assign(message, { fatal: true, note: 'Go to your book’s folder, or name it: `--book FOLDER`' });
}

const WORDS: Readonly<Record<Refusal['refused'], string>> = {
  missing: 'does not exist',
  outside: 'lies outside the book’s folder',
  unreadable: 'cannot be read',
  type: 'is of no type that can be used',
  'too-large': 'is too large',
  unsafe: 'cannot be used',
};
const hint = (refusal: Refusal): string =>
  refusal.detail
    ? [`Its trouble: ${refusal.detail}`, refusal.hint].filter(Boolean).join('. ')
    : 'Paths are relative to the folder of book.yaml';

type Tell = (path: readonly (string | number)[], reason: string, ruleId: string, note: string, fatal?: boolean) => void;

/** Each file of the chosen editions once, by its path in book.yaml. */
async function readFiles(
  library: Library,
  chosen: readonly EditionConfig[],
  tell: Tell,
): Promise<Map<string, ManuscriptFile>> {
  const files = new Map<string, ManuscriptFile>();
  for (const { name, manuscript } of chosen)
    for (const [index, path] of manuscript.entries()) {
      if (files.has(path)) continue;
      const file = await library.manuscript(path);
      if (isRefusal(file)) {
        const listed = ['editions', name, 'manuscript', index];
        tell(listed, `The manuscript ${named(path)} ${WORDS[file.refused]}`, 'manuscript', hint(file));
      } else if (guard(file)) {
        // Decoded once: many ask for it.
        file.value = String(file);
        files.set(path, readManuscript([file]).files[0]!);
      } else files.set(path, { file, root: { type: 'root', children: [] } });
    }
  return files;
}

/** The pictures that an edition shows; what is wrong with one is said where it is named. */
async function readPictures(
  library: Library,
  manuscript: Manuscript,
  config: EditionConfig,
  messages: VFileMessage[],
  shown: Map<string, PictureReference>,
): Promise<Map<string, Picture>> {
  const pictures = new Map<string, Picture>();
  for (const reference of pictureReferences(manuscript)) {
    const { file, node } = reference;
    const key = pictureKey(file.path, node.url);
    // An address on the web is told by its own rule.
    if (pictures.has(key) || /^[a-z][a-z0-9+.-]*:|^\/\//i.test(node.url)) continue;
    const picture = await library.picture(file.path, node.url, `picture-${pictures.size + 1}`);
    if (isRefusal(picture)) messages.push(pictureProblem(reference, picture.refused, picture.detail, picture.hint));
    else {
      pictures.set(key, picture);
      if (!shown.has(picture.path)) shown.set(picture.path, reference);
      for (const advice of pictureAdvice(picture, node.url, reference.within, config))
        messages.push(told(reference, advice));
    }
  }
  return pictures;
}

/** The profile of each edition's press, and what a press file would lack. */
async function readProfiles(
  library: Library,
  chosen: readonly EditionConfig[],
  tell: Tell,
  places: ConfigReading['places'],
): Promise<Map<string, Profile>> {
  const profiles = new Map<string, Profile>();
  for (const { name, press, outputs } of chosen) {
    if (!outputs.includes('pamphlet')) continue;
    const file =
      press.profile === undefined || press.standard === 'none' ? undefined : await library.file(press.profile);
    const found = judgeProfile(press, file);
    if (found && 'reason' in found) {
      const what = press.profile ? `The profile \`${press.profile}\` ` : '';
      const own = ['editions', name, 'press', press.profile ? 'profile' : 'standard'];
      // Nearest above what is not written is the edition itself.
      const isOwn = JSON.stringify(places(own)) !== JSON.stringify(places(['editions', name]));
      tell(isOwn ? own : own.slice(2), `${what}${found.reason}`, 'press-profile', found.note);
    } else if (found) profiles.set(press.profile!, found);
  }
  return profiles;
}

/** Whether our faces set the edition's text: an ebook may be read in the reader's own. */
const isSet = ({ fonts, outputs }: EditionConfig): boolean =>
  fonts === 'embed' || outputs.some((one) => one !== 'epub');

interface Copy {
  readonly chosen: readonly EditionConfig[];
  readonly editions: readonly Edition[];
  readonly files: ReadonlyMap<string, ManuscriptFile>;
  readonly cover?: Picture;
}

/** Fonts for everything that will be set; what none has is told where it first stands. */
async function checkGlyphs(
  { chosen, editions, files, cover }: Copy,
  messages: VFileMessage[],
  said: Said,
): Promise<Typecase> {
  const wholes = chosen.filter(isSet);
  const paths = new Set(wholes.flatMap(({ manuscript }) => manuscript));
  const sources = [...files].filter(([path, { root }]) => paths.has(path) && root.children.length > 0);
  const matter = editions.flatMap((edition) => {
    const { title, subtitle, authors, issue, rights, ...rest } = matterFields(edition);
    if (isSet(edition.config)) return [title, subtitle, authors, issue, rights, ...Object.values(rest)];
    // The front that is drawn for it.
    return cover && isCover(cover) ? [] : [title, subtitle, authors, issue, rights];
  });
  const texts = sources.map(([, { file }]) => file);
  const all = `${texts.map(String).join('\n')}\n${matter.filter((one) => one !== undefined).join('\n')}`;
  const typecase = await openTypecase(all, said.language, wholes.length > 0);
  messages.push(...missingGlyphs(typecase.missing, [...texts, said.file], said));
  return typecase;
}

function unique(messages: readonly VFileMessage[]): VFileMessage[] {
  const seen = new Map<string, VFileMessage>();
  for (const message of messages)
    seen.set([message.file, message.line, message.column, message.ruleId, message.reason].join('\n'), message);
  return [...seen.values()].sort(
    (a, b) =>
      (a.file ?? '').localeCompare(b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0),
  );
}
