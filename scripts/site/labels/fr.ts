// The download page's own words in French.
import type { PageLabels } from '../labels.ts';
import { grouped, large, minutes, paper, trimSize } from './figures.ts';

const plural = (value: number, one: string, many: string): string =>
  `${grouped(value, ' ')} ${value === 1 ? one : many}`;

export const french: PageLabels = {
  language: 'fr',
  door: (at, of, label) => {
    if (of === 1) return 'Lire';
    if (at === 0) return 'Lire la version courte';
    if (at === of - 1) return 'Tout lire';
    return of === 3 ? 'Lire la version moyenne' : `Lire « ${label} »`;
  },
  minutes,
  words: (words) => plural(words, 'mot', 'mots'),
  size: (bytes) => large(bytes, ['ko', 'Mo'], ',') ?? plural(bytes, 'octet', 'octets'),
  pages: (pages) => plural(pages, 'page', 'pages'),
  sheets: (sheets) => plural(sheets, 'feuille', 'feuilles'),
  paper: (name) => paper(name, ','),
  folded: (trim) => `plié au format ${trimSize(trim, ',')}`,
  ebook: 'Livre numérique',
  ebookHint: 'pour téléphones et liseuses',
  screen: 'Pages',
  screenHint: 'telles qu’imprimées, pour l’écran',
  print: 'Imprimer',
  printLead:
    'N’importe quelle imprimante convient. Prendre le fichier pour son papier, plier les feuilles, mettre deux agrafes dans le dos.',
  makeLead:
    'N’importe quelle imprimante convient. Prendre le fichier pour son papier ; la façon de faire est dessinée en dessous.',
  fronts: 'rectos',
  backs: 'versos',
  tickets: 'Fiche de fabrication, à poser près de l’imprimante ou pour un imprimeur',
  booklet: 'livret',
  fold: 'Plier',
  foldLead: 'Une feuille, une face, une coupe : huit petites pages. Rien à agrafer.',
  press: 'Pour une imprimerie',
  pressLead: 'pages simples avec fond perdu et traits de coupe',
  panels: 'Lire les volets à l’écran',
  steps: 'Comment l’imprimer et le plier',
  stepsFor: (paper) => `Comment l’imprimer et le plier sur ${paper}`,
  other: 'Et aussi',
  checksums: 'Sommes de contrôle',
  checksumsLead: 'SHA-256 de chaque fichier, pour savoir que le vôtre est bien le nôtre. Les mêmes pour les machines :',
  cover: (title) => `Couverture de ${title}`,
};
