// The download page's own words in German.
import type { PageLabels } from '../labels.ts';
import { grouped, large, minutes, paper, trimSize } from './figures.ts';

const plural = (value: number, one: string, many: string): string =>
  `${grouped(value, '.')} ${value === 1 ? one : many}`;

export const german: PageLabels = {
  language: 'de',
  door: (at, of, label) => {
    if (of === 1) return 'Lesen';
    if (at === 0) return 'Die kurze lesen';
    if (at === of - 1) return 'Alles lesen';
    return of === 3 ? 'Die mittlere lesen' : `„${label}“ lesen`;
  },
  minutes,
  words: (words) => plural(words, 'Wort', 'Wörter'),
  size: (bytes) => large(bytes, ['KB', 'MB'], ',') ?? plural(bytes, 'Byte', 'Bytes'),
  pages: (pages) => plural(pages, 'Seite', 'Seiten'),
  sheets: (sheets) => plural(sheets, 'Bogen', 'Bögen'),
  paper: (name) => paper(name, ','),
  folded: (trim) => `gefalzt auf ${trimSize(trim, ',')}`,
  ebook: 'E-Book',
  ebookHint: 'für Handys und Lesegeräte',
  screen: 'Seiten',
  screenHint: 'wie gedruckt, für den Bildschirm',
  print: 'Drucken',
  printLead:
    'Jeder Drucker genügt. Die Datei für das eigene Papier nehmen, die Bögen falzen, zwei Klammern durch den Rücken.',
  makeLead: 'Jeder Drucker genügt. Die Datei für das eigene Papier nehmen; wie daraus ein Heft wird, steht darunter.',
  fronts: 'Vorderseiten',
  backs: 'Rückseiten',
  tickets: 'Laufzettel, für neben den Drucker oder den Copyshop',
  booklet: 'Heft',
  fold: 'Falten',
  foldLead: 'Ein Bogen, eine Seite, ein Schnitt: acht kleine Seiten. Ganz ohne Klammern.',
  press: 'Für eine Druckerei',
  pressLead: 'einzelne Seiten mit Anschnitt und Schnittmarken',
  panels: 'Die Felder am Bildschirm lesen',
  steps: 'Wie man es druckt und falzt',
  stepsFor: (paper) => `Wie man es auf ${paper} druckt und falzt`,
  other: 'Außerdem',
  checksums: 'Prüfsummen',
  checksumsLead: 'SHA-256 aller Dateien, damit man weiß, dass es unsere sind. Dasselbe für Maschinen:',
  cover: (title) => `Titelblatt von ${title}`,
};
