// Navigation: the EPUB's nav document (EPUB 3.3, 7) and the NCX for old readers. Takes an edition, gives XML.
import type { ContentsEntry, Edition } from '../edition/edition.ts';
import { labelsFor } from '../edition/labels.ts';
import { document, escape } from './documents.ts';

/** Where a contents entry leads: a chapter's own file, or a heading in it. */
function target(entry: ContentsEntry, chapter: ContentsEntry): string {
  return entry === chapter ? `${chapter.id}.xhtml` : `${chapter.id}.xhtml#${entry.id}`;
}

const words = (entry: ContentsEntry): string => escape(`${entry.number ? `${entry.number} ` : ''}${entry.text}`);

export function navDocument(edition: Edition): string {
  const labels = labelsFor(edition.book.language);
  const list = (entries: readonly ContentsEntry[], chapter?: ContentsEntry): string =>
    `<ol>${entries
      .map((entry) => {
        const top = chapter ?? entry;
        const below = entry.children.length > 0 ? list(entry.children, top) : '';
        return `<li><a href="${target(entry, top)}">${words(entry)}</a>${below}</li>`;
      })
      .join('\n')}</ol>`;
  // A text without headings still has a contents: its first part.
  const first = edition.parts[0];
  const toc =
    edition.contents.length > 0
      ? list(edition.contents)
      : `<ol><li><a href="${first?.id}.xhtml">${escape(edition.title)}</a></li></ol>`;
  const body = edition.parts.find(({ kind }) => kind === 'chapter') ?? first;
  const landmark = (type: string, href: string, label: string): string =>
    `<li><a epub:type="${type}" href="${href}">${escape(label)}</a></li>`;
  return document(
    edition,
    labels.contents,
    `<body epub:type="frontmatter">
<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title"><h1 id="toc-title">${escape(labels.contents)}</h1>
${toc}</nav>
<nav epub:type="landmarks" id="landmarks" aria-label="Landmarks" hidden="hidden"><ol>
${landmark('cover', 'cover.xhtml', labels.cover)}
${landmark('titlepage', 'title-page.xhtml', labels.titlePage)}
${landmark('toc', 'toc.xhtml#toc', labels.contents)}
${landmark('bodymatter', `${body?.id}.xhtml`, edition.title)}
</ol></nav>
</body>`,
  );
}

export function ncx(edition: Edition, identifier: string): string {
  let order = 0;
  const point = (entry: ContentsEntry, chapter: ContentsEntry): string =>
    `<navPoint id="n${++order}" playOrder="${order}"><navLabel><text>${words(entry)}</text></navLabel><content src="${target(entry, chapter)}"/>${entry.children.map((child) => point(child, chapter)).join('')}</navPoint>`;
  const first = edition.parts[0];
  const fallback: ContentsEntry = { id: first?.id ?? '', text: edition.title, content: [], children: [] };
  const entries = edition.contents.length > 0 ? edition.contents : [fallback];
  const depth = entries.some(({ children }) => children.length > 0) ? 2 : 1;
  return `<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="${edition.book.language}">
<head><meta name="dtb:uid" content="${escape(identifier)}"/><meta name="dtb:depth" content="${depth}"/><meta name="dtb:totalPageCount" content="0"/><meta name="dtb:maxPageNumber" content="0"/></head>
<docTitle><text>${escape(edition.title)}</text></docTitle>
<docAuthor><text>${escape(edition.book.authors[0]?.name ?? '')}</text></docAuthor>
<navMap>${entries.map((entry) => point(entry, entry)).join('\n')}</navMap>
</ncx>
`;
}
