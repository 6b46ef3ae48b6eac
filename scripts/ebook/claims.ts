// What the ebook says of its own accessibility, in schema.org's words (EPUB Accessibility 1.1, 2.2; Schema.org Accessibility
// Properties for Discoverability Vocabulary). All of it is seen in the text: nothing here is promised. Conformance to a
// standard is a person's claim, and is not made.
import type { Element, ElementContent } from 'hast';
import { readDrawing } from '../book/drawing.ts';
import { readRaster } from '../book/raster.ts';
import type { Edition, Picture } from '../edition/edition.ts';
import { rowsOf } from '../edition/heads.ts';
import { plainText } from '../edition/words.ts';
import { summaryOf } from './summary.ts';

/** A property's name without its prefix, its value, and the value's language where it is a sentence. */
export interface Claim {
  readonly name: string;
  readonly value: string;
  readonly language?: string;
}

/** A picture's bytes, shown in the text or on the cover. */
type Shown = Pick<Picture, 'mediaType' | 'bytes'>;

/** @param printed whether the print edition's pages are marked and listed. */
export function claimsOf(
  edition: Edition,
  pictures: readonly Picture[],
  cover: Shown,
  printed: boolean,
): readonly Claim[] {
  const elements = [
    ...edition.parts.flatMap(({ title, content }) => elementsIn([...(title?.content ?? []), ...content])),
    ...edition.notes.flatMap(({ content }) => elementsIn(content)),
  ];
  const named = (name: string): Element[] => elements.filter(({ tagName }) => tagName === name);
  const images = named('img');
  const undescribed = images.filter(({ properties }) => String(properties['alt'] ?? '').trim() === '').length;
  const tables = named('table');
  const motions = [...pictures, cover].map(motionOf);
  const contents = edition.contents.length > 0;
  const summary = summaryOf(
    {
      contents,
      pages: printed,
      notes: edition.notes.length > 0,
      tables: tables.length > 0 && tables.every(isHeaded),
      languages: elements.some(({ properties }) => typeof properties['lang'] === 'string'),
      pictures: images.length > 0 && undescribed === 0,
      undescribed,
      moving: motions.filter((motion) => motion === 'moves').length,
    },
    edition.book.language,
  );
  const features: readonly (readonly [string, boolean])[] = [
    ['alternativeText', images.length > 0 && undescribed === 0],
    ['displayTransformability', true],
    ['pageBreakMarkers', printed],
    ['pageNavigation', printed],
    ['readingOrder', true],
    ['structuralNavigation', contents],
    ['tableOfContents', contents],
  ];
  // With pictures that are described, either way of reading will do (EPUB Accessibility Techniques 1.1, META-002).
  const sufficient = [images.length > 0 ? 'textual,visual' : '', undescribed === 0 ? 'textual' : ''];
  return [
    ...all('accessMode', ['textual', images.length > 0 ? 'visual' : '']),
    ...all('accessModeSufficient', sufficient),
    ...all(
      'accessibilityFeature',
      features.map(([feature, there]) => (there ? feature : '')),
    ),
    ...all('accessibilityHazard', hazardsOf(motions)),
    { name: 'accessibilitySummary', value: summary.text, language: summary.language },
  ];
}

/** A claim for each value that is one. */
const all = (name: string, values: readonly string[]): Claim[] =>
  values.filter((value) => value !== '').map((value) => ({ name, value }));

const elementsIn = (nodes: readonly ElementContent[]): Element[] =>
  nodes.flatMap((node) => (node.type === 'element' ? [node, ...elementsIn(node.children)] : []));

/** Every column has a head in words; over heads of rows it needs none. */
function isHeaded(table: Element): boolean {
  const [head = []] = rowsOf(table);
  return head.every((cell, at) =>
    cell.tagName === 'th' ? plainText(cell.children).trim() !== '' : at === 0 && head.length > 1,
  );
}

type Motion = 'still' | 'moves' | 'unknown';

/** What moves may flash or sway, which only eyes can tell; it is silent. Of what cannot be read, nothing is known. */
function hazardsOf(motions: readonly Motion[]): readonly string[] {
  if (motions.includes('unknown')) return ['unknown'];
  if (motions.includes('moves')) return ['unknownFlashingHazard', 'unknownMotionSimulationHazard', 'noSoundHazard'];
  return ['none'];
}

function motionOf({ mediaType, bytes }: Shown): Motion {
  if (mediaType === 'image/jpeg') return 'still';
  if (mediaType === 'image/svg+xml') {
    const drawing = readDrawing(bytes);
    if (!drawing || 'fault' in drawing) return 'unknown';
    return drawing.traits.moves ? 'moves' : 'still';
  }
  const raster = readRaster(bytes);
  if (!raster || typeof raster === 'string') return 'unknown';
  return raster.moves ? 'moves' : 'still';
}
