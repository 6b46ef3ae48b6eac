// What was set before: results kept by what they were made of, so that the same copy need not be set twice. Pure.
import { createHash } from 'node:crypto';

export interface Memory {
  /** What was made of the same things before, else what is made of them now. */
  readonly recall: <T>(madeOf: readonly unknown[], make: () => Promise<T>) => Promise<T>;
}

export const NO_MEMORY: Memory = { recall: (_, make) => make() };

/** What is set is made of its pictures and typefaces, too, of which the documents have only the names. */
export function madeWith(memory: Memory, files: readonly { readonly bytes: Uint8Array }[]): Memory {
  const hash = createHash('sha256');
  for (const { bytes } of files) hash.update(bytes);
  const stamp = hash.digest('hex');
  return { recall: (madeOf, make) => memory.recall([stamp, ...madeOf], make) };
}

export interface LongMemory extends Memory {
  /** Forgets what has not been asked for since the last time. */
  readonly tidy: () => void;
}

export function openMemory(): LongMemory {
  let known = new Map<string, unknown>();
  let asked = new Map<string, unknown>();
  return {
    recall: async <T>(madeOf: readonly unknown[], make: () => Promise<T>): Promise<T> => {
      const key = JSON.stringify(madeOf);
      const found = asked.has(key) || known.has(key);
      const result = found ? ((asked.get(key) ?? known.get(key)) as T) : await make();
      asked.set(key, result);
      return result;
    },
    tidy: () => {
      known = asked;
      asked = new Map();
    },
  };
}

export interface Ledger extends Memory {
  /** All that is to be read again by the next program. */
  readonly written: () => string;
}

/** Of its entries the ledger keeps so many, the youngest. */
const ENTRIES = 50;

/** A memory that outlives the program. Takes what an earlier one wrote; results must be JSON. */
export function openLedger(text: string | undefined): Ledger {
  const known = new Map<string, unknown>(entriesOf(text));
  return {
    recall: async <T>(madeOf: readonly unknown[], make: () => Promise<T>): Promise<T> => {
      const key = createHash('sha256').update(JSON.stringify(madeOf)).digest('hex');
      const result = known.has(key) ? (known.get(key) as T) : await make();
      known.delete(key);
      known.set(key, result);
      return result;
    },
    written: () => `${JSON.stringify([...known].slice(-ENTRIES), undefined, 2)}\n`,
  };
}

function entriesOf(text = '[]'): [string, unknown][] {
  try {
    return (JSON.parse(text) as [string, unknown][]).filter(([key]) => typeof key === 'string');
  } catch {
    return [];
  }
}
