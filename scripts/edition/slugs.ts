// The names that links within the book lead by: of each heading its slug, and shorter ones where they are clear.
import GithubSlugger, { slug } from 'github-slugger';

/** A number that the author typed before a heading's words: `3. `, `IV) `, `2.1 `. */
const NUMBER = /^(?:\d{1,3}(?:\.\d{1,3})*[.):]|\d{1,3}(?:\.\d{1,3})+|[IVXLC]+[.):])\s+(?=\S)/;

export interface Slugs {
  /** Of each heading, in their order; each once. */
  readonly slugs: readonly string[];
  /** Which heading a slug leads to, or the slug without the author's number and the marks at its ends, if only one has it. */
  readonly leadsTo: ReadonlyMap<string, number>;
}

/** `headings`: their words as they were typed. */
export function slugsOf(headings: readonly string[]): Slugs {
  const slugger = new GithubSlugger();
  const slugs = headings.map((words) => slugger.slug(words));
  const short = new Map<string, Set<number>>();
  for (const [index, words] of headings.entries())
    for (const name of [slug(words), slug(words.replace(NUMBER, ''))].flatMap((one) => [one, trimmed(one)]))
      short.set(name, (short.get(name) ?? new Set()).add(index));
  const clear = [...short].flatMap(([name, [first, ...more]]): [string, number][] =>
    name !== '' && first !== undefined && more.length === 0 ? [[name, first]] : [],
  );
  return { slugs, leadsTo: new Map([...clear, ...slugs.map((name, index): [string, number] => [name, index])]) };
}

const trimmed = (name: string): string => name.replace(/^-+|-+$/g, '');
