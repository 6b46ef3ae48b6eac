// The rules of PDF/X-4 (ISO 15930-7:2010) as data: each with its clause, how a file keeps it, and a fault that breaks it.
// Clauses without a standard's number are of ISO 15930-7, by their subject; the others say where the PDF standard
// (ISO 32000-1) has the thing that the rule is about. ISO 15930-7's own numbers are not given: the standard is not public, and
// public checkers contradict one another (the output intent is 6.2.3 to LintPDF and 6.4 to others, fonts are 6.3 and 6.6).
// That these are rules is said by public checkers, too. LintPDF's checks for PDF/X-4 have version, encryption, LZW, streams
// elsewhere, XMP, output intent, boxes, device colours, ICC spaces, rendering intents, transfer functions, fonts, annotations,
// actions, forms, embedded files, OPI, alternate images, PostScript and optional content. The list of pdfbox-preflight
// (github.com/Padam87/pdfbox-preflight, issue 1), for an older part, has the identifier, Trapped, dates, title, the profile's
// kind, nested boxes and halftones. No public checker that we know has reference XObjects, blend modes and the blending space.
import { FILE_RULES } from './exchange-file.ts';
import {
  add,
  box,
  boxIn,
  draw,
  editProfile,
  fonts,
  inside,
  intent,
  page,
  type Rule,
  set,
  some,
  space,
  spacesOf,
} from './exchange-reading.ts';
import {
  catalogOf,
  type Dict,
  dataAt,
  dictAt,
  dictsOf,
  drawnIn,
  listAt,
  look,
  pagesOf,
  type Taken,
  textAt,
  type Value,
} from './qpdf-objects.ts';

const PAGE_RULES: readonly Rule[] = [
  // Boxes.
  {
    clause: 'Bounding boxes (ISO 32000-1, 14.11.2)',
    rule: 'each page has a TrimBox or an ArtBox, not both',
    kept: (file) => pagesOf(file).every((one) => '/TrimBox' in one !== '/ArtBox' in one),
    fault: (file) => void delete page(file)['/TrimBox'],
  },
  {
    clause: 'Bounding boxes (ISO 32000-1, 14.11.2)',
    rule: 'the trim lies in the bleed',
    kept: (file) => pagesOf(file).every((one) => inside(boxIn(file, one, '/TrimBox'), boxIn(file, one, '/BleedBox'))),
    fault: (file) => set(page(file), '/TrimBox', [0, 0, 9999, 9999]),
  },
  {
    clause: 'Bounding boxes (ISO 32000-1, 14.11.2)',
    rule: 'the bleed lies in the media',
    kept: (file) => pagesOf(file).every((one) => inside(boxIn(file, one, '/BleedBox'), boxIn(file, one, '/MediaBox'))),
    fault: (file) => set(page(file), '/BleedBox', [-9, -9, 9999, 9999]),
  },
  {
    clause: 'Bounding boxes (ISO 32000-1, 14.11.2)',
    rule: 'a CropBox, if any, holds the bleed',
    kept: (file) =>
      pagesOf(file).every(
        (one) => !('/CropBox' in one) || inside(boxIn(file, one, '/BleedBox'), boxIn(file, one, '/CropBox')),
      ),
    fault: (file) => set(page(file), '/CropBox', [50, 50, 60, 60]),
  },
  // Colour.
  {
    clause: 'Colour: device spaces (ISO 32000-1, 8.6.4)',
    rule: 'DeviceRGB only for a press of RGB',
    kept: (file) => space(file) === 'RGB ' || !spacesOf(file).includes('/DeviceRGB'),
    fault: (file) => draw(file, '1 0 0 rg'),
  },
  {
    clause: 'Colour: device spaces (ISO 32000-1, 8.6.4)',
    rule: 'DeviceCMYK only for a press of CMYK',
    kept: (file) => space(file) === 'CMYK' || !spacesOf(file).includes('/DeviceCMYK'),
    fault: (file) => {
      editProfile(file, 16, 'GRAY');
      draw(file, '1 0 0 0 k');
    },
  },
  {
    clause: 'Colour: ICC-based spaces (ISO 32000-1, 8.6.5.5)',
    rule: 'a colour space’s profile has the parts that it says, and is of a kind that may be one',
    kept: (file) =>
      [...dictsOf(file)].every((dict) =>
        Object.values(dict).every((value) => {
          const list = look(file, value);
          if (!Array.isArray(list) || list[0] !== '/ICCBased') return true;
          const data = dataAt(file, list[1]);
          const parts = ({ GRAY: 1, 'RGB ': 3, CMYK: 4 } as Record<string, number>)[data.toString('latin1', 16, 20)];
          return parts === dictAt(file, list[1])['/N'] && /prtr|mntr|scnr|spac/.test(data.toString('latin1', 12, 16));
        }),
      ),
    fault: (file) => add(file, { '/Broken': ['/ICCBased', intent(file)['/Info']!] }),
  },
  {
    clause: 'Rendering intents (ISO 32000-1, 8.6.5.8)',
    rule: 'rendering intents are the four of the PDF standard',
    kept: (file) =>
      [...drawnIn(file).matchAll(/\/(\S+)\s+ri\s/g)].every(([, name]) =>
        /Colorimetric$|^Perceptual$|^Saturation$/.test(name!),
      ),
    fault: (file) => draw(file, '/Pretty ri'),
  },
  // Graphics state, transparency.
  {
    clause: 'Extended graphics state (ISO 32000-1, 8.4.5)',
    rule: 'no transfer functions',
    // A soft mask's own is another thing, and allowed (ISO 32000-1, 11.6.5.2).
    kept: (file) =>
      !some(file, (dict) => ('/TR' in dict && !('/G' in dict)) || ('/TR2' in dict && dict['/TR2'] !== '/Default')),
    fault: (file) => add(file, { '/Type': '/ExtGState', '/TR': '/Identity' }),
  },
  {
    clause: 'Halftones (ISO 32000-1, 10.5)',
    rule: 'halftones are of type 1 or 5, and have no name and no place',
    kept: (file) =>
      !some(
        file,
        (dict) =>
          '/HTP' in dict ||
          '/HalftoneName' in dict ||
          ('/HalftoneType' in dict && ![1, 5].includes(Number(dict['/HalftoneType']))),
      ),
    fault: (file) => add(file, { '/HalftoneType': 6 }),
  },
  {
    clause: 'Transparency: blending space (ISO 32000-1, 11.6.6)',
    rule: 'a page with transparency says in which colours it is blended: the press’s',
    kept: (file) =>
      pagesOf(file).every((one) => {
        const group = dictAt(file, one['/Group']);
        if (group['/S'] !== '/Transparency') return !blended(file, one);
        return group['/CS'] === (space(file) === 'GRAY' ? '/DeviceGray' : '/DeviceCMYK');
      }),
    fault: (file) => {
      page(file)['/Group'] = { '/S': '/Transparency', '/CS': '/DeviceRGB' };
    },
  },
  {
    clause: 'Transparency: blend modes (ISO 32000-1, 11.3.5)',
    rule: 'blend modes are those of the PDF standard',
    kept: (file) =>
      !some(file, (dict) => '/BM' in dict && [dict['/BM']].flat().some((mode) => !MODES.has(String(mode)))),
    fault: (file) => add(file, { '/Type': '/ExtGState', '/BM': '/Glow' }),
  },
  // Fonts.
  {
    clause: 'Fonts (ISO 32000-1, 9.9)',
    rule: 'every font is embedded',
    kept: (file) =>
      fonts(file).every((font) => {
        const descriptor = dictAt(file, font['/FontDescriptor']);
        return ['/FontFile', '/FontFile2', '/FontFile3'].some((key) => dataAt(file, descriptor[key]).length > 0);
      }),
    fault: (file) => add(file, { '/Type': '/Font', '/Subtype': '/Type1', '/BaseFont': '/Helvetica' }),
  },
  {
    clause: 'Fonts (ISO 32000-1, 9.7.4)',
    rule: 'composite TrueType fonts say which glyph each code is',
    kept: (file) => !some(file, (dict) => dict['/Subtype'] === '/CIDFontType2' && !('/CIDToGIDMap' in dict)),
    fault: (file) => add(file, { '/Subtype': '/CIDFontType2' }),
  },
  // What does not print.
  {
    clause: 'Annotations (ISO 32000-1, 12.5)',
    rule: 'no annotation but traps and printer’s marks touches the bleed',
    kept: (file) =>
      pagesOf(file).every((one) =>
        listAt(file, one['/Annots']).every((entry) => {
          const [annotation, bleed] = [dictAt(file, entry), box(file, one['/BleedBox'])];
          const [left = 0, bottom = 0, right = 0, top = 0] = box(file, annotation['/Rect']);
          const outside = left >= bleed[2]! || right <= bleed[0]! || bottom >= bleed[3]! || top <= bleed[1]!;
          return outside || ['/TrapNet', '/PrinterMark'].includes(String(annotation['/Subtype']));
        }),
      ),
    fault: (file) => set(page(file), '/Annots', [{ '/Subtype': '/Link', '/Rect': [50, 50, 90, 90] }]),
  },
  {
    clause: 'Actions and JavaScript (ISO 32000-1, 12.6)',
    rule: 'nothing happens: no actions, no JavaScript',
    kept: (file) =>
      !some(
        file,
        (dict) =>
          ['/AA', '/OpenAction', '/JavaScript', '/JS'].some((key) => key in dict) ||
          (dict['/Type'] === '/Action' && '/S' in dict),
      ),
    fault: (file) => set(catalogOf(file), '/OpenAction', { '/S': '/JavaScript', '/JS': 'u:1' }),
  },
  {
    clause: 'Interactive forms (ISO 32000-1, 12.7)',
    rule: 'there is no form to fill in',
    kept: (file) => !('/AcroForm' in catalogOf(file)),
    fault: (file) => set(catalogOf(file), '/AcroForm', {}),
  },
  {
    clause: 'Embedded files (ISO 32000-1, 7.11.4)',
    rule: 'no file is attached',
    kept: (file) =>
      !('/EmbeddedFiles' in dictAt(file, catalogOf(file)['/Names'])) && !some(file, (dict) => '/EF' in dict),
    fault: (file) => set(catalogOf(file), '/Names', { '/EmbeddedFiles': {} }),
  },
  {
    clause: 'OPI (ISO 32000-1, 14.11.7)',
    rule: 'no picture stands for another one',
    kept: (file) => !some(file, (dict) => '/OPI' in dict),
    fault: (file) => add(file, { '/Subtype': '/Image', '/OPI': {} }),
  },
  {
    clause: 'Alternate images (ISO 32000-1, 8.9.5.4)',
    rule: 'no picture has another for the press',
    kept: (file) => !some(file, (dict) => '/Alternates' in dict),
    fault: (file) => add(file, { '/Subtype': '/Image', '/Alternates': [] }),
  },
  {
    clause: 'PostScript XObjects (ISO 32000-1, 8.8.2)',
    rule: 'no PostScript',
    kept: (file) => !some(file, (dict) => dict['/Subtype'] === '/PS' || dict['/Subtype2'] === '/PS'),
    fault: (file) => add(file, { '/Type': '/XObject', '/Subtype': '/PS' }),
  },
  {
    clause: 'Reference XObjects (ISO 32000-1, 8.10.4)',
    rule: 'no form stands for a page of another file',
    kept: (file) => !some(file, (dict) => dict['/Subtype'] === '/Form' && '/Ref' in dict),
    fault: (file) => add(file, { '/Subtype': '/Form', '/Ref': {} }),
  },
  {
    clause: 'Optional content (ISO 32000-1, 8.11)',
    rule: 'layers, if any, have names and nothing that shows them by itself',
    kept: (file) => {
      const layers = catalogOf(file)['/OCProperties'];
      if (layers === undefined) return true;
      const configurations = [
        dictAt(file, dictAt(file, layers)['/D']),
        ...listAt(file, dictAt(file, layers)['/Configs']),
      ];
      return configurations.every(
        (one) => textAt(file, dictAt(file, one)['/Name']) !== '' && !('/AS' in dictAt(file, one)),
      );
    },
    fault: (file) => set(catalogOf(file), '/OCProperties', { '/D': { '/AS': [] } }),
  },
];

const MODES = new Set(
  [
    ...['Normal', 'Compatible', 'Multiply', 'Screen', 'Overlay', 'Darken', 'Lighten', 'ColorDodge', 'ColorBurn'],
    ...['HardLight', 'SoftLight', 'Difference', 'Exclusion', 'Hue', 'Saturation', 'Color', 'Luminosity'],
  ].map((mode) => `/${mode}`),
);

/** Whether what the page names is see-through anywhere. */
function blended(file: Taken, one: Dict): boolean {
  const seen = new Set<Value>();
  const walk = (value: Value | undefined): boolean => {
    const found = look(file, value);
    if (typeof found !== 'object' || found === null || seen.has(found)) return false;
    seen.add(found);
    if (Array.isArray(found)) return found.some(walk);
    if (found['/Type'] === '/Page') return false;
    const mask = found['/SMask'];
    if (mask !== undefined && mask !== '/None') return true;
    if ('/BM' in found && !['/Normal', '/Compatible'].includes(String(found['/BM']))) return true;
    if (['/ca', '/CA'].some((key) => key in found && Number(found[key]) < 1)) return true;
    return Object.entries(found).some(([key, inner]) => key !== '/Parent' && walk(inner));
  };
  return walk(one['/Resources']);
}

export const RULES: readonly Rule[] = [...FILE_RULES, ...PAGE_RULES];
