// Hanging: how far points, hyphens and quotation marks stand over the edges, so that the edges look straight. The function
// is sent to the browser whole (see compositor.ts), and reads the paragraphs that the compositor kept.
import type { Paragraph } from './lines.ts';

export type Hanging = Pick<Paragraph, 'hangs' | 'leads'>;

/** Of each paragraph kept, in px: what hangs at the end of a line that ends at each opportunity, and at the next one's begin. */
export function measureHanging(): Hanging[] {
  // Shares of a sign's width. A full hang would look as if the sign had slipped: most of it is white already.
  const RIGHT: Readonly<Record<string, number>> = {
    ...{ '-': 0.6, '.': 0.6, ',': 0.6, '’': 0.5, '”': 0.5, '‘': 0.5, '“': 0.5, '»': 0.3, '›': 0.3, '–': 0.3 },
    ...{ ':': 0.3, ';': 0.3, '!': 0.15, '?': 0.15, '—': 0.15, ')': 0.1, '…': 0.15 },
  };
  const LEFT: Readonly<Record<string, number>> = {
    ...{ '“': 0.5, '‘': 0.5, '„': 0.4, '‚': 0.4, '”': 0.5, '’': 0.5, '«': 0.3, '‹': 0.3, '»': 0.3, '›': 0.3 },
    ...{ '–': 0.3, '—': 0.15, '(': 0.1 },
  };
  const WHITE = ' \n\t\r\f';
  const canvas = document.createElement('canvas').getContext('2d')!;
  const widths = new Map<string, number>();
  const over = (shares: Readonly<Record<string, number>>, sign: string): number => {
    const share = shares[sign];
    if (share === undefined) return 0;
    const key = canvas.font + sign;
    let width = widths.get(key);
    if (width === undefined) {
      width = canvas.measureText(sign).width;
      widths.set(key, width);
    }
    return share * width;
  };
  return window.kept.map(({ block, nodes, offsets, kinds }) => {
    const { fontStyle, fontWeight, fontSize, fontFamily, textIndent } = getComputedStyle(block);
    canvas.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
    const text = block.textContent ?? '';
    const begins = new Map<Node, number>();
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let [node, at] = [walker.nextNode(), 0]; node; node = walker.nextNode()) {
      begins.set(node, at);
      at += (node as Text).data.length;
    }
    const [hangs, leads] = [[] as number[], [] as number[]];
    for (const [k, node] of nodes.entries()) {
      const begin = begins.get(node);
      let after = (begin ?? text.length) + offsets[k]!;
      let before = after - 1;
      while (text[after] === '\u00ad') after++;
      while (WHITE.includes(text[before] ?? '-')) before--;
      // At a picture or an end that the author set nothing hangs.
      hangs.push(begin === undefined ? 0 : over(RIGHT, kinds[k] === 1 ? '-' : (text[before] ?? '')));
      leads.push(begin === undefined ? 0 : over(LEFT, text[after] ?? ''));
    }
    // Behind an indent nothing needs to hang.
    leads.push(textIndent === '0px' ? over(LEFT, text.trimStart()[0] ?? '') : 0);
    return { hangs, leads };
  });
}
