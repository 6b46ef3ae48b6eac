// Addresses out of the book, as an ebook may hold them: takes what the author typed, gives it whole or not at all.

/** Schemes that EPUBCheck knows as registered; with another it warns (HTM-025), and stores refuse what warns. */
const KNOWN = /^(?:https?|mailto|tel|ftp|xmpp|irc|urn|gopher):./i;

/**
 * A valid URL string (URL Standard, 4.3), its stray `%` and second `#` escaped; undefined where it leads to nothing that
 * a reading system could open: no host, an unknown scheme, a file beside the manuscript.
 */
export function outward(address: string): string | undefined {
  const [before, ...fragment] = address.trim().split('#');
  const whole = [before, ...(fragment.length > 0 ? [fragment.join('%23')] : [])]
    .join('#')
    .replace(/%(?![\da-f]{2})/gi, '%25');
  if (!KNOWN.test(whole) || !URL.canParse(whole)) return undefined;
  if (!/^(?:https?|ftp):/i.test(whole)) return whole;
  // A parser mends `https:///x` and ASCII spaces in hosts; a validator does not.
  return /^\w+:\/\/[^/?#\s\\]/.test(whole) && !/^\w+:\/\/[^/?#]*%/.test(whole) ? whole : inAscii(whole);
}

/** The parser's own spelling, where a host was written in another script. */
function inAscii(address: string): string | undefined {
  return /^\w+:\/\/[^/?#]*%[89a-f]/i.test(address) ? new URL(address).href : undefined;
}
