// build: the whole story. A book read, its editions set, bound and imposed, and all of it put up on the shelf together.
import type { VFileMessage } from 'vfile-message';
import { VFileMessage as Message } from 'vfile-message';
import { readBounds } from './book/budget.ts';
import { type Reading, readBook } from './check.ts';
import type { Edition } from './edition/edition.ts';
import { hyphenator } from './edition/hyphenation.ts';
import { labelsFor } from './edition/labels.ts';
import { matterFields } from './edition/matter.ts';
import { fillIn } from './edition/template.ts';
import type { Pressroom } from './io/browser.ts';
import type { Library } from './io/library.ts';
import type { Reporter } from './io/reporter.ts';
import type { Shelf } from './io/shelf.ts';
import type { Typecase } from './io/typecase.ts';
import { coverPicture, type Made, printedOf, publishEbook, publishPages, qrCode } from './outputs.ts';
import type { Trouble } from './preflight/overmatter.ts';
import { placeOfHeading, placesOfPicture } from './preflight/places.ts';
import { oncePerPicture, placed, softPictures } from './preflight/softness.ts';
import { screening } from './print/camera.ts';
import { openProofs, type Proofs } from './proofs.ts';
import { type Manifest, type ManifestFile, pathsOf } from './site/manifest.ts';
import { setCover } from './typeset/cover.ts';
import { fontFaces } from './typeset/fonts.ts';
import type { Matter } from './typeset/gathering.ts';
import { type Ledger, type Memory, madeWith, NO_MEMORY, openLedger } from './typeset/memory.ts';
import { frontMatterOf, type Pamphlet, setPamphlet } from './typeset/pamphlet.ts';
import { unshown } from './typeset/shown.ts';
import type { Stone } from './typeset/stone.ts';
import { webPage } from './webpage.ts';
import { publishZine, zineForms } from './zine.ts';

export { openMemory } from './typeset/memory.ts';

export interface BuildRequest {
  readonly library: Library;
  readonly shelf: Shelf;
  /** The browser, started once, by whoever asks first. */
  readonly pressroom: () => Promise<Pressroom>;
  readonly reporter: Reporter;
  /** Names of editions; none: all of them. */
  readonly editions: readonly string[];
  /** Leaves pictures of all pages, and of zines copied, in the work folder. */
  readonly proofs?: boolean;
  /** Seconds since 1970 for the dates inside files; undefined: the book's own date. */
  readonly epoch: number | undefined;
  /** Of what earlier builds have set. */
  readonly memory?: Memory;
  /** Called as soon as nothing is laid out any more. */
  readonly laidOut?: () => void;
}

export interface Built {
  /** Absent where a message is fatal: then the shelf is as it was. */
  readonly manifest?: Manifest;
  /** Every file on the shelf, in the manifest's order. */
  readonly paths?: readonly string[];
  readonly messages: readonly VFileMessage[];
}

export async function build(request: BuildRequest): Promise<Built> {
  const { library, shelf, reporter } = request;
  const reading = await reporter.step('read', () => readBook(library, request.editions));
  const { book } = reading;
  if (!book || reading.messages.some(({ fatal }) => fatal !== false)) return { messages: reading.messages };
  const bench = await layOut(request, reading);
  const publishing = Promise.all(reading.editions.map((edition) => publish(edition, bench)));
  const [results, damaged] = await Promise.all([publishing, damagedPictures(bench)]);
  const { shown } = bench;
  const proof = async () => shown?.pull(await (await request.pressroom()).stone(shelf.work), bench.css.type, shelf.put);
  if (shown) await reporter.step('proofs', proof);
  request.laidOut?.();
  const troubles = [...damaged, ...results.flatMap((result) => result.troubles)];
  const measured = new Set(results.flatMap((result) => result.measured));
  const messages = oncePerPicture(reading.messages, troubles, measured);
  if (troubles.some(({ fatal }) => fatal)) return { messages };

  const fresh: ManifestFile[] = [];
  for (const { made } of results)
    for (const { name, content, ticket, ...line } of made) {
      fresh.push({ ...line, ...(await shelf.keep(name, content)), ...(ticket ? { ticket: ticket.name } : {}) });
      if (ticket) await shelf.keep(ticket.name, ticket.content);
    }
  const built = new Set(reading.editions.map(({ config }) => config.name));
  const others = new Set(book.editions.map(({ name }) => name).filter((name) => !built.has(name)));
  const standing = shelf.standing?.files ?? [];
  const files = [...fresh, ...standing.filter(({ edition }) => others.has(edition))];
  const order = book.editions.map(({ name }) => name);
  files.sort((a, b) => order.indexOf(a.edition) - order.indexOf(b.edition));
  const manifest: Manifest = { title: book.title, files };
  await shelf.put(LEDGER, bench.ledger.written());
  await shelf.keep('manifest.json', `${JSON.stringify(manifest, undefined, 2)}\n`);
  await shelf.keep('index.html', await webPage({ library, book, typecase: bench.reading.typecase }, manifest));
  const listed = new Set(pathsOf(files));
  await shelf.commit(pathsOf(standing).filter((path) => !listed.has(path)));
  return { manifest, paths: [...listed, 'index.html'], messages };
}

/** What every edition's setting shares. */
interface Bench extends BuildRequest {
  readonly reading: Required<Pick<Reading, 'book' | 'typecase'>> & Reading;
  readonly date: Date;
  readonly css: Readonly<Record<'type' | 'pamphlet' | 'zine' | 'ebook' | 'ticket', string>>;
  readonly qr: string | undefined;
  readonly ledger: Ledger;
  readonly shown: Proofs | undefined;
}

async function layOut(request: BuildRequest, reading: Reading): Promise<Bench> {
  const { library, shelf } = request;
  const book = reading.book!;
  const typecase = reading.typecase as Typecase;
  for (const { face, bytes } of typecase.faces) await shelf.put(`fonts/${face.name}`, bytes);
  for (const { pictures } of reading.editions)
    for (const picture of pictures) await shelf.put(pathOf(picture.path), picture.bytes);
  if (reading.cover) await shelf.put(pathOf(reading.cover.path), reading.cover.bytes);
  const faces = fontFaces(
    typecase.faces.map(({ face }) => face),
    ({ name }) => `fonts/${name}`,
  );
  const shared = await library.template('shared/type.css');
  return {
    ...request,
    reading: { ...reading, book, typecase },
    date: dateOf(request.epoch, book.date),
    css: {
      type: [faces, shared].join('\n'),
      pamphlet: [faces, shared, await library.template('pamphlet/pamphlet.css')].join('\n'),
      zine: [
        ...[faces, shared, await library.template('shared/drawings.css')],
        await library.template('zine/zine.css'),
      ].join('\n'),
      ebook: await library.template('ebook/ebook.css'),
      ticket: [
        ...[faces, shared, await library.template('shared/ticket.css')],
        await library.template('shared/drawings.css'),
      ].join('\n'),
    },
    qr: book.url ? qrCode(book.url) : undefined,
    ledger: openLedger(await shelf.left(LEDGER)),
    shown: request.proofs ? openProofs(book) : undefined,
  };
}

/** Which settings filled which pages, for the next build. */
const LEDGER = 'ledger.json';

const pathOf = (path: string): string => `pictures/${path}`;

/** What only shows when it is decoded: of the other kinds of pictures every byte has been read. */
async function damagedPictures({ reading, shelf, pressroom }: Bench): Promise<VFileMessage[]> {
  const all = [...reading.editions.flatMap(({ pictures }) => pictures), ...(reading.cover ? [reading.cover] : [])];
  const paths = new Set(all.filter(({ mediaType }) => /jpeg|webp/.test(mediaType)).map(({ path }) => path));
  if (paths.size === 0) return [];
  const pictures = [...paths].map((path) => ({ path, src: encodeURI(pathOf(path)) }));
  return (await unshown(pictures, await (await pressroom()).stone(shelf.work))).map(reading.damaged!);
}

/** The date inside files: what SOURCE_DATE_EPOCH says, else the book's own, else a fixed one; never the clock's. */
function dateOf(epoch: number | undefined, date: string | undefined): Date {
  if (epoch !== undefined) return new Date(epoch * 1000);
  const [year = 2000, month = 1, day = 1] = (date ?? '2000-01-01').split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, day));
}

/** `measured`: where pictures stand whose sharpness is known from the press copy. */
type Results = { made: Made[]; troubles: VFileMessage[]; measured: string[] };

async function publish(edition: Edition, bench: Bench): Promise<Results> {
  const { reporter, shelf, date, css } = bench;
  const { outputs, name, manuscript } = edition.config;
  const { book, cover, typecase } = bench.reading;
  const picture = (id: string): string => encodeURI(pathOf(edition.pictures.find((one) => one.id === id)!.path));
  const fields = { ...matterFields(edition), ...(bench.qr ? { qr: bench.qr } : {}) };
  const fill: Fill = async (template, more = {}) =>
    fillIn(await bench.library.template(template), { ...fields, ...more });
  const stone = async (what: 'pages' | 'zine' = 'pages'): Promise<Stone> => {
    const own = await (await bench.pressroom()).stone(shelf.work);
    return bench.shown?.watch(own, what) ?? own;
  };
  const made: Made[] = [];
  const troubles: Trouble[] = [];
  const measured: string[] = [];
  const jobs: Promise<void>[] = [];
  const paper = outputs.includes('pamphlet');
  const tickets = { css: css.ticket, template: await bench.library.template('shared/ticket.html'), stone };
  const pages = paper || outputs.includes('pages') ? setPages(edition, bench, { fill, picture, stone }) : undefined;

  if (pages)
    jobs.push(
      reporter.step(`${name}: pages${paper ? ', press, booklets' : ''}`, async () => {
        const profile = bench.reading.profiles?.get(edition.config.press.profile ?? '');
        const job = { edition, set: pages, date, faces: typecase.faces, tickets, ...(profile ? { profile } : {}) };
        const outcome = await publishPages(job, paper);
        made.push(...outcome.made);
        troubles.push(...outcome.troubles);
        if (!outcome.pictures) return;
        const places = (path: string) => placesOfPicture(bench.reading.files ?? new Map(), manuscript, path);
        const printed = { printed: outcome.pictures, folioNames: (await pages).folioNames };
        troubles.push(...softPictures(edition, { ...printed, places, ...(cover ? { cover } : {}) }));
        measured.push(...edition.pictures.flatMap(({ path }) => places(path).map(placed)));
      }),
    );
  if (outputs.includes('zine'))
    jobs.push(
      reporter.step(`${name}: zine`, async () => {
        const template = (part: string) => bench.library.template(`zine/${part}.html`);
        const forms = await zineForms(template, fields, { css: css.zine, picture });
        const screened = screening(await stone('zine'), edition.config.zine.pictures, book.spot);
        const outcome = await publishZine({ edition, forms, stone: screened, date, tickets });
        made.push(...outcome.made);
        troubles.push(...outcome.troubles);
      }),
    );
  if (outputs.includes('epub'))
    jobs.push(
      reporter.step(`${name}: ebook`, async () => {
        const alt = book.cover?.alt ?? `${labelsFor(book.language).cover}: ${edition.title}`;
        const drawn = async () => {
          const shown = cover ? front(cover.path, book.cover!.alt) : {};
          return {
            ...(await setCover(edition, css.pamphlet, await fill('pamphlet/cover.html', shown), await stone())),
            alt,
          };
        };
        const parts = ['title-page', 'imprint', 'colophon'].map((part) => fill(`ebook/${part}.html`));
        const [titlePage = '', imprint = '', colophon = ''] = await Promise.all(parts);
        made.push(
          await publishEbook({
            edition,
            css: css.ebook,
            cover: coverPicture(cover, alt) ?? (await drawn()),
            matter: { titlePage, imprint, colophon },
            faces: typecase.faces,
            ...(pages ? { printed: printedOf(edition, await pages) } : {}),
            modified: date,
          }),
        );
      }),
    );
  await Promise.all(jobs);
  const rank = ['epub', 'pages', 'press', 'booklet', 'sheet'];
  made.sort((a, b) => rank.indexOf(a.kind) - rank.indexOf(b.kind));
  return { made, troubles: troubles.map((trouble) => said(edition, trouble, bench.reading)), measured };
}

/** A template, filled in with what the edition says. */
type Fill = (template: string, more?: object) => Promise<string>;

interface Setting {
  readonly fill: Fill;
  readonly picture: (id: string) => string;
  readonly stone: () => Promise<Stone>;
}

async function setPages(edition: Edition, bench: Bench, { fill, picture, stone }: Setting): Promise<Pamphlet> {
  const { book, cover, typecase } = bench.reading;
  const forms = {
    css: bench.css.pamphlet,
    matter: await matter(fill, {
      brief: frontMatterOf(edition) === 'brief',
      ...(cover ? front(cover.path, book.cover!.alt) : {}),
    }),
    picture,
    bounds: readBounds(await bench.library.template('pamphlet/bounds.yaml')),
    hyphenate: await hyphenator(book.language),
  };
  const stones = { next: stone, hands: (await bench.pressroom()).hands };
  const files = [...edition.pictures, ...(cover ? [cover] : []), ...typecase.faces];
  const memory = bench.memory ? madeWith(bench.memory, files) : NO_MEMORY;
  return setPamphlet(edition, forms, stones, memory, madeWith(bench.ledger, files));
}

const front = (path: string, alt: string) => ({ cover: { src: encodeURI(pathOf(path)), alt } });

const MATTER: readonly Matter[] = ['cover', 'half-title', 'title-page', 'imprint', 'colophon', 'back-cover'];

async function matter(fill: Fill, more: object): Promise<Record<Matter, string>> {
  const filled = await Promise.all(MATTER.map(async (name) => [name, await fill(`pamphlet/${name}.html`, more)]));
  return Object.fromEntries(filled) as Record<Matter, string>;
}

/** Trouble found while setting: type knows no lines of the manuscript, but under which heading it stands. */
function said(edition: Edition, trouble: Trouble, { files = new Map(), coverAt }: Reading): VFileMessage {
  const { reason, rule, hint, under, picture, expected, advice = false } = trouble;
  const { manuscript } = edition.config;
  const shown = picture ? (placesOfPicture(files, manuscript, picture)[0] ?? coverAt) : undefined;
  const { file, line, column } = shown ?? placeOfHeading(files, manuscript, under);
  const message = new Message(reason, { place: { line, column }, ruleId: rule, source: 'pamphleteer' });
  return Object.assign(message, { file, fatal: !advice, note: hint, ...(expected ? { expected: [expected] } : {}) });
}
