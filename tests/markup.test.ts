import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictureKey } from '../scripts/edition/compose.ts';
import type { Picture } from '../scripts/edition/edition.ts';
import { bodyOf, composed, html } from './composing.ts';

test('links to elsewhere are written as addresses', () => {
  assert.equal(
    bodyOf('[a](<https://example.org/a b> "t") https://example.org/ü--x'),
    '<p><a href="https://example.org/a%20b">a</a> <a href="https://example.org/%C3%BC--x">https://example.org/ü--x</a></p>',
  );
});

const picture = (id: string): Picture => ({
  id,
  path: `${id}.png`,
  mediaType: 'image/png',
  bytes: new Uint8Array(),
  width: 40,
  height: 30,
});

test('a picture alone is a figure, its title the caption', () => {
  const pictures = new Map([
    [pictureKey('1.md', 'a.png'), picture('picture-1')],
    [pictureKey('2.md', 'a.png'), picture('picture-2')],
    [pictureKey('1.md', './a.png'), picture('picture-1')],
  ]);
  const edition = composed(
    ['![A "b"](a.png "An *iron* \'press\'")\n\nIn ![c](none.png) text.', '![d][p]\n\n[p]: a.png "Cap"'],
    { pictures },
  );
  assert.equal(
    html(edition.parts[0]!.content),
    '<figure class="figure"><img src="a.png" alt="A &#x22;b&#x22;" data-picture="picture-1" width="40" height="30"><figcaption>An *iron* ‘press’</figcaption></figure><p>In <img src="none.png" alt="c"> text.</p><figure class="figure"><img src="a.png" alt="d" data-picture="picture-2" width="40" height="30"><figcaption>Cap</figcaption></figure>',
  );
  assert.deepEqual(
    edition.pictures.map(({ id }) => id),
    ['picture-1', 'picture-2'],
  );
});

test('a figure’s caption is all that it says besides the picture', () => {
  const figure = (inside: string): string => bodyOf(`:::figure\n${inside}\n:::`);
  const open = '<figure class="figure"><img src="a.png" alt="x">';
  assert.equal(
    figure('![x](a.png)\n\nAn *iron* press.'),
    `${open}<figcaption><p>An <em>iron</em> press.</p></figcaption></figure>`,
  );
  assert.equal(
    figure('![x](a.png)\nSame paragraph.'),
    `${open}<figcaption><p>Same paragraph.</p></figcaption></figure>`,
  );
  assert.equal(figure('![x](a.png)'), `${open}</figure>`);
  assert.equal(
    figure('![x](a.png "Title")\n\nMore.'),
    `${open}<figcaption><p>Title</p><p>More.</p></figcaption></figure>`,
  );
  assert.equal(
    figure('![x](a.png)\n\nMore ![y](b.png)'),
    `${open}<figcaption><p>More <img src="b.png" alt="y"></p></figcaption></figure>`,
  );
  assert.equal(figure('No picture.'), '<p>No picture.</p>');
});

test('an epigraph’s last paragraph is its attribution if it opens with a dash', () => {
  const epigraph = (inside: string): string => bodyOf(`:::epigraph\n${inside}\n:::`);
  for (const dash of ['—', '–', '---', '--', '― '])
    assert.equal(
      epigraph(`Day by day.\n\n${dash} *Samuel* Butler`),
      '<blockquote class="epigraph"><p>Day by day.</p><footer><p><em>Samuel</em> Butler</p></footer></blockquote>',
    );
  assert.equal(epigraph('Day.\n\nNight.'), '<blockquote class="epigraph"><p>Day.</p><p>Night.</p></blockquote>');
  assert.equal(epigraph('— alone'), '<blockquote class="epigraph"><p>—\u00a0alone</p></blockquote>');
});

test('verse is set in its lines, emphasis over a line’s end on both', () => {
  const verse = bodyOf(':::verse\nOne *line,\nand* two\\\nthree[^1]  \nfour\n\nNext "it\nis"\n:::\n\n[^1]: N.');
  assert.equal(
    verse.replace(/<span class="verse-line">(.*?)<\/span>/g, '[$1]').replace(/<a .*?<\/a>/, '¹'),
    '<div class="verse"><p class="stanza">[One <em>line,</em>][<em>and</em> two][three¹][four]</p><p class="stanza">[Next “it][is”]</p></div>',
  );
});

test('tables say what their headings head', () => {
  const table = bodyOf('| a | *b* |\n| :- | -: |\n| c | "d" |');
  assert.equal(
    table,
    '<table class="table"><thead><tr><th align="left" scope="col">a</th><th align="right" scope="col"><em>b</em></th></tr></thead><tbody><tr><td align="left">c</td><td align="right">“d”</td></tr></tbody></table>',
  );
});

test('in verse, what is indented like code is a line like the others, after a blank line too', () => {
  const verse = bodyOf(
    ':::verse\nOne\n\n    *Two* and[^1]\n      **three**\nfour\n    \n\tFive "six"\n:::\n\n> :::verse\n> A\n>\n>     *B*\n> :::\n\n    code *here*\n\n[^1]: N.',
  );
  assert.equal(
    verse
      .replace(/<span class="verse-line"(?: data-indent="([\d.]+)")?>(.*?)<\/span>/g, '[$1 $2]')
      .replace(/<a .*?<\/a>/, '¹')
      .replace(/<p class="stanza">(.*?)<\/p>/g, '($1)'),
    '<div class="verse">([ One])([2 <em>Two</em> and¹][3 <strong>three</strong>][ four])([2 Five “six”])</div>' +
      '<blockquote><div class="verse">([ A])([2 <em>B</em>])</div></blockquote><pre><code>code *here*</code></pre>',
  );
});

test('lists, tasks, quotations, breaks, code, struck words', () => {
  assert.equal(bodyOf('- a\n  - b\n- c'), '<ul><li><p>a</p><ul><li><p>b</p></li></ul></li><li><p>c</p></li></ul>');
  assert.equal(bodyOf('3. a\n4. b'), '<ol start="3"><li><p>a</p></li><li><p>b</p></li></ol>');
  assert.equal(
    bodyOf('- [x] done\n- [ ] open'),
    '<ul><li class="task"><p>☑\u00a0done</p></li><li class="task"><p>☐\u00a0open</p></li></ul>',
  );
  assert.equal(bodyOf('> a\n>\n> > b'), '<blockquote><p>a</p><blockquote><p>b</p></blockquote></blockquote>');
  assert.equal(
    bodyOf('a\n\n***\n\nb\n\n::pagebreak\n\n::panel'),
    '<p>a</p><hr class="break"><p>b</p><hr class="page-break"><hr class="page-break">',
  );
  assert.equal(
    bodyOf('`a--b` ~~c~~\n\n```js\nx "y"\n```'),
    '<p><code>a--b</code> <del>c</del></p><pre><code class="language-js">x "y"</code></pre>',
  );
  assert.equal(bodyOf(':::pullquote\nAsk.\n:::'), '<aside class="pull-quote"><p>Ask.</p></aside>');
});

test('a phrase in another language says which', () => {
  assert.equal(
    bodyOf(':foreign[非我族類]{lang=zh-Hant} :foreign[so]'),
    '<p><span lang="zh-Hant">非我族類</span> <span>so</span></p>',
  );
});

test('raw HTML is left out; what is no block of ours keeps its words', () => {
  assert.equal(
    bodyOf('a <b>c</b>\n\n<div>x</div>\n\n:::warning[Now]\nd\n:::\n\n::video[*e* f]'),
    '<p>a c</p><p>Now</p><p>d</p><p>::video <em>e</em> f</p>',
  );
});
