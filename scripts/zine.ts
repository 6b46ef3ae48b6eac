// A zine published: its panels set anew for each paper, one imposed sheet each, a poster on its back. Takes an edition, the
// templates and the browser's stone; gives finished files, or what is too long. Touches no file itself.
import type { Paper } from './book/config.ts';
import type { Edition } from './edition/edition.ts';
import { labelsFor } from './edition/labels.ts';
import { fillIn } from './edition/template.ts';
import { plainText } from './edition/words.ts';
import { publishImposed, shapeOn, sizeInMm, type TicketForms } from './imposed.ts';
import { type Made, type Outcome, textOf } from './outputs.ts';
import type { Trouble } from './preflight/overmatter.ts';
import { panelsOf } from './typeset/panels.ts';
import type { Stone } from './typeset/stone.ts';
import { setPanels, setPoster, type Zine, type ZineForms } from './typeset/zine.ts';

/** The zine's templates, by the name of each part, ready to be filled. */
export async function zineForms(
  template: (part: string) => Promise<string>,
  fields: object,
  rest: Pick<ZineForms, 'css' | 'picture'>,
): Promise<ZineForms> {
  const [front, back, drawn] = await Promise.all([template('front'), template('back'), template('fields')]);
  const ornaments = drawn.match(/<svg[\s\S]*?<\/svg>/g) ?? [];
  return {
    ...rest,
    front: (promise) => fillIn(front, { ...fields, promise, field: ornaments[0] }),
    back: (drawings, unit) => fillIn(back, { ...fields, drawings, unit }),
    fields: ornaments,
  };
}

export interface ZineJob {
  readonly edition: Edition;
  readonly forms: ZineForms;
  readonly stone: Stone;
  readonly date: Date;
  readonly tickets: TicketForms;
}

/** The panels in reading order, and one imposed sheet for each paper, set anew for each paper's panel. */
export async function publishZine({ edition, forms, stone, date, tickets }: ZineJob): Promise<Outcome> {
  const { config } = edition;
  const [{ readingCopy }] = await Promise.all([import('./print/press.ts'), import('./print/homeprint.ts')]);
  const made: Made[] = [];
  const troubles: Trouble[] = [];
  for (const [index, paper] of config.zine.paper.entries()) {
    const shape = shapeOn(paper, edition);
    const { panel: trim } = shape;
    const called = `${config.slug}-${paper.name}`;
    const zine = await setPanels(edition, shape, `${called}.html`, forms, stone);
    if (zine.overfull.length > 0) {
      troubles.push(...tooLong(edition, zine, paper));
      continue;
    }
    const { offset } = zine;
    const common = {
      edition: config.name,
      trim: sizeInMm(trim),
      pages: zine.pages,
      words: edition.words,
      readingMinutes: edition.readingMinutes,
    };
    const title = edition.title;
    if (index === 0) {
      const { language } = edition.book;
      const { direction } = edition;
      const content = await readingCopy([zine.pdf], {
        ...{ offset, trim, date, title, language, direction },
        ...{ text: textOf(edition), labels: labelsFor(language) },
      });
      made.push({ ...common, name: `${config.slug}.pdf`, kind: 'pages', content });
    }
    const inks = { ink: 'cmyk' as const, spot: edition.book.spot };
    const poster = await setPoster(edition, shape, `${called}-poster.html`, forms, stone);
    // What is at the sheet's edge no printer prints: the slit is drawn with the panels.
    const options = { trim, offset, bleed: 0, date, title, foldMarks: false, inks };
    const sheets = { edition, kind: 'sheet', paper, pages: zine.pages, options, tickets } as const;
    const imposed = { ...sheets, pdf: [zine.forSheet], poster };
    for (const file of await publishImposed(imposed)) made.push({ ...common, ...file });
  }
  return { made, troubles };
}

function tooLong(edition: Edition, zine: Zine, paper: Paper): Trouble[] {
  const headings = panelsOf(edition).map(({ title }) => (title ? plainText(title) : undefined));
  return zine.overfull.map(({ panel, words }) => {
    const runs = edition.config.zine.flow && panel > 1 && panel < zine.pages;
    const under = headings.slice(0, panel).findLast((heading) => heading !== undefined) ?? '';
    return {
      reason: `${runs ? 'The text' : `Panel ${panel}`} of the zine is about ${words} word${words === 1 ? '' : 's'} too long for ${paper.name} at ${zine.size} pt, the smallest size`,
      rule: 'zine-too-long',
      hint: runs
        ? 'Shorten it, take a larger paper, or a fold with more panels'
        : 'Shorten that panel, or move text to another with `::panel`',
      ...(runs ? {} : { under }),
    };
  });
}
