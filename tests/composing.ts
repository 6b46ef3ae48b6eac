// For tests of what an edition says: Markdown to an edition, and the promises that every edition keeps.
import assert from 'node:assert/strict';
import type { Element, ElementContent } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { VFile } from 'vfile';
import { readConfig } from '../scripts/book/config.ts';
import { forEdition, readManuscript } from '../scripts/book/manuscript.ts';
import { compose, type Pictures } from '../scripts/edition/compose.ts';
import type { Edition } from '../scripts/edition/edition.ts';

export interface Wanted {
  readonly yaml?: string;
  readonly language?: string;
  readonly pictures?: Pictures;
}

export function composed(texts: string | readonly string[], wanted: Wanted = {}): Edition {
  const language = wanted.language ?? 'en';
  const yaml = `title: The Book\nauthor: Jo Example\nlanguage: ${language}\n${wanted.yaml ?? ''}\neditions: {long: {manuscript: 1.md}}\n`;
  const { config, messages } = readConfig(new VFile({ path: 'book.yaml', value: yaml }));
  assert.deepEqual(messages.map(String), []);
  const files = (typeof texts === 'string' ? [texts] : texts).map(
    (value, at) => new VFile({ path: `${at + 1}.md`, value }),
  );
  const manuscript = forEdition(readManuscript(files), 'long');
  return compose(manuscript, config!, config!.editions[0]!, wanted.pictures ?? new Map());
}

export const html = (content: readonly ElementContent[]): string =>
  toHtml(content as ElementContent[]).replace(/\n/g, '');
export const bodyOf = (text: string, wanted: Wanted = {}): string =>
  composed(text, wanted)
    .parts.map((part) => html(part.content))
    .join('|');
export const outline = (edition: Edition): string[] =>
  edition.parts.map(({ kind, title }) => [kind, title?.number, title?.text].filter(Boolean).join(' '));

export function elementsIn(content: readonly ElementContent[]): Element[] {
  return content.flatMap((node) => (node.type === 'element' ? [node, ...elementsIn(node.children)] : []));
}
export const everything = (edition: Edition): Element[] => [
  ...edition.parts.flatMap((part) => elementsIn([...(part.title?.content ?? []), ...part.content])),
  ...edition.notes.flatMap((note) => elementsIn(note.content)),
];

/** What edition.ts promises to every setter. */
export function assertSound(edition: Edition): void {
  const elements = everything(edition);
  const ids = [
    ...elements.flatMap((node) => ('id' in node.properties ? [String(node.properties['id'])] : [])),
    ...edition.parts.map((part) => part.id),
    ...edition.notes.map((note) => note.id),
  ];
  assert.equal(new Set(ids).size, ids.length, `ids are unique: ${ids.join(' ')}`);
  for (const id of ids) assert.match(id, /^[a-z][a-z0-9_-]*$/);
  for (const node of elements) {
    assert.ok(!('dataNote' in node.properties) && node.tagName !== 'h1' && node.tagName !== 'sup', node.tagName);
    if (/^h[2-6]$/.test(node.tagName)) assert.ok(node.properties['id']);
    const href = node.properties['href'];
    if (typeof href === 'string' && href.startsWith('#'))
      assert.ok(ids.includes(href.slice(1)), `${href} leads nowhere`);
  }
  const calls = elements.filter((node) => html([node]).startsWith('<a class="note-call"'));
  const called = edition.notes.flatMap((note) => note.calls);
  assert.deepEqual(new Set(calls.map((node) => node.properties['id'])), new Set(called));
  assert.equal(called.length, calls.length);
  const entries = edition.contents.flatMap((entry) => [entry, ...entry.children]);
  for (const entry of entries) {
    assert.ok(ids.includes(entry.id));
    for (const node of elementsIn(entry.content)) assert.ok(node.tagName !== 'a' && !('id' in node.properties));
  }
  const parts = edition.parts.map((part) => part.id);
  for (const note of edition.notes) assert.ok(parts.includes(note.part));
}
