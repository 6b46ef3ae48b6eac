// Where things stand in the manuscripts that are known only by what became of them: a heading's words, a picture's file.
import type { Heading } from 'mdast';
import { toString as plain } from 'mdast-util-to-string';
import { visit } from 'unist-util-visit';
import { type ManuscriptFile, pictureReferences } from '../book/manuscript.ts';

/** Where a heading stands that is known by its words only; the start of the first manuscript where none has them. */
export function placeOfHeading(
  files: ReadonlyMap<string, ManuscriptFile>,
  manuscript: readonly string[],
  heading: string | undefined,
): { readonly file: string; readonly line: number; readonly column: number } {
  const letters = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '');
  const wanted = heading ? letters(heading) : '';
  for (const path of wanted ? manuscript : []) {
    const found: Heading[] = [];
    visit(files.get(path)?.root ?? { type: 'root', children: [] }, 'heading', (node) => void found.push(node));
    // What the author numbered keeps its number in the source only.
    const start = found.find((node) => letters(plain(node)).endsWith(wanted))?.position?.start;
    if (start) return { file: path, line: start.line, column: start.column };
  }
  return { file: manuscript[0]!, line: 1, column: 1 };
}

/** A picture's path in the book's folder, from the file that names it. */
function pathFrom(file: string, url: string): string {
  const path = new URL(url.replaceAll(/%(?![\da-f]{2})/gi, '%25'), `file:///${encodeURI(file)}`).pathname.slice(1);
  return decodeURIComponent(path);
}

/** Wherever a picture is shown; nowhere, if it is the cover's alone. */
export function placesOfPicture(
  files: ReadonlyMap<string, ManuscriptFile>,
  manuscript: readonly string[],
  picture: string,
): { readonly file: string; readonly line: number; readonly column: number; readonly within: boolean }[] {
  const own = manuscript.flatMap((path) => files.get(path) ?? []);
  return pictureReferences({ files: own }).flatMap(({ file, node, within }) => {
    const start = node.position?.start;
    if (!start || pathFrom(file.path, node.url) !== picture) return [];
    return [{ file: file.path, line: start.line, column: start.column, within }];
  });
}
