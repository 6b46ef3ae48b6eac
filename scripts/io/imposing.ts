// impose at the command line: any PDF onto sheets, also one that we did not make.
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { VFileMessage } from 'vfile-message';
import { landscape, PAPERS, parseSize } from '../book/measure.ts';
import { oneSheet8, saddle } from '../print/folds.ts';
import { impose } from '../print/imposition.ts';
import { countPages } from '../print/pdf.ts';

export interface Imposing {
  readonly file: string;
  readonly fold: string;
  readonly paper: string;
  readonly output: string | undefined;
  readonly epoch: number | undefined;
}

type Imposed = { readonly output: string } | { readonly problem: string; readonly usage: boolean };

/** The path of the imposed file, or what is wrong in one line; `usage` where the command itself was. */
export async function imposeFile(job: Imposing): Promise<Imposed> {
  const paper = parseSize(job.paper);
  if (!paper)
    return {
      problem: `No paper is called \`${job.paper}\`: ${Object.keys(PAPERS).join(', ')}, or 210mm x 297mm`,
      usage: true,
    };
  if (job.fold !== 'saddle' && job.fold !== 'one-sheet-8')
    return { problem: `No fold is called \`${job.fold}\`: saddle, one-sheet-8`, usage: true };
  const output =
    job.output ??
    join(dirname(job.file), `${basename(job.file, '.pdf')}-${job.fold}-${job.paper.replaceAll(/\s/g, '')}.pdf`);
  try {
    const pdf = await readFile(job.file);
    const scheme = job.fold === 'saddle' ? saddle(await countPages(pdf)) : oneSheet8();
    const date = new Date((job.epoch ?? 946684800) * 1000);
    const imposed = await impose(pdf, { scheme, sheet: landscape(paper), bleed: 0, date, foldMarks: true });
    return await put(output, imposed);
  } catch (error) {
    if (error instanceof VFileMessage)
      return { problem: `${job.file}: ${error.reason}${error.note ? `\n    ${error.note}` : ''}`, usage: false };
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'EACCES' || code === 'ENOTDIR')
      return { problem: `${job.file}: it cannot be read (${code})`, usage: false };
    throw error;
  }
}

/** Whole or not at all. */
async function put(output: string, bytes: Uint8Array): Promise<Imposed> {
  const aside = `${output}.new`;
  try {
    await writeFile(aside, bytes);
    await rename(aside, output);
    return { output };
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {});
    const { code } = error as NodeJS.ErrnoException;
    return { problem: `${output}: it cannot be written (${code})`, usage: true };
  }
}
