// Takes: the copy given out in pieces, each set and printed as a document of its own, so that two can be worked on at a
// time and no document grows without end. Pure: takes flows, gives documents' bodies. What the text says decides where
// it is divided, never the machine.
import type { Element } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { visit } from 'unist-util-visit';
import { plainText } from '../edition/words.ts';
import type { Flow } from './galley.ts';

/**
 * What stands before an id in a link to another take, `https://take.invalid/#note-7`: the browser writes nothing at all
 * for a link to an id that its document has not. Joining the takes' PDFs makes it an inner link again.
 */
export const ELSEWHERE = 'https://take.invalid/#';

export interface Take {
  /** Places of its flows among all. */
  readonly flows: readonly number[];
  readonly html: string;
  readonly notes: string;
  /** Links to what other takes lead to, shown nowhere: a browser writes down the places of linked ids only. */
  readonly offers: string;
}

/** Letters of a take, about. A chapter is never divided between two. */
const LETTERS = 50_000;

export function takesOf(flows: readonly Flow[]): Take[] {
  const runs = divide(flows);
  const ids = runs.map((run) => new Set(run.flatMap((at) => idsIn(flows[at]!))));
  const wanted = new Set(ids.length > 1 ? runs.flatMap((run, nth) => leadElsewhere(run, flows, ids[nth]!)) : []);
  return runs.map((run, nth) => {
    const offers = [...ids[nth]!].filter((id) => wanted.has(id)).map((id) => `<a hidden href="#${id}"></a>`);
    return {
      flows: run,
      html: run.map((at) => toHtml(flows[at]!.element)).join('\n'),
      notes: toHtml(run.flatMap((at) => flows[at]!.notes)),
      offers: offers.join(''),
    };
  });
}

/** Which flows go together: takes of about equal length, a flow being where its middle falls. */
function divide(flows: readonly Flow[]): number[][] {
  const sizes = flows.map((flow) => plainText(elementsOf(flow)).length);
  const text = sizes.reduce((sum, size) => sum + size, 0);
  const many = Math.max(1, Math.round(text / LETTERS));
  const runs: number[][] = [[]];
  let [set, filled] = [0, 0];
  sizes.forEach((size, at) => {
    const place = Math.min(many - 1, Math.floor(((set + size / 2) / Math.max(1, text)) * many));
    if (place !== filled && runs.at(-1)!.length > 0) runs.push([]);
    runs.at(-1)!.push(at);
    filled = place;
    set += size;
  });
  return runs;
}

const elementsOf = ({ element, notes }: Flow): Element[] => [element, ...notes];

function idsIn(flow: Flow): string[] {
  const found: string[] = [];
  for (const root of elementsOf(flow))
    visit(root, 'element', ({ properties }) => {
      if (typeof properties['id'] === 'string') found.push(properties['id']);
    });
  return found;
}

/** Makes the links that lead out of a take lead there; comes back with where that is. */
function leadElsewhere(run: readonly number[], flows: readonly Flow[], own: ReadonlySet<string>): string[] {
  const found: string[] = [];
  for (const root of run.flatMap((at) => elementsOf(flows[at]!)))
    visit(root, 'element', ({ properties }) => {
      const { href } = properties;
      if (typeof href !== 'string' || !href.startsWith('#') || own.has(href.slice(1))) return;
      found.push(href.slice(1));
      properties['href'] = ELSEWHERE + href.slice(1);
    });
  return found;
}
