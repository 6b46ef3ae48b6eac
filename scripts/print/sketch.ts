// Paper as it is drawn: panels with their edges, and the one step that is seen from two sides, the push that shuts a zine.
// Takes panels in points; gives shapes in the drawing's unit.
import type { Point, Shape } from './engraving.ts';
import type { Panel } from './stages.ts';

/** Between things that are drawn side by side, in the drawing's unit. */
export const GAP = 14;
/** The arrows of two hands that push. */
const PUSH = 16;

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

export const around = (panels: readonly Box[]): Box => ({
  left: Math.min(...panels.map(({ left }) => left)),
  top: Math.min(...panels.map(({ top }) => top)),
  right: Math.max(...panels.map(({ right }) => right)),
  bottom: Math.max(...panels.map(({ bottom }) => bottom)),
});

const near = (a: number, b: number): boolean => Math.abs(a - b) < 1e-3;

/** Panels as they are seen; between two of as many layers, side by side, the paper goes on. */
export function paper(panels: readonly Panel[], unit: number): Shape[] {
  return panels.map((panel): Shape => {
    const { left, top, right, bottom, layers, page, turned } = panel;
    const beside = (goesOn: (other: Panel) => boolean): boolean =>
      panels.some((other) => other !== panel && other.layers === layers && goesOn(other));
    const level = (other: Panel): boolean => near(other.top, top) && near(other.bottom, bottom);
    const upright = (other: Panel): boolean => near(other.left, left) && near(other.right, right);
    const open = [
      beside((other) => level(other) && near(other.right, left)) ? (['left'] as const) : [],
      beside((other) => level(other) && near(other.left, right)) ? (['right'] as const) : [],
      beside((other) => upright(other) && near(other.bottom, top)) ? (['top'] as const) : [],
      beside((other) => upright(other) && near(other.top, bottom)) ? (['bottom'] as const) : [],
    ].flat();
    const folio = page === 'white' || page.folio === 'blank' ? undefined : `${page.folio}`;
    return {
      ...{ kind: 'panel', from: [left * unit, top * unit], to: [right * unit, bottom * unit], layers, open },
      ...(folio === undefined ? {} : { folio, turned, front: folio === '1' }),
    };
  });
}

/** Folded lengthwise and seen from the side that has the front, pushed together; and the cross that opens, from above. */
export function pushing(before: readonly Panel[], unit: number): Shape[] {
  const whole = around(before);
  const middle = (whole.top + whole.bottom) / 2;
  const strip = before.filter(({ top }) => top >= middle - 1e-3).map((panel) => ({ ...panel, layers: 2 }));
  const { left, right, top, bottom } = around(strip);
  const y = ((top + bottom) / 2) * unit;
  const pushes = [
    { from: [left * unit - PUSH, y], to: [left * unit - 3, y] },
    { from: [right * unit + PUSH, y], to: [right * unit + 6, y] },
  ] as const;
  const arm = ((right - left) * unit) / strip.length;
  const [cx, cy] = [right * unit + PUSH + GAP + arm * 0.8, y];
  const half = 2;
  const tips = ([side, far]: readonly [number, number]): Point[] => [
    [side, far],
    [-side, far],
  ];
  const corner = tips([-half, -arm * 0.8]);
  const ring: Point[] = [];
  for (let turn = 0; turn < 4; turn++) {
    // A quarter turn at a time: two corners at the tip of an arm, one where it meets the next.
    const spin = ([px, py]: Point): Point =>
      (
        [
          [px, py],
          [-py, px],
          [-px, -py],
          [py, -px],
        ] as const
      )[turn as 0 | 1 | 2 | 3];
    for (const point of [...corner, [half, -half] as const]) ring.push(spin(point));
  }
  const cross = ring.map((point, index): Shape => {
    const next = ring[(index + 1) % ring.length]!;
    return { kind: 'edge', from: [cx + point[0], cy + point[1]], to: [cx + next[0], cy + next[1]] };
  });
  return [
    ...paper(strip, unit),
    ...pushes.map((ends): Shape => ({ kind: 'arrow', ...ends, bow: 0, under: false })),
    ...cross,
  ];
}

/** To the right of the cross what it is folded up to. */
export function shut(before: readonly Panel[], after: readonly Panel[], unit: number): Shape[] {
  const [whole, front] = [around(before), around(after)];
  const width = front.right - front.left;
  const right = whole.right - front.left + (PUSH + 2 * GAP) / unit + width * 1.6;
  const up = (whole.top + 3 * whole.bottom) / 4 - (front.top + front.bottom) / 2;
  const moved = after.map((panel) => ({
    ...{ ...panel, left: panel.left + right, right: panel.right + right },
    ...{ top: panel.top + up, bottom: panel.bottom + up },
  }));
  return paper(moved, unit);
}
