// The words of job tickets in French.
import type { FoldKind, Gatherings, Phrases, Strips } from './phrases.ts';

const NUMBERS = 'aucun un deux trois quatre cinq six sept huit neuf dix onze douze'.split(' ');
const inWords = (count: number): string => NUMBERS[count] ?? `${count}`;
const sheets = (count: number): string => `${count} feuille${count === 1 ? '' : 's'}`;
const list = (parts: readonly string[]): string => parts.join(', ').replace(/, ([^,]*)$/, ' et $1');
const EDGES = { 'short-edge': 'bord court', 'long-edge': 'bord long' };
const FLIPS = { 'short-edge': 'retournement sur le bord court', 'long-edge': 'retournement sur le bord long' };
const ACTUAL = 'à la taille réelle (100 %, pas « ajuster à la page »)';
const HALVES = {
  left: 'la moitié gauche sur la droite',
  right: 'la moitié droite sur la gauche',
  top: 'la moitié du haut sur celle du bas',
  bottom: 'la moitié du bas sur celle du haut',
};
const PANELS = { left: 'le volet gauche', right: 'le volet droit', top: 'le volet du haut', bottom: 'le volet du bas' };
const WAYS = { left: 'de gauche à droite', right: 'de droite à gauche' };
const EDGE_AT = { left: 'bord gauche', right: 'bord droit' };

const inGatherings = (gatherings: readonly Gatherings[]): string => {
  const total = gatherings.reduce((sum, { times }) => sum + times, 0);
  const sizes = gatherings.map(({ times, sheets: each }) => `${inWords(times)} de ${sheets(each)}`);
  return `${inWords(total)} cahiers (${sizes.join(', puis ')})`;
};

const cuts = ({ ends, fore, over }: Strips): string =>
  list([
    ...(ends ? [`${ends} en tête et autant en pied`] : []),
    ...(fore ? [`${fore} en gouttière`] : []),
    ...(over ? [`ce qui dépasse de la couverture en gouttière (${over})`] : []),
  ]);

function folded(fold: FoldKind): string {
  switch (fold.kind) {
    case 'cross':
      return ['', 'un pli au milieu', 'deux plis croisés'][fold.count] ?? `${fold.count} plis croisés`;
    case 'roll':
      return `pli roulé en ${fold.count} volets`;
    case 'zigzag':
      return `pli accordéon en ${fold.count} volets`;
    case 'gate':
      return 'pli fenêtre, des deux côtés vers le milieu';
    case 'closed-gate':
      return 'pli fenêtre fermé, des deux côtés vers le milieu puis encore une fois';
  }
}

export const french: Phrases = {
  language: 'fr',
  decimal: ',',
  thousands: ' ',
  money: (amount, currency) => `${amount} ${currency}`,
  ticketFor: (title) => `${title} : fiche de fabrication`,
  theFile: { whole: 'le fichier', fronts: 'les rectos', backs: 'les versos' },
  heads: {
    ticket: 'Fiche de fabrication',
    print: 'Imprimer',
    make: 'Façonner',
    shop: 'Chez l’imprimeur',
    copies: 'Exemplaires',
    sheets: 'Feuilles',
    cost: 'Coût',
  },
  facts: {
    names: { paper: 'Papier', sheets: 'Feuilles', ink: 'Encre', page: 'Page', copy: 'Un exemplaire' },
    sheets: (count, sides, copies) =>
      `${sheets(count)}, ${sides === 1 ? 'recto' : 'recto verso'}${copies > 1 ? ` : ${copies} exemplaires` : ''}`,
    inks: { black: 'noir', one: 'noir et une couleur', many: 'en couleurs' },
    inksOn: (inking, which, of) =>
      `noir, avec ${inking === 'one' ? 'une couleur' : 'des couleurs'} sur ${of === 1 ? 'la feuille' : 'les feuilles'} ${which} seulement`,
    page: (size, scaled) => (scaled ? `${size} (${scaled.percent} de ${scaled.from})` : size),
    copy: (grams, mm, trimmed) => `${grams} g${trimmed ? ' une fois rogné' : ''}, ${mm} mm d’épaisseur environ`,
  },
  printing: {
    oneSide: (file) => `Imprimer ${file} au recto seul, ${ACTUAL}.`,
    bothSides: (file, edge) => `Imprimer ${file} recto verso, ${FLIPS[edge]}, ${ACTUAL}.`,
    tryDuplex: ({ front, back }, other) =>
      `Essayer d’abord une feuille : la page ${back} doit être au dos de la page ${front}, toutes deux dans le même sens. Si les versos ont la tête en bas, choisir l’autre bord (${EDGES[other]}).`,
    tryByHand: ({ fronts, backs, frontAt, backAt, trial: { front, back } }) =>
      `Essayer d’abord une feuille, ${ACTUAL} : imprimer la page ${frontAt} de « ${fronts} », remettre la feuille dans le bac, face blanche dessus, et imprimer la page ${backAt} de « ${backs} ». La page ${back} doit être au dos de la page ${front}, toutes deux dans le même sens.`,
    wrongByHand:
      'Si tout est sur la même face, remettre le papier sur l’autre face ; si le verso a la tête en bas, le tourner d’un demi-tour. Voilà comment l’imprimante le veut.',
    pile: (fronts, page) =>
      page === undefined
        ? `Imprimer ${fronts} au recto seul et remettre la feuille de cette façon.`
        : `Imprimer ${fronts} en entier, au recto seul, et remettre la pile de cette façon : la feuille qui porte la page ${page} doit être prise la première.`,
    backs: (backs) => `Imprimer ${backs}.`,
  },
  hands: {
    lay: (count, faceDown) =>
      `Poser ${count === 1 ? 'la feuille' : `les ${count} feuilles, dans l’ordre d’impression,`} sur la table, ${faceDown ? 'la couverture contre la table' : 'la première page dessus'}.`,
    divide: (gatherings) =>
      `Répartir les feuilles, dans l’ordre d’impression, en ${inGatherings(gatherings)}. Poser chacun sa première face contre la table.`,
    turnOver: 'Poser la feuille à plat et la retourner comme la page d’un livre.',
    partsDown: 'Poser chaque partie, la première page contre la table.',
    sheetDown: (count) =>
      count === 1
        ? 'Poser la feuille sur la table, la première page contre la table et le pied vers soi.'
        : 'Prendre les feuilles l’une après l’autre : la première face contre la table, le pied vers soi.',
    foldHalf: (from) => `Plier ${HALVES[from]} et marquer le pli avec une règle ou une cuillère.`,
    foldPanel: (from) => `Rabattre ${PANELS[from]} le long de sa ligne et marquer le pli.`,
    gate: 'Plier le volet gauche et le volet droit vers l’intérieur, bord à bord, et marquer les deux plis.',
    fan: (panels) =>
      `Plier en accordéon le long des lignes, dans un sens puis dans l’autre : ${inWords(panels)} volets, le premier dessus.`,
    crease: (panels) => `Plier le long de chaque ligne et rouvrir : ${inWords(panels)} volets.`,
    slit: 'Couper le long de la ligne pointillée du milieu, pas plus loin.',
    push: 'Plier dans la longueur, l’impression à l’extérieur, tenir les deux bouts et les pousser l’un vers l’autre jusqu’à ce que la fente s’ouvre en croix. Rabattre les volets pour que la couverture soit dessus, et aplatir.',
    unfold: 'Arrivé là dans la lecture, déplier la feuille : la suite est de l’autre côté.',
    cut: (count, parts) =>
      `Couper ${count === 1 ? 'la feuille' : 'la pile'} le long des lignes en ${inWords(parts)} parties égales.`,
    pile: (from, rows) =>
      `Poser les parties l’une sur l’autre, la première dessus : ${WAYS[from]}${rows > 1 ? ', rangée par rangée' : ''}.`,
    nest: 'Glisser chaque feuille pliée au milieu de la précédente.',
    gather: 'Poser les cahiers pliés l’un sur l’autre dans l’ordre, le premier dessus, tous les dos du même côté.',
    open: 'Ouvrir les plis des autres bords au couteau, ou les rogner.',
    glue: (spine) => `Égaliser les feuillets au ${EDGE_AT[spine]}, les serrer et encoller ce bord.`,
    sew: (gatherings) =>
      gatherings === 1
        ? 'Ouvrir au milieu, percer trois trous dans le pli et coudre avec une aiguille et du fil.'
        : 'Coudre chaque cahier dans son pli avec une aiguille et du fil, et les cahiers entre eux.',
    staple: (leaves, by) =>
      `Ouvrir au milieu et agrafer deux fois dans le pli, par l’extérieur, avec une agrafeuse à long bras (${by === 'common' ? 'des agrafes ordinaires, 26/6, traversent' : 'seules des agrafes à pointes de 8 mm, 23/8, traversent'} ${leaves} feuillets). À défaut, percer trois trous dans le pli et coudre avec une aiguille et du fil.`,
    stitch:
      'Ouvrir au milieu, percer trois trous dans le pli et coudre avec une aiguille et du fil : c’est trop épais pour des agrafes.',
    nothing: 'Une seule feuille se passe d’agrafes.',
    join: (columns, rows) =>
      `Couper la marge blanche là où une feuille recouvre la suivante, et coller les ${inWords(columns * rows)} feuilles sur les bandes entre les repères : ${list(
        [
          ...(columns > 1 ? [`${inWords(columns)} côte à côte`] : []),
          ...(rows > 1 ? [`${inWords(rows)} l’une sous l’autre`] : []),
        ],
      )}.`,
    trim: (strips) =>
      `Rogner au cutter le long d’une règle (ou au massicot) : ${cuts(strips)}. Il reste des pages de ${strips.size}. Ou laisser ainsi.`,
  },
  shop: {
    please: ({ paper, weight, sides, edge, ink, sheets: count, copies, finish }) =>
      `« Merci d’imprimer ce fichier sur ${paper}, ${weight} g/m², ${sides === 1 ? 'recto seul' : `recto verso, ${FLIPS[edge]}`}, ${ink}, à 100 % sans mise à l’échelle : ${[`${sheets(count)} ${copies === 1 ? 'par exemplaire' : `pour ${copies} exemplaires`}`, ...finish].join(', ')}. »`,
    byHand: 'Pour un imprimeur, refaire le fichier sans « duplex: manual » : ses machines impriment des deux côtés.',
    inks: { black: 'en noir', one: 'en couleurs', many: 'en couleurs' },
    inksOn: (_, which, of) => `${of === 1 ? 'la feuille' : 'les feuilles'} ${which} en couleurs, le reste en noir`,
    ordered: 'dans l’ordre du fichier',
    divided: (gatherings) => `réparties dans l’ordre en ${inGatherings(gatherings)}`,
    folded: (fold, each) => `${folded(fold)}${each ? ' pour chacune' : ''}`,
    nested: 'encartées l’une dans l’autre, la première à l’extérieur',
    gathered: 'cahiers assemblés dans l’ordre, le premier dessus',
    parts: (count) => `coupe en ${count} parties égales`,
    piled: 'parties posées l’une sur l’autre dans l’ordre',
    stapled: 'deux agrafes dans le pli (piqûre à cheval)',
    sewn: (gatherings) => (gatherings === 1 ? 'couture dans le pli' : 'cahiers cousus'),
    glued: (spine) => `dos carré collé, au ${EDGE_AT[spine]}`,
    opened: 'bords fermés ouverts ou rognés',
    trimmed: (strips) => `rognage au format ${strips.size} : ${cuts(strips)}`,
    flat: 'à plat, sans coupe ni pli',
  },
};
