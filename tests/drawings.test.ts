// The drawn steps, held against the tests' own paper: what lies where, in how many layers, and what a fold moves where.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml';
import { PAPERS } from '../scripts/book/measure.ts';
import { drawingsFor, SHEET, type Shown } from '../scripts/print/drawings.ts';
import { type Drawing, engrave, SHOWN_LAYERS, type Shape } from '../scripts/print/engraving.ts';
import { laid } from '../scripts/print/fitting.ts';
import { type Scheme, schemeFor } from '../scripts/print/folds.ts';
import { FORMATS, nUp } from '../scripts/print/formats.ts';
import { handworkFor } from '../scripts/print/instructions.ts';
import type { Direction } from '../scripts/print/paper.ts';
import { linesOf } from '../scripts/print/tracks.ts';
import { foldAt, foldable, foldStep, type Panel, piled, sheetOf, turnOver, xSpan, ySpan } from './leaves.ts';
import { SPINES } from './schemes.ts';

const COUNTS = [1, 2, 4, 6, 8, 16, 20, 36, 64];
const near = (a: number, b: number, what: string): void => assert.ok(Math.abs(a - b) < 0.02, `${what}: ${a} and ${b}`);

interface Case {
  readonly name: string;
  readonly scheme: Scheme;
  readonly unit: number;
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  readonly steps: readonly Shown[];
  readonly done: Drawing;
}

function cases(): Case[] {
  return Object.entries(FORMATS).flatMap(([format, make]) =>
    SPINES.flatMap((spine) =>
      COUNTS.flatMap((pages): Case[] => {
        let scheme: Scheme;
        try {
          scheme = schemeFor(make(pages), pages, spine);
        } catch {
          return [];
        }
        const sheet = laid(scheme, PAPERS.letter!);
        const unit = SHEET / Math.max(sheet.width, sheet.height);
        const { across: xs, down: ys } = linesOf(scheme, sheet);
        return [{ name: `${format} of ${pages}, ${spine}`, scheme, unit, xs, ys, ...drawingsFor(scheme, sheet) }];
      }),
    ),
  );
}

const ALL = cases();
const ofKind = <K extends Shape['kind']>(shapes: readonly Shape[], kind: K) =>
  shapes.filter((shape): shape is Shape & { readonly kind: K } => shape.kind === kind);

/** Seen from above: of all panels in one place the highest, and how many they are. */
function seen(panels: readonly Panel[]): { top: Panel; layers: number }[] {
  const places = new Map<string, Panel[]>();
  for (const panel of panels) {
    const key = [...xSpan(panel), ...ySpan(panel)].map((at) => at.toFixed(2)).join();
    places.set(key, [...(places.get(key) ?? []), panel]);
  }
  return [...places.values()].map((here) => ({
    top: here.reduce((a, b) => (b.middle[2] > a.middle[2] ? b : a)),
    layers: here.length,
  }));
}

function assertShows(shapes: readonly Shape[], panels: readonly Panel[], { unit, name }: Case): void {
  const drawn = ofKind(shapes, 'panel');
  const wanted = seen(panels);
  assert.equal(drawn.length, wanted.length, name);
  for (const { top, layers } of wanted) {
    const [[left, right], [head, foot]] = [xSpan(top), ySpan(top)];
    const found = drawn.find(
      ({ from, to }) =>
        Math.hypot(from[0] - left * unit, from[1] - head * unit, to[0] - right * unit, to[1] - foot * unit) < 0.05,
    );
    assert.ok(found, `${name}: a panel at ${left}`);
    assert.equal(found.layers, layers, `${name}: layers`);
    const ink = top.inks.find(({ looks }) => looks[2] > 0)!;
    assert.equal(found.folio, ink.mark && ink.mark.folio !== 'blank' ? `${ink.mark.folio}` : undefined, name);
    if (found.folio) assert.equal(found.turned, ink.head[1] > 0, `${name}: the head of ${found.folio}`);
  }
}

const AXIS: Readonly<Record<Direction, readonly [at: 0 | 1, from: 'low' | 'high']>> = {
  'left-to-right': [0, 'low'],
  'right-to-left': [0, 'high'],
  'top-to-bottom': [1, 'low'],
  'bottom-to-top': [1, 'high'],
};

/** The arrow goes from the far edge of what moves to where that edge comes to lie; the line is halfway between. */
function assertMoves(
  shapes: readonly Shape[],
  before: readonly Panel[],
  after: readonly Panel[],
  over: Direction,
  one: Case,
) {
  const [axis, end] = AXIS[over];
  const span = (panel: Panel): [number, number] => (axis === 0 ? xSpan(panel) : ySpan(panel));
  const was = new Map(before.map((panel) => [panel.name, panel]));
  const moved = after.filter(({ name, middle }) => Math.abs(was.get(name)!.middle[axis] - middle[axis]) > 1e-6);
  assert.ok(moved.length > 0);
  const pick = (values: number[], which: 'low' | 'high'): number =>
    which === 'low' ? Math.min(...values) : Math.max(...values);
  const far =
    pick(
      moved.flatMap(({ name }) => span(was.get(name)!)),
      end,
    ) * one.unit;
  const image = pick(moved.flatMap(span), end === 'low' ? 'high' : 'low') * one.unit;
  const arrows = ofKind(shapes, 'arrow').map(({ from, to }) => [from[axis], to[axis]] as const);
  assert.ok(
    arrows.some(
      ([from, to]) => Math.abs(from - (far * 0.9 + image * 0.1)) + Math.abs(to - (far * 0.1 + image * 0.9)) < 0.05,
    ),
    `${one.name}: ${over} from ${far} to ${image}, drawn ${arrows}`,
  );
  const creases = [...ofKind(shapes, 'valley'), ...ofKind(shapes, 'mountain')];
  const line = creases.find(({ from }) => Math.abs(from[axis] - (far + image) / 2) < 0.05);
  assert.ok(line, `${one.name}: the fold`);
  near(line.from[axis], line.to[axis], one.name);
}

test('every step is drawn as the paper lies then, and every arrow goes where the paper goes', () => {
  let folds = 0;
  for (const one of ALL) {
    const { scheme, steps, xs, ys } = one;
    if (scheme.reads === 'tiles') continue;
    const told = new Map(handworkFor(scheme).map(({ index }, place) => [index, steps[place]!.drawing.shapes]));
    const stacked = scheme.steps[0]!.do === 'stack';
    const first = scheme.sheets.filter(({ gathering }) => gathering === 0).slice(0, stacked ? undefined : 1);
    let panels = piled(first.map((sheet, index) => sheetOf(index, sheet, xs, ys)));
    for (const [index, step] of scheme.steps.entries()) {
      const shapes = told.get(index);
      if (step.do === 'stack') {
        // Laid down as the next step wants it.
        if (shapes && scheme.steps[1]!.do !== 'turn') assertShows(shapes, panels, one);
      } else if (step.do === 'turn') {
        panels = turnOver(panels);
        if (shapes ?? told.get(index - 1)) assertShows((shapes ?? told.get(index - 1))!, panels, one);
      } else if (step.do === 'fold') {
        assertShows(shapes!, panels, one);
        const after = foldStep(panels, step);
        assertMoves(shapes!, panels, after, step.over, one);
        panels = after;
        folds++;
      } else if (step.do === 'gate') {
        assertShows(shapes!, panels, one);
        const lines = foldable(panels, 'upright');
        const left = foldAt(panels, 'left-to-right', lines[0]!, false);
        const right = foldAt(panels, 'right-to-left', lines.at(-1)!, false);
        assertMoves(shapes!, panels, left, 'left-to-right', one);
        assertMoves(shapes!, panels, right, 'right-to-left', one);
        panels = foldAt(left, 'right-to-left', lines.at(-1)!, false);
      } else {
        if (step.do === 'crease' || step.do === 'slit' || step.do === 'fan' || step.do === 'part')
          assertShows(shapes!, panels, one);
        break;
      }
    }
    if (scheme.steps.every((step) => ['stack', 'turn', 'fold', 'gate', 'bind'].includes(step.do)))
      assertShows(one.done.shapes, panels, one);
  }
  assert.ok(folds > 100, `${folds} folds`);
});

test('staples, thread and glue are at the spine; the slit of a zine is where it is cut', () => {
  for (const { scheme, steps, name, unit, xs, ys } of ALL) {
    const shapes = steps.flatMap(({ drawing }) => drawing.shapes);
    for (const { drawing } of steps) {
      const bound = drawing.shapes.filter(({ kind }) => kind === 'staple' || kind === 'stitch' || kind === 'glue');
      const edges = ofKind(drawing.shapes, 'panel').flatMap(({ from, to }) => [from[0], to[0]]);
      for (const { from } of bound)
        near(from[0], scheme.spine === 'left' ? Math.min(...edges) : Math.max(...edges), `${name}: the spine`);
    }
    const staples = ofKind(shapes, 'staple').length;
    const stapled = scheme.steps.some((step) => step.do === 'bind' && step.with === 'staple');
    // One sheet needs none, unless it is slit open.
    const apart = scheme.sheets.length > 1 || scheme.steps.some((step) => step.do === 'open');
    assert.equal(staples, stapled && apart ? 2 : 0, name);
    const slit = scheme.steps.find((step) => step.do === 'slit');
    if (!slit) continue;
    const cut = ofKind(shapes, 'cut').find(({ from }) => Math.abs(from[1] - ys[slit.row]! * unit) < 0.05)!;
    near(cut.from[0], xs[slit.from]! * unit, name);
    near(cut.to[0], xs[slit.to]! * unit, name);
  }
});

/** Numbers of a path that has absolute points only. */
const pointsOf = (path: string): [number, number][] => {
  assert.match(path, /^[MLQZ\d\s.-]*$/, path);
  const numbers = path.match(/-?\d*\.?\d+/g)!.map(Number);
  return numbers.flatMap((x, at) => (at % 2 === 0 ? [[x, numbers[at + 1]!] as [number, number]] : []));
};

/** The point of a bow that lies farthest out. */
const bowTop = (path: string): [number, number][] => {
  const [a, b, c] = pointsOf(path);
  return [a!, c!, [(a![0] + 2 * b![0] + c![0]) / 4, (a![1] + 2 * b![1] + c![1]) / 4]];
};

test('every picture is well-formed, has all layers, and nothing of it lies outside its frame', () => {
  for (const { steps, done, name } of ALL) {
    for (const drawing of [...steps.map((step) => step.drawing), done]) {
      const { svg, width, height } = engrave(drawing);
      const { root } = parseXml(svg);
      assert.ok(root && root.name === 'svg');
      assert.equal(root.attributes['viewBox'], `0 0 ${width} ${height}`);
      const inside = ([x, y]: readonly [number, number], room: number, what: string): void =>
        assert.ok(
          x >= room - 0.02 && y >= room - 0.02 && x <= width - room + 0.02 && y <= height - room + 0.02,
          `${name}: ${what} at ${x} ${y} of ${width} × ${height}`,
        );
      const elements = root.children.filter((node): node is XmlElement => node instanceof XmlElement);
      for (const { name: tag, attributes, children } of elements) {
        const placed = /^translate\((\S+) (\S+)\)/.exec(attributes['transform'] ?? '');
        const at = placed && ([Number(placed[1]), Number(placed[2])] as const);
        if (tag === 'text') {
          assert.ok(children.every((child) => child instanceof XmlText) && /^\d+$/.test((children[0] as XmlText).text));
          inside(at!, Number(attributes['font-size']) / 2, 'a folio');
        } else if (attributes['class'] === 'scissors') {
          const angle = (Number(/rotate\((\S+)\)/.exec(attributes['transform']!)![1]) * Math.PI) / 180;
          inside([at![0] - 11.3 * Math.cos(angle), at![1] - 11.3 * Math.sin(angle)], 0, 'scissors');
        } else {
          const path = attributes['d']!;
          for (const point of path.includes('Q') ? bowTop(path) : pointsOf(path))
            inside(point, 0, attributes['class']!);
        }
      }
      const layers = Math.max(...drawing.shapes.map((shape) => (shape.kind === 'panel' ? shape.layers : 1)));
      const below = elements.filter(({ attributes }) => attributes['class'] === 'layer');
      assert.equal(below.length, Math.min(layers, SHOWN_LAYERS) - 1, name);
    }
  }
});

test('of a sheet that is cut apart, folds and cuts are drawn on the part that is shown', () => {
  for (const spine of SPINES)
    for (const [format, pages] of [
      [nUp(FORMATS['one-sheet-8']!(8), 1, 2), 8],
      [nUp(FORMATS['one-sheet-8']!(8), 2, 1), 8],
      [nUp(FORMATS['accordion']!(6), 2, 2), 6],
    ] as const) {
      const scheme = schemeFor(format, pages, spine);
      const { steps } = drawingsFor(scheme, laid(scheme, PAPERS['a3']!));
      let lines = 0;
      for (const { text, drawing } of steps) {
        const points = ofKind(drawing.shapes, 'panel').flatMap(({ from, to }) => [from, to]);
        const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
        for (const { kind, from, to } of drawing.shapes) {
          if (kind !== 'valley' && kind !== 'mountain' && kind !== 'cut') continue;
          lines++;
          for (const [x, y] of [from, to])
            assert.ok(
              x > Math.min(...xs) - 0.1 &&
                x < Math.max(...xs) + 0.1 &&
                y > Math.min(...ys) - 0.1 &&
                y < Math.max(...ys) + 0.1,
              `${format.name}: ${text}`,
            );
        }
      }
      assert.ok(lines > 3);
      assert.match(steps.map(({ text }) => text).join(' '), pages === 8 ? /eight panels/ : /three panels/);
    }
});

test('words and pictures go together, step for step', () => {
  for (const { scheme, steps, name } of ALL)
    assert.deepEqual(
      steps.map(({ text }) => text),
      handworkFor(scheme).map(({ text }) => text),
      name,
    );
});
