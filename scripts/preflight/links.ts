// Rules about links: within the book they lead to a heading, out of it to the web; nothing else works on paper.
import type { ElementContent } from 'hast';
import type { Link } from 'mdast';
import { toString as words } from 'mdast-util-to-string';
import type { Manuscript, ManuscriptFile } from '../book/manuscript.ts';
import { named, nearest, shown } from '../book/suggest.ts';
import { outward } from '../ebook/addresses.ts';
import { markup } from '../edition/markup.ts';
import { takeNotes } from '../edition/notes.ts';
import { slugsOf } from '../edition/slugs.ts';
import { plainText } from '../edition/words.ts';
import { everyNode, type Rule, readings, runs, sourceOf, startOf } from './finding.ts';

const linksOf = ({ root }: ManuscriptFile): Link[] =>
  [...everyNode(root)].map(({ node }) => node).filter((node): node is Link => node.type === 'link');

/** Browsers leave out controls and line ends within an address, and so must whoever looks at its scheme. */
const schemeOf = (url: string): string | undefined =>
  /^([a-z][a-z\d+.-]*):/i.exec(url.replace(/[\u0000-\u0020]+/g, ''))?.[1]?.toLowerCase();

const DANGEROUS = new Set(['javascript', 'vbscript', 'data', 'file', 'blob', 'about', 'filesystem', 'view-source']);

/** The names that `[…](#name)` can lead to, as compose gives them. */
function headingNames(manuscript: Manuscript): string[] {
  const blocks: ElementContent[] = [];
  const notes: ElementContent[] = [];
  manuscript.files.forEach(({ root }, index) => {
    const set = markup(root, { picture: () => undefined });
    const taken = takeNotes(set, index);
    for (const node of taken.blocks) blocks.push(node);
    for (const { content } of taken.bodies.values()) notes.push(...content);
  });
  const opened = blocks.flatMap((node) =>
    node.type === 'element' && node.properties.dataMatter ? node.children : [node],
  );
  const [first] = blocks;
  const isTitle = first && levelOf(first) === 1 && opened.filter((node) => levelOf(node) === 1).length === 1;
  const headings: string[] = [];
  const name = (nodes: readonly ElementContent[]): void => {
    for (const node of nodes) {
      if (node.type !== 'element') continue;
      if (levelOf(node) > 0) headings.push(plainText(node.children).trim());
      else name(node.children);
    }
  };
  name(isTitle && !hasCall(first) ? blocks.slice(1) : blocks);
  name(notes);
  return [...slugsOf(headings).leadsTo.keys()];
}

const levelOf = (node: ElementContent): number =>
  node.type === 'element' && /^h[1-6]$/.test(node.tagName) ? Number(node.tagName[1]) : 0;
const hasCall = (node: ElementContent): boolean =>
  node.type === 'element' && ('dataNote' in node.properties || node.children.some(hasCall));

const target: Rule = {
  id: 'link-target',
  summary: 'A link within the book leads to one of its headings.',
  check: (manuscript, book, tell) => {
    for (const { edition, manuscript: read } of readings(manuscript, book)) {
      const links = read.files.flatMap((entry) =>
        linksOf(entry)
          .filter(({ url }) => /^#./.test(url))
          .map((node) => ({ node, url: node.url, file: entry.file })),
      );
      if (links.length === 0) continue;
      const names = headingNames(read);
      const known = new Set(names);
      let anywhere: ReadonlySet<string> | undefined;
      for (const { file, node, url } of links) {
        const name = decoded(url.slice(1)).toLowerCase();
        if (known.has(name)) continue;
        anywhere ??= new Set(headingNames(manuscript));
        const elsewhere = anywhere.has(name);
        const note = (): string => {
          if (elsewhere)
            return 'Its heading is not in that edition, or is its title: put the link into `:::only` or `:::cut` too, or lead it elsewhere.';
          const near = nearest(name, names) ?? names.find((other) => isPart(name, other) || isPart(other, name));
          if (near) return `Did you mean \`#${near}\`?`;
          return 'Write the heading in small letters with hyphens for spaces: `## On wages` is `#on-wages`.';
        };
        const reason = elsewhere ? `nowhere in the edition ${shown(edition)}` : 'to no heading';
        tell({ file, at: node, reason: `The link ${named(url)} leads ${reason}`, note });
      }
    }
  },
};

const isPart = (part: string, whole: string): boolean => part.length > 3 && whole.includes(part);

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const scheme: Rule = {
  id: 'link-scheme',
  summary: 'Links lead to the web, or to people.',
  check: ({ files }, _, tell) => {
    for (const entry of files)
      for (const node of linksOf(entry)) {
        const { url } = node;
        const found = schemeOf(url);
        // What is wrong with an address of the web is said below.
        if (found === undefined || /^(?:https?|ftps?)$/.test(found)) continue;
        if (DANGEROUS.has(found))
          tell({
            file: entry.file,
            at: node,
            reason: `A link cannot begin with ${named(`${found}:`)}`,
            note: 'Write a web address, `https://…`, or `#` and a heading.',
          });
        else if (outward(url) === undefined)
          tell({
            file: entry.file,
            at: node,
            reason: `Few readers’ programs know what ${named(`${found}:`)} is: in the ebook only the words of the link stay`,
            note:
              found === 'doi'
                ? `Write ${shown(`https://doi.org/${url.slice(4)}`)}.`
                : 'Write a web address, `https://…`, or `#` and a heading.',
            advice: true,
          });
      }
  },
};

const address: Rule = {
  id: 'link-address',
  summary: 'A link’s address is whole: a web address, or `#` and a heading.',
  check: ({ files }, _, tell) => {
    for (const entry of files)
      for (const node of linksOf(entry)) {
        const { url } = node;
        const found = schemeOf(url);
        const fault = (reason: string, note: string): void => tell({ file: entry.file, at: node, reason, note });
        if (url.trim() === '' || url === '#')
          fault(
            'The link has no address',
            'Write it in the round brackets: `[words](https://…)`, or `[words](#heading)`.',
          );
        else if (url.startsWith('//'))
          fault(`The address ${named(url)} is not whole`, `Write ${named(`https:${url}`)}.`);
        else if (found === undefined && !url.startsWith('#')) {
          const domain =
            /^(?:[\w-]+\.)+[a-z]{2,}(?:[/?#]|$)/i.test(url) &&
            !/\.(?:md|markdown|txt|html?|pdf|png|jpe?g|gif|svg|webp|epub)$/i.test(url);
          fault(
            `The link ${named(url)} leads to a file, which a book does not have`,
            domain
              ? `For a web address, write ${named(`https://${url}`)}.`
              : 'Only web addresses and `#heading` lead anywhere from paper and ebook.',
          );
        } else if (
          found &&
          /^(?:https?|ftps?)$/.test(found) &&
          (outward(url) === undefined || !/^[a-z]+:\/\//i.test(url))
        )
          fault(`The web address ${named(url)} is not well-formed`, 'Copy it anew from the browser.');
      }
  },
};

const linkWords: Rule = {
  id: 'link-words',
  summary: 'Every link has words, but for `[](#heading)`, which gets them from its heading.',
  check: ({ files }, _, tell) => {
    for (const entry of files)
      for (const node of linksOf(entry))
        if (words(node, { includeHtml: false }).trim() === '' && !(node.children.length === 0 && /^#./.test(node.url)))
          tell({
            file: entry.file,
            at: node,
            reason: 'A link without words',
            note: 'Write them in the square brackets: `[words](https://…)`.',
          });
  },
};

const spaces: Rule = {
  id: 'address-spaces',
  summary: 'An address has no spaces, and follows its words at once.',
  check: ({ files }, _, tell) => {
    for (const entry of files) {
      const { file } = entry;
      const typedOut = (kind: string, typed: string): string =>
        `This is printed as it stands, not as a ${kind}: ${shown(typed)}`;
      for (const { source, offset } of runs(entry)) {
        for (const { index, 0: typed, 1: picture, 2: url } of source.matchAll(WITH_SPACES)) {
          if (!/\S\s+\S/.test(url!)) continue;
          const bare = url!.replace(/\s+["“”'].*$/, '').trim();
          tell({
            file,
            at: offset + index,
            reason: typedOut(picture ? 'picture' : 'link', typed),
            note: /\s/.test(bare)
              ? `An address has no spaces: write them as \`%20\`, or write ${shown(`<${bare}>`)}.`
              : 'Write the address, and after it the title in straight quotes.',
            ...(picture ? {} : { advice: true as const }),
          });
        }
        for (const { index, 0: typed } of source.matchAll(APART))
          tell({
            file,
            at: offset + index,
            reason: typedOut('link', typed),
            note: 'Write the round bracket right after the square one.',
            advice: true,
          });
      }
      // A web address in such a text is a link by itself, without the brackets around it.
      const source = sourceOf(file);
      for (const node of linksOf(entry)) {
        const start = startOf(node);
        const [before, first] = [source.slice(Math.max(0, start - 4), start), source[start]];
        if (first === '[' || first === '<' || !/\][ \t]{0,2}\($/.test(before)) continue;
        const note = before.endsWith('](')
          ? 'An address has no spaces (`%20`), and a title after it stands in straight quotes.'
          : 'Write the round bracket right after the square one: `[words](https://…)`.';
        tell({
          file,
          at: node,
          reason: `The brackets around ${named(node.url)} are printed as they stand`,
          note,
          advice: true,
        });
      }
    }
  },
};

const WITH_SPACES = /(?<!\\)(!?)\[[^[\]\n]{0,300}\]\(([^()\n]{1,300})\)/g;
const APART = /(?<!\\)\[[^[\]\n]{1,300}\][ \t]+\(#[^()\s]{0,300}/g;

const undefinedReference: Rule = {
  id: 'undefined-reference',
  summary: 'A link by reference has its address.',
  check: ({ files }, _, tell) => {
    for (const entry of files)
      for (const { source, offset } of runs(entry))
        for (const { index, 1: name } of source.matchAll(
          /(?<!\\)\[[^[\]^\r\n][^[\]\r\n]{0,300}\]\[([^[\]^\r\n][^[\]\r\n]{0,100})\]/g,
        ))
          tell({
            file: entry.file,
            at: offset + index,
            reason: `There is no address for ${shown(`[${name}]`)}: this is printed as it stands`,
            note: `Write \`[words](https://…)\`, or ${shown(`[${name}]: https://…`)} on a line of its own.`,
            advice: true,
          });
  },
};

export const linkRules: readonly Rule[] = [target, scheme, address, linkWords, spaces, undefinedReference];
