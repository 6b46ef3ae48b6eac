// `npm run reference`: writes book.schema.json and the table of keys in docs/book-yaml.md anew from the schema.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { bookJsonSchema, withReference } from '../book/reference.ts';

const fromRoot = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

const page = fromRoot('docs/book-yaml.md');
await writeFile(fromRoot('book.schema.json'), bookJsonSchema());
await writeFile(page, withReference(await readFile(page, 'utf8')));
