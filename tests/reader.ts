// Finished PDFs, read back with poppler, Ghostscript and a PDF library: words and where they stand, boxes, fonts, inks, links.
import { readFileSync } from 'node:fs';
import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFNumber,
  PDFRef,
  PDFString,
} from '@pdfme/pdf-lib';
import { type Word, wordsOf } from './oversize.ts';
import { run } from './tools.ts';

const SIGNS: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
};

/** Each page's words in the order in which they were drawn, not in that of their places. */
export function pagesOf(path: string): Word[][] {
  const pages: Word[][] = Array.from({ length: pageCount(path) }, () => []);
  for (const word of wordsOf(run('pdftotext', ['-raw', '-bbox', path, '-']))) {
    // A glyph that is spelled with the space after it is a word with a space to poppler.
    const text = word.text.replace(/&\w+;|&#\d+;/g, (sign) => SIGNS[sign] ?? sign).trimEnd();
    pages[word.page]!.push({ ...word, text });
  }
  return pages;
}

export function pageCount(path: string): number {
  return Number(/^Pages: +(\d+)/m.exec(run('pdfinfo', [path]))?.[1]);
}

/** What a text says, whatever became of its hyphens, spaces, ligatures, and signs. */
export const letters = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\p{M}]/gu, '');

export type Box = readonly [left: number, bottom: number, right: number, top: number];

/** A box of every page, in points to two decimals. */
export function boxesOf(path: string, box: 'MediaBox' | 'TrimBox' | 'BleedBox' | 'CropBox'): Box[] {
  const info = run('pdfinfo', ['-box', '-f', '1', '-l', '9999', path]);
  return [...info.matchAll(new RegExp(`${box}: +([-\\d.]+) +([-\\d.]+) +([-\\d.]+) +([-\\d.]+)`, 'g'))].map(
    ([, ...corners]) => corners.map(Number) as unknown as Box,
  );
}

export interface Font {
  readonly name: string;
  readonly type: string;
  readonly embedded: boolean;
}

export function fontsOf(path: string): Font[] {
  return run('pdffonts', [path])
    .split('\n')
    .slice(2)
    .filter(Boolean)
    .map((line) => ({
      name: line.slice(0, 36).trim(),
      type: line.slice(37, 54).trim(),
      embedded: line.slice(72, 75) === 'yes',
    }));
}

/** Cyan, magenta, yellow, black of each page: the part of the page that each covers. */
export function platesOf(path: string): (readonly [number, number, number, number])[] {
  return run('gs', ['-q', '-o', '-', '-sDEVICE=inkcov', path])
    .trim()
    .split('\n')
    .map((line) => line.trim().split(/\s+/).slice(0, 4).map(Number) as unknown as [number, number, number, number]);
}

/** Every size of type in a PDF, in points. */
export function typeSizes(path: string): number[] {
  const spans = run('gs', ['-q', '-o', '-', '-sDEVICE=txtwrite', '-dTextFormat=0', path]);
  return [...new Set([...spans.matchAll(/<span [^>]*size="([\d.]+)"/g)].map(([, size]) => Number(size)))];
}

export interface Place {
  /** From 1. */
  readonly page: number;
  /** From the page's left and top edge, in points. */
  readonly left: number;
  readonly top: number;
}

/** Where each named destination leads. */
export function destinationsOf(path: string): Map<string, Place> {
  const height = boxesOf(path, 'MediaBox')[0]![3];
  const rows = run('pdfinfo', ['-dests', path]).matchAll(/^ *(\d+) \[ XYZ +([-\d.]+) +([-\d.]+) .*\] "(.*)"$/gm);
  return new Map(
    [...rows].map(([, page, left, bottom, name]) => [
      name!,
      { page: Number(page), left: Number(left), top: height - Number(bottom) },
    ]),
  );
}

export interface Link {
  /** From 1. */
  readonly page: number;
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
  /** A destination's name, or an address. */
  readonly target: string;
}

/** The links of all pages; those without a named destination or address are an error of the PDF. */
export async function linksOf(path: string): Promise<Link[]> {
  const doc = await PDFDocument.load(readFileSync(path), { updateMetadata: false });
  return doc.getPages().flatMap((page, index) => {
    const height = page.getMediaBox().height;
    return (page.node.Annots()?.asArray() ?? []).flatMap((entry): Link[] => {
      const annotation = doc.context.lookup(entry, PDFDict);
      if (annotation.lookup(PDFName.of('Subtype')) !== PDFName.of('Link')) return [];
      const rect = annotation.lookup(PDFName.of('Rect'), PDFArray);
      const [x1 = 0, y1 = 0, x2 = 0, y2 = 0] = rect.asArray().map((one) => (one as PDFNumber).asNumber());
      const action = annotation.lookup(PDFName.of('A'));
      const target =
        annotation.lookup(PDFName.of('Dest')) ??
        (action instanceof PDFDict ? (action.lookup(PDFName.of('URI')) ?? action.lookup(PDFName.of('D'))) : undefined);
      return [{ page: index + 1, left: x1, right: x2, top: height - y2, bottom: height - y1, target: named(target) }];
    });
  });
}

function named(target: unknown): string {
  if (target instanceof PDFString || target instanceof PDFHexString || target instanceof PDFName)
    return target.decodeText();
  throw new Error(`a link that leads to ${String(target)}`);
}

/** Each entry of the outline: its words, and its page from 1. */
export async function outlineOf(path: string): Promise<{ readonly title: string; readonly page: number }[]> {
  const doc = await PDFDocument.load(readFileSync(path), { updateMetadata: false });
  const pages = doc.getPages().map(({ ref }) => ref);
  const found: { title: string; page: number }[] = [];
  const walk = (entry: unknown): void => {
    if (!(entry instanceof PDFDict)) return;
    const dest = entry.lookup(PDFName.of('Dest'));
    const first = dest instanceof PDFArray ? dest.get(0) : undefined;
    const title = entry.lookup(PDFName.of('Title'));
    if (title)
      found.push({
        title: named(title),
        page: pages.findIndex(({ objectNumber }) => first instanceof PDFRef && objectNumber === first.objectNumber) + 1,
      });
    walk(entry.lookup(PDFName.of('First')));
    walk(entry.lookup(PDFName.of('Next')));
  };
  walk(doc.catalog.lookup(PDFName.of('Outlines')));
  return found;
}

/** Trim and media of every page as the file has them, in points. */
export async function exactBoxes(path: string): Promise<readonly Readonly<Record<'media' | 'trim' | 'bleed', Box>>[]> {
  const doc = await PDFDocument.load(readFileSync(path), { updateMetadata: false });
  const box = ({ x, y, width, height }: Rectangle): Box => [x, y, x + width, y + height];
  return doc
    .getPages()
    .map((page) => ({ media: box(page.getMediaBox()), trim: box(page.getTrimBox()), bleed: box(page.getBleedBox()) }));
}

interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The codes of all glyphs drawn, four hexadecimal figures each, as qpdf unpacks them. */
export function glyphsOf(path: string): string[] {
  const content = run('qpdf', ['--qdf', '--object-streams=disable', path, '-']);
  const shown = content.matchAll(/(?:<[0-9a-f]+>|\[[^\]]*\])\s*T[jJ]/gi);
  return [...shown].flatMap(([operands]) =>
    [...operands.matchAll(/<([0-9a-f]+)>/gi)].flatMap(([, codes]) => codes!.match(/.{4}/g) ?? []),
  );
}
