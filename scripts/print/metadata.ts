// XMP (ISO 16684-1): what a document says of itself to programs, as a packet. Takes namespaces and properties; gives a stream.
import { type PDFDocument, PDFRawStream } from '@pdfme/pdf-lib';
import { name } from './pdf.ts';

const NAMESPACES = {
  dc: 'http://purl.org/dc/elements/1.1/',
  xmp: 'http://ns.adobe.com/xap/1.0/',
  xmpMM: 'http://ns.adobe.com/xap/1.0/mm/',
  pdf: 'http://ns.adobe.com/pdf/1.3/',
  pdfuaid: 'http://www.aiim.org/pdfua/ns/id/',
  pdfxid: 'http://www.npes.org/pdfx/ns/id/',
} as const;

type Prefix = keyof typeof NAMESPACES;

/** `dc:title` has its words by language, `dc:language` is a bag; all others are plain. */
export type Properties = Readonly<Partial<Record<`${Prefix}:${string}`, string>>>;

const escaped = (text: string): string =>
  text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character]!);

/** To the second, in UTC. */
export const stampOf = (date: Date): string => `${date.toISOString().slice(0, 19)}+00:00`;

const FORMS: Readonly<Record<string, (text: string) => string>> = {
  'dc:title': (text) => `<rdf:Alt><rdf:li xml:lang="x-default">${text}</rdf:li></rdf:Alt>`,
  'dc:language': (text) => `<rdf:Bag><rdf:li>${text}</rdf:li></rdf:Bag>`,
};

/** Gives the document these properties, in their order, and no others. */
export function setMetadata({ catalog, context }: PDFDocument, properties: Properties): void {
  const entries = Object.entries(properties).filter((entry): entry is [string, string] => entry[1] !== undefined);
  const used = Object.entries(NAMESPACES).filter(([prefix]) => entries.some(([key]) => key.startsWith(`${prefix}:`)));
  const packet = [
    '<?xpacket begin="\u{FEFF}" id="W5M0MpCehiHzreSzNTczkc9d"?>',
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">',
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">',
    `<rdf:Description rdf:about="" ${used.map(([prefix, at]) => `xmlns:${prefix}="${at}"`).join(' ')}>`,
    ...entries.map(([key, text]) => `<${key}>${(FORMS[key] ?? String)(escaped(text))}</${key}>`),
    '</rdf:Description></rdf:RDF></x:xmpmeta>',
    '<?xpacket end="w"?>',
  ].join('\n');
  const dict = context.obj({ Type: 'Metadata', Subtype: 'XML' });
  catalog.set(name('Metadata'), context.register(PDFRawStream.of(dict, new TextEncoder().encode(packet))));
}
