// A language's tag (BCP 47): takes what an author typed; gives what is wrong with it, and what was probably meant.
import { nearest, shown } from './suggest.ts';

export interface LanguageFault {
  readonly reason: string;
  readonly note: string;
  /** It may be right all the same: not every language is in every list. */
  readonly advice?: true;
}

const KINDS = ['language', 'script', 'region'] as const;
type Kind = (typeof KINDS)[number];

/** What CLDR, which comes with the runtime, calls the thing in English; undefined where it knows none. */
const named = (kind: Kind, code: string): string | undefined =>
  new Intl.DisplayNames(['en'], { type: kind, fallback: 'none' }).of(code);

/** The tag in its canonical form; undefined where it is none. */
export function canonicalLanguage(tag: string): string | undefined {
  // A primary tag of four letters and more is legal in BCP 47 and names nothing: `french`.
  if (!/^[a-z]{2,3}(?:-|$)/i.test(tag)) return undefined;
  try {
    return Intl.getCanonicalLocales(tag)[0];
  } catch {
    return undefined; // a RangeError is how Intl says no
  }
}

export function faultOfLanguage(tag: string): LanguageFault | undefined {
  const canonical = canonicalLanguage(tag);
  if (canonical === undefined) return { reason: `${shown(tag)} is no language tag`, note: meant(tag) };
  const { language = 'und', script, region } = new Intl.Locale(canonical) as Partial<Intl.Locale>;
  if (script && !isPrivate('script', script) && !named('script', script))
    return {
      reason: `${shown(tag)} names no script`,
      note: 'Leave it out, or write one of ISO 15924: `zh-Hant`, `sr-Latn`.',
    };
  if (
    region &&
    !/^\d{3}$/.test(region) &&
    !isPrivate('region', region) &&
    (!named('region', region) || region === 'ZZ')
  )
    return {
      reason: `${shown(tag)} names no country`,
      note: 'Leave it out, or write one of ISO 3166: `pt-BR`, `en-GB`.',
    };
  if (isPrivate('language', language) || named('language', language)) return undefined;
  // Every code of two letters has a name there; of the seven thousand of three letters, some hundreds have.
  return language.length === 2
    ? { reason: `${shown(tag)} names no language`, note: ofCountry(language) ?? GENERAL }
    : {
        reason: `Few programs know which language ${shown(language)} is`,
        note: 'Look it up in ISO 639-3; if it is right, leave it.',
        advice: true,
      };
}

/** For one's own use (BCP 47, 2.2.1–2.2.4), or no language on purpose. */
function isPrivate(kind: Kind, code: string): boolean {
  if (kind === 'script') return /^Qa[ab][a-x]$/i.test(code);
  if (kind === 'region') return /^(?:AA|Q[M-Z]|X[A-Z]|ZZ)$/.test(code) && !/^(?:XX|ZZ)$/.test(code);
  return /^q[a-t][a-z]$/.test(code) || ['und', 'mul', 'zxx', 'mis'].includes(code);
}

const GENERAL = 'Write the short code of BCP 47: `en`, `de`, `pt-BR`, `zh-Hant`.';

function meant(tag: string): string {
  const dashed = canonicalLanguage(tag.replaceAll('_', '-'));
  if (dashed && tag.includes('_')) return `Did you mean \`${dashed}\`?`;
  const code = codeOf(tag);
  return code ? `Did you mean \`${code}\`?` : GENERAL;
}

/** Somebody has written a country's code: `jp` for `ja`. */
function ofCountry(code: string): string | undefined {
  const spoken =
    code !== 'zz' && named('region', code.toUpperCase()) && new Intl.Locale(`und-${code}`).maximize().language;
  return spoken && spoken !== 'und' ? `Did you mean \`${spoken}\`?` : undefined;
}

const LETTERS = [...'abcdefghijklmnopqrstuvwxyz'];

/** The code of a language that was called by its name, in English or its own: `german`, `Deutsch`. */
function codeOf(name: string): string | undefined {
  const wanted = bare(name);
  if (wanted.length < 4) return undefined;
  const codes = LETTERS.flatMap((first) => LETTERS.map((second) => first + second)).filter(
    // Codes that were given up lead to the same names.
    (code) => canonicalLanguage(code) === code && named('language', code),
  );
  const english = new Map(codes.map((code) => [bare(named('language', code)!), code]));
  const exact = english.get(wanted);
  if (exact) return exact;
  const own = codes.find((code) => bare(new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? '') === wanted);
  const near = nearest(wanted, english.keys());
  return own ?? (near === undefined ? undefined : english.get(near));
}

const bare = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/[^\p{L}]/gu, '')
    .toLowerCase();
