// Proofs of a build, for those who ask: a contact sheet of all pages, and each zine's sheet as the copy of a copy of its copy.
// Takes the stones on which pages are made; gives PNGs.
import type { BookConfig, EditionConfig } from './book/config.ts';
import { MM } from './book/measure.ts';
import { directionOf } from './edition/direction.ts';
import { layOut } from './print/stacks.ts';
import { contactSheet, type Group, type Proof, proving } from './typeset/proofs.ts';
import type { Stone } from './typeset/stone.ts';

/** Device pixels a CSS pixel for panels to be copied: 300 an inch. */
const CLOSE = 300 / 96;

export interface Proofs {
  /** The stone, of which everything that is printed is kept. */
  readonly watch: (stone: Stone, what: 'pages' | 'zine') => Stone;
  /** Makes the pictures, and gives each away under its name. `css`: the typefaces. */
  readonly pull: (stone: Stone, css: string, give: Give) => Promise<void>;
}

type Give = (name: string, png: Uint8Array) => Promise<void>;

export function openProofs(book: BookConfig): Proofs {
  const kept = new Map<string, Proof>();
  return {
    watch: (stone, what) => proving(stone, (proof) => kept.set(proof.name, proof), what === 'zine' ? CLOSE : undefined),
    pull: async (stone, css, give) => {
      const editions = book.editions.map((config) => [...pagesOf(config, book, kept), ...zinesOf(config, book, kept)]);
      const shown = editions.filter((groups) => groups.length > 0);
      if (shown.length === 0) return;
      await stone.lay('contact-sheet.html', contactSheet(book.title, shown, css));
      await give('contact-sheet.png', await stone.proof('#contact', 1));
      await stone.clear();
      for (const [name, png] of await copies(book, kept)) await give(name, png);
    },
  };
}

type Kept = ReadonlyMap<string, Proof>;

const spineOf = ({ language }: BookConfig): 'left' | 'right' => (directionOf(language) === 'rtl' ? 'right' : 'left');
const labelOf = ({ name, label = name }: EditionConfig): string => label;

function pagesOf(config: EditionConfig, book: BookConfig, kept: Kept): Group[] {
  const proofs: Proof[] = [];
  for (let take = 1; ; take++) {
    const proof = kept.get(`${config.slug}${take === 1 ? '' : `-${take}`}.html`);
    if (!proof) break;
    proofs.push(proof);
  }
  if (proofs.length === 0) return [];
  const pages = proofs.reduce((sum, { frames }) => sum + frames.length, 0);
  const about = `${pages} pages of ${sizeOf(proofs[0]!)}`;
  return [{ title: labelOf(config), about, proofs, facing: true, spine: spineOf(book) }];
}

function zinesOf(config: EditionConfig, book: BookConfig, kept: Kept): Group[] {
  return config.zine.paper.flatMap(({ name }) => {
    const [panels, poster] = [kept.get(zineOf(config, name)), kept.get(posterOf(config, name))];
    if (!panels) return [];
    const of = `${panels.frames.length} panels of ${sizeOf(panels)}`;
    const about = `on ${name.replace(/^./, (first) => first.toUpperCase())}: ${of}${poster ? ', a poster on the back' : ''}`;
    const proofs = [panels, ...(poster ? [poster] : [])];
    return [{ title: labelOf(config), about, proofs, facing: false, spine: spineOf(book) }];
  });
}

const zineOf = ({ slug }: EditionConfig, paper: string): string => `${slug}-${paper}.html`;
const posterOf = ({ slug }: EditionConfig, paper: string): string => `${slug}-${paper}-poster.html`;

function sizeOf({ frames }: Proof): string {
  const { width = 0, height = 0 } = frames[0] ?? {};
  const mm = (px: number): number => Math.round((px * 0.75) / MM);
  return `${mm(width)} × ${mm(height)} mm`;
}

async function copies(book: BookConfig, kept: Kept): Promise<(readonly [string, Uint8Array])[]> {
  const { sheetCopies } = await import('./print/copies.ts');
  return book.editions.flatMap((config) =>
    config.zine.paper.flatMap(({ name, size }) => {
      const panels = kept.get(zineOf(config, name));
      if (!panels) return [];
      const laid = layOut(config.zine, size, { pages: panels.pages.length, spine: spineOf(book) });
      const sides = sheetCopies(laid, panels.pages, kept.get(posterOf(config, name))?.pages[0]);
      return sides.map((png, side) => {
        const number = side === 0 ? '' : `-${side + 1}`;
        return [`${config.slug}-sheet-${name}-third-copy${number}.png`, png] as const;
      });
    }),
  );
}
