// The words of job tickets in German.
import type { FoldKind, Gatherings, Phrases, Strips } from './phrases.ts';

const NUMBERS = 'kein ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf'.split(' ');
const inWords = (count: number): string => NUMBERS[count] ?? `${count}`;
const sheets = (count: number): string => `${count} ${count === 1 ? 'Bogen' : 'Bögen'}`;
const list = (parts: readonly string[]): string => parts.join(', ').replace(/, ([^,]*)$/, ' und $1');
const EDGES = { 'short-edge': 'kurze Kante', 'long-edge': 'lange Kante' };
const FLIPS = { 'short-edge': 'über die kurze Kante gewendet', 'long-edge': 'über die lange Kante gewendet' };
const ACTUAL = 'in Originalgröße (100 %, nicht „an Seite anpassen“)';
const SIDES = { left: 'linke', right: 'rechte', top: 'obere', bottom: 'untere' };
const AT = { left: 'links', right: 'rechts' };

const inGatherings = (gatherings: readonly Gatherings[]): string => {
  const total = gatherings.reduce((sum, { times }) => sum + times, 0);
  const sizes = gatherings.map(
    ({ times, sheets: each }) => `${times === 1 ? 'eine' : inWords(times)} zu ${sheets(each)}`,
  );
  return `${inWords(total)} Lagen (${sizes.join(', dann ')})`;
};

const cuts = ({ ends, fore, over }: Strips): string =>
  list([
    ...(ends ? [`je ${ends} an Kopf und Fuß`] : []),
    ...(fore ? [`${fore} an der Vorderkante`] : []),
    ...(over ? [`was an der Vorderkante über den Umschlag hinaussteht (${over})`] : []),
  ]);

function folded(fold: FoldKind): string {
  switch (fold.kind) {
    case 'cross':
      return (
        ['', 'einmal in der Mitte gefalzt', 'zweimal gefalzt (Kreuzbruch)'][fold.count] ??
        `${fold.count}-mal gefalzt (Kreuzbruch)`
      );
    case 'roll':
      return `mit Wickelfalz zu ${fold.count} Feldern gefalzt`;
    case 'zigzag':
      return `mit Zickzackfalz (Leporello) zu ${fold.count} Feldern gefalzt`;
    case 'gate':
      return 'von beiden Seiten zur Mitte gefalzt (Fensterfalz)';
    case 'closed-gate':
      return 'von beiden Seiten zur Mitte und noch einmal gefalzt (geschlossener Fensterfalz)';
  }
}

export const german: Phrases = {
  language: 'de',
  decimal: ',',
  thousands: '.',
  money: (amount, currency) => `${amount} ${currency}`,
  ticketFor: (title) => `${title}: Laufzettel`,
  theFile: { whole: 'die Datei', fronts: 'die Vorderseiten', backs: 'die Rückseiten' },
  heads: {
    ticket: 'Laufzettel',
    print: 'Drucken',
    make: 'Verarbeiten',
    shop: 'Im Copyshop',
    copies: 'Exemplare',
    sheets: 'Bögen',
    cost: 'Kosten',
  },
  facts: {
    names: { paper: 'Papier', sheets: 'Bögen', ink: 'Farbe', page: 'Seite', copy: 'Ein Exemplar' },
    sheets: (count, sides, copies) =>
      `${sheets(count)}, ${sides === 1 ? 'einseitig' : 'beidseitig'}${copies > 1 ? `: ${copies} Exemplare` : ''}`,
    inks: { black: 'Schwarz', one: 'Schwarz und eine Farbe', many: 'farbig' },
    inksOn: (inking, which, of) =>
      `Schwarz, nur auf ${of === 1 ? 'Bogen' : 'den Bögen'} ${which} ${inking === 'one' ? 'auch eine Farbe' : 'farbig'}`,
    page: (size, scaled) => (scaled ? `${size} (${scaled.percent} von ${scaled.from})` : size),
    copy: (grams, mm, trimmed) => `${grams} g${trimmed ? ' nach dem Beschnitt' : ''}, etwa ${mm} mm dick`,
  },
  printing: {
    oneSide: (file) => `${capital(file)} einseitig drucken, ${ACTUAL}.`,
    bothSides: (file, edge) => `${capital(file)} beidseitig drucken, ${FLIPS[edge]}, ${ACTUAL}.`,
    tryDuplex: ({ front, back }, other) =>
      `Zuerst einen Bogen probieren: Hinter Seite ${front} muss Seite ${back} stehen, beide mit dem Kopf nach oben. Stehen die Rückseiten auf dem Kopf, die andere Kante einstellen (${EDGES[other]}).`,
    tryByHand: ({ fronts, backs, frontAt, backAt, trial: { front, back } }) =>
      `Zuerst einen Bogen probieren, ${ACTUAL}: aus „${fronts}“ die Seite ${frontAt} drucken, den Bogen mit der weißen Seite nach oben wieder ins Fach legen, aus „${backs}“ die Seite ${backAt} drucken. Hinter Seite ${front} muss Seite ${back} stehen, beide mit dem Kopf nach oben.`,
    wrongByHand:
      'Steht beides auf derselben Seite, das Papier andersherum einlegen; steht die Rückseite auf dem Kopf, es um eine halbe Drehung drehen. So will es der Drucker haben.',
    pile: (fronts, page) =>
      page === undefined
        ? `${capital(fronts)} einseitig drucken und den Bogen so wieder einlegen.`
        : `${capital(fronts)} ganz und einseitig drucken und den Stapel so wieder einlegen, dass der Bogen mit Seite ${page} zuerst eingezogen wird.`,
    backs: (backs) => `${capital(backs)} drucken.`,
  },
  hands: {
    lay: (count, faceDown) =>
      `${count === 1 ? 'Den Bogen' : `Die ${count} Bögen in der Reihenfolge des Drucks`} mit ${faceDown ? 'dem Titelblatt nach unten' : 'der ersten Seite nach oben'} auf den Tisch legen.`,
    divide: (gatherings) =>
      `Die Bögen in der Reihenfolge des Drucks in ${inGatherings(gatherings)} teilen. Jede mit ihrer ersten Seite nach unten legen.`,
    turnOver: 'Flach hinlegen und wie eine Buchseite umwenden.',
    partsDown: 'Jedes Teil mit der Vorderseite nach unten legen.',
    sheetDown: (count) =>
      count === 1
        ? 'Den Bogen mit der Vorderseite nach unten auf den Tisch legen, den Fuß zu sich.'
        : 'Einen Bogen nach dem anderen nehmen: mit der ersten Seite nach unten legen, den Fuß zu sich.',
    foldHalf: (from) => {
      const to = SIDES[({ left: 'right', right: 'left', top: 'bottom', bottom: 'top' } as const)[from]];
      return `Die ${SIDES[from]} Hälfte auf die ${to} schlagen und den Falz mit einem Lineal oder Löffel scharf streichen.`;
    },
    foldPanel: (from) => `Das ${SIDES[from]} Feld entlang seiner Linie umschlagen und den Falz glatt streichen.`,
    gate: 'Das linke und das rechte Feld nach innen falten, bis sich die Kanten treffen, und beide Falze glatt streichen.',
    fan: (panels) =>
      `Entlang der Linien hin und her falten, wie einen Fächer: ${inWords(panels)} Felder, das erste oben.`,
    crease: (panels) => `Entlang aller Linien falten und wieder öffnen: ${inWords(panels)} Felder.`,
    slit: 'Entlang der gestrichelten Linie in der Mitte einschneiden, nicht weiter.',
    push: 'Der Länge nach falten, den Druck nach außen, an beiden Enden halten und zusammenschieben, bis sich der Schnitt zu einem Kreuz öffnet. Die Felder herumschlagen, bis das Titelblatt oben liegt, und flach pressen.',
    unfold: 'Wer bis hierher gelesen hat, entfaltet den Bogen: Der Rest steht auf der anderen Seite.',
    cut: (count, parts) =>
      `${count === 1 ? 'Den Bogen' : 'Den Stapel'} entlang der Linien in ${inWords(parts)} gleiche Teile schneiden.`,
    pile: (from, rows) =>
      `Die Teile aufeinanderlegen, das erste obenauf: von ${AT[from]} nach ${AT[from === 'left' ? 'right' : 'left']}${rows > 1 ? ', Reihe für Reihe' : ''}.`,
    nest: 'Jeden gefalzten Bogen in die Mitte des vorigen stecken.',
    gather: 'Die gefalzten Lagen der Reihe nach aufeinanderlegen, die erste obenauf, alle Rücken an derselben Kante.',
    open: 'Die Falze an den anderen Kanten mit einem Messer aufschneiden oder abschneiden.',
    glue: (spine) => `Die Blätter ${AT[spine]} bündig aufstoßen, einspannen und an dieser Kante leimen.`,
    sew: (gatherings) =>
      gatherings === 1
        ? 'In der Mitte aufschlagen, drei Löcher in den Falz stechen und mit Nadel und Faden heften.'
        : 'Jede Lage mit Nadel und Faden durch den Falz heften, und die Lagen aneinander.',
    staple: (leaves, by) =>
      `In der Mitte aufschlagen und von außen zweimal durch den Falz klammern (Rückstichheftung), mit einem Langarmhefter (${by === 'common' ? 'gewöhnliche Klammern, 26/6, gehen' : 'nur Klammern mit 8 mm langen Schenkeln, 23/8, gehen'} durch ${leaves} Blatt). Ohne ihn durch drei Löcher im Falz mit Nadel und Faden heften.`,
    stitch:
      'In der Mitte aufschlagen, drei Löcher in den Falz stechen und mit Nadel und Faden heften: Für Klammern ist es zu dick.',
    nothing: 'Ein einzelner Bogen braucht keine Klammer.',
    join: (columns, rows) =>
      `Den weißen Rand abschneiden, wo ein Bogen über dem nächsten liegt, und die ${inWords(columns * rows)} Bögen über den Streifen zwischen den Marken zusammenkleben: ${list(
        [
          ...(columns > 1 ? [`${inWords(columns)} nebeneinander`] : []),
          ...(rows > 1 ? [`${inWords(rows)} untereinander`] : []),
        ],
      )}.`,
    trim: (strips) =>
      `Beschneiden, mit scharfem Messer am Lineal: ${cuts(strips)} abschneiden. Es bleiben Seiten von ${strips.size}. Oder so lassen.`,
  },
  shop: {
    please: ({ paper, weight, sides, edge, ink, sheets: count, copies, finish }) =>
      `„Bitte diese Datei auf ${paper}, ${weight} g/m², ${sides === 1 ? 'einseitig' : `beidseitig, ${FLIPS[edge]}`}, ${ink}, mit 100 % ohne Skalierung drucken: ${[`${sheets(count)} ${copies === 1 ? 'je Exemplar' : `für ${copies} Exemplare`}`, ...finish].join(', ')}.“`,
    byHand: 'Für einen Copyshop die Datei ohne „duplex: manual“ neu erzeugen: Seine Drucker bedrucken beide Seiten.',
    inks: { black: 'schwarzweiß', one: 'in Farbe', many: 'in Farbe' },
    inksOn: (_, which, of) => `${of === 1 ? 'Bogen' : 'die Bögen'} ${which} in Farbe, die übrigen schwarzweiß`,
    ordered: 'in der Reihenfolge der Datei',
    divided: (gatherings) => `der Reihe nach in ${inGatherings(gatherings)} geteilt`,
    folded: (fold, each) => `${each ? 'jeweils ' : ''}${folded(fold)}`,
    nested: 'ineinandergesteckt, der erste außen',
    gathered: 'der Reihe nach zusammengetragen, die erste Lage oben',
    parts: (count) => `in ${count} gleiche Teile geschnitten`,
    piled: 'die Teile der Reihe nach aufeinandergelegt',
    stapled: 'mit zwei Klammern durch den Falz geheftet (Rückstichheftung)',
    sewn: (gatherings) => (gatherings === 1 ? 'durch den Falz fadengeheftet' : 'fadengeheftet'),
    glued: (spine) => `${AT[spine]} klebegebunden`,
    opened: 'die geschlossenen Kanten aufgeschnitten',
    trimmed: (strips) => `auf ${strips.size} beschnitten: ${cuts(strips)}`,
    flat: 'plano, weder geschnitten noch gefalzt',
  },
};

function capital(text: string): string {
  return text.startsWith('die ') ? text.replace('d', 'D') : text;
}
