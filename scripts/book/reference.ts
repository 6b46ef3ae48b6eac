// The schema of book.yaml made readable: book.schema.json for editors, and the table of keys in docs/book-yaml.md.
import { z } from 'zod';
import { bookSchema } from './schema.ts';

interface JsonSchema {
  readonly description?: string;
  readonly default?: unknown;
  readonly examples?: readonly string[];
  readonly type?: string | readonly string[];
  readonly enum?: readonly string[];
  readonly anyOf?: readonly JsonSchema[];
  readonly items?: JsonSchema;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | false;
  readonly required?: readonly string[];
}

const BEGIN = '<!-- reference: made by `npm run reference` -->';
const END = '<!-- /reference -->';

function schemaOfBook(): JsonSchema {
  return z.toJSONSchema(bookSchema, {
    io: 'input',
    target: 'draft-07', // what editors' YAML servers know best
    override: ({ jsonSchema, zodSchema }) => {
      // zod drops the examples of what it transforms, taking them for results; ours are what an author types.
      const examples = z.globalRegistry.get(zodSchema)?.examples;
      if (Array.isArray(examples)) jsonSchema.examples = examples;
      // Scalars come to us as text; to an editor `false` is a boolean.
      if (jsonSchema.type === 'boolean' && typeof jsonSchema.default === 'string')
        jsonSchema.default = jsonSchema.default === 'true';
    },
  }) as JsonSchema;
}

/** The text of book.schema.json (JSON Schema, draft 7). */
export function bookJsonSchema(): string {
  return `${JSON.stringify(schemaOfBook(), null, 2)}\n`;
}

/** The page with the table between its markers made anew; throws where it has no markers. */
export function withReference(page: string): string {
  const [begin, end] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`docs/book-yaml.md needs the markers ${BEGIN} and ${END}`);
  return `${page.slice(0, begin + BEGIN.length)}\n${referenceTable()}${page.slice(end)}`;
}

/** A Markdown table of every key, in the schema's order. */
export function referenceTable(): string {
  const rows = ['| Key | Value | If missing | Meaning |', '| --- | --- | --- | --- |'];
  const schema = schemaOfBook();
  for (const [key, value] of Object.entries(schema.properties ?? {}))
    rows.push(...rowsOf(key, value, isRequired(schema, key)));
  return `${rows.join('\n')}\n`;
}

const isRequired = (parent: JsonSchema, key: string): boolean => parent.required?.includes(key) ?? false;

function rowsOf(path: string, schema: JsonSchema, required: boolean): string[] {
  const missing = required ? '**needed**' : schema.default === undefined ? '' : `\`${inYaml(schema.default)}\``;
  const cells = [`\`${path}\``, valuesOf(schema), missing, schema.description ?? ''];
  const rows = [`| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`];
  // Said once.
  if (path === 'authors' || /^editions\.NAME\.(?:pamphlet|zine|press|printer)$/.test(path)) return rows;
  const record = schema.properties ? schema : schema.anyOf?.find(({ properties }) => properties);
  for (const [key, value] of Object.entries(record?.properties ?? {})) {
    rows.push(...rowsOf(`${path}.${key}`, value, record !== undefined && isRequired(record, key)));
  }
  const named = schema.additionalProperties || undefined;
  for (const [key, value] of Object.entries(named?.properties ?? {})) {
    rows.push(...rowsOf(`${path}.NAME.${key}`, value, named !== undefined && isRequired(named, key)));
  }
  return rows;
}

/** The words that can stand there, or an example. */
function valuesOf(schema: JsonSchema): string {
  const words = schema.enum;
  if (words) return words.map((word) => `\`${word}\``).join(', ');
  if (schema.examples) return schema.examples.map((example) => `\`${example}\``).join(', ');
  if (schema.type === 'boolean') return '`true`, `false`';
  return Array.isArray(schema.type) ? 'text' : '';
}

/** A default as an author would write it. */
function inYaml(value: unknown): string {
  if (Array.isArray(value)) return `[${value.join(', ')}]`;
  return String(value).startsWith('#') ? `"${value}"` : String(value);
}
