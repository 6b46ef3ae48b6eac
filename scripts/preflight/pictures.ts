// Rules about pictures: what can be told from their addresses and words.
import type { Image } from 'mdast';
import { toString as words } from 'mdast-util-to-string';
import type { Manuscript, ManuscriptFile } from '../book/manuscript.ts';
import { named, shown } from '../book/suggest.ts';
import { everyNode, type Found, type Rule } from './finding.ts';

export const PICTURE_TYPES = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg'] as const;

export interface Fault {
  readonly reason: string;
  readonly note: string;
}

const pictures = ({ root }: ManuscriptFile): (Found & { node: Image })[] =>
  [...everyNode(root)].filter((found): found is Found & { node: Image } => found.node.type === 'image');

const eachPicture = (
  manuscript: Manuscript,
  tell: (file: ManuscriptFile, found: Found & { node: Image }) => void,
): void => {
  for (const entry of manuscript.files) for (const found of pictures(entry)) tell(entry, found);
};

/** The path of an address, without what stands after `?` or `#`, and its escapes read. */
export function pathOf(url: string): string {
  const path = url.replace(/[?#].*$/s, '');
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

const extensionOf = (path: string): string => /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

/** Whether a path, from the folder of the file that names it, leaves the book's folder. */
function escapes(path: string, file: string): boolean {
  let depth = file.split('/').filter((step) => step !== '' && step !== '.').length - 1;
  for (const step of path.split('/')) {
    if (step === '..') depth--;
    else if (step !== '' && step !== '.') depth++;
    if (depth < 0) return true;
  }
  return false;
}

function addressFault(url: string, file: string): Fault | undefined {
  const path = pathOf(url);
  const save = 'Save the picture in the book’s folder and write its path from this file: `pictures/name.jpg`.';
  if (path.trim() === '')
    return {
      reason: 'The picture has no address',
      note: 'Write its path in the round brackets: `(pictures/name.jpg)`.',
    };
  if (/^data:/i.test(url)) return { reason: 'The picture stands in the text itself (`data:`)', note: save };
  if (/^(?:[a-z][a-z\d+.-]+:|\/\/)/i.test(url))
    return { reason: `The picture ${named(url)} is not in the book’s folder: nothing is fetched`, note: save };
  if (/^(?:[\\/~]|[a-z]:)/i.test(path))
    return { reason: `${named(path)} is not a path inside the book’s folder`, note: save };
  if (path.includes('\\'))
    return {
      reason: `The path ${named(path)} has backslashes`,
      note: `Write forward slashes: ${named(path.replaceAll('\\', '/'))}.`,
    };
  if (escapes(path, file)) return { reason: `The path ${named(path)} leads out of the book’s folder`, note: save };
  return undefined;
}

const address: Rule = {
  id: 'picture-address',
  summary: 'A picture is a file in the book’s folder.',
  check: (manuscript, _, tell) =>
    eachPicture(manuscript, ({ file }, { node }) => {
      const fault = addressFault(node.url, file.path ?? '');
      if (fault) tell({ file, at: node, ...fault });
    }),
};

const type: Rule = {
  id: 'picture-type',
  summary: 'A picture is a PNG, JPEG, GIF, WebP or SVG file.',
  check: (manuscript, _, tell) =>
    eachPicture(manuscript, ({ file }, { node }) => {
      if (addressFault(node.url, file.path ?? '')) return;
      const extension = extensionOf(pathOf(node.url));
      if ((PICTURE_TYPES as readonly string[]).includes(extension)) return;
      tell({ file, at: node, ...typeFault(node.url) });
    }),
};

function typeFault(url: string): Fault {
  const extension = extensionOf(pathOf(url));
  return {
    reason: extension
      ? `Pictures of the type ${shown(`.${extension}`)} cannot be printed`
      : `${named(url)} does not say what type of picture it is`,
    note: 'Save it as `.png`, `.jpg`, `.gif`, `.webp` or `.svg`.',
  };
}

const altMissing: Rule = {
  id: 'alt-missing',
  summary: 'Every picture is put into words.',
  check: (manuscript, _, tell) =>
    eachPicture(manuscript, ({ file }, { node }) => {
      if (!/[\p{L}\p{N}\p{S}]/u.test(node.alt ?? ''))
        tell({
          file,
          at: node,
          reason: 'The picture is not put into words',
          note: 'Say in the square brackets what it shows to somebody who cannot see it: `![A hand-press.](…)`.',
        });
    }),
};

const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** What the thing is, which everybody is told who hears of it: `a picture of …`. */
const THING =
  /^(?:an? |the |une? |das |ein |eine |el |la |il )?(?:image|picture|photo|photograph|graphic|figure|illustration|drawing|screenshot|img|pic|bild|foto|abbildung|imagen|immagine|dessin|tekening|afbeelding)(?: \d+)?(?: (?:of|showing|von|vom|de|del|di|du|van))?(?: |$)/;

/** The words themselves, without those that only say that this is a picture. */
const core = (text: string): string => plain(text).replace(THING, '');
const bare = (text: string): string => core(text).replace(/^(?:an?|the) /, '');

const ENDING = /\.(?:png|jpe?g|gif|webp|svg|tiff?|bmp|heic|avif)$/i;

/** By name, or by what only a file is called: `IMG_1234`, `press.jpg`. */
function isFileName(alt: string, url: string): boolean {
  const name = pathOf(url).split('/').at(-1) ?? '';
  const stem = name.replace(/\.[^.]*$/, '');
  return (
    [plain(name), plain(stem)].includes(plain(alt)) ||
    (core(alt) !== '' && [core(name), core(stem)].includes(core(alt))) ||
    (ENDING.test(alt.trim()) && !/\s/.test(alt.trim())) ||
    /^(?:img|dsc[nf]?|pxl|p|screenshot|scan)[ _-]?\d{3,}[\d _-]*$/i.test(alt.trim())
  );
}

const altFileName: Rule = {
  id: 'alt-file-name',
  summary: 'The words for a picture are not its file’s name.',
  check: (manuscript, _, tell) =>
    eachPicture(manuscript, ({ file }, { node }) => {
      if (plain(node.alt ?? '') === '' || !isFileName(node.alt ?? '', node.url)) return;
      tell({
        file,
        at: node,
        reason: `The words for the picture are its file’s name: ${shown(node.alt ?? '')}`,
        note: 'Say what the picture shows.',
        advice: true,
      });
    }),
};

const altCaption: Rule = {
  id: 'alt-caption',
  summary: 'The words for a picture are not its caption once more.',
  check: (manuscript, _, tell) =>
    eachPicture(manuscript, ({ file }, { node, parents }) => {
      const figure = parents.findLast((parent) => parent.type === 'containerDirective' && parent.name === 'figure');
      const captions = [
        node.title ?? '',
        figure ? words(figure, { includeImageAlt: false, includeHtml: false }) : '',
      ].map(bare);
      const alt = bare(node.alt ?? '');
      if (alt !== '' && captions.includes(alt))
        tell({
          file,
          at: node,
          reason: 'The words for the picture are its caption once more',
          note: 'Say in the square brackets what it shows; who hears it hears the caption too.',
          advice: true,
        });
    }),
};

/** About a minute of reading aloud, in which nobody can go back a word. */
const LONGEST_ALT = 600;

const altWords: Rule = {
  id: 'alt-words',
  summary: 'The words for a picture say what it shows, and no more than can be heard in one go.',
  check: (manuscript, _, tell) =>
    eachPicture(manuscript, ({ file }, { node }) => {
      const alt = node.alt ?? '';
      if (plain(alt) !== '' && core(alt) === '' && !isFileName(alt, node.url))
        tell({
          file,
          at: node,
          reason: `The words for the picture say only that it is one: ${shown(alt)}`,
          note: 'Say what it shows, as in `A hand-press with its bar pulled halfway`.',
          advice: true,
        });
      if ([...alt].length > LONGEST_ALT)
        tell({
          file,
          at: node,
          reason: `The words for the picture are ${[...alt].length} letters long`,
          note: 'Two sentences are enough there; write the rest into the text, where everybody can read it.',
          advice: true,
        });
    }),
};

export const pictureRules: readonly Rule[] = [address, type, altMissing, altFileName, altCaption, altWords];
