// The rules of PDF/X-4 about the file, what it says of itself, and for which press it is: see exchange.ts.
import {
  add,
  asXmp,
  editProfile,
  editXmp,
  info,
  intent,
  intents,
  profile,
  property,
  type Rule,
  set,
  some,
  space,
  xmp,
} from './exchange-reading.ts';
import { catalogOf, dictAt, listAt, textAt } from './qpdf-objects.ts';

export const FILE_RULES: readonly Rule[] = [
  // The file.
  {
    clause: 'File header',
    rule: 'the header says PDF 1.6',
    kept: ({ header }) => header.startsWith('%PDF-1.6'),
    fault: (file) => {
      file.header = '%PDF-1.7';
    },
  },
  {
    clause: 'ISO 32000-1, 7.2.2 (catalog, Version)',
    rule: 'the catalog does not ask for a later version',
    kept: (file) => [undefined, '/1.6'].includes(catalogOf(file)['/Version'] as string | undefined),
    fault: (file) => set(catalogOf(file), '/Version', '/1.7'),
  },
  {
    clause: 'File trailer (ISO 32000-1, 14.4)',
    rule: 'the trailer has an identifier of two parts',
    kept: (file) => listAt(file, file.trailer['/ID']).length === 2,
    fault: (file) => void delete file.trailer['/ID'],
  },
  {
    clause: 'Encryption (ISO 32000-1, 7.6)',
    rule: 'the file is not encrypted',
    kept: (file) => file.trailer['/Encrypt'] === undefined,
    fault: (file) => set(file.trailer, '/Encrypt', {}),
  },
  {
    clause: 'Compression (ISO 32000-1, 7.4.4)',
    rule: 'no stream is packed with LZW',
    kept: (file) => !some(file, (dict) => [dict['/Filter']].flat().includes('/LZWDecode')),
    fault: (file) => add(file, { '/Filter': ['/LZWDecode'] }),
  },
  {
    clause: 'External streams (ISO 32000-1, 7.3.8.2)',
    rule: 'no stream lies in another file',
    kept: (file) => !some(file, (dict) => '/F' in dict && '/Length' in dict),
    fault: (file) => add(file, { '/F': 'u:other.bin', '/Length': 3 }),
  },
  // What it says of itself.
  {
    clause: 'Identification',
    rule: 'XMP says PDF/X-4',
    kept: (file) =>
      property(file, 'pdfxid:GTS_PDFXVersion') === 'PDF/X-4' && xmp(file).includes('"http://www.npes.org/pdfx/ns/id/"'),
    fault: (file) => editXmp(file, /PDF\/X-4/, 'PDF/X-3'),
  },
  {
    clause: 'Metadata (ISO 32000-1, 14.3.2)',
    rule: 'the metadata are XML, not packed',
    kept: (file) => {
      const dict = dictAt(file, catalogOf(file)['/Metadata']);
      return dict['/Type'] === '/Metadata' && dict['/Subtype'] === '/XML' && dict['/Filter'] === undefined;
    },
    fault: (file) => void delete dictAt(file, catalogOf(file)['/Metadata'])['/Subtype'],
  },
  ...(['xmpMM:DocumentID', 'xmpMM:VersionID', 'xmpMM:RenditionClass', 'xmp:MetadataDate', 'dc:title'] as const).map(
    (name): Rule => ({
      clause: 'Metadata',
      rule: `XMP has ${name}`,
      kept: (file) => property(file, name) !== '',
      fault: (file) => editXmp(file, new RegExp(`<${name}>`), `<${name}s>`),
    }),
  ),
  {
    clause: 'Document information (ISO 32000-1, 14.3.3)',
    rule: 'Title is there, and XMP’s',
    kept: (file) =>
      textAt(file, info(file)['/Title']) !== '' && property(file, 'dc:title') === textAt(file, info(file)['/Title']),
    fault: (file) => set(info(file), '/Title', 'u:Another'),
  },
  ...(
    [
      ['/CreationDate', 'xmp:CreateDate'],
      ['/ModDate', 'xmp:ModifyDate'],
    ] as const
  ).map(
    ([key, name]): Rule => ({
      clause: 'Document information (ISO 32000-1, 14.3.3)',
      rule: `${key} is there, and XMP’s`,
      kept: (file) =>
        /^D:\d{14}/.test(textAt(file, info(file)[key])) &&
        property(file, name) === asXmp(textAt(file, info(file)[key])),
      fault: (file) => set(info(file), key, "u:D:20010101000000+00'00'"),
    }),
  ),
  ...(
    [
      ['/Creator', 'xmp:CreatorTool'],
      ['/Producer', 'pdf:Producer'],
    ] as const
  ).map(
    ([key, name]): Rule => ({
      clause: 'Document information (ISO 32000-1, 14.3.3)',
      rule: `${key} is XMP’s`,
      kept: (file) => property(file, name) === textAt(file, info(file)[key]),
      fault: (file) => set(info(file), key, 'u:Another'),
    }),
  ),
  {
    clause: 'Trapping (ISO 32000-1, 14.11.6)',
    rule: 'Trapped is True or False, and XMP’s',
    kept: (file) =>
      ['/True', '/False'].includes(textAt(file, info(file)['/Trapped'])) &&
      `/${property(file, 'pdf:Trapped')}` === textAt(file, info(file)['/Trapped']),
    fault: (file) => set(info(file), '/Trapped', '/Unknown'),
  },
  // For which press.
  {
    clause: 'Output intents (ISO 32000-1, 14.11.5)',
    rule: 'there is one output intent for PDF/X',
    kept: (file) => intents(file).filter((one) => one['/S'] === '/GTS_PDFX').length === 1,
    fault: (file) => set(intent(file), '/S', '/GTS_PDFA1'),
  },
  {
    clause: 'Output intents (ISO 32000-1, 14.11.5)',
    rule: 'it has an identifier of the printing condition',
    kept: (file) => textAt(file, intent(file)['/OutputConditionIdentifier']) !== '',
    fault: (file) => void delete intent(file)['/OutputConditionIdentifier'],
  },
  {
    clause: 'Output intents (ISO 32000-1, 14.11.5)',
    rule: 'a condition of no registry is put into words',
    kept: (file) => intent(file)['/RegistryName'] !== undefined || textAt(file, intent(file)['/Info']) !== '',
    fault: (file) => void delete intent(file)['/Info'],
  },
  {
    clause: 'Output intents: embedded profile',
    rule: 'an ICC profile is embedded, of version 4 or less',
    kept: (file) => {
      const data = profile(file);
      return data.toString('latin1', 36, 40) === 'acsp' && data.readUInt32BE(0) === data.length && data[8]! <= 4;
    },
    fault: (file) => editProfile(file, 36, 'nope'),
  },
  {
    clause: 'Output intents: embedded profile',
    rule: 'it is of an output device',
    kept: (file) => profile(file).toString('latin1', 12, 16) === 'prtr',
    fault: (file) => editProfile(file, 12, 'mntr'),
  },
  {
    clause: 'Output intents: embedded profile',
    rule: 'its colours have as many parts as it says',
    kept: (file) =>
      ({ GRAY: 1, 'RGB ': 3, CMYK: 4 })[space(file)] === dictAt(file, intent(file)['/DestOutputProfile'])['/N'],
    fault: (file) => set(dictAt(file, intent(file)['/DestOutputProfile']), '/N', 3),
  },
];
