// PDF/X-4 and its profiles, judged by a checklist that reads what qpdf takes apart, and by colour management that is not ours.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openPressroom } from '../scripts/io/browser.ts';
import { readFace } from '../scripts/io/typecase.ts';
import { judgeProfile } from '../scripts/preflight/profile.ts';
import { greyProfile, type Profile, printedLight, readProfile, srgbProfile } from '../scripts/print/icc.ts';
import { type PressOptions, pressCopy } from '../scripts/print/press.ts';
import { FACES } from '../scripts/typeset/fonts.ts';
import { colourful, LEAF } from './colourful.ts';
import { RULES } from './exchange.ts';
import { BLEED, OFFSET, oversize, SPOT, TRIM } from './oversize.ts';
import { takeApart } from './qpdf-objects.ts';
import { needs, run } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'pdfx-'));
let colours: Uint8Array;
let options: PressOptions;

before(async () => {
  const pressroom = await openPressroom(
    () => undefined,
    () => undefined,
  );
  const stone = await pressroom.stone(folder);
  await stone.lay('colourful.html', colourful);
  colours = await stone.pull();
  await pressroom.close();
  options = {
    ...{ offset: OFFSET, trim: TRIM, bleed: BLEED, marks: ['crop', 'registration', 'slug'], spot: SPOT },
    ...{ date: new Date(Date.UTC(2026, 5, 1, 12, 30)), title: 'Whose – “Ü”?', edition: 'Long', standard: 'pdf/x-4' },
    ...{ ink: 'black', faces: [{ name: FACES[0]!.name, bytes: await readFace(FACES[0]!) }] },
  };
});

after(() => rmSync(folder, { recursive: true }));

/** Comes with Ghostscript; any printer's would do. */
const CMYK = '/usr/share/color/icc/ghostscript/default_cmyk.icc';
const cmykProfile = (): Profile => readProfile(readFileSync(CMYK)) as Profile;

const leaf = { offset: 0, trim: { width: LEAF.width * 0.75, height: LEAF.height * 0.75 }, bleed: 0 };

async function made(name: string, pdf: Uint8Array, more: Partial<PressOptions>): Promise<string> {
  const path = join(folder, `${name}.pdf`);
  writeFileSync(path, (await pressCopy(pdf, { ...options, ...more })).pdf);
  return path;
}

/** The pages of the test's own file have fonts that nobody embeds: only those that a browser printed keep every rule. */
const FILES: readonly (readonly [string, () => Promise<string>])[] = [
  ['black', () => made('black', colours, leaf)],
  ['grey', () => made('grey', colours, { ...leaf, ink: 'grey', marks: [] })],
  ['grey for a CMYK press', () => made('grey-cmyk', colours, { ...leaf, ink: 'grey', profile: cmykProfile() })],
  ['cmyk', () => made('cmyk', colours, { ...leaf, ink: 'cmyk', profile: cmykProfile() })],
];

for (const [name, make] of FILES) {
  test(`${name}: every rule of PDF/X-4 is kept`, needs('qpdf', 'gs'), async (context) => {
    if (!existsSync(CMYK)) return context.skip('no CMYK profile here');
    const path = await make();
    run('qpdf', ['--check', path]);
    const file = takeApart(path);
    for (const { clause, rule, kept } of RULES) assert.ok(kept(file), `${clause}: ${rule}`);
  });
}

test('each rule notices its fault, and only a fault', needs('qpdf'), async () => {
  const path = await made('faulty', colours, leaf);
  for (const { clause, rule, kept, fault } of RULES) {
    const file = takeApart(path);
    assert.ok(kept(file), rule);
    fault(file);
    assert.ok(!kept(file), `${clause}: ${rule}: not noticed`);
  }
});

test('without the standard, rules are broken: the checklist is about something', needs('qpdf'), async () => {
  const file = takeApart(await made('none', colours, { ...leaf, standard: 'none' }));
  const broken = RULES.filter(({ kept }) => !kept(file)).map(({ rule }) => rule);
  assert.ok(broken.length >= 10, broken.join('\n'));
});

test(
  'other readers open it, find the same version and no ink but black',
  needs('gs', 'pdfinfo', 'pdffonts'),
  async () => {
    const path = await made('readers', await oversize(3), {});
    const info = run('pdfinfo', ['-box', path]);
    assert.match(info, /PDF version: +1\.6/);
    assert.match(info, /PDF subtype: +PDF\/X-4|Metadata Stream: +yes/);
    assert.match(info, /Title: +Whose – “Ü”\?/);
    for (const line of run('gs', ['-q', '-o', '-', '-sDEVICE=inkcov', path]).trim().split('\n')) {
      assert.match(line, /^ *0\.00000 +0\.00000 +0\.00000 +0\.[0-9]*[1-9]/);
    }
    assert.match(run('pdffonts', [path]), /SLUGLN\+EBGaramond-Regular +CID TrueType +Identity-H +yes yes yes/);
  },
);

test('the same book, the same bytes', async () => {
  const source = await oversize(2);
  const copies = await Promise.all([1, 2].map(async () => (await pressCopy(source, options)).pdf));
  assert.deepEqual(copies[0], copies[1]);
  assert.equal(Buffer.compare(greyProfile(), greyProfile()), 0);
});

/** What Little CMS makes of device values, through the profile, in XYZ of 100. */
function throughLcms(profile: Uint8Array, values: readonly number[][]): number[][] {
  const path = join(folder, 'profile.icc');
  writeFileSync(path, profile);
  const input = values.map((parts) => parts.join(' ')).join('\n');
  const done = spawnSync('transicc', ['-v0', '-t1', '-n', `-i${path}`, '-o*XYZ'], {
    input: `${input}\n`,
    encoding: 'utf8',
  });
  assert.equal(done.status, 0, done.stderr);
  return done.stdout
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).map(Number));
}

test('the grey profile is one to Little CMS, and prints half a grey with a dot gain of 20 %', needs('transicc'), () => {
  const greys = [0, 64, 127.5, 191, 255];
  const found = throughLcms(
    greyProfile(),
    greys.map((grey) => [grey]),
  );
  for (const [index, grey] of greys.entries()) {
    assert.ok(Math.abs(found[index]![1]! / 100 - printedLight(grey / 255)) < 0.002, `${grey}: ${found[index]}`);
  }
  // Murray and Davies: how much of the paper seems covered.
  const [solid, half, paper] = [found[0]![1]!, found[2]![1]!, found[4]![1]!];
  assert.ok(Math.abs((paper - half) / (paper - solid) - 0.7) < 0.002);
});

test('the sRGB profile is sRGB to Little CMS', needs('transicc'), () => {
  const path = join(folder, 'srgb.icc');
  writeFileSync(path, srgbProfile());
  const colours = [
    [255, 0, 0],
    [0, 255, 0],
    [30, 60, 200],
    [128, 128, 128],
    [255, 255, 255],
  ];
  const input = `${colours.map((colour) => colour.join(' ')).join('\n')}\n`;
  const through = (from: string): number[] =>
    spawnSync('transicc', ['-v0', '-t1', '-n', `-i${from}`, '-o*Lab'], { input, encoding: 'utf8' })
      .stdout.trim()
      .split(/\s+/)
      .map(Number);
  const [ours, theirs] = [through(path), through('*sRGB')];
  assert.equal(ours.length, 15);
  for (const [index, value] of ours.entries()) assert.ok(Math.abs(value - theirs[index]!) < 0.2, `${ours}\n${theirs}`);
});

test('Ghostscript takes the grey profile for its own', needs('gs'), () => {
  const path = join(folder, 'grey.icc');
  writeFileSync(path, greyProfile());
  const args = ['-q', '-o', join(folder, 'grey.pgm'), '-sDEVICE=pgmraw', `-sDefaultGrayProfile=${path}`, '-r10'];
  run('gs', [...args, '-c', '.5 setgray 0 0 600 800 rectfill showpage']);
});

test('a profile that cannot be printed with is told', () => {
  const black = { standard: 'pdf/x-4', ink: 'black' } as const;
  const cmyk = { standard: 'pdf/x-4', ink: 'cmyk' } as const;
  const told = (...args: Parameters<typeof judgeProfile>): string => {
    const found = judgeProfile(...args);
    return found && 'reason' in found ? found.reason : 'fine';
  };
  assert.equal(told(black, undefined), 'fine');
  assert.equal(told({ ...cmyk, standard: 'none' }, undefined), 'fine');
  assert.match(told(cmyk, undefined), /`profile` is missing/);
  assert.match(told(black, Buffer.from('no profile at all'.repeat(20))), /is no ICC profile/);
  assert.match(told(black, srgbProfile()), /describes a screen, not a press/);
  assert.match(told(black, greyProfile().slice(0, 300)), /is cut off/);
  assert.match(told(cmyk, greyProfile()), /is for grey/);
  assert.equal(told(black, greyProfile()), 'fine');
  // What is not used is not judged: it has advice of its own.
  assert.equal(told({ ...black, standard: 'none' }, Buffer.from('no profile')), 'fine');
  assert.match(told(black, { refused: 'missing' }), /does not exist/);
  assert.match(told(black, { refused: 'outside' }), /outside/);
  assert.match(told(black, { refused: 'unreadable', detail: 'it is a folder' }), /it is a folder/);
  const hollow = Buffer.from(greyProfile());
  hollow.writeUInt32BE(1e6, 136);
  assert.match(told(black, hollow), /is damaged/);
  hollow.writeUInt32BE(0, 128);
  assert.match(told(black, hollow), /is empty but for its head/);
  const noted = (...args: Parameters<typeof judgeProfile>): string =>
    (judgeProfile(...args) as { readonly note: string }).note;
  assert.match(noted(cmyk, greyProfile()), /or write `ink: black`/);
  assert.doesNotMatch(noted(cmyk, hollow), /take the line out/, 'without the line there would be no profile');
  const rgb = Buffer.from(greyProfile());
  rgb.write('RGB ', 16, 'latin1');
  assert.match(told(black, rgb), /is for RGB/);
});
