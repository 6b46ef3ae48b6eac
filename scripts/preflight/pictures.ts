// Rules about pictures: what can be told from their addresses and words, and the messages about the files themselves,
// which only the library can look for.
import type { Image } from 'mdast';
import { toString as words } from 'mdast-util-to-string';
import type { VFileMessage } from 'vfile-message';
import type { Manuscript, ManuscriptFile, PictureReference } from '../book/manuscript.ts';
import { shown } from '../book/suggest.ts';
import { everyNode, type Found, type Rule } from './finding.ts';

export const PICTURE_TYPES = ['png', 'jpg', 'jpeg', 'gif', 'webp', 'svg'] as const;

interface Fault {
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
function pathOf(url: string): string {
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
    return { reason: `The picture ${shown(url)} is not in the book’s folder: nothing is fetched`, note: save };
  if (/^(?:[\\/~]|[a-z]:)/i.test(path))
    return { reason: `${shown(path)} is not a path inside the book’s folder`, note: save };
  if (path.includes('\\'))
    return {
      reason: `The path ${shown(path)} has backslashes`,
      note: `Write forward slashes: ${shown(path.replaceAll('\\', '/'))}.`,
    };
  if (escapes(path, file)) return { reason: `The path ${shown(path)} leads out of the book’s folder`, note: save };
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
      : `${shown(url)} does not say what type of picture it is`,
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

const altFileName: Rule = {
  id: 'alt-file-name',
  summary: 'The words for a picture are not its file’s name.',
  check: (manuscript, _, tell) =>
    eachPicture(manuscript, ({ file }, { node }) => {
      const name = pathOf(node.url).split('/').at(-1) ?? '';
      const alt = plain(node.alt ?? '');
      if (alt === '' || (alt !== plain(name) && alt !== plain(name.replace(/\.[^.]*$/, '')))) return;
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
      ].map(plain);
      const alt = plain(node.alt ?? '');
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

export const pictureRules: readonly Rule[] = [address, type, altMissing, altFileName, altCaption];

export type PictureTrouble = 'missing' | 'outside' | 'unreadable' | 'type' | 'too-large' | 'unsafe';

/** The message that a picture's file gives rise to, at the picture's place; it is also on the file.
 * Where a rule has found fault with the address already, that message is given again. `detail` is said in its own words. */
export function pictureProblem(reference: PictureReference, kind: PictureTrouble, detail?: string): VFileMessage {
  const { file, node } = reference;
  const known = file.messages.find(
    ({ ruleId, line, column }) =>
      (ruleId === 'picture-address' || ruleId === 'picture-type') &&
      line === node.position?.start.line &&
      column === node.position?.start.column,
  );
  if (known) return known;
  const name = shown(pathOf(node.url));
  const more = detail ? ` (${detail})` : '';
  const faults: Readonly<Record<PictureTrouble, Fault>> = {
    missing: {
      reason: `There is no picture ${name}${more}`,
      note: `Its path is read from the folder of ${shown(file.path ?? 'this file')}; capitals count.`,
    },
    outside: {
      reason: `The picture ${name} lies outside the book’s folder${more}`,
      note: 'Copy it into the book’s folder: links that lead out of it are not followed.',
    },
    unreadable: {
      reason: `The picture ${name} cannot be read${more}`,
      note: 'Open it in a picture editor and save it again.',
    },
    type: {
      reason: `The file ${name} is no picture that can be printed${more}`,
      note: 'Save it as `.png`, `.jpg`, `.gif`, `.webp` or `.svg`.',
    },
    unsafe: {
      reason: `The drawing ${name} cannot be used${more}`,
      note: 'Save it as a plain SVG, without scripts, links to other files or embedded pages.',
    },
    'too-large': {
      reason: `The picture ${name} is too large${more}`,
      note: 'Save a smaller copy: 300 dots an inch of the printed width are enough.',
    },
  };
  const fault = faults[kind];
  const message = file.message(fault.reason, {
    ...(node.position ? { place: node.position } : {}),
    ruleId: `picture-${kind}`,
    source: 'pamphleteer',
  });
  message.fatal = true;
  message.note = fault.note;
  return message;
}
