// What Google Play Books wants of an ebook. Each rule by its name and its source.
import { imageSize } from 'image-size';
import { coverEntry, coverOf, type Rule, rename, unless } from './rules.ts';

export const GOOGLE_PLAY: readonly Rule[] = [
  {
    name: 'pictures are GIF, JPEG, PNG or SVG',
    source: 'Google Play Books Partner Center, "EPUB files", Supported image types',
    faults: ({ entries }) =>
      entries.map(({ name }) => name).filter((name) => /images\//.test(name) && !/\.(?:gif|jpg|png|svg)$/.test(name)),
    spoil: rename('picture-1.', 'picture-1.webp.x'),
  },
  {
    name: 'the front cover is in the file, 640 to 7200 px',
    source: 'Google Play Books Partner Center, "Files & uploading overview", Size & quality limits',
    faults: (book) => {
      const { width = 0, height = 0 } = imageSize(coverEntry(book).bytes);
      return unless(Math.min(width, height) >= 640 && Math.max(width, height) <= 7200, `${width} × ${height}`);
    },
    spoil: coverOf(5000, 8000),
  },
];
