// A template filled in: Mustache in, HTML out that is XML, too, wherever the template is.
import Mustache from 'mustache';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Mustache's own escape turns `/` and `=` into entities, too, which nobody can read in the source. Attributes stand in `"`. */
const escaped = (value: unknown): string => String(value).replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** What the template's fields leave empty leaves no line behind. */
export function fillIn(template: string, fields: object): string {
  return Mustache.render(template, fields, {}, { escape: escaped }).replace(/^[ \t]*\n/gm, '');
}
