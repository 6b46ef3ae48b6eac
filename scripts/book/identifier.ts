// What a book is known by: ISBNs and UUIDs, however they are written.

/** RFC 9562, 4, with or without what a URN begins with. */
export const UUID = /^(?:(?:urn:)?uuid:)?([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;

/** The thirteen or ten signs of an ISBN, however it is written; undefined for anything else. */
export function isbnOf(identifier: string): string | undefined {
  const signs = identifier
    .replace(/^(?:urn:isbn:|isbn(?:-1[03])?[:\s]*)/i, '')
    .replace(/[-‐‑–\s]/g, '')
    .toUpperCase();
  return isbnChecks(signs) ? signs : undefined;
}

/** ISO 2108: weights 1 and 3 modulo 10 for thirteen digits, 10 down to 1 modulo 11 for ten. */
export function isbnChecks(digits: string): boolean {
  const values = [...digits].map((digit) => (digit === 'X' ? 10 : Number(digit)));
  if (/^97[89]\d{10}$/.test(digits))
    return values.reduce((sum, value, at) => sum + value * (at % 2 ? 3 : 1), 0) % 10 === 0;
  return /^\d{9}[\dX]$/.test(digits) && values.reduce((sum, value, at) => sum + value * (10 - at), 0) % 11 === 0;
}
