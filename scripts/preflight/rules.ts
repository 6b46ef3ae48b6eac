// Every rule that a manuscript is held to, and the check that runs them: takes the trees as the author wrote them, with the
// text of all editions; gives messages with places and hints, which are also on the files.
import type { VFileMessage } from 'vfile-message';
import type { BookConfig } from '../book/config.ts';
import type { Manuscript } from '../book/manuscript.ts';
import { blockRules } from './blocks.ts';
import { characterRules } from './characters.ts';
import { colonRules } from './colons.ts';
import { directiveRules } from './directives.ts';
import { type Finding, placesIn, type Rule, sourceOf, startOf } from './finding.ts';
import { depthRule, isRefused } from './guard.ts';
import { headingRules } from './headings.ts';
import { linkRules } from './links.ts';
import { listRules } from './lists.ts';
import { noteRules } from './notes.ts';
import { pictureRules } from './pictures.ts';
import { tableRules } from './tables.ts';
import { textRules } from './text.ts';

/** What the build asks first, and says of picture files and of book.yaml itself. */
export { descriptionAdvice } from './description.ts';
export { guard } from './guard.ts';
export { titleAdvice } from './headings.ts';
export { coverAdvice, pictureAdvice, pictureProblem, told } from './picture-files.ts';
export { unusedAdvice } from './unused.ts';

export const RULES: readonly Rule[] = [
  depthRule,
  ...textRules,
  ...characterRules,
  ...headingRules,
  ...noteRules,
  ...pictureRules,
  ...directiveRules,
  ...blockRules,
  ...colonRules,
  ...linkRules,
  ...listRules,
  ...tableRules,
];

const MOST_MESSAGES = 100;

/** Everything that is wrong with the manuscript, file by file, in the order of the text; errors have `fatal` true, advice false. */
export function checkManuscript(given: Manuscript, book: BookConfig): VFileMessage[] {
  // What the guard has refused was not read, and has its message.
  const manuscript = { files: given.files.filter(({ file }) => !isRefused(file)) };
  const findings = new Map(
    manuscript.files.map(({ file }) => [file, [] as (Finding & { ruleId: string; offset: number })[]]),
  );
  for (const { id, check } of RULES) {
    const once = new Set<string>();
    check(manuscript, book, (finding) => {
      const kept = findings.get(finding.file);
      const offset = typeof finding.at === 'number' ? finding.at : startOf(finding.at);
      const key = `${manuscript.files.findIndex(({ file }) => file === finding.file)}:${offset}:${finding.reason}`;
      if (!kept || once.has(key)) return;
      once.add(key);
      kept.push({ ...finding, ruleId: id, offset });
    });
    // What is nested too deep for us is also too deep for the other rules.
    if (id === depthRule.id && once.size > 0) break;
  }
  return manuscript.files.flatMap(({ file }) => {
    const sorted = findings.get(file)!.sort((a, b) => a.offset - b.offset);
    const place = placesIn(sourceOf(file));
    const told = sorted.slice(0, MOST_MESSAGES).map(({ ruleId, at, offset, reason, note, advice }) => {
      const start = place(offset);
      const end = typeof at === 'number' ? undefined : at.position?.end;
      const message = file.message(reason, { place: end ? { start, end } : start, ruleId, source: 'pamphleteer' });
      message.fatal = !advice;
      message.note = typeof note === 'string' ? note : note();
      return message;
    });
    const rest = sorted.slice(MOST_MESSAGES);
    if (rest.length > 0) {
      const message = file.message(`And ${rest.length} more`, {
        place: place(rest[0]!.offset),
        ruleId: 'too-many',
        source: 'pamphleteer',
      });
      message.fatal = rest.some(({ advice }) => !advice);
      message.note = 'Mend the first ones and try again.';
      told.push(message);
    }
    return told;
  });
}
