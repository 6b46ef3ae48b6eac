// The page to put on the web: all that was made, and what to do with it. Takes the book, the templates and the manifest; gives HTML.
import type { BookConfig } from './book/config.ts';
import { directionOf } from './edition/direction.ts';
import { punctuate } from './edition/typography.ts';
import { foldOf, stepsFor } from './imposed.ts';
import type { Library } from './io/library.ts';
import type { Typecase } from './io/typecase.ts';
import type { Manifest } from './site/manifest.ts';
import { downloadPage } from './site/page.ts';

interface Counter {
  readonly library: Library;
  readonly book: BookConfig;
  readonly typecase: Typecase;
}

/** The download page as HTML, whole in itself. */
export async function webPage({ library, book, typecase }: Counter, manifest: Manifest): Promise<string> {
  const set = (text: string): string => punctuate(text, book.language);
  const spine = directionOf(book.language) === 'rtl' ? 'right' : 'left';
  const display = typecase.faces.find(({ face }) => face.family === 'League Gothic')!;
  const editions = book.editions.flatMap((config) => {
    const own = manifest.files.filter(({ edition }) => edition === config.name);
    const [file] = own;
    if (!file) return [];
    const kind = config.outputs.includes('zine') ? ('zine' as const) : ('text' as const);
    const { words = 0, readingMinutes = 1 } = file;
    const label = set(config.label ?? config.name.replace(/^./, (first) => first.toUpperCase()));
    const stapled = own.every(({ pages = 0 }) => foldOf(config, pages) === 'saddle');
    return [{ name: config.name, label, kind, words, readingMinutes, stapled }];
  });
  return downloadPage({
    book: {
      ...book,
      title: set(book.title),
      ...(book.subtitle ? { subtitle: set(book.subtitle) } : {}),
      ...(book.description ? { description: set(book.description) } : {}),
      authors: book.authors.map((author) => ({ ...author, name: set(author.name) })),
    },
    editions,
    files: manifest.files,
    template: await library.template('site/index.html'),
    css: `${await library.template('site/site.css')}\n${await library.template('shared/drawings.css')}`,
    fonts: { display: `data:font/ttf;base64,${Buffer.from(display.bytes).toString('base64')}` },
    howTo: (file) => {
      const config = book.editions.find(({ name }) => name === file.edition);
      return config ? stepsFor(config, file, spine, book.language) : [];
    },
  });
}
