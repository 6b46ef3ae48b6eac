// Settings of book.yaml that are written and change nothing: takes what it says and what is written; gives advice with the path
// of each. What an edition inherits from the top is no business of its own, as long as some edition uses it.
import type { BookConfig, EditionConfig } from '../book/config.ts';
import type { Path } from '../book/yaml.ts';
import type { Advice } from './picture-files.ts';

type Block = 'pamphlet' | 'zine' | 'press' | 'printer';

interface Setting {
  readonly block: Block;
  readonly keys: readonly string[];
  readonly isUsed: (edition: EditionConfig) => boolean;
  /** What it is for, after “it is for”; and what to write. */
  readonly purpose: string;
  readonly note: string;
}

const makes =
  (...outputs: readonly EditionConfig['outputs'][number][]) =>
  (edition: EditionConfig): boolean =>
    outputs.some((one) => edition.outputs.includes(one));

const OUT = 'or take the line out';
const PAMPHLET = { isUsed: makes('pamphlet'), note: `Add \`pamphlet\` to the edition’s \`outputs\`, ${OUT}.` };

/** The first that finds fault with a setting speaks. */
const SETTINGS: readonly Setting[] = [
  {
    ...{ block: 'pamphlet', keys: ['trim', 'notes', 'folios', 'chapters', 'frontMatter', 'size', 'leading'] },
    ...{ isUsed: makes('pages', 'pamphlet'), purpose: 'pages', note: PAMPHLET.note },
  },
  {
    ...{ block: 'pamphlet', keys: ['bleed', 'paper', 'fold', 'sheetsPerSignature', 'marks'], ...PAMPHLET },
    purpose: 'printed copies',
  },
  {
    ...{ block: 'zine', keys: ['fold', 'paper'], isUsed: makes('zine'), purpose: 'zines' },
    note: `Add \`zine\` to the outputs of an edition of its own, ${OUT}.`,
  },
  { ...PAMPHLET, block: 'press', keys: ['standard', 'ink', 'profile'], purpose: 'the file for the printer' },
  {
    ...{ block: 'printer', keys: ['duplex', 'delivers', 'shift'], ...PAMPHLET },
    purpose: 'sheets that are printed on both sides',
  },
  {
    ...{ block: 'printer', keys: ['margin', 'weight', 'price'], isUsed: makes('pamphlet', 'zine') },
    ...{ purpose: 'printed sheets', note: PAMPHLET.note },
  },
  {
    ...{ block: 'pamphlet', keys: ['sheetsPerSignature'], purpose: 'copies that are sewn in signatures' },
    isUsed: ({ pamphlet: { fold } }) => fold === 'signatures' || fold === 'auto',
    note: `Write \`fold: signatures\`, ${OUT}.`,
  },
  {
    ...{ block: 'press', keys: ['profile'], purpose: 'PDF/X-4', note: `Write \`standard: pdf/x-4\`, ${OUT}.` },
    isUsed: ({ press }) => press.standard === 'pdf/x-4',
  },
  {
    ...{ block: 'printer', keys: ['delivers'], purpose: 'printers that print one side only' },
    isUsed: ({ printer }) => printer.duplex === 'manual',
    note: `Write \`duplex: manual\`, ${OUT}.`,
  },
  {
    ...{ block: 'pamphlet', keys: ['marks'], purpose: 'sheets that are folded, and these are cut' },
    isUsed: ({ pamphlet: { marks, fold } }) => fold !== 'perfect-bound' || marks.length !== 1 || marks[0] !== 'fold',
    note: `Write \`marks: [crop, slug]\`, ${OUT}.`,
  },
];

/** `isWritten`: whether the author has typed that key. */
export function unusedAdvice(
  book: BookConfig,
  isWritten: (path: Path) => boolean,
): (Advice & { readonly path: Path })[] {
  const places = [
    { above: [] as Path, editions: book.editions },
    ...book.editions.map((edition) => ({ above: ['editions', edition.name] as Path, editions: [edition] })),
  ];
  const told = new Map<string, Advice & { readonly path: Path }>();
  for (const { above, editions } of places)
    for (const { block, keys, isUsed, purpose, note } of SETTINGS)
      for (const key of keys) {
        const path = [...above, block, key];
        if (told.has(path.join()) || !isWritten(path) || editions.some(isUsed)) continue;
        const reason = `\`${key}\` changes nothing here: it is for ${purpose}`;
        told.set(path.join(), { ruleId: 'unused-setting', reason, note, path });
      }
  return [...told.values()];
}
