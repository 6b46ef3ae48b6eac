// Symbols and emphasis in every kind of place, also where the place's own face lacks them: set from our faces alone.
import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { glyphsOf } from './reader.ts';
import { needs, run } from './tools.ts';
import { book, pamphleteer } from './workshop.ts';

const PANEL = (nth: number): string =>
  `## Ask → ${nth}?\n\nSome **Tuesdays** *text* 🙂.\n\n| a | b |\n|---|---|\n| 1 | *2* |\n`;

const FILES = {
  'book.yaml': `title: Tools → Us
author: Жанна Ω
editions:
  long:
    manuscript: long.md
    outputs: [pamphlet]
  zine:
    manuscript: zine.md
    outputs: [zine]
`,
  'long.md':
    '## One → Ω № Чья\n\nText **`code`** and **中文** and **🙂** *中* `→ ⇒ 🙂 Ж` and 🇩🇪, 1️⃣, 👍🏽, ⟶ ➜ ☭.\n\n:::pullquote\nSay **no** → *so* ⇒\n:::\n\n```\ncode → ⇒ 🙂\n```\n',
  'zine.md': `Promise → now.\n\n${[1, 2, 3, 4, 5, 6, 7].map(PANEL).join('\n')}`,
};

test('no font is faked, and none is borrowed from the machine', needs('pdffonts', 'qpdf'), async () => {
  const folder = book(FILES);
  const done = await pamphleteer(['build', '--book', folder]);
  assert.equal(done.code, 0, done.stderr);
  const made = readdirSync(join(folder, 'dist')).filter((name) => name.endsWith('.pdf'));
  // Seven, and a job ticket with each of the four that are imposed.
  assert.equal(made.length, 11);
  for (const name of made) {
    const fonts = run('pdffonts', [join(folder, 'dist', name)])
      .split('\n')
      .slice(2)
      .filter(Boolean);
    assert.ok(fonts.length > 0, name);
    for (const font of fonts) {
      assert.match(
        font,
        /EBGaramond|LeagueGothic|CourierPrime|NotoSerifTC|NotoEmoji|NotoSans(?:Math|Symbols2?)/,
        `${name}: ${font}`,
      );
      assert.doesNotMatch(font, /Type 3/, `${name}: ${font}`);
    }
    // Glyph 0 is the empty box.
    const glyphs = glyphsOf(join(folder, 'dist', name));
    assert.ok(glyphs.length > 50 && !glyphs.includes('0000'), `${name}: ${glyphs.length} glyphs`);
  }
});
