// What an edition is published as: each output is a function from the edition to finished files. Takes what the
// workshop has (templates, type, the browser's stone); touches no file itself.
import type { Element, ElementContent } from 'hast';
import { renderSVG } from 'uqr';
import type { Printed, PrintedPage } from './ebook/pagebreaks.ts';
import type { Edition, Picture } from './edition/edition.ts';
import { labelsFor } from './edition/labels.ts';
import { plainText } from './edition/words.ts';
import { type ImposedFile, publishImposed, sizeInMm, type TicketForms, thicknessOf } from './imposed.ts';
import { type Trouble, tooTall, unfilled } from './preflight/overmatter.ts';
import type { Profile } from './print/icc.ts';
import type { Face } from './print/lettering.ts';
import type { PrintedPicture } from './print/sharpness.ts';
import { strangeColours } from './print/strange-colours.ts';
import type { ManifestFile } from './site/manifest.ts';
import { isCover } from './typeset/cover.ts';
import { type Chosen, faceRules } from './typeset/fonts.ts';
import type { Pamphlet } from './typeset/pamphlet.ts';

/** A finished file and its line in the manifest, but for size and checksum. */
export interface Made extends Omit<ManifestFile, 'path' | 'bytes' | 'sha256' | 'ticket'> {
  readonly name: string;
  readonly content: Uint8Array;
  readonly ticket?: ImposedFile['ticket'];
}

export interface Outcome {
  readonly made: readonly Made[];
  readonly troubles: readonly Trouble[];
}

export interface PamphletJob {
  readonly edition: Edition;
  /** Still being set, perhaps: the ebook waits for it, too. */
  readonly set: Promise<Pamphlet>;
  readonly date: Date;
  readonly faces: readonly Typeface[];
  /** Of the press that the edition goes to. */
  readonly profile?: Profile;
  readonly tickets: TicketForms;
}

/** The PDF library takes a while to load: this goes on while the browser sets the pages. */
async function loadPrint() {
  const [press] = await Promise.all([import('./print/press.ts'), import('./print/homeprint.ts')]);
  return press;
}

export interface Published extends Outcome {
  /** As sharp as they are in the press copy, where there is one. */
  readonly pictures?: readonly PrintedPicture[];
}

/** Pages to read on a screen; with `paper`, also the press copy and a booklet for each paper. */
export async function publishPages(job: PamphletJob, paper: boolean): Promise<Published> {
  const { edition, date } = job;
  const { config, book } = edition;
  const { pamphlet: settings, slug } = config;
  const printing = loadPrint();
  const set = await job.set;
  if (set.overfull.length > 0) return { made: [], troubles: [tooTall(edition, set)] };
  if (set.budget && !('setting' in set.budget)) return { made: [], troubles: [unfilled(edition, set.budget)] };
  const { offset, trim, bleed } = set.geometry;
  const common = {
    edition: config.name,
    pages: set.pages,
    trim: sizeInMm(trim),
    words: edition.words,
    readingMinutes: edition.readingMinutes,
  };
  const { title, direction } = edition;
  const { readingCopy, pressCopy } = await printing;
  const screen = { offset, trim, date, title, language: book.language, direction, folios: set.folioNames };
  const words = { text: textOf(edition), labels: labelsFor(book.language) };
  const reading = await readingCopy(set.parts, { ...screen, ...words });
  const made: Made[] = [{ ...common, name: `${slug}.pdf`, kind: 'pages', content: reading }];
  if (!paper) return { made, troubles: [] };
  const { standard, ink } = config.press;
  const inks = { ink, spot: book.spot };
  const press = await pressCopy(set.parts, {
    ...{ offset, trim, bleed, marks: settings.marks, ...inks, date, title, standard },
    ...(book.date ? { issued: book.date } : {}),
    edition: config.label ?? config.name,
    // A line of small type needs no more.
    faces: job.faces.filter(({ face }) => face.weight === 400 && face.style === 'normal').map(asFace),
    ...(job.profile ? { profile: job.profile } : {}),
  });
  made.push({ ...common, name: `${slug}-press.pdf`, kind: 'press', content: press.pdf });
  const thickness = thicknessOf(edition, set.pages);
  if (thickness.some(({ advice }) => !advice)) return { made: [], troubles: thickness };
  const options = { trim, offset, bleed, date, title, foldMarks: settings.marks.includes('fold'), inks };
  for (const one of settings.paper) {
    const imposed = { edition, kind: 'booklet', paper: one, pdf: set.parts, pages: set.pages, options } as const;
    for (const file of await publishImposed({ ...imposed, tickets: job.tickets })) made.push({ ...common, ...file });
  }
  return { made, troubles: [...thickness, ...strangeColours(press.report.kept)], pictures: press.report.pictures };
}

const asFace = ({ face, bytes }: Typeface): Face => ({ name: face.name, bytes });

/** The ebook's documents that are pages of the pamphlet, too. */
const DOCUMENTS: Readonly<Record<string, string>> = {
  'title-page': 'title-page',
  imprint: 'imprint',
  contents: 'toc',
  colophon: 'colophon',
};

/** What the ebook must know of the pamphlet: where each page begins. Blanks and covers have no place in it. */
export function printedOf({ book, config, title }: Edition, set: Pamphlet): Printed {
  const { matter, starts, folioNames } = set;
  const own = matter.flatMap(({ matter, page }): [number, Omit<PrintedPage, 'folio'>][] => {
    const document = DOCUMENTS[matter];
    return document ? [[page, { document }]] : [];
  });
  const pages = [...own, ...starts.map(({ page, part, ...place }) => [page, { document: part, ...place }] as const)];
  pages.sort(([one], [other]) => one - other);
  const source = [title, config.label, config.pamphlet.trim.name.toUpperCase(), book.date].filter(Boolean).join(', ');
  return { source, pages: pages.map(([page, stands]) => ({ folio: folioNames[page - 1]!, ...stands })) };
}

interface Typeface {
  readonly face: Chosen;
  readonly bytes: Uint8Array;
}

export interface EbookJob {
  readonly edition: Edition;
  readonly css: string;
  readonly cover: { readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' | 'image/png'; readonly alt: string };
  readonly matter: { readonly titlePage: string; readonly imprint: string; readonly colophon: string };
  /** Whole faces, to be cut to what the edition uses. */
  readonly faces: readonly Typeface[];
  /** Where the edition is printed, too. */
  readonly printed?: Printed;
  readonly modified: Date;
}

export async function publishEbook(job: EbookJob): Promise<Made> {
  const { edition, css, cover, matter, printed, modified } = job;
  // The packager is slow to load, and who prints only never needs it.
  const [{ bind }, { subsetFor }, { withFamilies }] = await Promise.all([
    import('./ebook/bind.ts'),
    import('./ebook/fonts.ts'),
    import('./ebook/families.ts'),
  ]);
  const text = everyLetter(edition, matter);
  const own = edition.config.fonts === 'reader';
  const used = own ? [] : job.faces.filter(({ face }) => isUsed(face, edition));
  const fonts = await Promise.all(
    used.map(async ({ face, bytes }) => ({ name: face.name, bytes: await subsetFor(bytes, text) })),
  );
  const rules = faceRules(
    used.map(({ face }) => face),
    ({ name }) => `fonts/${name}`,
  );
  const content = await bind(edition, {
    ...{ css: `${rules}\n${withFamilies(css, rules)}`, cover, fonts, matter, modified },
    ...(printed ? { printed } : {}),
  });
  const { words, readingMinutes } = edition;
  return {
    name: `${edition.config.slug}.epub`,
    edition: edition.config.name,
    kind: 'epub',
    content,
    words,
    readingMinutes,
  };
}

/** Regular, italic and display always; bold-italic and code only where the text has them. */
function isUsed(face: Chosen, edition: Edition): boolean {
  const has = (found: (node: Element, within: readonly string[]) => boolean): boolean =>
    [...edition.parts, ...edition.notes].some(({ content }) => some(content, found, []));
  if (face.family === 'Courier Prime') return has(({ tagName }) => tagName === 'code');
  if (face.weight === 700 && face.style === 'italic')
    return has(
      ({ tagName }, within) =>
        (tagName === 'em' && within.includes('strong')) || (tagName === 'strong' && within.includes('em')),
    );
  if (face.weight === 700) return has(({ tagName }) => tagName === 'strong');
  return true;
}

function some(
  nodes: readonly ElementContent[],
  found: (node: Element, within: readonly string[]) => boolean,
  within: readonly string[],
): boolean {
  return nodes.some(
    (node) => node.type === 'element' && (found(node, within) || some(node.children, found, [...within, node.tagName])),
  );
}

/** Everything that the edition says, blocks parted by spaces. */
export function textOf({ parts, notes }: Edition): string {
  const titled = parts.map(({ title, content }) =>
    [title?.number ?? '', title?.text ?? '', plainText(content)].join(' '),
  );
  return [...titled, ...notes.map((note) => `${note.label} ${plainText(note.content)}`)].join(' ');
}

/** All letters that an ebook may show, in both cases: small capitals and display lines change it. */
function everyLetter(edition: Edition, matter: object): string {
  const labels = Object.values(labelsFor(edition.book.language));
  const text = [textOf(edition), ...labels, ...Object.values(matter), '0123456789.,:–—·*'].join('');
  return [...new Set(text + text.toUpperCase() + text.toLowerCase())].sort().join('');
}

/** A QR code as SVG, black on nothing; error correction M, so that a fold or a blot may cross it. */
export function qrCode(address: string): string {
  return renderSVG(address, { ecc: 'M', border: 0, whiteColor: 'none', blackColor: '#000' });
}

/** A picture as the ebook's cover, where it can be one. */
export function coverPicture(picture: Picture | undefined, alt: string): EbookJob['cover'] | undefined {
  if (!picture || !isCover(picture)) return undefined;
  return { bytes: picture.bytes, mediaType: picture.mediaType as EbookJob['cover']['mediaType'], alt };
}
