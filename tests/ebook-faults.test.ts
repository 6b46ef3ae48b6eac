// Faults planted in a sound ebook: what we and EPUBCheck and Ace are there to find, we must be seen to find.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Entry, unzip, zip } from './ebook-archive.ts';
import { faultsIn } from './ebook-inspection.ts';
import { ace, epubcheck, together } from './ebook-judges.ts';
import { ebookOf, everything, publishedOf } from './ebook-specimens.ts';
import { needs } from './tools.ts';

type Fault = (entries: Entry[]) => Entry[];
const edit =
  (file: RegExp, from: string | RegExp, to: string): Fault =>
  (entries) => {
    const at = entries.findIndex(({ name, bytes }) => file.test(name) && bytes.toString().search(from) >= 0);
    assert.ok(at >= 0, `${from} is there to be spoilt`);
    const bytes = Buffer.from(entries[at]!.bytes.toString().replace(from, to));
    return entries.map((entry, index) => (index === at ? { ...entry, bytes } : entry));
  };

/** `both`: EPUBCheck sees it too. What it does not see is ours alone to find. */
const FAULTS: Readonly<Record<string, { readonly spoil: Fault; readonly seen: 'both' | 'us' }>> = {
  'a picture without words': { spoil: edit(/tables/, / alt="[^"]*"/, ''), seen: 'us' },
  'empty words for a picture': { spoil: edit(/tables/, / alt="[^"]*"/, ' alt=""'), seen: 'us' },
  'a dead link': { spoil: edit(/tables/, /href="#note-/, 'href="#none-'), seen: 'both' },
  'a dead file': { spoil: edit(/reader/, /href="s-tables--lists/, 'href="s-nothing'), seen: 'both' },
  'a lost id': { spoil: edit(/tables/, / id="note-2"/, ''), seen: 'both' },
  'an id twice': { spoil: edit(/tables/, / id="note-3"/, ' id="note-2"'), seen: 'both' },
  'a bare &': { spoil: edit(/tables/, '&amp;', '&'), seen: 'both' },
  'an open element': { spoil: edit(/tables/, '</em>', ''), seen: 'both' },
  'a lost way back': { spoil: edit(/tables/, ' role="doc-backlink"', ''), seen: 'us' },
  'a lost language': { spoil: edit(/tables/, ' xml:lang="grc"', ''), seen: 'us' },
  'a heading without scope': { spoil: edit(/tables/, ' scope="col"', ''), seen: 'us' },
  'a role that is lost': { spoil: edit(/tables/, ' role="doc-epigraph"', ''), seen: 'us' },
  'no nav': { spoil: edit(/content\.opf/, ' properties="nav"', ''), seen: 'both' },
  'a file that nobody lists': { spoil: edit(/content\.opf/, /<item id="picture-1"[^>]*>/, ''), seen: 'both' },
  'a file that is listed only': { spoil: (all) => all.filter(({ name }) => !name.endsWith('.svg')), seen: 'both' },
  'a contents entry to nowhere': {
    spoil: edit(/toc\.xhtml/, /href="s-sixty-notes\.xhtml"/, 'href="s-sixty.xhtml"'),
    seen: 'both',
  },
};

test('planted faults are found', needs('java'), async () => {
  const sound = await ebookOf(everything());
  const entries = unzip(sound);
  const names = Object.keys(FAULTS);
  const spoilt = names.map((name) => zip(FAULTS[name]!.spoil(entries)));
  const ours = spoilt.map((book) => faultsIn(book).filter((fault) => !/dates/.test(fault)));
  for (const [at, name] of names.entries()) assert.ok(ours[at]!.length > 0, `we overlook ${name}`);
  const [mimetype, ...others] = entries;
  const late = zip([...others, mimetype!]);
  assert.match(faultsIn(late).join(), /mimetype/);
  assert.deepEqual(faultsIn(zip(entries)), [], 'packing again is no fault');
  const [renditions, container] = await epubcheck([together([sound, ...spoilt]), late]);
  assert.match(container!.join(), /ERROR PKG-00[56]/);
  const seen = names.filter((_, at) => renditions!.some((message) => message.includes(`(R${at + 1}/`)));
  assert.deepEqual(
    seen,
    names.filter((name) => FAULTS[name]!.seen === 'both'),
    renditions!.join('\n'),
  );
  assert.ok(!renditions!.some((message) => message.includes('(R0/')), 'the sound one is sound in this company too');
});

test('Ace by DAISY finds nothing', async (context) => {
  const book = await publishedOf(everything());
  let report: Awaited<ReturnType<typeof ace>>;
  try {
    report = await ace(book);
  } catch (error) {
    if (process.env['CI']) throw error;
    return context.skip(`Ace does not start: ${String(error).split('\n')[0]}`);
  }
  assert.equal(report['earl:result']['earl:outcome'], 'pass', JSON.stringify(report.assertions, undefined, 1));
  const spoilt = zip(FAULTS['a picture without words']!.spoil(unzip(book)));
  assert.equal((await ace(spoilt))['earl:result']['earl:outcome'], 'fail');
});
