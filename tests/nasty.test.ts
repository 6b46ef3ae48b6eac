// Pages of PDFs with every trait that other programs give them look on the sheet as they look by themselves: poppler is the judge.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { imposeFile } from '../scripts/io/imposing.ts';
import { nasty, type Traits, traits } from './nasty.ts';
import { needs, run } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'nasty-'));
after(() => rmSync(folder, { recursive: true }));

/** In points; so large that no page is made smaller, and dots of the pages fall onto dots of the sheets. */
const PAPER = { width: 1640, height: 1200 };

interface Picture {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

function pictures(pdf: string): Picture[] {
  const stem = `${pdf}-shown`;
  run('pdftoppm', ['-r', '72', pdf, stem]);
  const names = readdirSync(folder).filter((name) => join(folder, name).startsWith(`${stem}-`));
  return names.sort().map((name) => {
    const bytes = readFileSync(join(folder, name));
    rmSync(join(folder, name));
    const [head = '', width, height] =
      /^P6\s+(\d+)\s+(\d+)\s+255\s/.exec(bytes.subarray(0, 40).toString('latin1')) ?? [];
    return { width: Number(width), height: Number(height), pixels: bytes.subarray(head.length) };
  });
}

const upright = ({ rotate }: Traits): number => ((rotate % 360) + 360) % 360;

/** Of the page as a viewer shows its MediaBox, what the sheet is to show: left, top, width, height. */
function shownPart(one: Traits): [number, number, number, number] {
  const by = one.trim || one.crop;
  // Left, top, right, bottom: `nasty` takes half as much off the right edge.
  const off = [by, by, by / 2, by];
  const turns = upright(one) / 90;
  const [left, top, right, bottom] = [0, 1, 2, 3].map((edge) => off[(edge - turns + 4) % 4]!) as [
    number,
    number,
    number,
    number,
  ];
  const [width, height] = turns % 2 === 0 ? [one.width, one.height] : [one.height, one.width];
  return [left, top, width - left - right, height - top - bottom];
}

/** How many dots differ that the eye would see, of those that are inked; an edge may fall one dot aside. */
function difference(
  page: Picture,
  [left, top, width, height]: readonly [number, number, number, number],
  sheet: Picture,
  [x, y]: readonly [number, number],
): number {
  const at = (picture: Picture, column: number, row: number): number => (row * picture.width + column) * 3;
  const apart = (a: number, b: number): number => {
    let most = 0;
    for (let ink = 0; ink < 3; ink++) most = Math.max(most, Math.abs(page.pixels[a + ink]! - sheet.pixels[b + ink]!));
    return most;
  };
  const isInked = ({ pixels }: Picture, dot: number): boolean =>
    Math.min(pixels[dot]!, pixels[dot + 1]!, pixels[dot + 2]!) < 215;
  let [inked, differing] = [0, 0];
  for (let row = 1; row < height - 1; row++)
    for (let column = 1; column < width - 1; column++) {
      const [a, b] = [at(page, left + column, top + row), at(sheet, x + column, y + row)];
      if (isInked(page, a) || isInked(sheet, b)) inked++;
      if (apart(a, b) <= 64) continue;
      const beside = [-1, 0, 1].some((across) =>
        [-1, 0, 1].some((down) => apart(a, at(sheet, x + column + across, y + row + down)) <= 64),
      );
      if (!beside) differing++;
    }
  return inked === 0 ? 0 : differing / inked;
}

/** As other programs write the same document. */
const WRITERS: readonly (readonly string[])[] = [
  [],
  ['--object-streams=generate'],
  ['--linearize'],
  ['--qdf'],
  ['--object-streams=generate', '--linearize', '--recompress-flate'],
  ['--stream-data=uncompress', '--newline-before-endstream'],
];

let count = 0;

async function assertAlike(pages: readonly Traits[], writer: readonly string[]): Promise<void> {
  const file = join(folder, `${++count}.pdf`);
  writeFileSync(file, await nasty(pages));
  if (writer.length > 0) run('qpdf', [...writer, '--replace-input', file]);
  const output = join(folder, `${count}-out.pdf`);
  const paper = `${PAPER.width}pt x ${PAPER.height}pt`;
  const done = await imposeFile({ file, fold: 'saddle', paper, output, epoch: undefined });
  assert.ok('outputs' in done, 'problem' in done ? done.problem : '');
  run('qpdf', ['--check', output]);
  const [own, sheets] = [pictures(file), pictures(output)];
  // A booklet of four pages: 4 and 1 without, 2 and 3 within; against the fold, in the middle from head to foot.
  for (const [index, [side, recto]] of (
    [
      [0, true],
      [1, false],
      [1, true],
      [0, false],
    ] as const
  ).entries()) {
    const one = pages[index]!;
    const part = shownPart(one);
    const x = PAPER.width / 2 - (recto ? 0 : part[2]);
    const y = (PAPER.height - part[3]) / 2;
    const found = difference(own[index]!, part, sheets[side]!, [x, y]);
    assert.ok(found < 0.02, `page ${index + 1}: ${(found * 100).toFixed(1)} % differ: ${JSON.stringify(one)}`);
  }
}

const FOUR = fc.array(traits, { minLength: 4, maxLength: 4 });

test('four pages of any traits look on the sheet as they look by themselves', needs('pdftoppm', 'qpdf'), async () => {
  await fc.assert(fc.asyncProperty(FOUR, fc.constantFrom(...WRITERS), assertAlike), {
    numRuns: Number(process.env['RUNS'] ?? 30),
    endOnFailure: !!process.env['NOSHRINK'],
    includeErrorInReport: true,
  } as never);
});
