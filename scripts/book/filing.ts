// How a library would file it: names under the family's, titles past their article. Takes what is printed and the book's
// language; gives what machines sort by. The rules are those of RDA (appendix F) where they can be seen in a name itself;
// what they cannot tell, an author writes as `fileAs`.

/** Articles that a title is not sorted by, for the start of a text. */
const ARTICLES: Readonly<Record<string, RegExp>> = {
  en: /^(the|an?) /i,
  de: /^(der|die|das|eine?) /i,
  fr: /^(les? |la |une? |des |l[’'])/i,
  es: /^(el|la|los|las|lo|un|una|unos|unas) /i,
  it: /^(il |lo |la |i |gli |le |uno? |una |l[’']|un[’'])/i,
  nl: /^(de|het|een|[’']t|[’']n) /i,
  pt: /^(o|a|os|as|uma?|uns|umas) /i,
  ca: /^(el |la |els |les |en |na |una? |uns |unes |l[’'])/i,
  gl: /^(o|a|os|as|unha?|un) /i,
  sv: /^(en|ett|den|det|de) /i,
  da: /^(en|et|den|det|de) /i,
  nb: /^(en|ei|et|den|det|de) /i,
  nn: /^(ein|ei|eit|den|det|dei) /i,
  no: /^(en|ei|et|den|det|de) /i,
  hu: /^(az?|egy) /i,
  ro: /^(un|o) /i,
  el: /^(ο|η|το|οι|τα|ένας|μια|μία|ένα) /i,
  ga: /^(an|na) /i,
  cy: /^(yr?) /i,
  eo: /^(la) /i,
};

/** What a title is sorted without, unless nothing else is there. */
const MARKS = /[“”„«»‹›"「」『』《》]|^[¿¡…‘‚\s]+/gu;

/** Single ones look like apostrophes: they go two by two. */
const PAIRS = [/(?<![\p{L}\p{N}])‘([^‘]*)’(?![\p{L}\p{N}])/gu, /(?<![\p{L}\p{N}])'([^']*)'(?![\p{L}\p{N}])/gu];
/** A name that stands in quotation marks as a whole. */
const QUOTED = /^["“„«‘']([^"“”„«»‘’]+)["”“»’']$/u;

const baseOf = (language: string): string => language.toLowerCase().split('-')[0]!;

/** `Machine Stops, The`. A title of nothing but an article keeps it. */
export function titleFileAs(title: string, language: string): string {
  const bare =
    PAIRS.reduce((text, pair) => text.replace(pair, '$1'), title)
      .replace(MARKS, '')
      .trim() || title;
  const [whole] = ARTICLES[baseOf(language)]?.exec(bare) ?? [''];
  const rest = bare.slice(whole.length).trim();
  return whole && /^[\p{L}\p{N}]/u.test(rest) ? `${rest}, ${whole.trim()}` : bare;
}

const AFTER_NAME = /^(?:jr|sr|jnr|snr|ii|iii|iv|v|esq|ph\.?d|m\.?d|s\.?j|o\.?p|obe|mbe)\.?$/i;

/** Before a family's name, in small letters; most are written behind the given names. */
const PARTICLES = new Set(
  'a à aan af al am an auf av bij bin bint ben d’ da dal dalla dalle das de degli dei del della delle dello den der des di do dos du el het ibn abu im in la las le les los op over te ten ter tot van vom von voor zu zum zur ’s ’t ze'.split(
    ' ',
  ),
);
/** Written large, they are a part of the family's name: Le Guin, Van Buren, St. John. */
const LARGE = new Set(
  'Abu Al Ben Bin Da Dal De Degli Dei Del Della Delle Dello Den Der Des Di Dos Du El Ibn La Las Le Les Lo Los St St. Saint Ten Ter Van Vander Von Zu Zum Zur'.split(
    ' ',
  ),
);
/** Articles and what is run together with one are a part of it even in small letters, and so are words for son and daughter. */
const KEPT = new Set('abu al am ben bin bint des du el ibn im la le les vom zum zur'.split(' '));
/** Whoever begins with one of these gives the family's name alone: Le Corbusier, von Harbou. */
const FAMILY_ALONE = new Set('De Des Du El La Las Le Les Los Von'.split(' '));

const ORGANISATION =
  /(?<![\p{L}\p{N}])(?:press|books|publishers?|editors|circle|collective|committee|institute|university|college|society|association|organi[sz]ation|council|commission|foundation|company|corporation|group|network|project|party|government|ministry|department|agency|team|federation|alliance|coalition|co-?operative|congress|assembly|academy|archives?|library|museum|workers|inc|ltd|llc|plc|gmbh|verlag|verein|kollektiv|gruppe|institut|gesellschaft|partei|redaktion|stiftung|initiative|bündnis|netzwerk|universität|collectif|comité|groupe|société|syndicat|éditions|fédération|université|colectivo|grupo|editorial|fundación|asociación|sindicato|universidad|collettivo|gruppo|comitato|associazione|edizioni|fondazione|università|coletivo|editora|associação|fundação|stichting|vereniging|uitgeverij|wydawnictwo|fundacja|stowarzyszenie|kolektyw|коллектив|издательство|институт|общество|группа)(?![\p{L}\p{N}])/iu;
/** What no person is called: of Ockham, and Sons, Readers’ Circle, 1968. */
const NO_FAMILY = /[&\d]|\s(?:of|the|for|and|und|et)\s|s[’'](?:\s|$)|[’']s\s|^the\s/i;

/** Where the family's name stands first and nothing is turned. */
const FAMILY_FIRST = new Set(['zh', 'yue', 'ja', 'ko', 'vi', 'hu']);
/** Where people are filed by the given name. */
const GIVEN_FIRST = new Set(['is', 'am', 'ti', 'th', 'lo', 'km', 'my']);

/** Scripts whose names end in the family's. */
const SCRIPTS = ['Latin', 'Cyrillic', 'Greek', 'Armenian', 'Georgian', 'Hebrew', 'Arabic'].map(
  (script) => new RegExp(`^(?:\\P{L}|\\p{scx=${script}})*$`, 'u'),
);
const ARABIC = /\p{scx=Arabic}/u;
const ARABIC_PARTICLE = /^(?:عبد|أبو|ابو|أبي|ابن|بن|بنت|آل|أم)$/u;
const PATRONYMIC = /(?:вич|вна|чна|івна|ївна)$/u;
const INITIALS = /^(?:\p{Lu}\.-?)+$/u;

/** `Example, Jo` for `Jo Example`; as it is, where there is nothing to turn or no telling. */
export function fileAs(typed: string, language = 'en'): string {
  const name = QUOTED.exec(typed)?.[1] ?? typed;
  const [printed = '', ...behind] = name.split(/\s*[,،]\s*/);
  const degrees = behind.length > 0 && behind.every((one) => AFTER_NAME.test(one));
  if (behind.length > 0 && !degrees) return name;
  const words = printed.split(/\s+/).filter(Boolean);
  const turned = SCRIPTS.some((script) => script.test(printed));
  if (words.length < 2 || !turned) return name;
  if (ORGANISATION.test(printed) || NO_FAMILY.test(printed))
    return titleFileAs(name, /^the\s/i.test(name) ? 'en' : language);
  const base = baseOf(language);
  if (FAMILY_FIRST.has(base) || GIVEN_FIRST.has(base)) return name;
  const suffixes = [...behind];
  while (words.length > 2 && AFTER_NAME.test(words.at(-1)!)) suffixes.unshift(words.pop()!);
  const comma = ARABIC.test(printed) ? '، ' : ', ';
  return [...parted(words, base), ...suffixes].filter(Boolean).join(comma);
}

/** The family's name, and what stands before it. */
function parted(words: readonly string[], language: string): [string, string] {
  const initials = words.findIndex((_, at) => at > 0 && words.slice(at).every((word) => INITIALS.test(word)));
  // Jo E. hides the name; Pushkin A. S. has turned it already.
  if (initials > 0)
    return words.slice(initials).join('').split('.').length > 2
      ? [words.slice(0, initials).join(' '), words.slice(initials).join(' ')]
      : [words.join(' '), ''];
  if (words.length === 3 && PATRONYMIC.test(words[2]!)) return family(words, PATRONYMIC.test(words[1]!) ? 2 : 1);
  const first = words[0]!;
  if (isParticle(first) || (words.length === 2 && FAMILY_ALONE.has(first))) return [words.join(' '), ''];
  const start = startOf(words, language);
  const given = words.slice(0, start);
  const own = words.slice(start);
  const elided = /^(d[’'])(\p{Lu}.*)$/u.exec(own[0]!);
  if (elided && language !== 'it')
    return [[elided[2], ...own.slice(1)].join(' '), [...given, elided[1]!.replace("'", '’')].join(' ')];
  if (language === 'it') return [own.join(' '), given.join(' ')];
  let behind = 0;
  while (
    behind < own.length - 1 &&
    isParticle(own[behind]!) &&
    !(KEPT.has(own[behind]!) && (behind === 0 || language === 'fr'))
  )
    behind++;
  return [own.slice(behind).join(' '), [...given, ...own.slice(0, behind)].join(' ')];
}

/** A family's name of the first words, and the rest. */
const family = (words: readonly string[], count: number): [string, string] =>
  count === 2
    ? [words[2]!, words.slice(0, 2).join(' ')]
    : [words.slice(0, count).join(' '), words.slice(count).join(' ')];

const isParticle = (word: string): boolean => PARTICLES.has(word.replace("'", '’'));

/** Where the family's name begins, particles and all; never at the first word. */
function startOf(words: readonly string[], language: string): number {
  let start = words.length - 1;
  const before = (): string => words[start - 1] ?? '';
  const belongs = (): boolean => isParticle(before()) || LARGE.has(before()) || ARABIC_PARTICLE.test(before());
  if (language === 'pt' && start > 1 && /^(?:filho|júnior|neto|netto|sobrinho)$/i.test(words[start]!)) start--;
  while (start > 1 && belongs()) start--;
  // Ortega y Gasset; Eça e Silva.
  if (start > 2 && /^[yie]$/.test(before())) start -= 2;
  while (start > 1 && belongs()) start--;
  return start;
}
