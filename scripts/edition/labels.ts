// The few words that we put into a book ourselves, in its language.

export interface Labels {
  readonly contents: string;
  readonly notes: string;
  readonly page: string;
  readonly cover: string;
  readonly titlePage: string;
  readonly imprint: string;
  readonly colophonTitle: string;
  readonly opening: string;
  readonly backToText: string;
  readonly free: string;
  /** With {words} and {minutes}. */
  readonly colophon: string;
}

const LABELS: Readonly<Record<string, Labels>> = {
  en: {
    contents: 'Contents',
    notes: 'Notes',
    page: 'Page',
    cover: 'Cover',
    titlePage: 'Title page',
    imprint: 'Imprint',
    colophonTitle: 'Colophon',
    opening: 'Opening',
    backToText: 'Back to the text',
    free: 'Free. Pass it on.',
    colophon:
      'Set in EB Garamond and League Gothic by Pamphleteer, from plain text. {words} words, about {minutes} minutes’ reading.',
  },
  de: {
    contents: 'Inhalt',
    notes: 'Anmerkungen',
    page: 'Seite',
    cover: 'Umschlag',
    titlePage: 'Titelseite',
    imprint: 'Impressum',
    colophonTitle: 'Kolophon',
    opening: 'Auftakt',
    backToText: 'Zurück zum Text',
    free: 'Kostenlos. Gib es weiter.',
    colophon:
      'Gesetzt in EB Garamond und League Gothic mit Pamphleteer, aus reinem Text. {words} Wörter, etwa {minutes} Minuten Lesezeit.',
  },
  fr: {
    contents: 'Table des matières',
    notes: 'Notes',
    page: 'Page',
    cover: 'Couverture',
    titlePage: 'Page de titre',
    imprint: 'Mentions légales',
    colophonTitle: 'Colophon',
    opening: 'Ouverture',
    backToText: 'Retour au texte',
    free: 'Gratuit. Faites passer.',
    colophon:
      'Composé en EB Garamond et League Gothic par Pamphleteer, à partir de texte brut. {words} mots, environ {minutes} minutes de lecture.',
  },
  es: {
    contents: 'Índice',
    notes: 'Notas',
    page: 'Página',
    cover: 'Cubierta',
    titlePage: 'Portada',
    imprint: 'Créditos',
    colophonTitle: 'Colofón',
    opening: 'Apertura',
    backToText: 'Volver al texto',
    free: 'Gratis. Pásalo.',
    colophon:
      'Compuesto en EB Garamond y League Gothic con Pamphleteer, a partir de texto sin formato. {words} palabras, unos {minutes} minutos de lectura.',
  },
};

/** The labels of a BCP 47 language; English where we have none. */
export function labelsFor(language: string): Labels {
  return LABELS[language.toLowerCase().split('-')[0]!] ?? LABELS['en']!;
}
