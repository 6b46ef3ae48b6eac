// The package document (EPUB 3.3, 5): metadata, manifest, spine.
import type { Edition, Picture } from '../edition/edition.ts';
import { type Document, pictureFile } from './documents.ts';
import { metadataOf } from './metadata.ts';
import type { Printed } from './pagebreaks.ts';

export interface Packed {
  readonly documents: readonly Document[];
  /** Those that the documents show. */
  readonly pictures: readonly Picture[];
  readonly cover: Pick<Picture, 'mediaType' | 'bytes'> & { readonly file: string };
  readonly fonts: readonly string[];
  /** The print edition, where its pages are marked. */
  readonly printed?: Pick<Printed, 'source'>;
  readonly modified: Date;
}

export function packageDocument(edition: Edition, packed: Packed): string {
  const { documents, pictures, cover, fonts } = packed;
  const manifest = [
    `<item id="toc" href="toc.xhtml" media-type="application/xhtml+xml" properties="nav"/>`,
    `<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>`,
    `<item id="css" href="style.css" media-type="text/css"/>`,
    `<item id="cover-image" href="${cover.file}" media-type="${cover.mediaType}" properties="cover-image"/>`,
    ...documents.map(
      ({ id, file, xhtml }) =>
        `<item id="${id}" href="${file}" media-type="application/xhtml+xml"${properties(xhtml)}/>`,
    ),
    ...pictures.map(
      (picture) => `<item id="${picture.id}" href="${pictureFile(picture)}" media-type="${picture.mediaType}"/>`,
    ),
    ...fonts.map((file, index) => `<item id="font-${index + 1}" href="fonts/${file}" media-type="font/ttf"/>`),
  ];
  // The cover's page is no part of the reading: some readers show the picture by themselves.
  const spine = documents.map(
    ({ id, matter }) => `<itemref idref="${id}"${matter === 'cover' ? ' linear="no"' : ''}/>`,
  );
  const contents = documents.findIndex(({ id }) => id === 'imprint');
  spine.splice(contents + 1, 0, '<itemref idref="toc"/>');
  return `<?xml version="1.0" encoding="UTF-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="pub-id" xml:lang="${edition.book.language}"${edition.direction === 'rtl' ? ' dir="rtl"' : ''}>
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
${metadataOf(edition, packed)}
</metadata>
<manifest>
${manifest.join('\n')}
</manifest>
<spine toc="ncx"${edition.direction === 'rtl' ? ' page-progression-direction="rtl"' : ''}>
${spine.join('\n')}
</spine>
</package>
`;
}

function properties(xhtml: string): string {
  const found = [/<svg[\s>]/.test(xhtml) ? 'svg' : '', /<math[\s>]/.test(xhtml) ? 'mathml' : ''].filter(Boolean);
  return found.length > 0 ? ` properties="${found.join(' ')}"` : '';
}
