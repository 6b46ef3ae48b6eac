// The accessibility summary: what a reader finds in the ebook, and what is missing, in a sentence or two of the book's own
// language where we have the words (else in English).

/** What is there, in the order in which the sentence tells it. */
export interface Findings {
  readonly contents: boolean;
  /** The pages of the print edition. */
  readonly pages: boolean;
  readonly notes: boolean;
  readonly tables: boolean;
  /** Passages that say which language they are in. */
  readonly languages: boolean;
  /** There are pictures, and each is described. */
  readonly pictures: boolean;
  /** How many pictures are not. */
  readonly undescribed: number;
  readonly moving: number;
}

type Listed = Exclude<keyof Findings, 'undescribed' | 'moving'>;

interface Words extends Readonly<Record<Listed, string>> {
  /** Where there is nothing to list. */
  readonly alone: string;
  /** With {list}. */
  readonly with: string;
  /** With {count}. */
  readonly undescribed: string;
  readonly moving: string;
}

const WORDS: Readonly<Record<string, Words>> = {
  en: {
    alone: 'Text that fits any screen.',
    with: 'Text that fits any screen, with {list}.',
    contents: 'a table of contents',
    pages: 'the page numbers of the print edition',
    notes: 'notes linked to and from the text',
    tables: 'tables with marked heads',
    languages: 'passages in other languages marked as such',
    pictures: 'a description of every picture',
    undescribed: 'Pictures without a description: {count}.',
    moving: 'Moving pictures: {count}.',
  },
  de: {
    alone: 'Text, der sich dem Bildschirm anpasst.',
    with: 'Text, der sich dem Bildschirm anpasst, mit {list}.',
    contents: 'einem Inhaltsverzeichnis',
    pages: 'den Seitenzahlen der gedruckten Ausgabe',
    notes: 'Anmerkungen, die zum Text und zurück führen',
    tables: 'Tabellen mit ausgezeichneten Köpfen',
    languages: 'gekennzeichneten Stellen in anderen Sprachen',
    pictures: 'einer Beschreibung zu jedem Bild',
    undescribed: 'Bilder ohne Beschreibung: {count}.',
    moving: 'Bewegte Bilder: {count}.',
  },
  fr: {
    alone: 'Texte qui s’adapte à l’écran.',
    with: 'Texte qui s’adapte à l’écran, avec {list}.',
    contents: 'une table des matières',
    pages: 'les numéros de page de l’édition imprimée',
    notes: 'des notes liées au texte dans les deux sens',
    tables: 'des tableaux aux en-têtes balisés',
    languages: 'les passages en d’autres langues signalés',
    pictures: 'une description de chaque image',
    undescribed: 'Images sans description\u00a0: {count}.',
    moving: 'Images animées\u00a0: {count}.',
  },
  es: {
    alone: 'Texto que se adapta a la pantalla.',
    with: 'Texto que se adapta a la pantalla, con {list}.',
    contents: 'un índice',
    pages: 'los números de página de la edición impresa',
    notes: 'notas enlazadas con el texto en ambos sentidos',
    tables: 'tablas con encabezados marcados',
    languages: 'los pasajes en otras lenguas señalados',
    pictures: 'una descripción de cada imagen',
    undescribed: 'Imágenes sin descripción: {count}.',
    moving: 'Imágenes en movimiento: {count}.',
  },
  it: {
    alone: 'Testo che si adatta allo schermo.',
    with: 'Testo che si adatta allo schermo, con {list}.',
    contents: 'un indice',
    pages: 'i numeri di pagina dell’edizione a stampa',
    notes: 'note collegate al testo nei due sensi',
    tables: 'tabelle con intestazioni marcate',
    languages: 'i passi in altre lingue segnalati',
    pictures: 'una descrizione di ogni immagine',
    undescribed: 'Immagini senza descrizione: {count}.',
    moving: 'Immagini in movimento: {count}.',
  },
  nl: {
    alone: 'Tekst die zich aan het scherm aanpast.',
    with: 'Tekst die zich aan het scherm aanpast, met {list}.',
    contents: 'een inhoudsopgave',
    pages: 'de paginanummers van de gedrukte uitgave',
    notes: 'noten die naar de tekst en terug leiden',
    tables: 'tabellen met gemarkeerde koppen',
    languages: 'gemarkeerde passages in andere talen',
    pictures: 'een beschrijving van elke afbeelding',
    undescribed: 'Afbeeldingen zonder beschrijving: {count}.',
    moving: 'Bewegende afbeeldingen: {count}.',
  },
  pt: {
    alone: 'Texto que se adapta ao dispositivo.',
    with: 'Texto que se adapta ao dispositivo, com {list}.',
    contents: 'um índice',
    pages: 'os números de página da edição impressa',
    notes: 'notas ligadas ao texto nos dois sentidos',
    tables: 'tabelas com cabeçalhos marcados',
    languages: 'as passagens em outras línguas assinaladas',
    pictures: 'uma descrição de cada imagem',
    undescribed: 'Imagens sem descrição: {count}.',
    moving: 'Imagens em movimento: {count}.',
  },
  pl: {
    alone: 'Tekst dopasowujący się do ekranu.',
    with: 'Tekst dopasowujący się do ekranu. Zawiera: {list}.',
    contents: 'spis treści',
    pages: 'numery stron wydania drukowanego',
    notes: 'przypisy połączone z tekstem w obu kierunkach',
    tables: 'tabele z oznaczonymi nagłówkami',
    languages: 'oznaczone fragmenty w innych językach',
    pictures: 'opis każdej ilustracji',
    undescribed: 'Ilustracje bez opisu: {count}.',
    moving: 'Ilustracje ruchome: {count}.',
  },
};

const ORDER: readonly Listed[] = ['contents', 'pages', 'notes', 'tables', 'languages', 'pictures'];

/** The sentences, and the language that they are in (BCP 47). */
export function summaryOf(findings: Findings, language: string): { readonly text: string; readonly language: string } {
  const base = language.toLowerCase().split('-')[0]!;
  const own = Object.hasOwn(WORDS, base);
  const words = WORDS[own ? base : 'en']!;
  const tongue = own ? language : 'en';
  const there = ORDER.filter((key) => findings[key]).map((key) => words[key]);
  const counted = (['undescribed', 'moving'] as const).filter((key) => findings[key] > 0);
  const list = new Intl.ListFormat(tongue, { type: 'conjunction' }).format(there);
  const text = [
    there.length > 0 ? words.with.replace('{list}', list) : words.alone,
    ...counted.map((key) => words[key].replace('{count}', String(findings[key]))),
  ].join(' ');
  return { text, language: tongue };
}
