// What is to be said of a picture's file, which only the library can look at: takes what it found; gives messages at the
// picture's place.
import type { VFileMessage } from 'vfile-message';
import type { EditionConfig, Output } from '../book/config.ts';
import type { PictureReference } from '../book/manuscript.ts';
import type { Traits } from '../book/raster.ts';
import { named } from '../book/suggest.ts';
import type { Picture } from '../edition/edition.ts';
import { SHARP } from '../print/sharpness.ts';
import { geometryOf } from '../typeset/geometry.ts';
import { wordsAdvice } from './drawings.ts';
import { type Fault, pathOf } from './pictures.ts';

type Seen = Picture & { readonly traits: Traits };

/** Something that the book can be made with, and is the poorer for; or cannot, where it is `fatal`. */
export interface Advice extends Fault {
  readonly ruleId: string;
  readonly fatal?: true;
}

/** Kobo ePub Guidelines, "Image Formatting"; Amazon KDP asks the same. */
const HEAVIEST = 5e6;
/** Apple Books Asset Guide, "Interior images". */
const MOST_DOTS = 5.6e6;
/** In an ebook smaller ones are a stamp in the middle of a screen (Amazon, Kindle Publishing Guidelines, image guidelines). */
const NARROWEST = 300;
const PX = 96;

/** What makes the picture less than it could be, where `within` words or alone, in what the edition is published as. */
export function pictureAdvice(picture: Seen, url: string, within: boolean, edition: EditionConfig): Advice[] {
  const name = named(pathOf(url));
  const ebook = edition.outputs.includes('epub');
  const printed = edition.outputs.includes('pamphlet') || edition.outputs.includes('pages');
  const advice: Advice[] = [
    ...colours(picture, `The picture ${name}`),
    ...wordsAdvice(picture.traits.words, `The drawing ${name}`, printed || edition.outputs.includes('zine')),
    ...(ebook ? forShops(picture, `The picture ${name}`) : []),
  ];
  const slight = slightness(picture, within);
  const coarse = printed && !slight ? coarseness(picture, within, edition) : undefined;
  if (slight)
    advice.push({
      ruleId: 'picture-small',
      reason: `The picture ${name} is ${sizeOf(picture)}: too ${slight} to show anything`,
      note: `Save it at least ${within ? 20 : NARROWEST} dots wide, or as a drawing (SVG).`,
    });
  else if (coarse)
    advice.push({
      ruleId: 'picture-soft',
      reason: `The picture ${name} is too small to print well: ${picture.width} dots across ${coarse.mm} mm are ${coarse.perInch} an inch`,
      note: `It looks soft under ${SHARP.tones}: save it ${coarse.wanted} dots wide, from the original, or as a drawing (SVG).`,
    });
  else if (ebook && !within && isDots(picture) && picture.width < NARROWEST)
    advice.push({
      ruleId: 'picture-small',
      reason: `The picture ${name} is small on a screen: ${picture.width} dots wide`,
      note: `Save it at least ${NARROWEST} dots wide; 1000 fill a telephone’s screen.`,
    });
  return advice;
}

const isDots = ({ mediaType }: Picture): boolean => mediaType !== 'image/svg+xml';

const sizeOf = ({ width, height }: Picture): string => `${width} × ${height} dots`;

/** Half an inch, as pictures are shown; as high as a letter among words. Dots. */
const SLIGHT = { alone: 48, within: 8 } as const;

/** What it is too much of to be looked at. A long flat one may be an ornament. */
function slightness(picture: Picture, within: boolean): 'small' | 'narrow' | undefined {
  const { width, height } = picture;
  const least = within ? SLIGHT.within : SLIGHT.alone;
  if (!isDots(picture) || width >= least) return undefined;
  if (height < least) return 'small';
  return height > 8 * width ? 'narrow' : undefined;
}

/** How wide a picture is shown at most, in inches: no wider than the measure, no higher than a share of the page (pamphlet.css). */
export function widestShown(picture: Picture, within: boolean, { pamphlet }: EditionConfig): number {
  const { measure, lines, leading, size } = geometryOf(pamphlet);
  const highest = within ? 3.5 * size : 0.72 * lines * leading;
  return Math.min(measure, (highest * picture.width) / picture.height) / PX;
}

/** At 96 dots an inch, but no wider than that: reckoned where no press copy was measured. */
function coarseness(picture: Picture, within: boolean, edition: EditionConfig) {
  const widest = widestShown(picture, within, edition);
  const across = Math.min(picture.width / PX, widest);
  const perInch = Math.round(picture.width / across);
  if (!isDots(picture) || perInch >= SHARP.tones) return undefined;
  return { mm: Math.round(across * 25.4), perInch, wanted: Math.ceil((SHARP.tones * widest) / 10) * 10 };
}

function colours({ traits }: Seen, name: string): Advice[] {
  return traits.inks
    ? [
        {
          ruleId: 'picture-inks',
          reason: `${name} has a printer’s colours (CMYK), which many readers show wrong and shops refuse`,
          note: 'Save it again in a screen’s colours (RGB).',
        },
      ]
    : [];
}

/** What shops and reading systems ask of every picture. */
function forShops({ mediaType, bytes, width, height, traits }: Seen, name: string): Advice[] {
  const advice: Advice[] = [];
  const dots = mediaType === 'image/svg+xml' ? 0 : width * height;
  if (bytes.length > HEAVIEST || dots > MOST_DOTS)
    advice.push({
      ruleId: 'picture-heavy',
      reason:
        dots > MOST_DOTS
          ? `${name} has ${(dots / 1e6).toFixed(1)} million dots, and shops take ${MOST_DOTS / 1e6}`
          : `${name} has ${(bytes.length / 1e6).toFixed(1)} MB, and shops ask for at most ${HEAVIEST / 1e6}`,
      note: 'Save a smaller copy: 2000 dots on its longer side are enough for every screen, and for a page of A5.',
    });
  if (mediaType === 'image/webp')
    advice.push({
      ruleId: 'picture-webp',
      reason: `${name} is WebP, which Kindle and Apple Books do not take`,
      note: 'Save it as `.jpg`, or as `.png` where it has few colours.',
    });
  if (traits.turned)
    advice.push({
      ruleId: 'picture-turned',
      reason: `${name} lies on its side or head but for a note by the camera, which not every reader follows`,
      note: 'Turn it in a picture editor, and save it the right way up.',
    });
  if (traits.moves)
    advice.push({
      ruleId: 'picture-moves',
      reason: `${name} moves, and Kindle takes none that do`,
      note: 'Save the one picture of it that matters: on paper nothing moves either.',
    });
  return advice;
}

/** Apple Books Asset Guide, "Cover art": the shorter side. Amazon KDP asks for 1000 on the longer one. */
const NARROWEST_COVER = 1400;
/** A stamp in a library of covers. */
const SLIGHTEST_COVER = 100;

/** What keeps a picture from being a good cover; shops' rules only where there is an ebook. */
export function coverAdvice(picture: Seen, path: string, editions: readonly EditionConfig[]): Advice[] {
  const shows = (outputs: readonly Output[]): boolean =>
    editions.some((edition) => outputs.some((one) => edition.outputs.includes(one)));
  return [
    ...(shows(['epub', 'pages', 'pamphlet'])
      ? wordsAdvice(picture.traits.words, `The cover drawing ${named(path)}`, true)
      : []),
    ...(shows(['epub']) ? coverForShops(picture, `The cover picture ${named(path)}`) : []),
  ];
}

function coverForShops(picture: Seen, name: string): Advice[] {
  const { mediaType, width, height } = picture;
  if (mediaType !== 'image/jpeg' && mediaType !== 'image/png')
    return [
      {
        ruleId: 'cover-type',
        reason: `${name} is no JPEG or PNG, which is all that shops take: it stands under the title on a cover drawn for it`,
        note: 'Save it as `.jpg` or `.png`, 1600 × 2560, and it is the cover itself.',
      },
    ];
  const advice = [...colours(picture, name), ...forShops(picture, name)];
  const size = `${name} is ${sizeOf(picture)}`;
  if (Math.max(width, height) < SLIGHTEST_COVER)
    advice.push({
      ruleId: 'cover-small',
      reason: `${size}: too small to show anything`,
      note: 'Save it larger: 1600 × 2560 suits every shop.',
    });
  else if (height < 1.2 * width || height > 2 * width)
    advice.push({
      ruleId: 'cover-shape',
      reason: `${size}: too ${height < 1.2 * width ? 'wide' : 'tall'} for a cover, and stands under the title on one drawn for it`,
      note: 'Covers stand upright, about 16 high to 10 wide: 1600 × 2560.',
    });
  else if (Math.min(width, height) < NARROWEST_COVER)
    advice.push({
      ruleId: 'cover-small',
      reason: `${size}, and Apple Books asks for ${NARROWEST_COVER} on the shorter side`,
      note: 'Save it larger: 1600 × 2560 suits every shop.',
    });
  return advice;
}

export type PictureTrouble = 'missing' | 'outside' | 'unreadable' | 'type' | 'too-large' | 'unsafe';

/** The message that a picture's file gives rise to, at the picture's place; it is also on the file.
 * Where a rule has found fault with the address already, that message is given again. `detail` is said in its own words,
 * and so is a `hint` that fits better than the kind's own. */
export function pictureProblem(
  reference: PictureReference,
  kind: PictureTrouble,
  detail?: string,
  hint?: string,
): VFileMessage {
  const { file, node } = reference;
  const known = file.messages.find(
    ({ ruleId, line, column }) =>
      (ruleId === 'picture-address' || ruleId === 'picture-type') &&
      line === node.position?.start.line &&
      column === node.position?.start.column,
  );
  if (known) return known;
  const name = named(pathOf(node.url));
  const more = detail ? ` (${detail})` : '';
  const faults: Readonly<Record<PictureTrouble, Fault>> = {
    missing: {
      reason: `There is no picture ${name}${more}`,
      note: `Its path is read from the folder of ${named(file.path ?? 'this file')}; capitals count.`,
    },
    outside: {
      reason: `The picture ${name} lies outside the book’s folder${more}`,
      note: 'Copy it into the book’s folder: links that lead out of it are not followed.',
    },
    unreadable: {
      reason: `The picture ${name} cannot be read${more}`,
      note: 'Open it in a picture editor and save it again.',
    },
    type: {
      reason: `The file ${name} is no picture that can be printed${more}`,
      note: 'Save it as `.png`, `.jpg`, `.gif`, `.webp` or `.svg`.',
    },
    unsafe: {
      reason: `The drawing ${name} cannot be used${more}`,
      note: 'Save it as a plain SVG, without scripts, links to other files or embedded pages.',
    },
    'too-large': {
      reason: `The picture ${name} is too large${more}`,
      note: 'Save a smaller copy: 300 dots an inch of the printed width are enough.',
    },
  };
  const fault = faults[kind];
  return told(reference, { reason: fault.reason, note: hint ?? fault.note, ruleId: `picture-${kind}`, fatal: true });
}

/** A message at the picture's place, which is also on the file. */
export function told({ file, node }: PictureReference, { reason, note, ruleId, fatal }: Advice): VFileMessage {
  const place = node.position ? { place: node.position } : {};
  const message = file.message(reason, { ...place, ruleId, source: 'pamphleteer' });
  return Object.assign(message, { fatal: fatal ?? false, note });
}
