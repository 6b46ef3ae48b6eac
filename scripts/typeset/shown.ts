// Pictures that no browser shows, because what they hold is damaged, however sound their outer form. Looked at once, small.
import type { Stone } from './stone.ts';

export interface Shown {
  readonly path: string;
  /** Where its bytes are, for the browser: a URL. */
  readonly src: string;
}

/** The paths of those that do not show. */
export async function unshown(pictures: readonly Shown[], stone: Stone): Promise<string[]> {
  const images = pictures.map(({ src }) => `<img width="40" height="40" src="${src}">`);
  await stone.lay('pictures.html', `<!doctype html><meta charset="utf-8">${images.join('')}`);
  const found = await stone.work(findUnshown, null);
  await stone.clear();
  return found.map((index) => pictures[index]!.path);
}

/** Sent to the browser. */
async function findUnshown(): Promise<number[]> {
  const images = [...document.images];
  const decoded = await Promise.allSettled(images.map((image) => image.decode()));
  return decoded.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
}
