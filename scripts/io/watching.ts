// Watching: tells when something in a book's folder has been changed, for a build that goes on as long as the author writes.
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import { basename, join } from 'node:path';

/** An editor writes a file in several steps: the last one counts. Milliseconds. */
const SETTLED = 25;

/** One path that was changed, again and again; what happens while the last change is still being dealt with, once. */
export async function* changes(folder: string, out: string): AsyncGenerator<string> {
  let changed: string | undefined;
  let wake = (): void => {};
  const watched = new Map<string, FSWatcher>();
  const ours = (path: string): boolean => path === out || /^\.|^node_modules$/.test(basename(path));
  // Folder by folder: an editor that puts a new file in an old one's place is not seen by who watches the file.
  const look = (at: string): void => {
    for (const entry of readdirSync(at, { withFileTypes: true })) {
      const path = join(at, entry.name);
      if (entry.isDirectory() && !ours(path) && !watched.has(path)) look(path);
    }
    if (watched.has(at)) return;
    const watcher = watch(at, (_, name) => {
      const path = join(at, name ?? '');
      if (ours(path)) return;
      try {
        look(at); // a new folder may have come
      } catch {
        watched.delete(at); // or this one is gone
      }
      changed = path;
      wake();
    });
    watched.set(at, watcher);
    watcher.on('error', () => watched.delete(at));
  };
  look(folder);
  for (;;) {
    if (changed === undefined)
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    let seen: string | undefined;
    do {
      seen = changed;
      await new Promise((resolve) => setTimeout(resolve, SETTLED));
    } while (seen !== changed);
    changed = undefined;
    yield seen ?? folder;
  }
}
