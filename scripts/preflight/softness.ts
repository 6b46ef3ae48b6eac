// Pictures that will look soft or jagged in print, told to whoever can mend it: what the press copy measured, as advice that
// names the picture's file. Takes an edition and the pictures of its press copy.
import type { VFileMessage } from 'vfile-message';
import type { Edition, Picture } from '../edition/edition.ts';
import { type PrintedPicture, SHARP } from '../print/sharpness.ts';
import { widestShown } from './picture-files.ts';

export interface Softness {
  readonly reason: string;
  readonly rule: 'picture-soft';
  readonly hint: string;
  /** The path of the picture. */
  readonly picture: string;
  /** How wide it should be, in dots. */
  readonly expected: string;
  readonly advice: true;
}

interface Placed {
  readonly file?: string | undefined;
  readonly line?: number | undefined;
  readonly column?: number | undefined;
}

/** Where something stands, in one word. */
export const placed = ({ file, line, column }: Placed): string => `${file}:${line}:${column}`;

export interface Measured {
  readonly cover?: Picture;
  /** As they are in the press copy. */
  readonly printed: readonly PrintedPicture[];
  readonly folioNames: readonly string[];
  /** Where the text shows a picture, by its path. */
  readonly places: (path: string) => readonly { readonly within: boolean }[];
}

/** One piece of advice a picture. */
export function softPictures(
  { pictures, config }: Pick<Edition, 'pictures' | 'config'>,
  { cover, printed, folioNames, places }: Measured,
): Softness[] {
  const files = filesOf([...(cover ? [cover] : []), ...pictures], printed);
  return printed.flatMap((picture) => {
    const { dpi, line, width, page } = picture;
    const wanted = line ? SHARP.line : SHARP.tones;
    const file = files.get(picture);
    if (!file || dpi >= wanted * 0.995) return [];
    // A larger one of the same shape may be shown larger, too.
    const widest = Math.max(width / dpi, ...places(file.path).map(({ within }) => widestShown(file, within, config)));
    const enough = Math.ceil((wanted * widest) / 10) * 10;
    const advice: Softness = {
      reason: `The picture \`${file.path}\` is printed with ${Math.round(dpi)} dots an inch on page ${folioNames[page] ?? page + 1}`,
      rule: 'picture-soft',
      hint: `${line ? 'Black on white looks jagged under' : 'It looks soft under'} ${wanted}: save it ${enough} dots wide, from the original, or as a drawing (SVG).`,
      picture: file.path,
      expected: `${enough}`,
      advice: true,
    };
    return [advice];
  });
}

type Pixels = Pick<Picture, 'width' | 'height'>;

const isWhole = (file: Pixels, one: Pixels): boolean =>
  (file.width === one.width && file.height === one.height) || (file.width === one.height && file.height === one.width);

const isPart = (file: Pixels, one: Pixels): boolean =>
  (file.width === one.width && file.height > one.height) || (file.height === one.height && file.width > one.width);

/**
 * The browser packs most pictures anew, so they are known by their pixels: of several of one size, by their order. Of those
 * that are cut to a shape, as the cover's is, it keeps the part that shows.
 */
function filesOf(pictures: readonly Picture[], printed: readonly PrintedPicture[]): Map<PrintedPicture, Picture> {
  const left = pictures.filter(({ mediaType }) => mediaType !== 'image/svg+xml');
  const found = new Map<PrintedPicture, Picture>();
  for (const isOf of [isWhole, isPart])
    for (const one of printed) {
      const place = found.has(one) ? -1 : left.findIndex((file) => isOf(file, one));
      if (place >= 0) found.set(one, left.splice(place, 1)[0]!);
    }
  return found;
}

/**
 * What the reading reckoned and the press copies measured, one piece of advice a picture: what was measured is no longer
 * guessed, what is too small to show anything is not also soft, and of several editions the one that needs most speaks.
 * `measured`: where pictures stand that were.
 */
export function oncePerPicture(
  read: readonly VFileMessage[],
  found: readonly VFileMessage[],
  measured: ReadonlySet<string>,
): VFileMessage[] {
  const kept = read.filter((one) => one.ruleId !== 'picture-soft' || !measured.has(placed(one)));
  const small = new Set(kept.flatMap((one) => (one.ruleId === 'picture-small' ? [placed(one)] : [])));
  const most = new Map<string, VFileMessage>();
  for (const one of found) {
    const known = most.get(placed(one));
    if (one.ruleId === 'picture-soft' && (!known || dotsOf(one) > dotsOf(known))) most.set(placed(one), one);
  }
  const speaks = (one: VFileMessage): boolean => !small.has(placed(one)) && most.get(placed(one)) === one;
  return [...kept, ...found.filter((one) => one.ruleId !== 'picture-soft' || speaks(one))];
}

const dotsOf = ({ expected }: VFileMessage): number => Number(expected?.[0] ?? 0);
