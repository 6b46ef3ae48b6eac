// The composing stick: lines set as planned, where the type lies. The function is sent to the browser whole (see
// compositor.ts); it takes for each paragraph that the compositor read how its lines are to be justified.
import type { JustifiedLine } from './justification.ts';

export interface Setting {
  /** Which paragraph, as the compositor counts them, and its lines. */
  readonly paragraphs: readonly (readonly [number, readonly JustifiedLine[]])[];
  /** Some paragraphs are set once more, otherwise; all else stands already. */
  readonly again: boolean;
}

/**
 * Puts every line into a box of its own: ours as planned, those of all other paragraphs where the browser broke them.
 * Then no soft hyphen is left in the text, and nothing that happens later can make a line run differently.
 */
export function setLines({ paragraphs, again }: Setting): void {
  const CJK = /[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]/;
  const range = document.createRange();
  const lineOf = (last: boolean, content: DocumentFragment): HTMLElement => {
    const line = document.createElement('span');
    line.className = last ? 'ln last' : 'ln';
    line.append(content);
    return line;
  };
  /** Cut from behind, so that what is before a cut stays where it is. */
  const cut = (block: HTMLElement, at: readonly { node: Node; offset: number }[]): HTMLElement[] => {
    const lines: HTMLElement[] = [];
    for (let index = at.length; index >= 0; index--) {
      const start = at[index - 1];
      range.selectNodeContents(block);
      if (start) range.setStart(start.node, start.offset);
      lines.unshift(lineOf(index === at.length, range.extractContents()));
    }
    return lines;
  };
  const finish = (block: HTMLElement, lines: readonly HTMLElement[], indent: string): void => {
    for (const line of lines) {
      const texts: Text[] = [];
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode())
        if ((node as Text).data) texts.push(node as Text);
      const last = texts.at(-1);
      if (last?.data.endsWith('\u00ad')) {
        last.data = `${last.data.slice(0, -1)}-`;
        line.classList.add('hyphen');
      }
      for (const text of texts) if (text.data.includes('\u00ad')) text.data = text.data.replaceAll('\u00ad', '');
    }
    if (lines[0] && indent !== '0px') lines[0].style.textIndent = indent;
    for (const line of lines) {
      if (line !== lines[0]) line.style.textIndent = '0';
      if (line.querySelector('br')) line.style.textAlignLast = 'start';
    }
    block.style.textIndent = '0';
    block.replaceChildren(...lines);
  };
  /** Ours are copied, so that a paragraph can be set otherwise later. */
  const copy = ({ block, nodes, offsets, type }: Window['kept'][number], ends: readonly number[]): HTMLElement[] => {
    if (type.childNodes.length === 0) type.append(...block.childNodes);
    const nodeAt = (opportunity: number): Node => (nodes[opportunity] === block ? type : nodes[opportunity]!);
    return ends.map((end, nth) => {
      const [start, last] = [ends[nth - 1], nth === ends.length - 1];
      range.selectNodeContents(type);
      if (start !== undefined) range.setStart(nodeAt(start), offsets[start]!);
      if (!last) range.setEnd(nodeAt(end), offsets[end]!);
      const line = lineOf(last, range.cloneContents());
      // A clone has what begins or ends within the line, but not what it lies in as a whole: a long emphasis, a link.
      for (
        let around: Node | null = range.commonAncestorContainer;
        around && around !== type;
        around = around.parentNode
      )
        if (around.nodeType === 1) {
          const shell = around.cloneNode(false) as Element;
          shell.append(...line.childNodes);
          line.append(shell);
        }
      return line;
    });
  };
  // The browser's own lines first: they are read from a layout that our own lines would change.
  const ours = new Set(window.kept.map(({ block }) => block));
  const theirs = [...document.querySelectorAll<HTMLElement>('#galley p, #notes p')].filter(
    (block) => !again && !ours.has(block) && !block.closest('.whole, .stanza, pre'),
  );
  const places = theirs.map((block) => {
    const found: { node: Node; offset: number }[] = [];
    let bottom = Number.NEGATIVE_INFINITY;
    const see = (box: DOMRect | undefined, node: Node, offset: number): void => {
      if (!box || box.width === 0) return;
      const begins = (box.top + box.bottom) / 2 > bottom;
      if (begins && bottom > Number.NEGATIVE_INFINITY) found.push({ node, offset });
      bottom = begins ? box.bottom : Math.max(bottom, box.bottom);
    };
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === 1) {
        if ((node as Element).tagName !== 'IMG') continue;
        const parent = node.parentNode!;
        see((node as Element).getBoundingClientRect(), parent, [...parent.childNodes].indexOf(node as ChildNode));
        continue;
      }
      for (let at = 0; at < (node as Text).data.length; at++) {
        range.setStart(node, at);
        range.setEnd(node, at + 1);
        see(range.getClientRects()[0], node, at);
      }
    }
    return found;
  });
  const justified: HTMLElement[] = [];
  for (const [index, block] of theirs.entries()) {
    const { textAlign, textIndent } = getComputedStyle(block);
    const lines = cut(block, places[index]!);
    for (const line of lines) if (textAlign !== 'justify') line.style.textAlignLast = 'start';
    if (textAlign === 'justify') justified.push(...lines.slice(0, -1));
    finish(block, lines, textIndent);
  }
  // The browser breaks a line at a time, and may leave one with holes in it: that one is better short.
  for (const line of justified) line.style.textAlignLast = 'start';
  const loose = justified.map((line) => {
    range.selectNodeContents(line);
    const spaces = (line.textContent ?? '').trim().split(/[ \n]+/).length - 1;
    const { width } = range.getBoundingClientRect();
    const indent = Number.parseFloat(line.style.textIndent) || 0;
    const most = 0.35 * Number.parseFloat(getComputedStyle(line).fontSize);
    return line.getBoundingClientRect().width - indent - width > spaces * most;
  });
  for (const [index, line] of justified.entries())
    if (!loose[index] || CJK.test(line.textContent ?? '')) line.style.textAlignLast = '';
  for (const [index, planned] of paragraphs) {
    const kept = window.kept[index]!;
    const lines = copy(
      kept,
      planned.map(({ at }) => at),
    );
    for (const [nth, line] of lines.entries()) {
      const { tracking, size, squeeze, ragged, hang } = planned[nth]!;
      // Wider than its paragraph by what stands over the edges; it is justified to that width.
      if (hang[0] > 0) line.style.marginInlineStart = `${(-hang[0]).toFixed(3)}px`;
      if (hang[1] > 0) line.style.marginInlineEnd = `${(-hang[1]).toFixed(3)}px`;
      if (tracking !== 0) line.style.letterSpacing = `${tracking.toFixed(5)}em`;
      if (size !== 1) line.style.fontSize = `${(size * 100).toFixed(1)}%`;
      // What a space must lose: to be squeezed, and because the letters' tracking stands on both its sides. A little more
      // than the text's own spaces (0.2 to 0.25 em): what is too much comes back by justifying.
      const loss = 0.25 * squeeze - 2 * Math.max(0, tracking);
      if (loss < 0) {
        line.style.wordSpacing = `calc(${loss.toFixed(5)}em - 0.05px)`;
        // Every letter of the code's face is 0.6 em wide, its space too.
        if (squeeze < 0)
          for (const code of line.querySelectorAll('code')) code.style.wordSpacing = `${(0.6 * squeeze).toFixed(4)}em`;
      }
      if (ragged) line.style.textAlignLast = 'start';
      // What has a tracking of its own gives and takes its share too.
      const lead = tracking === 0 ? null : line.querySelector<HTMLElement>('.lead');
      if (lead) lead.style.letterSpacing = `${(0.05 + tracking).toFixed(5)}em`;
    }
    finish(kept.block, lines, kept.indent);
  }
  if (again) return;
  // Cells are left to the browser whole: where it divided a word the hyphen stays, the other places go.
  const soft: { node: Text; at: number; broken: boolean }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const topOf = (node: Node, at: number): number => {
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    // The first letter of a line has a second, empty box at the end of the line before.
    return [...range.getClientRects()].at(-1)?.top ?? 0;
  };
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    for (let at = node.data.indexOf('\u00ad'); at >= 0; at = node.data.indexOf('\u00ad', at + 1))
      soft.push({ node, at, broken: at > 0 && topOf(node, at + 1) > topOf(node, at - 1) + 1 });
  }
  for (const { node, at, broken } of soft.reverse())
    node.data = `${node.data.slice(0, at)}${broken ? '-' : ''}${node.data.slice(at + 1)}`;
}
