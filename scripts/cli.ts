// cli: argv becomes a command, a command becomes an exit code. Files made go to stdout, all else to stderr.
import process from 'node:process';
import { parseArgs } from 'node:util';
import type { VFileMessage } from 'vfile-message';
import type { Options } from './io/options.ts';
import type { Shelf } from './io/shelf.ts';

const USAGE = `pamphleteer: Markdown and one book.yaml in; ebook, pamphlets and zine out

  pamphleteer build [EDITION…] [--book DIR] [--out DIR] [--json] [--watch] [--proofs]
  pamphleteer check [--book DIR] [--json]
  pamphleteer impose FILE.pdf --fold FOLD --paper PAPER [-o OUT.pdf]       (its folds and more: impose --help)

--book  the folder with book.yaml (default: this one)
--out   where the results go (default: dist in the book's folder)
--json  print the manifest, or the messages, as JSON
--watch build again whenever something in the book's folder changes, until stopped (Ctrl+C)
--proofs  leaves pictures in .work: a contact sheet of all pages, each zine as the copy of a copy of its copy
--fold  saddle (a stapled booklet), one-sheet-8 (a zine of eight panels), and many more
`;

const FINE = 0;
const PROBLEMS = 1;
const WRONG_USE = 2;
const MISSING = 3;
const BUG = 70;
/** Stopped by a signal, as shells say it: 128 + SIGINT. */
const INTERRUPTED = 130;

/** Wrong use of the command line, and the usage that is told with it. */
class UsageError extends Error {
  override name = 'UsageError';
  readonly usage: string;
  constructor(message: string, usage = USAGE) {
    super(message);
    this.usage = usage;
  }
}

async function main(argv: readonly string[]): Promise<number> {
  const [command, ...rest] = argv;
  if (command === 'build') return build(rest);
  if (command === 'check') return check(rest);
  if (command === 'impose') return impose(rest);
  if (command === '--help' || command === '-h' || command === 'help') {
    process.stdout.write(USAGE);
    return FINE;
  }
  throw new UsageError(command ? `There is no command \`${command}\`` : 'What shall be done?');
}

const BOOK_OPTIONS = {
  book: { type: 'string', default: '.' },
  out: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
} as const;

const { out: _, ...CHECK_OPTIONS } = BOOK_OPTIONS;
const BUILD_OPTIONS = {
  ...BOOK_OPTIONS,
  watch: { type: 'boolean', default: false },
  proofs: { type: 'boolean', default: false },
} as const;

async function build(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: await known(args, BUILD_OPTIONS),
    options: BUILD_OPTIONS,
    allowPositionals: true,
  });
  if (values.help) return help();
  // The browser takes longest: it starts while the rest is still being loaded.
  const { openPressroom } = await import('./io/browser.ts');
  const lines: string[] = [];
  let say = (line: string): void => void lines.push(line);
  let launching = (): void => {};
  const launched = new Promise<void>((resolve) => {
    launching = resolve;
  });
  const pressroom = openPressroom((line) => say(line), launching);
  let shelf: Promise<Shelf> | undefined;
  let interrupted = false;
  const clear = async (): Promise<void> => {
    await (await shelf?.catch(() => undefined))?.abandon();
    await (await pressroom.catch(() => undefined))?.close();
  };
  const interrupt = (): void => {
    interrupted = true;
    void clear().finally(() => process.exit(INTERRUPTED));
  };
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  try {
    await Promise.race([launched, pressroom.catch(() => undefined)]);
    const [
      { build, openMemory },
      { openLibrary },
      { openShelf },
      { inJson, inWords, openReporter },
      { join, resolve },
    ] = await Promise.all([
      import('./build.ts'),
      import('./io/library.ts'),
      import('./io/shelf.ts'),
      import('./io/reporter.ts'),
      import('node:path'),
    ]);
    const reporter = openReporter();
    say = reporter.say;
    lines.forEach(say);
    const { folder } = await openLibrary(values.book);
    const out = resolve(values.out ?? join(folder, 'dist'));
    if (!(await isFolder(folder))) throw new UsageError(`There is no folder \`${values.book}\``);
    const memory = values.watch ? openMemory() : undefined;
    const once = async (): Promise<number> => {
      // Stopped before there was a shelf to abandon: then none is opened.
      if (interrupted) return INTERRUPTED;
      shelf = openShelf(out).catch((error: NodeJS.ErrnoException) => {
        throw new UsageError(`The results cannot be written to \`${out}\` (${error.code})`);
      });
      // It is waited for a moment later: a refusal until then is no crash.
      shelf.catch(() => {});
      const built = await build({
        library: await openLibrary(values.book),
        shelf: await shelf,
        pressroom: () => pressroom,
        reporter,
        editions: positionals,
        epoch: sourceDate(),
        proofs: values.proofs,
        // The browser may go while the files are put up.
        ...(memory ? { memory } : { laidOut: () => void pressroom.then((room) => room.close()).catch(() => {}) }),
      });
      memory?.tidy();
      if (values.json) print(JSON.stringify(built.manifest ?? { messages: built.messages.map(inJson) }, undefined, 2));
      for (const message of values.json && !built.manifest ? [] : built.messages) reporter.say(inWords(message));
      if (!built.manifest) await (await shelf).abandon();
      if (!built.manifest) return tell(built.messages, reporter.say);
      if (!values.json) for (const path of built.paths ?? []) print(join(out, path));
      return FINE;
    };
    let code = await once();
    if (!values.watch) return code;
    const { changes } = await import('./io/watching.ts');
    for await (const name of changes(folder, out)) {
      reporter.say(`${name} has changed`);
      code = await once();
    }
    return code;
  } catch (error) {
    if (interrupted) return INTERRUPTED;
    throw error;
  } finally {
    await clear();
  }
}

async function check(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: await known(args, CHECK_OPTIONS),
    options: CHECK_OPTIONS,
    allowPositionals: true,
  });
  if (values.help) return help();
  const [{ readBook }, { openLibrary }, { inJson, inWords }] = await Promise.all([
    import('./check.ts'),
    import('./io/library.ts'),
    import('./io/reporter.ts'),
  ]);
  const library = await openLibrary(values.book);
  if (!(await isFolder(library.folder))) throw new UsageError(`There is no folder \`${values.book}\``);
  const { messages, editions } = await readBook(library, positionals);
  if (values.json) print(JSON.stringify({ messages: messages.map(inJson) }, undefined, 2));
  else for (const message of messages) process.stderr.write(`${inWords(message)}\n`);
  if (messages.some(({ fatal }) => fatal !== false)) return PROBLEMS;
  if (!values.json)
    for (const { config, words, notes, readingMinutes } of editions)
      process.stderr.write(`${config.name}: ${words} words, ${notes.length} notes, ${readingMinutes} min\n`);
  return FINE;
}

const TEXT = { type: 'string' } as const;
const IMPOSE_OPTIONS = {
  ...{ fold: { ...TEXT, default: 'saddle' }, paper: { ...TEXT, default: 'a4' }, output: { ...TEXT, short: 'o' } },
  ...{ duplex: TEXT, delivers: TEXT, margin: TEXT, shift: TEXT, columns: TEXT, rows: TEXT, copies: TEXT },
  ...{ 'signature-sheets': TEXT, spine: TEXT, help: BOOK_OPTIONS.help },
} as const;

const imposeUsage = async (): Promise<string> => (await import('./io/wishes.ts')).usage();

async function impose(given: readonly string[]): Promise<number> {
  const args = await known(joined(given, ['--shift', '--margin']), IMPOSE_OPTIONS, imposeUsage);
  const { values, positionals } = parseArgs({ args, options: IMPOSE_OPTIONS, allowPositionals: true });
  if (values.help) {
    process.stdout.write(await imposeUsage());
    return FINE;
  }
  const [file, ...more] = positionals;
  if (!file || more.length > 0) {
    const many = `, not ${1 + more.length}: put into quotes what has spaces, such as "210mm x 297mm"`;
    throw new UsageError(`Name one PDF to impose${file ? many : ''}`, await imposeUsage());
  }
  const { imposeFile } = await import('./io/imposing.ts');
  const { 'signature-sheets': signatureSheets, help: _, ...rest } = values;
  const result = await imposeFile({ ...rest, file, signatureSheets, epoch: sourceDate() });
  if ('problem' in result) {
    process.stderr.write(`${result.problem}\n`);
    return result.usage ? WRONG_USE : PROBLEMS;
  }
  for (const note of result.notes) process.stderr.write(`${note}\n`);
  result.outputs.forEach(print);
  return FINE;
}

/** The same words; throws a UsageError where an option among them is wrong. */
async function known(
  args: readonly string[],
  options: Options,
  usage: () => string | Promise<string> = () => USAGE,
): Promise<string[]> {
  const { faultIn } = await import('./io/options.ts');
  const fault = faultIn(args, options);
  if (fault) throw new UsageError(fault, await usage());
  return [...args];
}

/** The option and its value as one word, since a value may begin with a minus. */
function joined(args: readonly string[], options: readonly string[]): string[] {
  const found: string[] = [];
  for (const [index, word] of args.entries()) {
    if (index > 0 && options.includes(args[index - 1]!)) found[found.length - 1] += `=${word}`;
    else found.push(word);
  }
  return found;
}

function help(): number {
  process.stdout.write(USAGE);
  return FINE;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function tell(messages: readonly VFileMessage[], say: (line: string) => void): number {
  const count = messages.filter(({ fatal }) => fatal !== false).length;
  say(`${count} problem${count === 1 ? '' : 's'}; nothing was changed in the results of the last build`);
  return PROBLEMS;
}

async function isFolder(path: string): Promise<boolean> {
  const { stat } = await import('node:fs/promises');
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** SOURCE_DATE_EPOCH, https://reproducible-builds.org/specs/source-date-epoch/ */
function sourceDate(): number | undefined {
  const epoch = process.env['SOURCE_DATE_EPOCH'];
  return epoch && /^\d{1,12}$/.test(epoch) ? Number(epoch) : undefined;
}

function fail(error: unknown): number {
  if (error instanceof UsageError) {
    process.stderr.write(`${error.message}\n\n${error.usage}`);
    return WRONG_USE;
  }
  if ((error as Error).name === 'BrowserMissing') {
    process.stderr.write(`${(error as Error).message}\n`);
    return MISSING;
  }
  process.stderr.write(`This is a fault of Pamphleteer, not of your book. Please report it with these lines:\n`);
  process.stderr.write(`${(error as Error).stack ?? String(error)}\n`);
  return BUG;
}

main(process.argv.slice(2))
  .catch(fail)
  .then((code) => {
    process.exitCode = code;
  });
