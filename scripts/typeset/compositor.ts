// The compositor's eye: the paragraphs read as numbers where the type lies. The function is sent to the browser whole,
// so it may use nothing from outside itself; what it saw waits in `window` for the composing stick (stick.ts).
import type { Hanging } from './hanging.ts';
import type { Paragraph } from './lines.ts';

export interface Composed extends Paragraph {
  /** For each note call in it, how many opportunities come before. */
  readonly calls: readonly number[];
}

/** Where each opportunity of a paragraph stands, kept in the page. */
export interface Kept {
  readonly block: HTMLElement;
  /** Its first line's, in px. */
  readonly indent: string;
  /** What was in it, once its lines are set. */
  readonly type: DocumentFragment;
  readonly nodes: Node[];
  readonly offsets: number[];
  readonly kinds: readonly number[];
}

declare global {
  interface Window {
    kept: Kept[];
  }
}

/**
 * The justified paragraphs of the galley and the notes, each as it stands on one endless line (the galley's document
 * has a style sheet `endless` for that, until the lines are set). What the method does not suit (ragged, right to left,
 * scripts without spaces) is left to the browser's own lines, and does not come back.
 */
export function measureParagraphs(give: {
  readonly tracking: number;
  readonly swell: number;
}): Omit<Composed, keyof Hanging>[] {
  const UNSUITED = /[\u0590-\u08ff\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]/;
  const CJK = /[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;
  const NOT_AT_START = /[、。，．・：；？！）〉》」』】〕〗〙〛’”,.;:!?)\]}…—]/;
  const NOT_AT_END = /[（〈《「『【〔〖〘〚‘“([{]/;
  const AFTER = '/';
  const BEFORE = '.?&=-_#%~:@';
  const DASHES = '-–—';
  // Not `\s`: no line may end at an unbreakable space, not even at a thin one.
  const WHITE = /^[ \t\n\r\f]*$/;
  const PLAIN = /^(?!.*[\u2e80-\uffef])[\p{L}\p{M}\p{N}\u00ad.,;:!?()“”‘’'"…&%$]{1,28}$/u;
  /** Where a word may be divided and where it ends, from its first letter. */
  interface Shape {
    readonly hyphens: readonly number[];
    readonly end: number;
  }
  const shapes = new Map<string, Shape>();
  const gaps = new Map<string, number>();
  const fonts = new Map<Element, string>();
  const fontOf = (element: Element): string => {
    let font = fonts.get(element);
    if (font === undefined) {
      const style = getComputedStyle(element);
      // Not `font`: with our figures and features set, the shorthand reads as nothing.
      const { fontFamily, fontSize, fontStyle, fontWeight, fontVariantCaps, letterSpacing, fontFeatureSettings } =
        style;
      font = [
        langOf(element),
        fontFamily,
        fontSize,
        fontStyle,
        fontWeight,
        fontVariantCaps,
        letterSpacing,
        fontFeatureSettings,
      ].join();
      fonts.set(element, font);
    }
    return font;
  };
  const canvas = document.createElement('canvas').getContext('2d')!;
  /** A face may draw the same letters otherwise in another language: German has fewer ligatures than English. */
  const speak = (lang: string): void => {
    (canvas as unknown as { lang: string }).lang = lang;
  };
  const langOf = (element: Element): string => element.closest<HTMLElement>('[lang]')?.lang ?? '';
  const drawers = new Map<
    Element,
    { readonly font: string; readonly lang: string; readonly space: number } | undefined
  >();
  /** The shape of a word as the canvas draws it, which takes a quarter of the time; it knows no figures of ours, no caps. */
  const drawn = (element: Element, word: string): Shape | undefined => {
    if (/\p{N}/u.test(word)) return undefined;
    if (!drawers.has(element)) {
      const { fontStyle, fontWeight, fontSize, fontFamily, fontVariantCaps, letterSpacing } = getComputedStyle(element);
      canvas.font = `${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`;
      const lang = langOf(element);
      speak(lang);
      const plain = fontVariantCaps === 'normal' && letterSpacing === 'normal';
      drawers.set(element, plain ? { font: canvas.font, lang, space: canvas.measureText(' ').width } : undefined);
    }
    const drawer = drawers.get(element);
    if (!drawer) return undefined;
    canvas.font = drawer.font;
    speak(drawer.lang);
    const pieces = word.split('\u00ad');
    const hyphens = pieces.slice(1).map((_, nth) => canvas.measureText(pieces.slice(0, nth + 1).join('')).width);
    // With the space, that a last letter may move towards.
    return { hyphens, end: canvas.measureText(`${pieces.join('')} `).width - drawer.space };
  };
  const suited = (block: HTMLElement): boolean => {
    if (block.closest('.whole, .stanza, pre')) return false;
    const style = getComputedStyle(block);
    const words = block.textContent ?? '';
    if (style.textAlign !== 'justify' || style.direction === 'rtl' || UNSUITED.test(words)) return false;
    return words.replace(new RegExp(CJK, 'g'), '').length > words.length * 0.7;
  };
  const blocks = [...document.querySelectorAll<HTMLElement>('#galley p, #notes p')].filter(suited);
  const frames = blocks.map((block) => {
    const style = getComputedStyle(block);
    canvas.font = `${style.fontStyle} ${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    return {
      measure: block.getBoundingClientRect().width,
      indent: Number.parseFloat(style.textIndent) || 0,
      hyphen: canvas.measureText('-').width,
      tracking: Number.parseFloat(style.fontSize) * give.tracking,
      swell: give.swell,
    };
  });
  window.kept = [];
  const range = document.createRange();
  const measured = blocks.map((block, index) => {
    const frame = frames[index]!;
    range.selectNodeContents(block);
    const whole = range.getBoundingClientRect();
    const [kinds, ends, starts, letters] = [[] as number[], [] as number[], [] as number[], [] as number[]];
    const [nodes, offsets, calls] = [[] as Node[], [] as number[], [] as number[]];
    let [count, run, right] = [0, 0, 0];
    const put = (kind: number, end: number, start: number, node: Node, offset: number): void => {
      kinds.push(kind);
      ends.push(end - whole.left);
      starts.push(start - whole.left);
      letters.push(count);
      nodes.push(node);
      offsets.push(offset);
      // A word that is far too long may be divided after each of its further letters.
      if (kind !== 4) run = 0;
      // What a word's last letter gives belongs to the space.
      if (kind === 0) count--;
    };
    const box = (node: Node, at: number): DOMRect => {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      return range.getBoundingClientRect();
    };
    const onTheGalley = (node: Node, at: number, word: string): Shape => {
      const start = box(node, at).left;
      const hyphens = [...word.matchAll(/\u00ad/g)].map(({ index }) => box(node, at + index).left - start);
      return { hyphens, end: box(node, at + word.length).left - start };
    };
    /** Letter by letter: what has no shape of its own (addresses, dashes, CJK), or runs on into the next element. */
    const spell = (node: Text, from: number, to: number, address: boolean): void => {
      const data = node.data;
      for (let at = from; at < to; at++) {
        const letter = data[at]!;
        if (letter === '\u00ad') {
          const place = box(node, at).left;
          put(1, place, place, node, at + 1);
          continue;
        }
        count++;
        run++;
        const next = at + 1 < to ? data[at + 1]! : '';
        const whole = next !== '' && !/[\ud800-\udbff\u200d]/.test(letter) && !/[\p{M}\u200d]/u.test(next);
        // Not before the colon of `https://`.
        if (address && at > from && BEFORE.includes(letter) && data[at - 1] !== '/' && next !== '' && next !== '/')
          put(3, box(node, at).left, box(node, at).left, node, at);
        else if (address && letter === AFTER && next !== '/' && next !== '')
          put(3, box(node, at).right, box(node, at).right, node, at + 1);
        else if (!address && DASHES.includes(letter) && /[\p{L}\p{N}“‘]/u.test(next) && run > 1)
          put(letter === '-' ? 6 : 2, box(node, at).right, box(node, at).right, node, at + 1);
        else if (CJK.test(letter) && next !== '' && !NOT_AT_START.test(next) && !NOT_AT_END.test(letter))
          put(2, box(node, at).right, box(node, at).right, node, at + 1);
        else if (run > 24 && whole) put(4, box(node, at).right, box(node, at).right, node, at + 1);
      }
    };
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === 1) {
        const { tagName } = node as Element;
        if ((node as Element).matches('a.note-call')) calls.push(kinds.length);
        if (tagName !== 'BR' && tagName !== 'IMG' && tagName !== 'WBR') continue;
        const parent = node.parentNode!;
        const at = [...parent.childNodes].indexOf(node as ChildNode);
        if (tagName === 'BR') put(5, right, right, parent, at + 1);
        else if (tagName === 'WBR') put(3, right, right, parent, at + 1);
        else {
          // Before a picture and after it a line may end, as in the browser's own lines, but not within white space.
          const picture = (node as Element).getBoundingClientRect();
          const joins = (one: Node | null, end: RegExp): boolean => one !== null && !end.test(one.textContent ?? '');
          if (joins(node.previousSibling, /[\s“‘(]$/) && kinds.at(-1) !== 5)
            put(2, picture.left, picture.left, parent, at);
          if (joins(node.nextSibling, /^[\s.,;:!?)’”…]/) && node.nextSibling?.nodeName !== 'IMG')
            put(2, picture.right, picture.right, parent, at + 1);
          right = picture.right;
        }
        continue;
      }
      const data = (node as Text).data;
      if (WHITE.test(data)) {
        if (data !== '' && box(node, 0).width > 0) put(0, box(node, 0).left, box(node, 0).right, node, data.length);
        continue;
      }
      const parent = node.parentElement!;
      const address = !!parent.closest('.address');
      const font = fontOf(parent);
      let left = Number.NaN;
      let since = 0;
      for (const token of data.matchAll(/[ \t\n\r\f]+|[^ \t\n\r\f]+/g)) {
        const at = token.index;
        const word = token[0];
        const after = at + word.length;
        if (WHITE.test(word)) {
          if (Number.isNaN(left)) {
            const space = box(node, at);
            if (kinds.at(-1) === 5) {
              // White space after a forced end belongs to it.
              starts[starts.length - 1] = space.right - whole.left;
              nodes[nodes.length - 1] = node;
              offsets[offsets.length - 1] = after;
              continue;
            }
            if (space.width > 0) put(0, space.left, space.right, node, after);
          }
          continue;
        }
        if (address || after === data.length || !PLAIN.test(word)) {
          spell(node as Text, at, after, address);
          left = Number.NaN;
          continue;
        }
        // Words of the same shape are measured once.
        // Every width is rounded to 1/64 px: from time to time the true place is asked for.
        if (Number.isNaN(left) || ++since > 24) {
          left = box(node, at).left;
          since = 0;
        }
        let shape = shapes.get(font + word);
        if (!shape) {
          shape = drawn(parent, word) ?? onTheGalley(node, at, word);
          shapes.set(font + word, shape);
        }
        // A space is as wide as the letter after it lets it be: fonts move them together.
        const spaces = data.slice(after).search(/[^ \t\n\r\f]|$/);
        const key = `${font} ${data[after + spaces] ?? ''}`;
        let gap = gaps.get(key);
        if (gap === undefined) {
          gap = box(node, after).width;
          gaps.set(key, gap);
        }
        let from = 0;
        for (const hyphen of shape.hyphens) {
          const soft = word.indexOf('\u00ad', from);
          count += soft - from;
          put(1, left + hyphen, left + hyphen, node, at + soft + 1);
          from = soft + 1;
        }
        count += word.length - from;
        put(0, left + shape.end, left + shape.end + gap, node, after + spaces);
        left += shape.end + gap;
      }
      range.selectNodeContents(node);
      right = range.getBoundingClientRect().right;
    }
    letters.push(count);
    const indent = `${frame.indent}px`;
    window.kept.push({ block, indent, type: document.createDocumentFragment(), nodes, offsets, kinds });
    return { ...frame, end: whole.width, kinds, ends, starts, letters, calls };
  });
  return measured;
}
