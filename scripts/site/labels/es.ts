// The download page's own words in Spanish.
import type { PageLabels } from '../labels.ts';
import { grouped, large, minutes, paper, trimSize } from './figures.ts';

const plural = (value: number, one: string, many: string): string =>
  `${grouped(value, ' ')} ${value === 1 ? one : many}`;

export const spanish: PageLabels = {
  language: 'es',
  door: (at, of, label) => {
    if (of === 1) return 'Leer';
    if (at === 0) return 'Leer la versión corta';
    if (at === of - 1) return 'Leerlo todo';
    return of === 3 ? 'Leer la versión media' : `Leer «${label}»`;
  },
  minutes,
  words: (words) => plural(words, 'palabra', 'palabras'),
  size: (bytes) => large(bytes, ['kB', 'MB'], ',') ?? plural(bytes, 'byte', 'bytes'),
  pages: (pages) => plural(pages, 'página', 'páginas'),
  sheets: (sheets) => plural(sheets, 'hoja', 'hojas'),
  paper: (name) => paper(name, ','),
  folded: (trim) => `plegado a ${trimSize(trim, ',')}`,
  ebook: 'Libro electrónico',
  ebookHint: 'para móviles y lectores',
  screen: 'Páginas',
  screenHint: 'como impresas, para la pantalla',
  print: 'Imprimir',
  printLead:
    'Sirve cualquier impresora. Tomar el archivo para su papel, plegar las hojas, poner dos grapas en el lomo.',
  makeLead: 'Sirve cualquier impresora. Tomar el archivo para su papel; cómo montarlo está dibujado debajo.',
  fronts: 'anversos',
  backs: 'reversos',
  tickets: 'Hoja de trabajo, para dejar junto a la impresora o llevar a la copistería',
  booklet: 'cuadernillo',
  fold: 'Plegar',
  foldLead: 'Una hoja, una cara, un corte: ocho páginas pequeñas. Sin grapas.',
  press: 'Para una imprenta',
  pressLead: 'páginas sueltas con sangre y marcas de corte',
  panels: 'Leer los cuerpos en la pantalla',
  steps: 'Cómo imprimirlo y plegarlo',
  stepsFor: (paper) => `Cómo imprimirlo y plegarlo en ${paper}`,
  other: 'Y además',
  checksums: 'Sumas de comprobación',
  checksumsLead: 'SHA-256 de cada archivo, para saber que el suyo es el nuestro. Lo mismo para máquinas:',
  cover: (title) => `Cubierta de ${title}`,
};
