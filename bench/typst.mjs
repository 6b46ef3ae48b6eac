// A manuscript set by Typst, as near to our pages as a page of rules goes: `node bench/typst.mjs IN.md OUT.pdf FONTS MODULES`.
// The text becomes Typst's markup here: headings, emphasis, links, lists, quotations, notes; containers lose their fences.
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import process from 'node:process';

const [source, target, fonts, modules] = process.argv.slice(2);
const { NodeCompiler } = createRequire(join(modules, 'here.js'))('@myriaddreamin/typst-ts-node-compiler');

const RULES = `#set document(date: none)
#set page(width: 148mm, height: 210mm, margin: (inside: 18mm, outside: 22mm, top: 21mm, bottom: 26mm), numbering: "1")
#set text(font: "EB Garamond", size: 10.5pt, lang: "en", hyphenate: true, top-edge: 0.8em, bottom-edge: -0.2em)
#set par(justify: true, leading: 3pt, spacing: 3pt, first-line-indent: 1.2em)
#show footnote.entry: set text(size: 8.5pt)
#outline()
`;

const escaped = (text) => text.replace(/[\\#$@<>_*`~[\]]/g, '\\$&').replaceAll('//', '\\/\\/');

const INLINE =
  /\[\^([\w-]+)\]|:\w+\[([^\]]*)\](?:\{[^}]*\})?|\[([^\]]*)\]\(([^)]*)\)|<(https?:[^>]+)>|\*\*([^*]+)\*\*|\*([^*]+)\*|_([^_]+)_/g;

function inline(text, notes) {
  let out = '';
  let from = 0;
  for (const found of text.matchAll(INLINE)) {
    const [whole, note, span, words, address, bare, strong, star, line] = found;
    out += escaped(text.slice(from, found.index));
    from = found.index + whole.length;
    if (note !== undefined) out += notes.has(note) ? `#footnote[${inline(notes.get(note), notes)}]` : '';
    else if (span !== undefined) out += inline(span, notes);
    else if (bare !== undefined) out += `#link(${JSON.stringify(bare)})[${escaped(bare)}]`;
    else if (words !== undefined)
      out += /^https?:/.test(address)
        ? `#link(${JSON.stringify(address)})[${inline(words, notes)}]`
        : inline(words, notes);
    else if (strong !== undefined) out += `#strong[${inline(strong, notes)}]`;
    else out += `#emph[${inline(star ?? line, notes)}]`;
  }
  return out + escaped(text.slice(from));
}

function block(text, notes) {
  const heading = /^(#+)\s+(.*)/.exec(text);
  if (heading) return `${'='.repeat(heading[1].length)} ${inline(heading[2], notes)}`;
  if (text.startsWith('>')) return `#quote(block: true)[${inline(text.replace(/^> ?/gm, ''), notes)}]`;
  // A mark at a line's start would be one of Typst's.
  const list = /^\s*(?:[-*]|\d+\.)\s+/;
  const lines = text.split('\n');
  if (!list.test(text)) return inline(text, notes).replace(/^(?=[-+=/]|\d+\.)/gm, '\\');
  return lines
    .map((line) =>
      list.test(line)
        ? `${/^\s*\d/.test(line) ? '+' : '-'} ${inline(line.replace(list, ''), notes)}`
        : `  ${inline(line, notes)}`,
    )
    .join('\n');
}

function markup(markdown) {
  const notes = new Map();
  const body = markdown
    .replace(/^\[\^([\w-]+)\]:[ \t]*(.*(?:\n(?:[ \t]+\S.*|[ \t]*(?=\n[ \t]+\S)))*)/gm, (_, key, text) => {
      notes.set(key, text.trim().replace(/\s*\n\s*/g, ' '));
      return '';
    })
    .replace(/^(?::::*.*|::.*)$/gm, '');
  return body
    .split(/\n{2,}/)
    .filter((text) => text.trim() !== '')
    .map((text) => block(text.trim(), notes))
    .join('\n\n');
}

const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: [fonts] }] });
writeFileSync(target, compiler.pdf({ mainFileContent: RULES + markup(readFileSync(source, 'utf8')) }));
