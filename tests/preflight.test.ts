// What can be known to be wrong with a manuscript: each rule has its fixtures, and no text whatever makes it throw.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { VFile } from 'vfile';
import { type BookConfig, readConfig } from '../scripts/book/config.ts';
import { forEdition, pictureReferences, readManuscript } from '../scripts/book/manuscript.ts';
import { compose } from '../scripts/edition/compose.ts';
import { missingGlyphs } from '../scripts/preflight/glyphs.ts';
import { checkManuscript, guard, pictureProblem, RULES } from '../scripts/preflight/rules.ts';

const CASES = new URL('./cases/manuscript/', import.meta.url);

function bookOf(editions: Readonly<Record<string, readonly string[]>>): BookConfig {
  const { config } = readConfig(
    new VFile({
      value: JSON.stringify({
        title: 'T',
        author: 'A',
        editions: Object.fromEntries(Object.entries(editions).map(([name, manuscript]) => [name, { manuscript }])),
      }),
    }),
  );
  assert.ok(config);
  return config;
}

const BOOK = bookOf({ long: ['manuscript.md'], short: ['manuscript.md'], elsewhere: ['elsewhere.md'] });

const fileOf = (value: string | Uint8Array, path = 'manuscript.md'): VFile => new VFile({ path, value });

/** What an author is told about files: by the guard, and by the rules where the guard lets them pass. */
function check(files: readonly VFile[], book = BOOK): VFile['messages'] {
  const read = files.map((file) =>
    guard(file) ? readManuscript([file]).files[0]! : { file, root: { type: 'root' as const, children: [] } },
  );
  const before = files.flatMap(({ messages }) => messages);
  const found = checkManuscript({ files: read }, book);
  for (const message of found)
    assert.ok(
      files.some(({ messages }) => messages.includes(message)),
      'messages are on their files',
    );
  return [...before, ...found];
}

const told = (messages: VFile['messages']): string =>
  messages
    .map(
      ({ line, column, ruleId, reason, note, fatal }) =>
        `${line}:${column} ${ruleId} ${reason} | ${note}${fatal ? '' : ' (advice)'}\n`,
    )
    .join('');

const names = readdirSync(CASES).sort();

for (const name of names) {
  test(`case ${name}`, () => {
    const bytes = readFileSync(new URL(`${name}/manuscript.md`, CASES));
    const expected = new URL(`${name}/expected.txt`, CASES);
    const messages = check([fileOf(bytes)]);
    if (process.env.WRITE_EXPECTED) writeFileSync(expected, told(messages));
    assert.ok(existsSync(expected), 'expected.txt is missing');
    assert.equal(told(messages), readFileSync(expected, 'utf8'));
    for (const { source, fatal, note } of messages) {
      assert.equal(source, 'pamphleteer');
      assert.ok(fatal === true || fatal === false);
      assert.match(note ?? '', /[.?]$/);
    }
  });
}

test('every rule has its fixtures, and every fixture that is not fine its rule', () => {
  const ids = [...RULES.map(({ id }) => id), 'encoding', 'too-dense'];
  assert.equal(new Set(RULES.map(({ id }) => id)).size, RULES.length);
  assert.ok(names.length >= 45, `${names.length} cases`);
  for (const id of ids) {
    const own = names.filter((name) => name === id || name.startsWith(`${id}-`));
    assert.ok(own.length > 0, `no fixture for ${id}`);
    assert.ok(
      own.some((name) => readFileSync(new URL(`${name}/expected.txt`, CASES), 'utf8').includes(` ${id} `)),
      `no fixture that ${id} finds fault with`,
    );
  }
  for (const { id, summary } of RULES) assert.match(summary, /\.$/, id);
  for (const name of names.filter((other) => /^(?:flawless|fine)/.test(other)))
    assert.equal(readFileSync(new URL(`${name}/expected.txt`, CASES), 'utf8'), '', name);
});

test('a sound book gets no message: the sample, and every block of docs/markdown.md', () => {
  const root = new URL('../', import.meta.url);
  const { config } = readConfig(new VFile({ value: readFileSync(new URL('book.yaml', root)) }));
  assert.ok(config);
  for (const { manuscript } of config.editions)
    assert.equal(
      told(
        check(
          manuscript.map((path) => fileOf(readFileSync(new URL(path, root)), path)),
          config,
        ),
      ),
      '',
    );
  const page = readFileSync(new URL('docs/markdown.md', root), 'utf8');
  const blocks = [...page.matchAll(/^```\n(.*?)^```$/gms)].map(([, block]) => block!);
  assert.ok(blocks.length >= 6, `${blocks.length} examples`);
  const notes = '\n[^1]: One.\n\n[^4]: Four.\n\nCalled.[^1][^4]\n';
  for (const block of blocks) {
    const defined = /^\[\^1\]:/m.test(block) ? '' : notes;
    assert.equal(told(check([fileOf(`Text.\n\n${block}\n${defined}`)])), '', block);
  }
});

test('the messages stand on the files, in the order of the text, and each once', () => {
  const [one, two] = [fileOf('<b>\n\n![](x.png)\n\n[^1]\n', 'b.md'), fileOf('<i>\n', 'a.md')];
  const messages = check([one!, two!], bookOf({ long: ['b.md', 'a.md'], short: ['b.md', 'a.md'] }));
  assert.deepEqual(
    messages.map(({ file, line, ruleId }) => `${file}:${line} ${ruleId}`),
    ['b.md:1 raw-html', 'b.md:3 alt-missing', 'b.md:5 undefined-note', 'a.md:1 raw-html'],
  );
  assert.deepEqual(one!.messages.length + two!.messages.length, 4);
  assert.match(String(messages[1]), /^b\.md:3:1-3:11: /);
});

test('headings, notes and links go through an edition’s files in their order', () => {
  const a = () => fileOf('# Title\n\n## One\n\n[Two](#two)\n\nA claim.[^1]\n', 'a.md');
  const b = () => fileOf('### Two\n\n[^1]: Its source.\n', 'b.md');
  assert.equal(
    told(check([a(), b()], bookOf({ long: ['a.md', 'b.md'] }))),
    '7:9 undefined-note There is no note `[^1]` | It stands in `b.md`: a note stands in the file that calls it.\n' +
      '3:1 uncalled-note The note `[^1]` is never called: it would be lost | Write `[^1]` where it belongs, or take the note out.\n',
  );
  const shared = told(check([a(), b()], bookOf({ long: ['a.md', 'b.md'], short: ['a.md'] })));
  assert.match(shared, /^5:1 link-target The link `#two` leads nowhere in the edition `short` \|/m);
  const turned = told(check([b(), a()], bookOf({ long: ['b.md', 'a.md'] })));
  assert.match(turned, /^1:1 heading-level The first heading is of level 3 \|/m);
});

test('a link is found fault with where compose would not lead it anywhere', () => {
  const piece = fc.constantFrom(
    'Wages',
    'wages',
    "the men's",
    '"loose"',
    ' -- ',
    '...',
    '*for*',
    '`code`',
    '[a](#b)',
    '漢字',
    '3.',
    '3. ',
    ' ',
    'Ä',
    '&',
    '[^1]',
    '![x](y.png)',
  );
  const heading = fc.tuple(
    fc.constantFrom('# ', '## ', '> ## ', '- ## ', '## '),
    fc.array(piece, { minLength: 1, maxLength: 4 }),
  );
  const slug = fc.constantFrom(
    'wages',
    'the-mens',
    'loose',
    'code',
    '3-wages',
    'wages-1',
    'wages--wages',
    '%E6%BC%A2%E5%AD%97',
    '漢字',
    'ä',
    'Wages',
    'for',
    'mens',
    '%zz',
  );
  fc.assert(
    fc.property(fc.array(heading, { maxLength: 5 }), slug, (heads, name) => {
      const text = `${heads.map(([signs, words]) => `${signs}${words.join('')}\n\n`).join('')}[Here](#${name}).[^1]\n\n[^1]: A note.\n\n    ## wages\n`;
      const manuscript = readManuscript([fileOf(text)]);
      const book = bookOf({ long: ['manuscript.md'] });
      const lost = checkManuscript(manuscript, book).some(
        ({ ruleId, reason }) => ruleId === 'link-target' && reason.includes(`#${name}\``),
      );
      const { parts } = compose(forEdition(manuscript, 'long'), book, book.editions[0]!, new Map());
      const leads = /"className":\["reference"\],?[^}]*\},"children":\[\{"type":"text","value":"Here"/.test(
        JSON.stringify(parts, (key, value) => (key === 'position' ? undefined : value)),
      );
      assert.equal(leads, !lost, text);
    }),
    { numRuns: 400 },
  );
});

test('a picture’s address is read from its file’s folder', () => {
  const ruleIds = (text: string, path: string) =>
    check([fileOf(text, path)], bookOf({ long: [path] })).map(({ ruleId }) => ruleId);
  assert.deepEqual(ruleIds('![A press.](../pictures/press.png)', 'manuscripts/long.md'), []);
  assert.deepEqual(ruleIds('![A press.](../../press.png)', 'manuscripts/long.md'), ['picture-address']);
  assert.deepEqual(ruleIds('![A press.](../a/../../b/press.png)', './manuscripts/long.md'), ['picture-address']);
});

test('what the library finds about a picture is said at its place, and once', () => {
  const files = [fileOf('Text.\n\n![A press.](my%20press.png)\n\n![A press.](../press.png)\n')];
  const manuscript = readManuscript(files);
  const [press, outside] = pictureReferences(manuscript);
  const message = pictureProblem(press!, 'too-large', '90 MB');
  assert.equal(
    told([message]),
    '3:1 picture-too-large The picture `my press.png` is too large (90 MB) | Save a smaller copy: 300 dots an inch of the printed width are enough.\n',
  );
  assert.ok(files[0]!.messages.includes(message));
  for (const kind of ['missing', 'outside', 'unreadable', 'type'] as const)
    assert.match(
      told([pictureProblem(press!, kind)]),
      new RegExp(`^3:1 picture-${kind} .*\`my press\\.png\`.* \\| .+\\.\n$`),
    );
  const [known] = checkManuscript(manuscript, BOOK);
  assert.equal(pictureProblem(outside!, 'outside'), known, 'the rule has said it');
});

test('no more than a hundred messages a file, and one that counts the rest', () => {
  const messages = check([fileOf(`Text.\n\n${'<b>\n\n'.repeat(300)}`)]);
  assert.equal(messages.length, 101);
  assert.deepEqual([messages.at(-1)!.reason, messages.at(-1)!.fatal], ['And 200 more', true]);
});

test('characters that no font has are told together, by package or script, where the first of them stands', () => {
  const noto = { package: '@expo-google-fonts/noto-serif-kr' };
  const missing = [
    ...[...'ሀለሐመሠረሰ\u135d'].map((character) => ({ character })),
    ...[...'한국漢'].map((character) => ({ character, ...noto })),
    ...[...'𓂀⟶'].map((character) => ({ character })),
  ];
  const files = [fileOf('A ⟶ 한.\n\nመሠ\u135dረሰ ሀለሐ\n'), fileOf('title: 국𓂀', 'book.yaml')];
  const said = { file: files[1]!, language: 'ko', place: { line: 7, column: 11 } };
  const told = (messages: VFile['messages']): string[] =>
    messages.map(({ file, line, column, reason }) => `${file}:${line}:${column} ${reason}`).sort();
  const found = missingGlyphs(missing, files, said);
  assert.deepEqual(told(found), [
    'book.yaml:1:9 No font has the character `𓂀` (U+13080)',
    'manuscript.md:1:3 No font has the character `⟶` (U+27F6)',
    'manuscript.md:1:5 No font has the Hangul characters `한`, `국`',
    'manuscript.md:3:1 No font has the Ethiopic characters `መ`, `ሠ`, `◌\u135d`, `ረ`, `ሰ` and 3 more',
  ]);
  assert.equal(
    found.find(({ reason }) => reason.includes('한'))!.note,
    `Run \`npm install ${noto.package}\`, and build again`,
  );
  assert.ok(found.every(({ fatal, note }) => fatal && note));
  assert.deepEqual(missingGlyphs([{ character: '\ufffe' }], [fileOf('A \ufffe.')], said), [], 'it has its own message');
  // What only our own words have is no fault of the text: it is told where the language is chosen.
  assert.deepEqual(told(missingGlyphs([{ character: '목', ...noto }], files, said)), [
    'book.yaml:7:11 No font has the character `목` (U+BAA9) of the words that Pamphleteer adds to a book in Korean, like “차례”',
  ]);
});

test('what the guard has refused is said once, by the guard', () => {
  const file = fileOf(Buffer.from('<b> caf\xe9\n', 'latin1'));
  assert.deepEqual(
    check([file]).map(({ ruleId }) => ruleId),
    ['encoding'],
  );
  assert.equal(guard(fileOf('Fine.\n')), true);
});

const nested = (levels: number, line: (level: number) => string): string =>
  Array.from({ length: levels }, (_, level) => line(level)).join('\n');

const hostile: Readonly<Record<string, readonly [string | Uint8Array, string | undefined]>> = {
  'six megabytes': ['word '.repeat(1.2e6), 'too-large'],
  'ten thousand quotations': [`${'>'.repeat(10_000)} x`, 'too-deep'],
  'ten thousand lists': [`${'- '.repeat(10_000)}x`, 'too-deep'],
  'ten thousand numbered lists': [`${'1. '.repeat(10_000)}x`, 'too-deep'],
  'lists by indentation': [nested(1000, (level) => `${'  '.repeat(level)}- x`), 'too-deep'],
  'ten thousand blocks': [nested(10_000, () => ':::verse'), 'too-deep'],
  'blocks in blocks': [nested(300, (level) => `${':'.repeat(310 - level)}verse`), 'too-deep'],
  'a megabyte of brackets': ['['.repeat(1e6), 'too-dense'],
  'a hundred thousand brackets': ['[a'.repeat(1e5), 'too-dense'],
  'half-open emphasis': ['*a '.repeat(20_000), 'too-dense'],
  'emphasis in emphasis': ['**a *b '.repeat(900) + 'c* d** '.repeat(900), 'too-deep'],
  'pictures in pictures': [`${'!['.repeat(1000)}a${'](b)'.repeat(1000)}`, undefined],
  'a long break': ['- '.repeat(10_000), 'empty-manuscript'],
  NULs: [Buffer.alloc(1e5), 'encoding'],
  'a wall of tags': ['<b>\n\n'.repeat(10_000), 'raw-html'],
  'open comments': ['<!-- '.repeat(3000), 'raw-html'],
  'many notes': [nested(2000, (level) => `[^${level}]\n\n[^${level}]: x\n`), undefined],
};
for (const [name, [value, ruleId]] of Object.entries(hostile)) {
  test(`hostile: ${name}`, () => {
    const ids = check([fileOf(value)]).map((message) => message.ruleId);
    if (ruleId === undefined) assert.ok(!ids.includes('too-large'));
    else assert.ok(ids.includes(ruleId), `${[...new Set(ids)]}`);
  });
}

/** Messages with all their parts, and never a throw. */
function answers(value: string | Uint8Array): void {
  for (const { line, column, ruleId, note, reason } of check([fileOf(value)])) {
    assert.ok(line! >= 1 && column! >= 1 && ruleId && note && reason, reason);
    assert.doesNotMatch(`${reason} ${note}`.replace(/`[^`]*`/g, ''), /undefined|NaN|\[object/);
  }
}

const PIECES =
  '# |## |### |####|\n|\n\n|\r\n|    |  |- |> |1. |* |***|---|===|[^1]|[^1]: x|[^a|^[|[x](#y)|[x](|)|![|![a](b.png)|](|]|[r]|[r]: #x|<b>|</b>|<!--|-->|<|&#0;|:::|:::only{edition=long}|:::verse|:::figure|::::epigraph|::pagebreak|::|:foreign[a]{lang=fr}|:foreign|{lang=}|:|{|}|~~|`|```|| a | b ||---|---||\\|http://a.b|www.a.b|a@b.cc|"|\'|--|word|A word |\t|\u202e|\ufeff|\ud800|\0|%zz|[x](#%zz)|[x](javascript:a)|漢'.split(
    '|',
  );

test('any text gets an answer', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 80 }), answers), { numRuns: 300 });
  const text = fc.array(fc.constantFrom(...PIECES, '|'), { maxLength: 30 }).map((pieces) => pieces.join(''));
  fc.assert(fc.property(text, answers), { numRuns: 1500 });
});

test('any bytes get an answer', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), answers), { numRuns: 300 });
});
