// The companionship: so many hands set one text, each a take of it (J. Southward, "Practical Printing", 1882: the clicker
// gives the takes out and keeps the book of pages). Knows no browser.

/** So many may work at a time. Who makes up pages goes before who begins a new take: stones must become free. */
export class Hands {
  private free: number;
  private readonly urgent: (() => void)[] = [];
  private readonly waiting: (() => void)[] = [];

  constructor(many: number) {
    this.free = many;
  }

  /** Does the work as soon as a hand is free. */
  async lend<T>(work: () => Promise<T>, urgent = false): Promise<T> {
    if (this.free > 0) this.free--;
    else await new Promise<void>((resolve) => (urgent ? this.urgent : this.waiting).push(resolve));
    try {
      return await work();
    } finally {
      const next = this.urgent.shift() ?? this.waiting.shift();
      if (next) next();
      else this.free++;
    }
  }
}

/** What is known of pages while takes are still being set: in turn, how many there are; then, what stands on which. */
export class Clicker {
  /** Number of the page that holds each id, the front being 1. */
  readonly folios = new Map<string, number>();
  private open: number;
  private readonly placed: { readonly done: Promise<void>; readonly say: () => void }[];
  private waiting: { readonly ids: readonly string[]; readonly go: () => void }[] = [];

  constructor(takes: number) {
    this.open = takes;
    this.placed = Array.from({ length: takes }, () => {
      let say = (): void => {};
      const done = new Promise<void>((resolve) => {
        say = resolve;
      });
      return { done, say };
    });
  }

  /** Does the work for a take when it is done for the one before, whichever is ready first. */
  async inTurn<T>(take: number, work: () => T): Promise<T> {
    await this.placed[take - 1]?.done;
    const result = work();
    this.placed[take]!.say();
    return result;
  }

  /** A take's pages are made: these ids stand on them. */
  enter(folios: Readonly<Record<string, number>>): void {
    for (const [id, folio] of Object.entries(folios)) if (!this.folios.has(id)) this.folios.set(id, folio);
    this.open--;
    const still = this.waiting.filter(({ ids }) => !this.knows(ids));
    const gone = this.waiting.filter((one) => !still.includes(one));
    this.waiting = still;
    for (const { go } of gone) go();
  }

  /** Comes back once all of these are entered, or every take is. */
  known(ids: readonly string[]): Promise<void> {
    return new Promise((resolve) => {
      if (this.knows(ids)) resolve();
      else this.waiting.push({ ids, go: resolve });
    });
  }

  private knows(ids: readonly string[]): boolean {
    return this.open <= 0 || ids.every((id) => this.folios.has(id));
  }
}
