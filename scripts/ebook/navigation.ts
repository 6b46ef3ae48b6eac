// Navigation: the EPUB's nav document (EPUB 3.3, 7) and the NCX for old readers. Takes an edition, gives XML.
import { leadsOf } from '../book/relators.ts';
import type { ContentsEntry, Edition } from '../edition/edition.ts';
import { labelsFor } from '../edition/labels.ts';
import { punctuate } from '../edition/typography.ts';
import { document, headline } from './documents.ts';
import { marksIn, type PrintedPage, pageId } from './pagebreaks.ts';
import { escapeXml } from './xml.ts';

/** Where a contents entry leads: a chapter's own file, or a heading in it. */
function target(entry: ContentsEntry, chapter: ContentsEntry): string {
  return entry === chapter ? `${chapter.id}.xhtml` : `${chapter.id}.xhtml#${entry.id}`;
}

/** Never empty, which is an error in a contents: a heading without words gives its number, or the book's title. */
const words = (entry: ContentsEntry, edition: Edition): string =>
  escapeXml([entry.number, headline(entry)].filter(Boolean).join(' ') || edition.title);

/** The contents; a text without headings has a single line that leads to its first page. */
function entriesOf(edition: Edition): readonly ContentsEntry[] {
  if (edition.contents.length > 0) return edition.contents;
  return [{ id: edition.parts[0]?.id ?? 'title-page', text: edition.title, content: [], children: [] }];
}

/** Where a page of the print edition is marked. */
const pageTarget = ({ document, folio }: PrintedPage): string => `${document}.xhtml#${pageId(folio)}`;

export function navDocument(edition: Edition, pages: readonly PrintedPage[]): string {
  const labels = labelsFor(edition.book.language);
  const list = (entries: readonly ContentsEntry[], chapter?: ContentsEntry): string =>
    `<ol>${entries
      .map((entry) => {
        const top = chapter ?? entry;
        const below = entry.children.length > 0 ? list(entry.children, top) : '';
        return `<li><a href="${target(entry, top)}">${words(entry, edition)}</a>${below}</li>`;
      })
      .join('\n')}</ol>`;
  const body = edition.parts.find(({ kind }) => kind === 'opening' || kind === 'chapter') ?? edition.parts[0];
  const landmark = (type: string, href: string, label: string): string =>
    `<li><a epub:type="${type}" href="${href}">${escapeXml(label)}</a></li>`;
  const pageLinks = pages.map((page) => `<li><a href="${pageTarget(page)}">${escapeXml(page.folio)}</a></li>`);
  const pageList =
    pages.length > 0
      ? `<nav epub:type="page-list" role="doc-pagelist" id="pages" aria-label="${escapeXml(labels.pages)}" hidden="hidden"><ol>
${pageLinks.join('\n')}
</ol></nav>\n`
      : '';
  return document(
    edition,
    labels.contents,
    `<body epub:type="frontmatter">
${marksIn(pages, 'toc', edition)}<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title"><h1 id="toc-title">${escapeXml(labels.contents)}</h1>
${list(entriesOf(edition))}</nav>
<nav epub:type="landmarks" id="landmarks" aria-label="${escapeXml(labels.landmarks)}" hidden="hidden"><ol>
${landmark('cover', 'cover.xhtml', labels.cover)}
${landmark('titlepage', 'title-page.xhtml', labels.titlePage)}
${landmark('toc', 'toc.xhtml#toc', labels.contents)}
${landmark('bodymatter', `${body?.id ?? 'title-page'}.xhtml`, edition.title)}
</ol></nav>
${pageList}</body>`,
  );
}

export function ncx(edition: Edition, identifier: string, pages: readonly PrintedPage[]): string {
  let order = 0;
  const point = (entry: ContentsEntry, chapter: ContentsEntry): string =>
    `<navPoint id="n${++order}" playOrder="${order}"><navLabel><text>${words(entry, edition)}</text></navLabel><content src="${target(entry, chapter)}"/>${entry.children.map((child) => point(child, chapter)).join('')}</navPoint>`;
  const entries = entriesOf(edition);
  const depthOf = ({ children }: ContentsEntry): number => 1 + Math.max(0, ...children.map(depthOf));
  const depth = Math.max(...entries.map(depthOf));
  const points = entries.map((entry) => point(entry, entry));
  const numbers = pages.map(({ folio }) => folio).filter((folio) => /^\d+$/.test(folio));
  const pageTargets = pages.map((page, index) => {
    const { folio } = page;
    const kind = /^\d+$/.test(folio) ? `type="normal" value="${folio}"` : 'type="front"';
    return `<pageTarget id="p${index + 1}" ${kind} playOrder="${++order}"><navLabel><text>${folio}</text></navLabel><content src="${pageTarget(page)}"/></pageTarget>`;
  });
  const authors = leadsOf(edition.book.authors);
  return `<?xml version="1.0" encoding="UTF-8"?>
<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="${edition.book.language}">
<head><meta name="dtb:uid" content="${escapeXml(identifier)}"/><meta name="dtb:depth" content="${depth}"/><meta name="dtb:totalPageCount" content="${pages.length}"/><meta name="dtb:maxPageNumber" content="${numbers.at(-1) ?? 0}"/></head>
<docTitle><text>${escapeXml(edition.title)}</text></docTitle>
${authors.map(({ name }) => `<docAuthor><text>${escapeXml(punctuate(name, edition.book.language))}</text></docAuthor>`).join('')}
<navMap>${points.join('\n')}</navMap>
${pageTargets.length > 0 ? `<pageList>${pageTargets.join('\n')}</pageList>\n` : ''}</ncx>
`;
}
