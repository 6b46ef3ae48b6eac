// The shelf: dist/, whole or not at all. What a build makes is kept aside and put up together when all of it is right.

import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Manifest, type ManifestFile, pathsOf } from '../site/manifest.ts';

export interface Shelf {
  /** Where intermediates are written while the build goes on; they end up in `dist/.work`. */
  readonly work: string;
  /** Keeps a file for the shelf; gives its size and SHA-256 (hex). */
  readonly keep: (name: string, bytes: Uint8Array | string) => Promise<Pick<ManifestFile, 'path' | 'bytes' | 'sha256'>>;
  /** An intermediate, by its path within the work folder. */
  readonly put: (name: string, bytes: Uint8Array | string) => Promise<void>;
  /** An intermediate of the last build, if there is one. */
  readonly left: (name: string) => Promise<string | undefined>;
  /** What stands on the shelf from an earlier build, if anything. */
  readonly standing: Manifest | undefined;
  /** Puts everything up, and takes down what `gone` names. */
  readonly commit: (gone: readonly string[]) => Promise<void>;
  /** Leaves the shelf as it was, and refuses what comes later; after `commit`, nothing is left to do. */
  readonly abandon: () => Promise<void>;
}

const ASIDE = '.new-';
const LEFT_BEHIND = 3_600_000;

export async function openShelf(out: string): Promise<Shelf> {
  // The first folder of the path that was not there.
  const made = await mkdir(out, { recursive: true });
  await sweep(out);
  const aside = await mkdtemp(join(out, ASIDE));
  const work = join(aside, '.work');
  await mkdir(work);
  const kept: string[] = [];
  let state: 'open' | 'up' | 'abandoned' = 'open';
  // What goes on with the files now: a build may be abandoned at any moment, and must leave nothing behind.
  const busy = new Set<Promise<void>>();
  const doing = async (task: () => Promise<void>): Promise<void> => {
    if (state === 'abandoned') throw new Error('the shelf was abandoned');
    const done = task();
    busy.add(done);
    await done.finally(() => busy.delete(done));
  };
  const write = (folder: string, name: string, bytes: Uint8Array | string): Promise<void> =>
    doing(async () => {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    });
  return {
    work,
    standing: await readManifest(join(out, 'manifest.json')),
    put: (name, bytes) => write(work, name, bytes),
    left: (name) => readFile(join(out, '.work', name), 'utf8').catch(() => undefined),
    keep: async (name, bytes) => {
      await write(aside, name, bytes);
      kept.push(name);
      const data = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
      return { path: name, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex') };
    },
    commit: (gone) =>
      doing(async () => {
        for (const name of kept) await rename(join(aside, name), join(out, name));
        for (const name of gone) if (!kept.includes(name)) await rm(join(out, name), { force: true });
        await rm(join(out, '.work'), { recursive: true, force: true });
        await rename(work, join(out, '.work'));
        await rm(aside, { recursive: true, force: true });
        state = 'up';
      }),
    abandon: async () => {
      if (state === 'open') state = 'abandoned';
      await Promise.allSettled(busy);
      if (state === 'up') return;
      // The browser's side may still be writing a document.
      await rm(aside, { recursive: true, force: true, maxRetries: 5 });
      if (made) await rm(made, { recursive: true, force: true });
    },
  };
}

/** Only names that we could have given ourselves: nothing else is ever taken down. */
const OURS = /^[a-z0-9][a-z0-9-]*\.(?:pdf|epub)$/;

/** A build that was killed may have left its own behind; one that goes on beside us is younger than this. */
async function sweep(out: string): Promise<void> {
  for (const name of await readdir(out)) {
    const path = join(out, name);
    const old = name.startsWith(ASIDE) && Date.now() - (await stat(path)).mtimeMs > LEFT_BEHIND;
    if (old) await rm(path, { recursive: true, force: true });
  }
}

async function readManifest(path: string): Promise<Manifest | undefined> {
  try {
    const read = JSON.parse(await readFile(path, 'utf8')) as Manifest;
    return {
      title: String(read.title),
      files: read.files.filter((file) => pathsOf([file]).every((path) => OURS.test(path))),
    };
  } catch {
    return undefined;
  }
}
