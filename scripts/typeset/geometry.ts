// The page's geometry: a trim and a type size made into margins, measure and lines. Points in, CSS px out.
import type { PamphletSettings } from '../book/config.ts';
import type { Size } from '../book/measure.ts';

/** CSS px a point. */
const PX = 96 / 72;

export interface Geometry {
  /** Points. */
  readonly trim: Size;
  /** Points. */
  readonly bleed: number;
  /** The trim's top left corner from the oversize page's, both ways, in px: room for bleed and marks. */
  readonly offset: number;
  /** The oversize page, multiples of 8 px, which Chromium keeps exactly. */
  readonly sheet: { readonly width: number; readonly height: number };
  readonly inner: number;
  readonly outer: number;
  readonly top: number;
  readonly measure: number;
  readonly lines: number;
  readonly leading: number;
  readonly size: number;
  readonly noteSize: number;
  readonly noteLeading: number;
  readonly separator: number;
}

/** Chromium lays out in 64ths of a px; a leading that is one adds up without a remainder. */
const snap = (px: number): number => Math.round(px * 64) / 64;
const eight = (px: number): number => Math.ceil(px / 8) * 8;

/** Shares of the trim's width and height. */
const MARGINS = { inner: 0.122, outer: 0.148, top: 0.1, bottom: 0.125 } as const;
const MARKS = 36;

/** The oversize page around a trim. */
export function sheetFor(trim: Size, bleed: number): Pick<Geometry, 'offset' | 'sheet'> {
  const offset = eight(MARKS + bleed * PX);
  return {
    offset,
    sheet: { width: eight(trim.width * PX + 2 * offset), height: eight(trim.height * PX + 2 * offset) },
  };
}

/** How a page differs from the template's own. */
export interface Fitting {
  /** Times its margins. */
  readonly margins: number;
  /** Lines more than the margins leave room for. */
  readonly extra: number;
}

export const AS_IT_IS: Fitting = { margins: 1, extra: 0 };

export function geometryOf(settings: PamphletSettings, { margins, extra } = AS_IT_IS): Geometry {
  const { width, height } = settings.trim.size;
  const leading = snap(settings.leading * PX);
  const inner = snap(width * PX * MARGINS.inner * margins);
  const outer = snap(width * PX * MARGINS.outer * margins);
  const top = snap(height * PX * MARGINS.top * margins);
  const depth = height * PX * (1 - (MARGINS.top + MARGINS.bottom) * margins);
  return {
    trim: settings.trim.size,
    bleed: settings.bleed,
    ...sheetFor(settings.trim.size, settings.bleed),
    inner,
    outer,
    top,
    measure: snap(width * PX - inner - outer),
    lines: Math.max(6, Math.floor(depth / leading) + extra),
    leading,
    size: settings.size * PX,
    noteSize: snap(settings.size * PX * 0.81),
    noteLeading: snap(leading * 0.815),
    separator: leading,
  };
}

/** The same as the custom properties that the templates' CSS reads. */
export function properties(geometry: Geometry, spot: string): string {
  const { trim, bleed, inner, outer, top, measure, lines, leading, size, noteSize, noteLeading, separator } = geometry;
  const px = {
    'trim-width': trim.width * PX,
    'trim-height': trim.height * PX,
    bleed: bleed * PX,
    inner,
    outer,
    top,
    measure,
    depth: lines * leading,
    leading,
    size,
    'note-size': noteSize,
    'note-leading': noteLeading,
    separator,
  };
  // A 64th of a px has six decimals; a value cut short would be rounded down to the next 64th.
  const declarations = Object.entries(px).map(([name, value]) => `--${name}:${Math.round(value * 1e6) / 1e6}px`);
  return `:root{${declarations.join(';')};--spot:${spot}}`;
}
