// bind: an edition becomes an EPUB 3.3. Every document is written by us; epub-gen-memory packs them and never sees inside.
import { EPub } from 'epub-gen-memory';
import type { Edition } from '../edition/edition.ts';
import { labelsFor } from '../edition/labels.ts';
import { type Document, document, partDocuments, pictureFile } from './documents.ts';
import { identifierOf } from './identifier.ts';
import { navDocument, ncx } from './navigation.ts';
import { packageDocument } from './package.ts';
import { marksIn, type Printed } from './pagebreaks.ts';
import { escapeXml } from './xml.ts';

export interface Binding {
  /** Rules for the text and for the faces in `fonts/`. */
  readonly css: string;
  readonly cover: { readonly bytes: Uint8Array; readonly mediaType: 'image/jpeg' | 'image/png'; readonly alt: string };
  /** TrueType, by the file name that the CSS gives. */
  readonly fonts: readonly { readonly name: string; readonly bytes: Uint8Array }[];
  /** Well-formed fragments, from the templates. */
  readonly matter: { readonly titlePage: string; readonly imprint: string; readonly colophon: string };
  /** Where there is a print edition: its pages are marked. */
  readonly printed?: Printed;
  /** The only date in the file; clamped to 1980, where zip's time begins. */
  readonly modified: Date;
}

const ZIP_BEGINS = Date.UTC(1980, 0, 1);

/** The EPUB's bytes: the same for the same edition and binding, on any day and in any time zone. */
export async function bind(edition: Edition, binding: Binding): Promise<Uint8Array> {
  const modified = new Date(Math.max(binding.modified.getTime(), ZIP_BEGINS));
  const coverFile = binding.cover.mediaType === 'image/jpeg' ? 'cover.jpg' : 'cover.png';
  const documents = allDocuments(edition, binding, coverFile);
  const twice = ['toc.xhtml', ...documents.map(({ file }) => file)].find((name, at, all) => all.indexOf(name) !== at);
  if (twice) throw new Error(`Two documents of the ebook are called ${twice}`);
  const text = documents.map(({ xhtml }) => xhtml).join('');
  const pictures = edition.pictures.filter((picture) => text.includes(`src="${pictureFile(picture)}"`));
  const files = new Map<string, Uint8Array>([
    [coverFile, binding.cover.bytes],
    ...pictures.map((picture): [string, Uint8Array] => [pictureFile(picture), picture.bytes]),
    ...binding.fonts.map(({ name, bytes }): [string, Uint8Array] => [`fonts/${name}`, bytes]),
  ]);
  const opf = packageDocument(edition, {
    documents,
    pictures,
    cover: { ...binding.cover, file: coverFile },
    fonts: binding.fonts.map(({ name }) => name),
    ...(binding.printed ? { printed: binding.printed } : {}),
    modified,
  });
  const pages = binding.printed?.pages ?? [];
  const options = {
    title: 'book',
    css: binding.css,
    // Templates that hold one field each: a document itself is never read as a template, whatever its text says.
    chapterXHTML: '<%- xhtml %>',
    tocXHTML: '<%- whole.nav %>',
    tocNCX: '<%- whole.ncx %>',
    contentOPF: '<%- whole.opf %>',
    whole: { nav: navDocument(edition, pages), ncx: ncx(edition, identifierOf(edition), pages), opf },
    verbose: (kind: string, ...what: unknown[]) => {
      if (kind === 'warn') throw new Error(what.join(' '));
    },
  };
  const chapters = documents.map(({ file, xhtml }) => ({ title: file, filename: file, content: '', xhtml }));
  const packer = new Packer(options as never, chapters as never);
  packer.add = files;
  packer.stamp = modified;
  return packer.pack();
}

function allDocuments(edition: Edition, { cover, matter, printed }: Binding, coverFile: string): Document[] {
  const pages = printed?.pages ?? [];
  const labels = labelsFor(edition.book.language);
  const fixed = (id: string, title: string, type: string, division: Document['matter'], inner: string): Document => {
    const section = `<section id="${id}-section" epub:type="${type}"${type === 'colophon' ? ' role="doc-colophon"' : ''} class="${id}" aria-label="${escapeXml(title)}">${marksIn(pages, id, edition)}${inner}</section>`;
    return {
      id,
      file: `${id}.xhtml`,
      title,
      matter: division,
      xhtml: document(edition, title, `<body epub:type="${division}">${section}</body>`),
    };
  };
  const image = `<body epub:type="cover" class="cover"><img class="cover" role="doc-cover" src="${coverFile}" alt="${escapeXml(cover.alt)}"/></body>`;
  return [
    {
      id: 'cover',
      file: 'cover.xhtml',
      title: labels.cover,
      matter: 'cover',
      xhtml: document(edition, labels.cover, image),
    },
    fixed('title-page', labels.titlePage, 'titlepage', 'frontmatter', matter.titlePage),
    fixed('imprint', labels.imprint, 'copyright-page', 'frontmatter', matter.imprint),
    ...partDocuments(edition, pages),
    fixed('colophon', labels.colophonTitle, 'colophon', 'backmatter', matter.colophon),
  ];
}

/** Adds what the library would fetch, and settles what would differ from run to run. */
class Packer extends EPub {
  add: ReadonlyMap<string, Uint8Array> = new Map();
  stamp = new Date(ZIP_BEGINS);
  /** As the library does, but for its level 9, which takes twice as long for less than a hundredth. */
  async pack(): Promise<Uint8Array> {
    await this.render();
    const compressionOptions = { level: 6 };
    const common = { type: 'uint8array', mimeType: 'application/epub+zip' } as const;
    return this.zip.generateAsync({ ...common, compression: 'DEFLATE', compressionOptions });
  }
  override async render(): Promise<this> {
    await super.render();
    for (const [name, bytes] of this.add) this.zip.file(`OEBPS/${name}`, bytes);
    for (const [name, entry] of Object.entries(this.zip.files)) {
      if (entry.dir) delete this.zip.files[name];
      else entry.date = this.stamp;
    }
    return this;
  }
}
