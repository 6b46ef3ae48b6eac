// What an ebook is known by: a name that never changes, by which reading systems and shops tell one from another.
import { createHash } from 'node:crypto';
import { isbnOf, UUID } from '../book/identifier.ts';
import type { Edition } from '../edition/edition.ts';

/** RFC 9562, 5.5: version 5, in the namespace of URLs. */
export function uuid5(name: string, namespace = '6ba7b811-9dad-11d1-80b4-00c04fd430c8'): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name)
    .digest()
    .subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  return hash.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * A URN that never changes for the same edition of the same book. The book's own ISBN or UUID belongs to its first
 * ebook: two files of one identifier would replace each other on a reader's shelf. The others derive theirs from it.
 */
export function identifierOf({ book, config, title }: Edition): string {
  const given = book.identifier?.trim();
  if (given && ebooksOf(book)[0]?.name === config.name) {
    const isbn = isbnOf(given);
    if (isbn) return `urn:isbn:${isbn}`;
    const uuid = UUID.exec(given)?.[1];
    if (uuid) return `urn:uuid:${uuid.toLowerCase()}`;
  }
  const own = given ?? book.url ?? `${title}/${book.authors.map(({ name }) => name).join('/')}`;
  return `urn:uuid:${uuid5(`${own}#${config.name}`)}`;
}

/** The editions that are ebooks. */
export const ebooksOf = (book: Edition['book']): Edition['book']['editions'] =>
  book.editions.filter(({ outputs }) => outputs.includes('epub'));
