// Faults planted in manuscripts: what would make the ebook poor is told by `check`, each by the one rule that stands guard
// over it, before anything is built.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readBook } from '../scripts/check.ts';
import { openLibrary } from '../scripts/io/library.ts';
import { PNG } from './ebook-specimens.ts';
import { book } from './workshop.ts';

const SCRIPTED = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><script>1</script></svg>';

/** The rule, and a sound text with one fault in it. */
const FAULTS: Readonly<Record<string, readonly [string, string]>> = {
  'a picture without words': ['alt-missing', 'Text.\n\n![](a.png)'],
  'words that are the caption': ['alt-caption', 'Text.\n\n![The press.](a.png "The press.")'],
  'words that are the file name': ['alt-file-name', 'Text.\n\n![a.png](a.png)'],
  'a level that is skipped': ['heading-level', '## One\n\nText.\n\n#### Deep\n\nText.'],
  'a heading without words': ['empty-heading', '## One\n\nText.\n\n##\n\nText.'],
  'a table without heads': ['table-head', 'Text.\n\n| | |\n| - | - |\n| a | b |'],
  'a link to nowhere': ['link-target', '## One\n\nSee [there](#nowhere).'],
  'a link that runs a program': ['link-scheme', 'See [there](javascript:alert(1)).'],
  'a link without words': ['link-words', 'See [](https://example.org).'],
  'a language that is none': ['foreign-language', 'Say :foreign[ja]{lang=german!}.'],
  'a note that is not there': ['undefined-note', 'Text.[^1]'],
  'a note twice': ['duplicate-note', 'Text.[^1]\n\n[^1]: One.\n\n[^1]: Two.'],
  'a note that nothing calls': ['uncalled-note', 'Text.\n\n[^1]: One.'],
  'a note without words': ['empty-note', 'Text.[^1]\n\n[^1]:'],
  'a control character': ['control-character', 'Text with \u0007 in it.'],
  'raw HTML': ['raw-html', 'Text.\n\n<div onclick="x()">A</div>'],
  'a picture that is not there': ['picture-missing', 'Text.\n\n![A press.](none.png)'],
  'a picture that is none': ['picture-unreadable', 'Text.\n\n![A press.](none-of-those.png)'],
  'a drawing with a script': ['picture-unsafe', 'Text.\n\n![A press.](scripted.svg)'],
  'a picture that is too small': ['picture-small', 'Text.\n\n![A press.](a.png)'],
  'a picture from outside': ['picture-address', 'Text.\n\n![A press.](https://example.org/a.png)'],
};

for (const [name, [rule, text]] of Object.entries(FAULTS))
  test(`check tells ${name}`, async () => {
    const folder = book({
      'book.yaml': 'title: T\nauthor: A\neditions: {long: {manuscript: text.md, outputs: [epub]}}\n',
      'text.md': `${text}\n`,
      ...{ 'a.png': PNG, 'none-of-those.png': 'nothing', 'scripted.svg': SCRIPTED },
    });
    const { messages } = await readBook(await openLibrary(folder), []);
    // A tiny picture is good enough for the others here.
    const rules = [...new Set(messages.map(({ ruleId }) => ruleId))].filter(
      (id) => id !== 'picture-small' || rule === id,
    );
    assert.deepEqual(rules, [rule], messages.map(String).join('\n'));
    for (const { note, line } of messages) assert.ok(note && line, 'a place and a hint');
  });
