// A file to impose and the files that come of it, handled so that no path that was typed can hang, spoil or lose anything.
// Takes paths; gives bytes, or throws an Unfit that says in plain words what is wrong and what would work.
import { type FileHandle, open, realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import process from 'node:process';

/** A path that will not do: `message` says what is wrong with it, `hint` what would work. */
export class Unfit extends Error {
  readonly hint: string;
  constructor(reason: string, hint: string) {
    super(reason);
    this.hint = hint;
  }
}

/** In bytes: what fits into memory a few times over. */
const LARGEST = 2 ** 30;

const PLAIN: Readonly<Record<string, readonly [reason: string, hint: string]>> = {
  ENOENT: ['There is no such file', 'Look at its name and its folder'],
  ENOTDIR: ['There is no such file', 'A part of its path is a file and no folder'],
  EACCES: ['You may not open it', 'Ask for the right to, or take a folder of your own'],
  EPERM: ['You may not open it', 'Ask for the right to, or take a folder of your own'],
  EROFS: ['Nothing can be written there', 'Name another folder with -o'],
  ENOSPC: ['The disk is full', 'Make room, or name a file on another disk with -o'],
  EDQUOT: ['You have no more room on that disk', 'Make room, or name a file on another disk with -o'],
  ELOOP: ['It is a link that leads to itself', 'Name the file that it should lead to'],
  ENAMETOOLONG: ['Its name is too long', 'Name a shorter one'],
  EBUSY: ['Another program has it open', 'Close it there, and try again'],
};

function plainly(cause: unknown): Unfit {
  if (cause instanceof Unfit) return cause;
  const { code = '' } = cause as NodeJS.ErrnoException;
  return new Unfit(
    ...(PLAIN[code] ?? [`It cannot be used (${code || cause})`, 'Copy it to another place, and try again']),
  );
}

/** The whole of a file; what is no file may never end. */
export async function readWhole(path: string): Promise<Buffer> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) throw new Unfit('It is a folder', 'Name one PDF in it');
    if (!found.isFile()) throw new Unfit('It is a device or a pipe', 'Save what comes out of it into a file first');
    if (found.size > LARGEST)
      throw new Unfit(
        'It is larger than 1 GB',
        'Divide it: `qpdf IN.pdf --split-pages=200 OUT.pdf` makes parts of 200 pages',
      );
    return await read(await open(path), found.size);
  } catch (cause) {
    throw plainly(cause);
  }
}

async function read(file: FileHandle, size: number): Promise<Buffer> {
  try {
    const bytes = Buffer.alloc(size);
    const { bytesRead } = await file.read(bytes, 0, size, 0);
    return bytes.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** As a PDF begins: a byte order mark or white space may stand before it. */
const PDF_HEAD = /^(?:\xef\xbb\xbf|[\s\0])*%PDF-/;

/** Throws an Unfit where a file of ours may not be put: over the file that it comes of, or over what is no PDF. */
export async function mayBePut(path: string, source: string): Promise<void> {
  try {
    const [found, from] = [await stat(path).catch(absent), await stat(source)];
    const folder = dirname(path);
    if (!found && !(await stat(folder).catch(absent))?.isDirectory())
      throw new Unfit(`There is no folder \`${folder}\``, 'Make it first, or name a file in another one with -o');
    if (!found) return;
    if (found.isDirectory()) throw new Unfit('It is a folder', 'Name a file in it with -o');
    if (found.ino === from.ino && found.dev === from.dev)
      throw new Unfit('It is the file to be imposed', 'Name another one with -o');
    if (!found.isFile()) throw new Unfit('It is a device or a pipe', 'Name a file with -o');
    const file = await open(path);
    const head = await read(file, Math.min(found.size, 1024));
    if (found.size > 0 && !PDF_HEAD.test(head.toString('latin1')))
      throw new Unfit('There is a file of that name already, and it is no PDF', 'Name another one with -o');
    if (!/\.pdf$/i.test(path))
      throw new Unfit(
        'There is a file of that name already, and the name does not end in `.pdf`',
        'Name another one with -o',
      );
  } catch (cause) {
    throw plainly(cause);
  }
}

const absent = (cause: NodeJS.ErrnoException): undefined => {
  if (cause.code !== 'ENOENT') throw cause;
};

/** All of them whole, or none at all: written beside their places and then renamed. */
export async function put(files: readonly (readonly [path: string, bytes: Uint8Array])[]): Promise<void> {
  const aside: (readonly [from: string, to: string])[] = [];
  try {
    for (const [path, bytes] of files) {
      // A link stays one, and what it leads to is renewed.
      const to = await realpath(path).catch(() => path);
      const from = `${to}.${process.pid}.new`;
      await writeFile(from, new Uint8Array(), { flag: 'wx' });
      aside.push([from, to]);
      await writeFile(from, bytes);
    }
    for (const [from, to] of aside) await rename(from, to);
  } catch (cause) {
    for (const [from] of aside) await rm(from, { force: true }).catch(() => {});
    throw plainly(cause);
  }
}
