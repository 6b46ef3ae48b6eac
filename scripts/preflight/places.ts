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

/** Where a picture is first shown; undefined for the cover's. */
export function placeOfPicture(
  files: ReadonlyMap<string, ManuscriptFile>,
  manuscript: readonly string[],
  picture: string,
): { readonly file: string; readonly line: number; readonly column: number } | undefined {
  const own = manuscript.flatMap((path) => files.get(path) ?? []);
  const found = pictureReferences({ files: own }).find(({ file, node }) => pathFrom(file.path, node.url) === picture);
  const start = found?.node.position?.start;
  return start && { file: found!.file.path, line: start.line, column: start.column };
}
