// The library: the book's folder, read. Files in, VFiles and pictures out; nothing outside the folder is ever opened.
import { existsSync } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { imageSize } from 'image-size';
import { VFile } from 'vfile';
import { readDrawing } from '../book/drawing.ts';
import { faultOfPng } from '../book/png.ts';
import { readRaster, type Traits } from '../book/raster.ts';
import type { Picture } from '../edition/edition.ts';

/** Why a file could not be had; `detail` in plain words where there is one, and a `hint` that fits just that. */
export interface Refusal {
  readonly refused: 'missing' | 'outside' | 'unreadable' | 'type' | 'too-large' | 'unsafe';
  readonly detail?: string;
  readonly hint?: string;
}

/** A picture, and what of it not every reader and printer takes. */
export interface FoundPicture extends Picture {
  readonly traits: Traits;
}

export interface Library {
  readonly folder: string;
  /** book.yaml as bytes, or why not. */
  readonly config: () => Promise<VFile | Refusal>;
  /** A text of the book, as bytes: what they are is for the guard to say. */
  readonly manuscript: (path: string) => Promise<VFile | Refusal>;
  /** A picture that a file (relative to the folder) names relative to itself. */
  readonly picture: (from: string, url: string, id: string) => Promise<FoundPicture | Refusal>;
  /** A file of another kind, as bytes: a press's profile. */
  readonly file: (path: string) => Promise<Uint8Array | Refusal>;
  /** A template of the house, or the book's own of the same name in its `templates/`. */
  readonly template: (name: string) => Promise<string>;
}

/** The house's own templates: found from this file or from the bundle it may have been packed into. */
const HOUSE = join(houseOf(fileURLToPath(import.meta.url)), 'templates');
const LARGEST_TEXT = 5 << 20;
const LARGEST_PICTURE = 40 << 20;

/** An A3 page at 600 dots an inch has 70 million; unpacked, a dot takes four bytes, in each program that shows it. */
const MOST_DOTS = 80e6;

export async function openLibrary(folder: string): Promise<Library> {
  const root = await realpath(folder).catch(() => resolve(folder));
  /** The real path of a file inside the folder; links that lead out of it do not count as inside. */
  const inside = async (path: string): Promise<string | Refusal> => {
    if (isAbsolute(path) || !within(root, resolve(root, path))) return { refused: 'outside' };
    try {
      const real = await realpath(join(root, path));
      return within(root, real) ? real : { refused: 'outside' };
    } catch {
      return { refused: 'missing' };
    }
  };
  const bytes = async (path: string, most: number): Promise<Uint8Array | Refusal> => {
    const real = await inside(path);
    if (typeof real !== 'string') return real;
    try {
      const found = await stat(real);
      // A folder, or a pipe that would be waited on for ever.
      if (!found.isFile())
        return { refused: 'unreadable', detail: found.isDirectory() ? 'it is a folder' : 'it is no file' };
      const { size } = found;
      if (size > most) return { refused: 'too-large', detail: `${Math.ceil(size / 2 ** 20)} MB` };
      return await readFile(real);
    } catch (error) {
      return { refused: 'unreadable', detail: (error as NodeJS.ErrnoException).code ?? '' };
    }
  };
  const text = async (path: string): Promise<VFile | Refusal> => {
    const value = await bytes(path, LARGEST_TEXT);
    return value instanceof Uint8Array ? new VFile({ path, value }) : value;
  };
  return {
    folder: root,
    config: async () => {
      const value = await bytes('book.yaml', LARGEST_TEXT);
      return value instanceof Uint8Array ? new VFile({ path: 'book.yaml', value }) : value;
    },
    manuscript: text,
    picture: async (from, url, id) => {
      const path = join(dirname(from), decodeAddress(url));
      const value = await bytes(path, LARGEST_PICTURE);
      return value instanceof Uint8Array ? describe(value, path.split(sep).join('/'), id) : value;
    },
    file: (path) => bytes(path, LARGEST_PICTURE),
    template: async (name) => {
      const own = await inside(join('templates', name));
      return readFile(typeof own === 'string' ? own : join(HOUSE, name), 'utf8');
    },
  };
}

/** The nearest folder above that has both the templates and a package.json. */
function houseOf(path: string): string {
  const above = dirname(path);
  const found = existsSync(join(above, 'package.json')) && existsSync(join(above, 'templates', 'shared'));
  return found || above === path ? above : houseOf(above);
}

function within(root: string, path: string): boolean {
  const way = relative(root, path);
  return way === '' || (!way.startsWith('..') && !isAbsolute(way));
}

function decodeAddress(url: string): string {
  try {
    return decodeURIComponent(url);
  } catch {
    return url;
  }
}

/** What the bytes are, whatever the file is called. */
function describe(bytes: Uint8Array, path: string, id: string): FoundPicture | Refusal {
  if (bytes.length === 0) return { refused: 'unreadable', detail: 'it is empty' };
  const raster = readRaster(bytes);
  if (typeof raster === 'string') return { refused: 'unreadable', detail: raster };
  if (raster) {
    const { mediaType, width, height, ...traits } = raster;
    const dots = width * height;
    if (dots > MOST_DOTS) return { refused: 'too-large', detail: `it has ${Math.round(dots / 1e6)} million dots` };
    const fault = mediaType === 'image/png' ? faultOfPng(bytes) : undefined;
    return fault ? { refused: 'unreadable', detail: fault } : { id, path, mediaType, bytes, width, height, traits };
  }
  const drawing = readDrawing(bytes);
  if (!drawing) return otherwise(bytes);
  if ('fault' in drawing)
    return {
      refused: 'unsafe',
      detail: `${drawing.line ? `its line ${drawing.line}: ` : ''}${drawing.fault}`,
      hint: drawing.hint,
    };
  return { id, path, mediaType: 'image/svg+xml', ...drawing };
}

/** A file of another kind, by its name where that is known. */
function otherwise(bytes: Uint8Array): Refusal {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 500));
  if (/^\s*<(?:!doctype\s+)?html\b/i.test(start)) return { refused: 'type', detail: 'it is a web page' };
  if (start.startsWith('%PDF')) return { refused: 'type', detail: 'it is a PDF' };
  try {
    const { type } = imageSize(bytes);
    if (type && !['png', 'jpg', 'gif', 'webp', 'svg'].includes(type))
      return { refused: 'type', detail: `it is ${type.toUpperCase()}` };
  } catch {
    // Nothing that anybody knows.
  }
  return { refused: 'unreadable', detail: 'it is no picture, or a broken one' };
}
