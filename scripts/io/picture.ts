// The README's pictures, from the finished files in dist/: a spread of the pamphlet, the front, the zine's sheet; and all pages.
// Run by `npm run picture` after `npm run build -- --proofs`; needs poppler, as only those who work on Pamphleteer do.
import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openPressroom } from './browser.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));
const dist = join(root, 'dist');

/** Page and the width, in px, that it is shown in. */
const SHOWN = {
  front: { file: 'whose-machines-long.pdf', page: 1, width: 372 },
  left: { file: 'whose-machines-long.pdf', page: 10, width: 372 },
  right: { file: 'whose-machines-long.pdf', page: 11, width: 372 },
  zine: { file: 'whose-machines-zine-sheet-a4.pdf', page: 1, width: 744 },
  quote: { file: 'whose-machines-long.pdf', page: 34, width: 372 },
} as const;

const folder = await mkdtemp(join(tmpdir(), 'picture-'));
const pressroom = await openPressroom(console.error, () => {});
try {
  const image = async ({ file, page, width }: (typeof SHOWN)[keyof typeof SHOWN]): Promise<string> => {
    const stem = join(folder, `${file}-${page}`);
    const size = ['-scale-to-x', String(width * 2), '-scale-to-y', '-1'];
    execFileSync('pdftoppm', [
      '-png',
      '-singlefile',
      '-f',
      String(page),
      '-l',
      String(page),
      ...size,
      join(dist, file),
      stem,
    ]);
    const data = (await readFile(`${stem}.png`)).toString('base64');
    return `<img src="data:image/png;base64,${data}" width="${width}">`;
  };
  const [front, left, right, zine, quote] = await Promise.all(Object.values(SHOWN).map(image));
  const stone = await pressroom.stone(folder);
  await stone.lay(
    'picture.html',
    `<!doctype html><style>body{margin:0}#table{background:#c9c4ba;padding:36px;width:1176px;display:grid;gap:30px}
     .row{display:flex;gap:30px;justify-content:space-between}.spread{display:flex}img{display:block;background:#fff}</style>
     <div id="table"><div class="row">${front}<div class="spread">${left}${right}</div></div><div class="row">${zine}${quote}</div></div>`,
  );
  const pictures = join(root, 'docs', 'pictures');
  await writeFile(join(pictures, 'spread.png'), await stone.proof('#table', 1));
  for (const [proof, name] of [
    ['contact-sheet.png', 'contact-sheet.png'],
    ['whose-machines-zine-sheet-a4-third-copy.png', 'third-copy.png'],
  ] as const)
    await copyFile(join(dist, '.work', proof), join(pictures, name));
} finally {
  await pressroom.close();
  await rm(folder, { recursive: true, force: true });
}
