// The few words that we put into a book ourselves, in its language.

import { MORE_LABELS } from './more-labels.ts';

export interface Labels {
  readonly contents: string;
  readonly notes: string;
  readonly page: string;
  /** The list of the print edition's pages. */
  readonly pages: string;
  /** The short list of ways to the book's main places, which programs read. */
  readonly landmarks: string;
  /**
   * With {page}, as it stands in a sentence: `page {page}`; spaces in it do not break. Where a case
   * would bend the word, its abbreviation.
   */
  readonly seePage: string;
  /** Running heads over notes, with {pages}: of one page, and of several. */
  readonly notesToPage: string;
  readonly notesToPages: string;
  readonly cover: string;
  readonly titlePage: string;
  readonly imprint: string;
  readonly colophonTitle: string;
  readonly opening: string;
  readonly backToText: string;
  readonly free: string;
  /** With {words} and {time}. */
  readonly colophon: string;
}

const LABELS: Readonly<Record<string, Labels>> = {
  en: {
    contents: 'Contents',
    notes: 'Notes',
    page: 'Page',
    pages: 'Pages',
    landmarks: 'Landmarks',
    seePage: 'page {page}',
    notesToPage: 'Notes to page {pages}',
    notesToPages: 'Notes to pages {pages}',
    cover: 'Cover',
    titlePage: 'Title page',
    imprint: 'Imprint',
    colophonTitle: 'Colophon',
    opening: 'Opening',
    backToText: 'Back to the text',
    free: 'Free. Pass it on.',
    colophon:
      'Set in EB Garamond and League Gothic by Pamphleteer, from plain text. {words} words, about {time} to read.',
  },
  de: {
    contents: 'Inhalt',
    notes: 'Anmerkungen',
    page: 'Seite',
    pages: 'Seiten',
    landmarks: 'Orientierungspunkte',
    seePage: 'Seite {page}',
    notesToPage: 'Anmerkungen zu Seite {pages}',
    notesToPages: 'Anmerkungen zu den Seiten {pages}',
    cover: 'Umschlag',
    titlePage: 'Titelseite',
    imprint: 'Impressum',
    colophonTitle: 'Kolophon',
    opening: 'Auftakt',
    backToText: 'Zurück zum Text',
    free: 'Kostenlos. Gib es weiter.',
    colophon:
      'Gesetzt in EB Garamond und League Gothic mit Pamphleteer, aus reinem Text. {words} Wörter, Lesezeit etwa {time}.',
  },
  fr: {
    contents: 'Table des matières',
    notes: 'Notes',
    page: 'Page',
    pages: 'Pages',
    landmarks: 'Repères',
    seePage: 'page {page}',
    notesToPage: 'Notes de la page {pages}',
    notesToPages: 'Notes des pages {pages}',
    cover: 'Couverture',
    titlePage: 'Page de titre',
    imprint: 'Mentions légales',
    colophonTitle: 'Colophon',
    opening: 'Ouverture',
    backToText: 'Retour au texte',
    free: 'Gratuit. Faites passer.',
    colophon:
      'Composé en EB Garamond et League Gothic par Pamphleteer, à partir de texte brut. {words} mots, environ {time} de lecture.',
  },
  es: {
    contents: 'Índice',
    notes: 'Notas',
    page: 'Página',
    pages: 'Páginas',
    landmarks: 'Puntos de referencia',
    seePage: 'página {page}',
    notesToPage: 'Notas de la página {pages}',
    notesToPages: 'Notas de las páginas {pages}',
    cover: 'Cubierta',
    titlePage: 'Portada',
    imprint: 'Créditos',
    colophonTitle: 'Colofón',
    opening: 'Apertura',
    backToText: 'Volver al texto',
    free: 'Gratis. Pásalo.',
    colophon:
      'Compuesto en EB Garamond y League Gothic con Pamphleteer, a partir de texto sin formato. {words} palabras, lectura de {time}.',
  },
  it: {
    contents: 'Indice',
    notes: 'Note',
    page: 'Pagina',
    pages: 'Pagine',
    landmarks: 'Punti di riferimento',
    seePage: 'pagina {page}',
    notesToPage: 'Note alla pagina {pages}',
    notesToPages: 'Note alle pagine {pages}',
    cover: 'Copertina',
    titlePage: 'Frontespizio',
    imprint: 'Colophon',
    colophonTitle: 'Nota di stampa',
    opening: 'Apertura',
    backToText: 'Torna al testo',
    free: 'Gratis. Fallo girare.',
    colophon:
      'Composto in EB Garamond e League Gothic con Pamphleteer, da testo semplice. {words} parole, lettura di circa {time}.',
  },
  nl: {
    contents: 'Inhoud',
    notes: 'Noten',
    page: 'Pagina',
    pages: 'Pagina’s',
    landmarks: 'Oriëntatiepunten',
    seePage: 'pagina {page}',
    notesToPage: 'Noten bij pagina {pages}',
    notesToPages: 'Noten bij pagina’s {pages}',
    cover: 'Omslag',
    titlePage: 'Titelpagina',
    imprint: 'Colofon',
    colophonTitle: 'Zetsel',
    opening: 'Opening',
    backToText: 'Terug naar de tekst',
    free: 'Gratis. Geef het door.',
    colophon:
      'Gezet uit de EB Garamond en League Gothic met Pamphleteer, uit platte tekst. {words} woorden, leestijd ongeveer {time}.',
  },
  pt: {
    contents: 'Índice',
    notes: 'Notas',
    page: 'Página',
    pages: 'Páginas',
    landmarks: 'Pontos de referência',
    seePage: 'página {page}',
    notesToPage: 'Notas da página {pages}',
    notesToPages: 'Notas das páginas {pages}',
    cover: 'Capa',
    titlePage: 'Folha de rosto',
    imprint: 'Ficha técnica',
    colophonTitle: 'Cólofon',
    opening: 'Abertura',
    backToText: 'Voltar ao texto',
    free: 'Grátis. Passe adiante.',
    colophon:
      'Composto em EB Garamond e League Gothic com Pamphleteer, a partir de texto simples. {words} palavras, leitura de cerca de {time}.',
  },
  pl: {
    contents: 'Spis treści',
    notes: 'Przypisy',
    page: 'Strona',
    pages: 'Strony',
    landmarks: 'Punkty orientacyjne',
    seePage: 's. {page}',
    notesToPage: 'Przypisy do strony {pages}',
    notesToPages: 'Przypisy do stron {pages}',
    cover: 'Okładka',
    titlePage: 'Strona tytułowa',
    imprint: 'Stopka redakcyjna',
    colophonTitle: 'Kolofon',
    opening: 'Początek',
    backToText: 'Powrót do tekstu',
    free: 'Za darmo. Podaj dalej.',
    colophon:
      'Złożono krojami EB Garamond i League Gothic w programie Pamphleteer, ze zwykłego tekstu. Słów: {words}, czas czytania: {time}.',
  },
  ru: {
    contents: 'Содержание',
    notes: 'Примечания',
    page: 'Страница',
    pages: 'Страницы',
    landmarks: 'Ориентиры',
    seePage: 'с. {page}',
    notesToPage: 'Примечания к странице {pages}',
    notesToPages: 'Примечания к страницам {pages}',
    cover: 'Обложка',
    titlePage: 'Титульный лист',
    imprint: 'Выходные данные',
    colophonTitle: 'Колофон',
    opening: 'Начало',
    backToText: 'Назад к тексту',
    free: 'Бесплатно. Передай дальше.',
    colophon:
      'Набрано гарнитурами EB Garamond и League Gothic в программе Pamphleteer, из простого текста. Слов: {words}, время чтения: {time}.',
  },
};

/** The labels of a BCP 47 language; English where we have none. */
export function labelsFor(language: string): Labels {
  const { language: base, script } = new Intl.Locale(language).maximize();
  const all = { ...LABELS, ...MORE_LABELS };
  return all[`${base}-${script}`.toLowerCase()] ?? all[base] ?? LABELS['en']!;
}
