// The words of job tickets in Spanish.
import type { FoldKind, Gatherings, Phrases, Strips } from './phrases.ts';

const NUMBERS = 'ningún un dos tres cuatro cinco seis siete ocho nueve diez once doce'.split(' ');
const inWords = (count: number): string => NUMBERS[count] ?? `${count}`;
const sheets = (count: number): string => `${count} hoja${count === 1 ? '' : 's'}`;
const list = (parts: readonly string[]): string => parts.join(', ').replace(/, ([^,]*)$/, ' y $1');
const EDGES = { 'short-edge': 'borde corto', 'long-edge': 'borde largo' };
const FLIPS = { 'short-edge': 'volteando por el borde corto', 'long-edge': 'volteando por el borde largo' };
const ACTUAL = 'a tamaño real (100 %, no «ajustar a la página»)';
const HALVES = {
  left: 'la mitad izquierda sobre la derecha',
  right: 'la mitad derecha sobre la izquierda',
  top: 'la mitad de arriba sobre la de abajo',
  bottom: 'la mitad de abajo sobre la de arriba',
};
const PANELS = {
  left: 'el cuerpo izquierdo',
  right: 'el cuerpo derecho',
  top: 'el cuerpo de arriba',
  bottom: 'el cuerpo de abajo',
};
const WAYS = { left: 'de izquierda a derecha', right: 'de derecha a izquierda' };
const EDGE_AT = { left: 'borde izquierdo', right: 'borde derecho' };

const inGatherings = (gatherings: readonly Gatherings[]): string => {
  const total = gatherings.reduce((sum, { times }) => sum + times, 0);
  const sizes = gatherings.map(
    ({ times, sheets: each }) => `${times === 1 ? 'uno' : inWords(times)} de ${sheets(each)}`,
  );
  return `${inWords(total)} cuadernillos (${sizes.join(', luego ')})`;
};

const cuts = ({ ends, fore, over }: Strips): string =>
  list([
    ...(ends ? [`${ends} por la cabeza y lo mismo por el pie`] : []),
    ...(fore ? [`${fore} por el corte delantero`] : []),
    ...(over ? [`lo que sobresale de la cubierta por el corte delantero (${over})`] : []),
  ]);

function folded(fold: FoldKind): string {
  switch (fold.kind) {
    case 'cross':
      return ['', 'un pliegue por el medio', 'dos pliegues en cruz'][fold.count] ?? `${fold.count} pliegues en cruz`;
    case 'roll':
      return `plegado envolvente en ${fold.count} cuerpos`;
    case 'zigzag':
      return `plegado en acordeón en ${fold.count} cuerpos`;
    case 'gate':
      return 'plegado ventana, de ambos lados hacia el medio';
    case 'closed-gate':
      return 'plegado ventana cerrado, de ambos lados hacia el medio y una vez más';
  }
}

export const spanish: Phrases = {
  language: 'es',
  decimal: ',',
  thousands: '.',
  money: (amount, currency) => `${amount} ${currency}`,
  ticketFor: (title) => `${title}: hoja de trabajo`,
  theFile: { whole: 'el archivo', fronts: 'los anversos', backs: 'los reversos' },
  heads: {
    ticket: 'Hoja de trabajo',
    print: 'Imprimir',
    make: 'Montar',
    shop: 'En la copistería',
    copies: 'Ejemplares',
    sheets: 'Hojas',
    cost: 'Coste',
  },
  facts: {
    names: { paper: 'Papel', sheets: 'Hojas', ink: 'Tinta', page: 'Página', copy: 'Un ejemplar' },
    sheets: (count, sides, copies) =>
      `${sheets(count)}, ${sides === 1 ? 'una cara' : 'doble cara'}${copies > 1 ? `: ${copies} ejemplares` : ''}`,
    inks: { black: 'negro', one: 'negro y un color', many: 'a color' },
    inksOn: (inking, which, of) =>
      `negro, y ${inking === 'one' ? 'un color' : 'color'} solo en ${of === 1 ? 'la hoja' : 'las hojas'} ${which}`,
    page: (size, scaled) => (scaled ? `${size} (${scaled.percent} de ${scaled.from})` : size),
    copy: (grams, mm, trimmed) => `${grams} g${trimmed ? ' ya cortado' : ''}, unos ${mm} mm de grueso`,
  },
  printing: {
    oneSide: (file) => `Imprimir ${file} por una cara, ${ACTUAL}.`,
    bothSides: (file, edge) => `Imprimir ${file} a doble cara, ${FLIPS[edge]}, ${ACTUAL}.`,
    tryDuplex: ({ front, back }, other) =>
      `Probar antes con una hoja: la página ${back} debe quedar detrás de la ${front}, ambas en el mismo sentido. Si los reversos salen cabeza abajo, elegir el otro borde (${EDGES[other]}).`,
    tryByHand: ({ fronts, backs, frontAt, backAt, trial: { front, back } }) =>
      `Probar antes con una hoja, ${ACTUAL}: imprimir la página ${frontAt} de «${fronts}», devolver la hoja a la bandeja con la cara blanca hacia arriba e imprimir la página ${backAt} de «${backs}». La página ${back} debe quedar detrás de la ${front}, ambas en el mismo sentido.`,
    wrongByHand:
      'Si todo sale por la misma cara, meter el papel por la otra; si el reverso sale cabeza abajo, girarlo media vuelta. Así lo quiere la impresora.',
    pile: (fronts, page) =>
      page === undefined
        ? `Imprimir ${fronts} por una cara y devolver la hoja de esa manera.`
        : `Imprimir ${fronts} por completo, por una cara, y devolver la pila de esa manera, de modo que la hoja que lleva la página ${page} entre la primera.`,
    backs: (backs) => `Imprimir ${backs}.`,
  },
  hands: {
    lay: (count, faceDown) =>
      `Poner ${count === 1 ? 'la hoja' : `las ${count} hojas, en el orden en que salieron,`} sobre la mesa, con ${faceDown ? 'la portada hacia abajo' : 'la primera página hacia arriba'}.`,
    divide: (gatherings) =>
      `Repartir las hojas, en el orden en que salieron, en ${inGatherings(gatherings)}. Poner cada uno con su primera cara hacia abajo.`,
    turnOver: 'Ponerla extendida y voltearla como la página de un libro.',
    partsDown: 'Poner cada parte con la portada hacia abajo.',
    sheetDown: (count) =>
      count === 1
        ? 'Poner la hoja sobre la mesa con la portada hacia abajo y el pie hacia uno.'
        : 'Tomar una hoja tras otra: ponerla con su primera cara hacia abajo y el pie hacia uno.',
    foldHalf: (from) => `Plegar ${HALVES[from]} y marcar el pliegue con una regla o una cuchara.`,
    foldPanel: (from) => `Plegar ${PANELS[from]} por su línea y marcar el pliegue.`,
    gate: 'Plegar el cuerpo izquierdo y el derecho hacia dentro hasta que se junten los bordes, y marcar ambos pliegues.',
    fan: (panels) =>
      `Plegar por las líneas, a un lado y a otro, como un abanico: ${inWords(panels)} cuerpos, el primero encima.`,
    crease: (panels) => `Plegar por todas las líneas y volver a abrir: ${inWords(panels)} cuerpos.`,
    slit: 'Cortar por la línea discontinua del medio, y no más allá.',
    push: 'Plegar a lo largo con lo impreso por fuera, sujetar los dos extremos y empujarlos uno hacia otro hasta que el corte se abra en cruz. Envolver los cuerpos para que la portada quede encima, y aplastar.',
    unfold: 'Leído hasta aquí, desplegar la hoja: lo demás está en la otra cara.',
    cut: (count, parts) =>
      `Cortar ${count === 1 ? 'la hoja' : 'la pila'} por las líneas en ${inWords(parts)} partes iguales.`,
    pile: (from, rows) =>
      `Poner las partes una sobre otra, la primera encima: ${WAYS[from]}${rows > 1 ? ', fila por fila' : ''}.`,
    nest: 'Meter cada hoja plegada en el medio de la anterior.',
    gather:
      'Poner los cuadernillos plegados uno sobre otro en su orden, el primero encima, todos los lomos al mismo lado.',
    open: 'Abrir con un cuchillo los pliegues de los otros bordes, o cortarlos.',
    glue: (spine) => `Igualar las hojas por el ${EDGE_AT[spine]}, sujetarlas y encolar ese borde.`,
    sew: (gatherings) =>
      gatherings === 1
        ? 'Abrir por el medio, hacer tres agujeros en el pliegue y coser con aguja e hilo.'
        : 'Coser cada cuadernillo por su pliegue con aguja e hilo, y los cuadernillos entre sí.',
    staple: (leaves, by) =>
      `Abrir por el medio y grapar dos veces en el pliegue, desde fuera, con una grapadora de brazo largo (${by === 'common' ? 'las grapas corrientes, 26/6, atraviesan' : 'solo las grapas de patas de 8 mm, 23/8, atraviesan'} ${leaves} hojas). Sin ella, coser por tres agujeros en el pliegue con aguja e hilo.`,
    stitch:
      'Abrir por el medio, hacer tres agujeros en el pliegue y coser con aguja e hilo: es demasiado grueso para grapas.',
    nothing: 'Una sola hoja no necesita grapas.',
    join: (columns, rows) =>
      `Cortar el margen blanco donde una hoja tapa la siguiente y pegar las ${inWords(columns * rows)} hojas sobre las franjas entre las marcas: ${list(
        [
          ...(columns > 1 ? [`${inWords(columns)} a lo ancho`] : []),
          ...(rows > 1 ? [`${inWords(rows)} a lo alto`] : []),
        ],
      )}.`,
    trim: (strips) =>
      `Cortar con cúter y regla (o guillotina): ${cuts(strips)}. Quedan páginas de ${strips.size}. O dejarlo así.`,
  },
  shop: {
    please: ({ paper, weight, sides, edge, ink, sheets: count, copies, finish }) =>
      `«Por favor, impriman este archivo en ${paper}, ${weight} g/m², ${sides === 1 ? 'a una cara' : `a doble cara, ${FLIPS[edge]}`}, ${ink}, al 100 % sin escalar: ${[`${sheets(count)} ${copies === 1 ? 'por ejemplar' : `para ${copies} ejemplares`}`, ...finish].join(', ')}.»`,
    byHand: 'Para una copistería, rehacer el archivo sin «duplex: manual»: sus máquinas imprimen por las dos caras.',
    inks: { black: 'en negro', one: 'a color', many: 'a color' },
    inksOn: (_, which, of) => `${of === 1 ? 'la hoja' : 'las hojas'} ${which} a color, el resto en negro`,
    ordered: 'en el orden del archivo',
    divided: (gatherings) => `repartidas en orden en ${inGatherings(gatherings)}`,
    folded: (fold, each) => `${folded(fold)}${each ? ' en cada una' : ''}`,
    nested: 'metidas una dentro de otra, la primera por fuera',
    gathered: 'cuadernillos alzados en su orden, el primero encima',
    parts: (count) => `corte en ${count} partes iguales`,
    piled: 'partes puestas una sobre otra en orden',
    stapled: 'dos grapas en el pliegue (grapado a caballete)',
    sewn: (gatherings) => (gatherings === 1 ? 'cosido por el pliegue' : 'cuadernillos cosidos con hilo'),
    glued: (spine) => `encolado por el ${EDGE_AT[spine]} (encuadernación rústica)`,
    opened: 'bordes cerrados abiertos o cortados',
    trimmed: (strips) => `corte a ${strips.size}: ${cuts(strips)}`,
    flat: 'extendido, sin cortar ni plegar',
  },
};
