// Pictures that will look soft or jagged in print, told to whoever can mend it: what the press copy measured, as advice that
// names the picture's file. Takes an edition and the pictures of its press copy.
import type { Edition, Picture } from '../edition/edition.ts';
import { type PrintedPicture, SHARP } from '../print/sharpness.ts';

export interface Softness {
  readonly reason: string;
  readonly rule: 'picture-soft';
  readonly hint: string;
  /** The path of the picture. */
  readonly picture: string;
  readonly advice: true;
}

/** One piece of advice a picture. */
export function softPictures(
  edition: Edition,
  printed: readonly PrintedPicture[],
  folioNames: readonly string[],
): Softness[] {
  const files = filesOf(edition.pictures, printed);
  return printed.flatMap((picture) => {
    const { dpi, line, width, page } = picture;
    const wanted = line ? SHARP.line : SHARP.tones;
    const file = files.get(picture);
    if (!file || dpi >= wanted * 0.995) return [];
    const enough = Math.ceil((width * wanted) / dpi / 10) * 10;
    const advice: Softness = {
      reason: `The picture \`${file.path}\` is printed with ${Math.round(dpi)} dots an inch on page ${folioNames[page] ?? page + 1}`,
      rule: 'picture-soft',
      hint: `${line ? 'Black on white looks jagged under' : 'It looks soft under'} ${wanted}: save it ${enough} pixels wide, from the original, or show it smaller.`,
      picture: file.path,
      advice: true,
    };
    return [advice];
  });
}

/** The browser packs most pictures anew, so they are known by their pixels: of several of one size, by their order. */
function filesOf(pictures: readonly Picture[], printed: readonly PrintedPicture[]): Map<PrintedPicture, Picture> {
  const left = pictures.filter(({ mediaType }) => mediaType !== 'image/svg+xml');
  const found = new Map<PrintedPicture, Picture>();
  for (const one of printed) {
    const place = left.findIndex(
      ({ width, height }) =>
        (width === one.width && height === one.height) || (width === one.height && height === one.width),
    );
    if (place >= 0) found.set(one, left.splice(place, 1)[0]!);
  }
  return found;
}
