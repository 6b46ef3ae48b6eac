// The Matterhorn Protocol 1.1 (PDF Association, 2021) as data: the failure conditions of PDF/UA-1 that a machine can tell and
// that can come up in a book, each with its number, how a file keeps clear of it, and a fault that falls into it.
import { catalogOf, type Dict, dataAt, dictAt, dictsOf, listAt, pagesOf, type Taken, textAt } from './qpdf-objects.ts';
import {
  annotationsOf,
  attributesOf,
  type Element,
  elementsOf,
  isElement,
  roleOf,
  rootOf,
  type Shown,
  shownIn,
} from './tagged.ts';

export interface Checkpoint {
  readonly number: string;
  readonly name: string;
  /** What is wrong, in words. */
  readonly failures: (file: Taken) => string[];
  /** Makes it fail. */
  readonly fault: (file: Taken) => void;
}

const STANDARD = new Set(
  [
    'Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR',
    'TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form',
  ]
    .join(' ')
    .split(' '),
);

export const when = (fails: boolean, words: string): string[] => (fails ? [words] : []);
const metadata = (file: Taken): string => dataAt(file, catalogOf(file)['/Metadata']).toString('utf8');
export const painted =
  (fails: (one: Shown) => boolean) =>
  (file: Taken): string[] =>
    shownIn(file).flatMap((one) => when(fails(one), `page ${one.page + 1}: ${one.text ?? 'a drawing'}`));
const each =
  (type: string | RegExp, fails: (one: Element, file: Taken) => boolean) =>
  (file: Taken): string[] =>
    elementsOf(file).flatMap((one) =>
      when(
        (typeof type === 'string' ? one.type === type : type.test(one.type)) && fails(one, file),
        `${one.type} ${JSON.stringify(one.dict).slice(0, 90)}`,
      ),
    );
const only = (one: Element, ...types: string[]): boolean =>
  one.kids.every((kid) => isElement(kid) && types.includes(kid.type));
const first = (file: Taken, type: string): Dict => elementsOf(file).find((one) => one.type === type)?.dict ?? {};
export const set = (dict: Dict, key: string, value: Dict[string]): void => {
  dict[key] = value;
};
const retag = (from: string, to: string) => (file: Taken) => set(first(file, from), '/S', `/${to}`);

/** Puts operators before all that a page with a link draws. */
export function draw(file: Taken, edit: (source: string) => string): void {
  const page = pagesOf(file).find((one) => '/Annots' in one) ?? pagesOf(file)[0]!;
  const contents = listAt(file, page['/Contents']);
  const ref = String(contents.at(-1) ?? page['/Contents']);
  const stream = file.entries.get(ref)!.stream!;
  stream.data = Buffer.from(edit(dataAt(file, ref).toString('latin1')), 'latin1').toString('base64');
}

const link = (file: Taken): Dict => annotationsOf(file)[0]!.dict;
const isArtifact = ({ marks }: Shown): boolean => marks.some(({ name }) => name === '/Artifact');
const hasLang = (file: Taken): boolean => textAt(file, catalogOf(file)['/Lang']) !== '';
export const fontsIn = (file: Taken): Dict[] => [...dictsOf(file)].filter((one) => one['/Type'] === '/Font');
export const toUnicode = (file: Taken): { data?: string } =>
  file.entries.get(String(fontsIn(file).find((one) => one['/ToUnicode'])!['/ToUnicode']))!.stream!;

const CONTENT: readonly Checkpoint[] = [
  {
    number: '01-003',
    name: 'Content marked as Artifact is present inside tagged content',
    failures: painted((one) => isArtifact(one) && one.marks.findIndex(({ mcid }) => mcid !== undefined) === 0),
    fault: (file) => draw(file, (source) => `/P <</MCID 0>> BDC /Artifact BMC 0 0 1 1 re f EMC EMC ${source}`),
  },
  {
    number: '01-004',
    name: 'Tagged content is present inside content marked as Artifact',
    failures: painted((one) => isArtifact(one) && one.marks.some(({ mcid }) => mcid !== undefined)),
    fault: (file) => draw(file, (source) => `/Artifact BMC /P <</MCID 0>> BDC 0 0 1 1 re f EMC EMC ${source}`),
  },
  {
    number: '01-005',
    name: 'Content is neither marked as Artifact nor tagged as real content',
    failures: (file) => {
      const held = new Set(
        elementsOf(file).flatMap(({ kids }) => kids.map((kid) => ('mcid' in kid ? `${kid.page} ${kid.mcid}` : ''))),
      );
      return painted(
        (one) =>
          !isArtifact(one) && !one.marks.some(({ mcid }) => mcid !== undefined && held.has(`${one.page} ${mcid}`)),
      )(file);
    },
    fault: (file) => draw(file, (source) => `0 0 1 1 re f ${source}`),
  },
  {
    number: '01-007',
    name: 'Suspects entry has a value of true',
    failures: (file) => when(dictAt(file, catalogOf(file)['/MarkInfo'])['/Suspects'] === true, 'Suspects'),
    fault: (file) => set(dictAt(file, catalogOf(file)['/MarkInfo']), '/Suspects', true),
  },
  {
    number: '02-001',
    name: "A non-standard tag's mapping does not terminate with a standard type",
    failures: each(/./, ({ type }) => !STANDARD.has(type)),
    fault: retag('Link', 'Nonsense'),
  },
  {
    number: '02-003',
    name: 'A circular mapping exists',
    failures: (file) => {
      const roles = dictAt(file, rootOf(file)['/RoleMap']);
      return Object.keys(roles).filter((tag) => typeof roles[roleOf(file, tag)] === 'string');
    },
    fault: (file) => Object.assign(dictAt(file, rootOf(file)['/RoleMap']), { '/A': '/B', '/B': '/A' }),
  },
  {
    number: '02-004',
    name: 'A standard type is remapped',
    failures: (file) => Object.keys(dictAt(file, rootOf(file)['/RoleMap'])).filter((tag) => STANDARD.has(tag.slice(1))),
    fault: (file) => set(dictAt(file, rootOf(file)['/RoleMap']), '/P', '/H1'),
  },
];

const DOCUMENT: readonly Checkpoint[] = [
  {
    number: '06-001',
    name: 'Document does not contain an XMP metadata stream',
    failures: (file) => when(metadata(file) === '', 'no metadata'),
    fault: (file) => void delete catalogOf(file)['/Metadata'],
  },
  {
    number: '06-002',
    name: 'The XMP metadata stream does not include the PDF/UA identifier',
    failures: (file) => when(!/<pdfuaid:part>1</.test(metadata(file)), 'no identifier'),
    fault: (file) => void delete catalogOf(file)['/Metadata'],
  },
  {
    number: '06-003',
    name: 'The XMP metadata stream does not contain dc:title',
    failures: (file) => when(!/<dc:title>[\s\S]*<rdf:li[^>]*>[^<]/.test(metadata(file)), 'no title'),
    fault: (file) => void delete catalogOf(file)['/Metadata'],
  },
  {
    number: '07-001, 07-002',
    name: 'ViewerPreferences does not contain DisplayDocTitle, or it is false',
    failures: (file) =>
      when(dictAt(file, catalogOf(file)['/ViewerPreferences'])['/DisplayDocTitle'] !== true, 'the title is not shown'),
    fault: (file) => set(dictAt(file, catalogOf(file)['/ViewerPreferences']), '/DisplayDocTitle', false),
  },
  ...(
    [
      '11-001 text in page content',
      '11-002 text in Alt, ActualText and E',
      '11-003 the outline',
      '11-004 the Contents of annotations',
      '11-006 metadata',
    ] as const
  ).map(
    (one): Checkpoint => ({
      number: one.slice(0, 6),
      name: `Natural language of ${one.slice(7)} cannot be determined`,
      failures: (file) => when(!hasLang(file), 'no Lang'),
      fault: (file) => void delete catalogOf(file)['/Lang'],
    }),
  ),
  {
    number: '11-001',
    name: 'A language that is named is one (BCP 47, no private subtags left)',
    failures: each(
      /./,
      ({ dict }, file) =>
        '/Lang' in dict &&
        !/^[a-z]{2,3}(?:-[A-Za-z\d]{2,8})*$/.test(textAt(file, dict['/Lang']).replace(/-x-.*/, '-x')),
    ),
    fault: (file) => set(first(file, 'P'), '/Lang', 'u:en-x-cont'),
  },
];

const cells = (row: Element): number => row.kids.length;
const levels = (file: Taken): number[] =>
  elementsOf(file).flatMap(({ type }) => (/^H[1-6]$/.test(type) ? [Number(type[1])] : []));

const STRUCTURE: readonly Checkpoint[] = [
  {
    number: '09-004',
    name: 'A table-related structure element is used in a way that does not conform to ISO 32000-1',
    failures: (file) => [
      ...each('Table', (one) => !only(one, 'TR', 'THead', 'TBody', 'TFoot', 'Caption'))(file),
      ...each('TR', (one) => !only(one, 'TH', 'TD') || !/^(?:Table|T[A-Z].*)$/.test(one.parent?.type ?? ''))(file),
      ...each(/^T[HD]$/, (one) => one.parent?.type !== 'TR')(file),
      ...each(
        'Table',
        (one) =>
          new Set(
            one.kids
              .filter(isElement)
              .filter(({ type }) => type === 'TR')
              .map(cells),
          ).size > 1,
      )(file),
    ],
    fault: retag('TR', 'P'),
  },
  {
    number: '09-005',
    name: 'A list-related structure element is used in a way that does not conform to ISO 32000-1',
    failures: (file) => [
      ...each('L', (one) => !only(one, 'LI', 'L', 'Caption'))(file),
      ...each('LI', (one) => !only(one, 'Lbl', 'LBody') || one.parent?.type !== 'L')(file),
      ...each('LBody', (one) => one.parent?.type !== 'LI')(file),
      ...each('LI', ({ kids }) => kids.filter((kid) => isElement(kid) && kid.type === 'LBody').length !== 1)(file),
    ],
    fault: retag('LBody', 'P'),
  },
  {
    number: '09-006',
    name: 'A TOC-related structure element is used in a way that does not conform to ISO 32000-1',
    failures: (file) => [
      ...each('TOC', (one) => !only(one, 'TOCI', 'TOC', 'Caption'))(file),
      ...each('TOCI', (one) => one.parent?.type !== 'TOC')(file),
    ],
    fault: retag('TOCI', 'P'),
  },
  {
    number: '09-007, 09-008',
    name: 'A Ruby- or Warichu-related structure element is used in a way that does not conform to ISO 32000-1',
    failures: (file) => [
      ...each('Ruby', (one) => !only(one, 'RB', 'RT', 'RP'))(file),
      ...each('Warichu', (one) => !only(one, 'WT', 'WP'))(file),
      ...each(/^R[BTP]$/, (one) => one.parent?.type !== 'Ruby')(file),
      ...each(/^W[TP]$/, (one) => one.parent?.type !== 'Warichu')(file),
    ],
    fault: retag('P', 'RT'),
  },
  {
    number: '10-001',
    name: 'Character code cannot be mapped to Unicode',
    failures: painted(({ mute, marks }) => mute > 0 && !marks.some(({ actual }) => actual !== undefined)),
    fault: (file) => Object.assign(toUnicode(file), { data: '' }),
  },
  {
    number: '13-004',
    name: 'Figure tag alternative or replacement text missing',
    failures: each(
      'Figure',
      ({ dict }, file) => textAt(file, dict['/Alt']) === '' && textAt(file, dict['/ActualText']) === '',
    ),
    fault: (file) => Object.assign(first(file, 'P'), { '/S': '/Figure' }),
  },
  {
    number: '14-002',
    name: 'The first heading is not of the first level',
    failures: (file) => when((levels(file)[0] ?? 1) !== 1, 'the first'),
    fault: retag('H1', 'H2'),
  },
  {
    number: '14-003',
    name: 'Numbered heading levels in descending sequence are skipped',
    failures: (file) =>
      levels(file).flatMap((level, index, all) => when(level > (all[index - 1] ?? 0) + 1, `H${level}`)),
    fault: (file) =>
      set(
        elementsOf(file)
          .filter(({ type }) => type === 'H1')
          .at(-1)?.dict ?? {},
        '/S',
        '/H6',
      ),
  },
  {
    number: '14-006, 14-007',
    name: 'The document uses H tags beside numbered ones',
    failures: each('H', () => true),
    fault: retag('H1', 'H'),
  },
  {
    number: '15-003',
    name: 'A TH cell has neither Scope nor a place in Headers',
    failures: each('TH', (one, file) => !('/Scope' in attributesOf(file, one))),
    fault: (file) => Object.assign(first(file, 'TD'), { '/S': '/TH', '/A': {} }),
  },
  {
    number: '17-002',
    name: 'A Formula is missing an Alt attribute',
    failures: each('Formula', ({ dict }, file) => textAt(file, dict['/Alt']) === ''),
    fault: retag('P', 'Formula'),
  },
  {
    number: '19-003',
    name: 'ID entry of the Note tag is not present',
    failures: each('Note', ({ dict }, file) => textAt(file, dict['/ID']) === ''),
    fault: (file) => void delete first(file, 'Note')['/ID'],
  },
  {
    number: '19-004',
    name: 'ID entry of the Note tag is not unique',
    failures: (file) => {
      const ids = elementsOf(file)
        .filter(({ type }) => type === 'Note')
        .map(({ dict }) => textAt(file, dict['/ID']));
      return ids.filter((id, index) => ids.indexOf(id) !== index);
    },
    fault: (file) => {
      const notes = elementsOf(file).filter(({ type }) => type === 'Note');
      notes.at(-1)!.dict['/ID'] = notes[0]!.dict['/ID']!;
    },
  },
];

const linked = (file: Taken): Set<string> =>
  new Set(
    elementsOf(file).flatMap(({ type, kids }) =>
      type === 'Link' ? kids.flatMap((kid) => ('annotation' in kid ? [kid.annotation] : [])) : [],
    ),
  );
const annotations =
  (fails: (one: Dict, file: Taken, page: Dict, ref: string) => boolean) =>
  (file: Taken): string[] =>
    annotationsOf(file).flatMap(({ dict, page, ref }) =>
      when(fails(dict, file, page, ref), JSON.stringify(dict).slice(0, 120)),
    );

const REST: readonly Checkpoint[] = [
  {
    number: '20-001, 20-002, 20-003',
    name: 'An optional content configuration has no Name, or an AS entry',
    failures: (file) => when('/OCProperties' in catalogOf(file), 'optional content'),
    fault: (file) => set(catalogOf(file), '/OCProperties', {}),
  },
  {
    number: '21-001, 28-016',
    name: 'The file specification of an embedded file does not contain F and UF',
    failures: (file) =>
      [...dictsOf(file)].flatMap((one) => when('/EF' in one && !('/F' in one && '/UF' in one), 'an embedded file')),
    fault: (file) => void file.entries.set('99999 0 R', { value: { '/Type': '/Filespec', '/EF': {} } }),
  },
  {
    number: '25-001, 11-005, 28-005, 28-010',
    name: 'There are forms, with fields that must be named in a language and tagged, or rendered anew',
    failures: (file) => when('/AcroForm' in catalogOf(file), 'a form'),
    fault: (file) => set(catalogOf(file), '/AcroForm', {}),
  },
  {
    number: '26-001, 26-002',
    name: 'The file is encrypted against reading aloud',
    failures: (file) => when('/Encrypt' in file.trailer, 'encrypted'),
    fault: (file) => set(file.trailer, '/Encrypt', {}),
  },
  {
    number: '28-002, 28-006, 28-007, 28-017, 28-018',
    name: 'An annotation is no link: of an unknown kind, a trap net, a printer’s mark, or not in an Annot',
    failures: annotations((one) => one['/Subtype'] !== '/Link'),
    fault: (file) => set(link(file), '/Subtype', '/TrapNet'),
  },
  {
    number: '28-008',
    name: 'A page with an annotation does not contain a Tabs key',
    failures: annotations((_, __, page) => !('/Tabs' in page)),
    fault: (file) => void delete annotationsOf(file)[0]!.page['/Tabs'],
  },
  {
    number: '28-009',
    name: 'A page with an annotation has a Tabs key with another value than S',
    failures: annotations((_, __, page) => '/Tabs' in page && page['/Tabs'] !== '/S'),
    fault: (file) => set(annotationsOf(file)[0]!.page, '/Tabs', '/R'),
  },
  {
    number: '28-011',
    name: 'A link annotation is not nested within a Link tag',
    failures: (file) => {
      const held = linked(file);
      return annotations((_, __, ___, ref) => !held.has(ref))(file);
    },
    fault: retag('Link', 'Span'),
  },
  {
    number: '28-004, 28-012',
    name: 'A link annotation does not have an alternate description in Contents',
    failures: annotations((one, file) => textAt(file, one['/Contents']) === ''),
    fault: (file) => void delete link(file)['/Contents'],
  },
  {
    number: '28-014, 28-015',
    name: 'A media clip has no CT or Alt entry',
    failures: (file) => [...dictsOf(file)].flatMap((one) => when(one['/S'] === '/MCD' && !('/Alt' in one), 'a clip')),
    fault: (file) => void file.entries.set('99999 0 R', { value: { '/Type': '/MediaClip', '/S': '/MCD' } }),
  },
  {
    number: '30-001',
    name: 'A reference XObject is present',
    failures: (file) =>
      [...dictsOf(file)].filter((one) => one['/Subtype'] === '/Form' && '/Ref' in one).map(() => 'Ref'),
    fault: (file) => void file.entries.set('99999 0 R', { value: { '/Subtype': '/Form', '/Ref': {} } }),
  },
  {
    number: '30-002',
    name: 'A form XObject contains MCIDs and is referenced more than once',
    failures: (file) =>
      [...file.entries].flatMap(([ref, { stream }]) =>
        when(stream?.dict['/Subtype'] === '/Form' && dataAt(file, ref).includes('/MCID'), ref),
      ),
    fault: (file) => {
      const data = Buffer.from('/P <</MCID 0>> BDC EMC').toString('base64');
      file.entries.set('99999 0 R', { stream: { dict: { '/Subtype': '/Form' }, data } });
    },
  },
];

export const CHECKPOINTS: readonly Checkpoint[] = [...CONTENT, ...DOCUMENT, ...STRUCTURE, ...REST];
