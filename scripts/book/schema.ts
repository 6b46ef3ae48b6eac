// The one description of book.yaml: from it come the checks, the defaults, book.schema.json and the reference in docs/book-yaml.md.
// Takes what yaml.ts reads (every scalar is the text that was typed); gives values in the house's units.
import { z } from 'zod';
import { readBudget } from './budget.ts';
import { about, flag, LENGTH, line, listOf, PAPER, scalar, TEXT, word } from './fields.ts';
import { printerSchema, readCount } from './printer.ts';
import {
  lengthFrom,
  oneOf,
  type Reader,
  readAddress,
  readColour,
  readDate,
  readIdentifier,
  readLanguage,
  readPaper,
  readPath,
  readPicture,
  readPosition,
  readProfilePath,
  readProse,
  readRole,
  readSlug,
  readTrim,
} from './values.ts';

const MARKS = ['crop', 'registration', 'fold', 'slug'] as const;
const ALL_OR_NONE = ['true', 'false', 'none'] as const;

/** `true` and `false` however they are written: all of them, and none. */
const readMark: Reader<(typeof ALL_OR_NONE)[number] | (typeof MARKS)[number]> = (text) =>
  oneOf([...ALL_OR_NONE, ...MARKS])(text.toLowerCase());

const mark = scalar({ enum: [true, false, 'none', ...MARKS] }, readMark);
const ALONE = {
  ruleId: 'wrong-type',
  reason: '`marks` names some marks, and also all or none',
  note: 'Write the marks alone: `marks: [crop, slug]`; or `marks: true`, or `marks: none`.',
};

export const pamphletSchema = z
  .strictObject({
    trim: scalar(PAPER, readTrim)
      .prefault('a5')
      .meta(about('Size of a page after cutting.', 'a5', '148mm x 210mm')),
    bleed: scalar(LENGTH, lengthFrom('0mm', '10mm'))
      .prefault('3mm')
      .meta(about('How far pictures and rules run over the edge, for the cutter, up to `10mm`.', '3mm')),
    paper: listOf(scalar(PAPER, readPaper))
      .prefault(['a4', 'letter'])
      .meta(about('Papers to print the folded booklet on: a file each.', '[a4, letter]')),
    fold: word('auto', 'saddle', 'signatures', 'perfect-bound', 'quarto', 'quarter-fold', 'octavo')
      .prefault('auto')
      .meta(
        about(
          'How the booklet is made: stapled (`saddle`); sewn in several `signatures`; either of them, as it is thin enough for staples (`auto`: up to 40 sheets of 80 g/m²); cut in half and glued (`perfect-bound`); sheets of eight pages sewn (`quarto`) or put into one another and stapled (`quarter-fold`); of sixteen, sewn (`octavo`).',
        ),
      ),
    sheetsPerSignature: scalar({ type: 'integer', minimum: 1, maximum: 12 }, readCount(1, 12))
      .prefault('4')
      .meta(about('With `fold: signatures`, the most sheets in each.', '4')),
    notes: word('foot', 'end', 'chapter')
      .prefault('foot')
      .meta(about('Notes at the foot of their page, all at the end, or at the end of their chapter.')),
    folios: word('arabic', 'roman')
      .prefault('arabic')
      .meta(
        about(
          'Page numbers from the front on (`arabic`), or `i`, `ii`, `iii` up to the first chapter, which begins with 1 on a right-hand page (`roman`).',
        ),
      ),
    chapters: word('auto', 'recto', 'page', 'run-on')
      .prefault('auto')
      .meta(
        about(
          'Chapters begin on a right-hand page, on a new page, or where the last one ended; `auto`: on a new page where the front matter is full, else run on.',
        ),
      ),
    frontMatter: word('auto', 'full', 'brief')
      .prefault('auto')
      .meta(
        about('Half-title, contents and all, or title page and imprint alone; `auto` goes by the length of the text.'),
      ),
    size: scalar(LENGTH, lengthFrom('7pt', '16pt'))
      .prefault('10.5pt')
      .meta(about('Size of the text, from `7pt` to `16pt`.', '10.5pt')),
    leading: scalar(LENGTH, lengthFrom('7pt', '32pt'))
      .prefault('13.5pt')
      .meta(about('From one line to the next, at least the size.', '13.5pt')),
    marks: z
      .union([mark.transform((only) => [only]), z.array(mark)])
      .refine((given) => given.length < 2 || !ALL_OR_NONE.some((word) => given.includes(word)), { params: ALONE })
      .prefault('true')
      .transform((given) => MARKS.filter((mark) => given.includes('true') || given.includes(mark)))
      .meta(
        about(
          'Marks outside the page: all (`true`), `none`, or a list. `crop`, `registration` and `slug` stand on the file for the printer, `fold` on the sheets to fold.',
          '[crop, slug]',
        ),
      ),
  })
  .meta(about('How the pages are printed. At the top for every edition, or in an edition, which wins key by key.'));

export const pressSchema = z
  .strictObject({
    standard: word('none', 'pdf/x-4')
      .prefault('none')
      .meta(about('What the file for the printer must be; a printer who wants PDF/X-4 says so.')),
    ink: word('black', 'grey', 'cmyk')
      .prefault('cmyk')
      .meta(
        about(
          'Black and the spot colour (`cmyk`), everything in greys of black (`grey`), or so with the spot colour solid (`black`).',
        ),
      ),
    profile: scalar({ type: 'string' }, readProfilePath)
      .optional()
      .meta(
        about(
          'The printer’s ICC profile, which PDF/X-4 in `cmyk` cannot do without; for black there is one of our own.',
          'profiles/printer.icc',
        ),
      ),
  })
  .meta(about('The file for the printer. At the top for every edition, or in an edition, which wins key by key.'));

export const zineSchema = z
  .strictObject({
    fold: word('one-sheet-8', 'one-sheet-16', 'quarter-fold', 'saddle', 'accordion')
      .prefault('one-sheet-8')
      .meta(
        about(
          'How it is folded: one sheet with a slit, printed on one side (`one-sheet-8`) or on both (`one-sheet-16`); sheets of eight pages put into one another (`quarter-fold`) or of four, stapled (`saddle`); to and fro (`accordion`).',
        ),
      ),
    pages: scalar({ type: 'integer', minimum: 4, maximum: 32 }, readCount(4, 32))
      .optional()
      .meta(about('How many panels, where the fold leaves a choice: 8 if missing, 16 for a `quarter-fold`.', '16')),
    flow: flag
      .prefault('false')
      .meta(about('The text runs from panel to panel; if not, each heading and each `::panel` opens the next.')),
    pictures: word('halftone', 'dither', 'as-is')
      .prefault('halftone')
      .meta(
        about(
          'What becomes of photographs and tints, which copiers spoil: dots on a screen (`halftone`), scattered ones (`dither`), or nothing (`as-is`). Drawings of lines stay as they are.',
        ),
      ),
    paper: listOf(scalar(PAPER, readPaper))
      .prefault(['a4', 'letter'])
      .meta(about('Papers to print the sheet on: a file each.', '[a4, letter]')),
  })
  .meta(about('How the zine is folded. At the top, or in an edition, which wins key by key.'));

const authorSchema = z.union([
  line.transform((name) => ({ name, fileAs: undefined, role: ['aut'] })),
  z.strictObject({
    name: line.meta(about('The name as it is printed.', 'Jo Example')),
    fileAs: line.optional().meta(about('The name as it is sorted; worked out where it is missing.', 'Example, Jo')),
    role: listOf(scalar({ type: 'string', pattern: '^[a-z]{3}$' }, readRole))
      .prefault('aut')
      .meta(
        about(
          'What they did, as a MARC relator code: `aut` wrote it, `edt` edited it, `trl` translated it, `ill` illustrated it. Several in a list.',
          'edt',
          '[aut, ill]',
        ),
      ),
  }),
]);

export const editionSchema = z.strictObject({
  manuscript: listOf(scalar({ type: 'string' }, readPath)).meta(
    about('The Markdown, or a list of files in reading order.', 'manuscripts/long.md'),
  ),
  label: line.optional().meta(about('How readers know the edition.', 'The complete version')),
  outputs: listOf(word('epub', 'pages', 'pamphlet', 'zine'))
    .prefault(['epub', 'pamphlet'])
    .meta(
      about(
        'What is made: any of `epub`, `pages`, `pamphlet`, `zine`. `pages` is the first of the pamphlet’s files alone.',
        '[epub, pamphlet]',
      ),
    ),
  pages: scalar({ type: ['integer', 'string'] }, readBudget)
    .optional()
    .meta(
      about(
        'How many pages to fill, the covers among them: a number, `multiple of 4`, or `fewest`. Size, leading, margins and where chapters open are chosen for that, within the template’s `bounds.yaml`.',
        '16',
        'multiple of 4',
        'fewest',
      ),
    ),
  readingMinutes: scalar({ type: 'integer', minimum: 1, maximum: 6000 }, readCount(1, 6000))
    .optional()
    .meta(about('How long the text is to be read; `check` says how far it is from that.', '7')),
  fonts: word('embed', 'reader').optional().meta(about('As at the top, for this edition.')),
  pamphlet: pamphletSchema.optional(),
  zine: zineSchema.optional(),
  press: pressSchema.optional(),
  printer: printerSchema.optional(),
});

export const bookSchema = z
  .strictObject({
    title: line.meta(about('The title.', 'Whose Machines?')),
    subtitle: line.optional().meta(about('The subtitle.')),
    author: authorSchema
      .optional()
      .meta(about('Who wrote it: a name, or `{name, fileAs, role}`. Either this or `authors`.', 'Jo Example')),
    authors: listOf(authorSchema)
      .optional()
      .meta(
        about(
          'Several authors, and whoever else had a part in it, in the order of the title page.',
          '[Jo Example, Sam Sample]',
        ),
      ),
    language: scalar({ type: 'string' }, readLanguage)
      .prefault('en')
      .meta(about('The language’s tag (BCP 47).', 'en', 'pt-BR')),
    editions: z.record(z.string(), editionSchema).meta({
      ...about(
        'The versions of the book, each under a name of small letters, digits and hyphens: `long`, `short`, `zine`.',
      ),
      minProperties: 1,
      propertyNames: { pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' },
    }),
    slug: scalar({ type: ['string', 'number'], pattern: '^[a-z0-9]+(-[a-z0-9]+)*$' }, readSlug)
      .optional()
      .meta(about('What the files’ names begin with; made from the title where it is missing.', 'whose-machines')),
    date: scalar({ type: ['string', 'number'] }, readDate)
      .optional()
      .meta(about('Of publication: a year, a month or a day.', '2026-06')),
    printing: line.optional().meta(about('Which printing or edition this is, for the imprint.', 'Second edition')),
    publisher: line.optional().meta(about('Who publishes it.')),
    rights: scalar(TEXT, readProse).optional().meta(about('Licence or copyright line.', 'CC BY-SA 4.0')),
    description: scalar(TEXT, readProse)
      .optional()
      .meta(about('Two or three sentences, for the back cover and the library.')),
    identifier: scalar({ type: ['string', 'number'] }, readIdentifier)
      .optional()
      .meta(about('ISBN, UUID, or an address that is the book’s own.', '978-0-306-40615-7')),
    url: scalar({ type: 'string', pattern: '^[Hh][Tt][Tt][Pp][Ss]?://' }, readAddress)
      .optional()
      .meta(about('Where the book can be had: the address in the QR code.', 'https://example.org/machines')),
    subjects: listOf(line).optional().meta(about('Subjects, for catalogues.', '[labour, technology]')),
    series: z
      .union([
        line.transform((name) => ({ name, position: undefined })),
        z.strictObject({
          name: line.meta(about('The series’ name.', 'Small Tracts')),
          position: scalar({ type: ['string', 'number'] }, readPosition)
            .optional()
            .meta(about('Its number in the series.', '3', '2.5')),
        }),
      ])
      .optional()
      .meta(about('The series that the book belongs to: its name, or `{name, position}`.', 'Small Tracts')),
    cover: z
      .union([
        scalar({ type: 'string' }, readPicture).transform((image) => ({ image, alt: undefined })),
        z.strictObject({
          image: scalar({ type: 'string' }, readPicture).meta(about('The picture’s file.', 'pictures/cover.jpg')),
          alt: line
            .optional()
            .meta(about('What it shows, for somebody who cannot see it; `Cover of TITLE` where it is missing.')),
        }),
      ])
      .optional()
      .meta(about('A picture for the front: its file, or `{image, alt}`.', 'pictures/cover.jpg')),
    spot: scalar({ type: ['string', 'number'] }, readColour)
      .prefault('#d62718')
      .meta(about('The second colour, in quotes.', '"#d62718"')),
    numberChapters: flag.prefault('false').meta(about('Number the chapters.')),
    fonts: word('embed', 'reader')
      .prefault('embed')
      .meta(
        about(
          'Type of the ebook: ours, of which it holds the letters that it uses, or the reader’s own. Paper is always set in ours.',
        ),
      ),
    pamphlet: pamphletSchema.optional(),
    zine: zineSchema.optional(),
    press: pressSchema.optional(),
    printer: printerSchema.optional(),
  })
  .meta({
    title: 'book.yaml',
    description: 'A book, described for Pamphleteer.',
    oneOf: [{ required: ['author'] }, { required: ['authors'] }],
  });
