// Spaces at which no line may end, where the language wants them: between a number and its unit, between initials, after
// the short words of Slavonic languages, before a dash. Takes a text whose marks are set, gives its places. Pure.

/** U+00A0, as wide as the line's other spaces; U+202F, narrow. */
const FIXED = '\u00a0';
const NARROW = '\u202f';

interface Rule {
  /** Finds the one space (or line end of the source) that is to be fixed. */
  readonly space: RegExp;
  readonly becomes: typeof FIXED | typeof NARROW;
}

// The space first: it is quickest to tell, and most characters are none.
const fixed = (before: string, after: string, becomes: Rule['becomes'] = FIXED): Rule => ({
  space: new RegExp(`[ \\n](?=${after})(?<=(?:${before})[ \\n])`, 'gu'),
  becomes,
});

/** Any space, fixed or not: what was set once is found again. */
const ANY = '[ \\n\\u00a0\\u202f]';
/** A mark that closes what is before it. */
export const CLOSING = '(?:[,;:!?…)\\]]|\\.(?![\\p{L}\\p{N}])|["\'”“»«’‘›‹](?:[^\\S\\u00a0\\u202f]|[.,;:!?…)]|$))';
const START = '(?<![\\p{L}\\p{N}.’-])';
const END = '(?![\\p{L}\\p{N}])';
const either = (words: string): string => `(?:${words.trim().replace(/[.$]/g, '\\$&').split(/\s+/).join('|')})`;

const UNITS = either(`
  % ‰ ° °C °F € £ $ ¥ kr Kr zł gr Kč CHF EUR USD GBP km m dm cm mm µm nm mi ft kg g mg µg t lb oz l L ml cl dl hl ha
  km² m² m³ cm³ kW MW GW kWh MWh GWh TWh Hz kHz MHz GHz kB MB GB TB dpi px pt h min s ms kJ kcal Pa hPa
  million millions billion billions trillion Mio. Mrd. Tsd. Million Millionen Milliarde Milliarden milliard milliards
  miljoen miljard mln mld mlrd tys. тыс. млн млрд руб. р. коп. г. гг. в. вв. км м см мм кг г т ч мин грн εκατ. δισ.`);

const NUMBERED = either(`
  § §§ ¶ № nº n° Nr. Nrs. nr nr. No. Nos. no. nos. núm. p. pp. S. s. pág. págs. str. стр. σ. σσ. Fig. Figs. fig. figs. Abb.
  Tab. tab. Taf. рис. табл. Bd. Bde. Vol. Vols. vol. vols. t. т. ch. chap. Chap. chaps. Kap. cap. rozdz. гл. κεφ. Art. art.
  Abs. sec. Sec. n. nn. Anm. eq. ca. ca c. circa um ok. ок. св. St.`);

const TITLES = either(
  'Mr Mr. Mrs Mrs. Ms Ms. Dr Dr. Prof. St St. Hr. Fr. Hl. MM. Mme Mlle Sr. Sra. Dña. dr prof. г-н г-жа',
);

/** A dash with spaces around it is a pause: it ends a line, and never begins one; nor do three dots. */
const PAUSES: readonly Rule[] = [
  fixed('\\S', `[–—](?:${ANY}|$|${CLOSING})`),
  fixed('[\\p{L}\\p{N},;.!?»”“]', '…(?:[\\s.,;:!?)»”“]|$)'),
  // A speaker's dash stays with what is said.
  fixed('(?:^|\\n)[–—]', '\\S'),
];

const COMMON: readonly Rule[] = [
  ...PAUSES,
  fixed('\\d', `${UNITS}${END}`),
  fixed(`${START}${NUMBERED}`, '[\\dIVXLC]'),
  fixed(`${START}${TITLES}`, '\\p{Lu}'),
  // Initials, each before the next and the last before the name.
  fixed('(?<!\\p{L})\\p{Lu}\\.', "\\p{Lu}(?:[.’']|\\p{Ll})"),
];

/** `e. g.`, `т. е.`, `p. ej.`: no line ends within an abbreviation. */
const abbreviations = (becomes: Rule['becomes']): Rule =>
  fixed('(?<!\\p{L})\\p{L}\\.', '(?:\\p{Ll}|\\p{Lu}(?!\\.\\s\\d)|Chr|ej|ex|in|UU)\\.', becomes);

const THOUSANDS = fixed('(?<!\\d)\\d{1,3}(?:[ \\u00a0\\u202f]\\d{3})*', '\\d{3}(?!\\d)', NARROW);

/** Words that never end a line. */
const short = (words: string): Rule => fixed(`(?<![\\p{L}\\p{N}.’'-])(?:${words})`, '\\S');
const anyCase = (rule: Rule): Rule => ({ ...rule, space: new RegExp(rule.space.source, 'giu') });

const RUSSIAN = anyCase(short('а|в|во|и|к|ко|о|об|обо|с|со|у|я|за|из|на|не|ни|но|от|по|до'));
/** And those that never begin one. */
const PARTICLES = fixed('\\p{L}', `(?:же|ли|бы|ж|б|ль)${END}`);
const UKRAINIAN = anyCase(short('а|в|з|і|й|о|у|є|із|зі|до|на|не|ні|по|за|від'));
const CZECH = anyCase(short('k|s|v|z|o|u|a|i'));

const RULES: Readonly<Record<string, readonly Rule[]>> = {
  // Duden: between the parts of an abbreviation a narrow space, at which no line ends.
  de: [abbreviations(NARROW)],
  fr: [THOUSANDS],
  es: [THOUSANDS],
  pt: [THOUSANDS],
  it: [],
  pl: [anyCase(short('a|i|o|u|w|z')), THOUSANDS],
  cs: [CZECH, THOUSANDS],
  sk: [CZECH, THOUSANDS],
  ru: [RUSSIAN, PARTICLES, THOUSANDS],
  uk: [UKRAINIAN, THOUSANDS],
  be: [RUSSIAN, THOUSANDS],
  sv: [THOUSANDS],
  nb: [THOUSANDS],
  no: [THOUSANDS],
  nn: [THOUSANDS],
  fi: [THOUSANDS],
};

const known = new Map<string, readonly Rule[]>();

function rulesFor(language: string): readonly Rule[] {
  let rules = known.get(language);
  if (!rules) {
    const own = RULES[language.split('-')[0]!.toLowerCase()] ?? [];
    const shortened = language.toLowerCase().startsWith('de') ? [] : [abbreviations(FIXED)];
    rules = [...COMMON, ...shortened, ...own, ...dates(language)];
    known.set(language, rules);
  }
  return rules;
}

/** A day and its month stay together; months as they stand alone and beside a day (Unicode CLDR). */
function dates(language: string): Rule[] {
  const written = (options: Intl.DateTimeFormatOptions): string[] => {
    const format = new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' });
    return Array.from({ length: 12 }, (_, month) => format.formatToParts(Date.UTC(2001, month, 1)))
      .map((parts) => parts.find(({ type }) => type === 'month')?.value ?? '')
      .filter((name) => /^\p{L}{3,}$/u.test(name));
  };
  const names = [...new Set([...written({ month: 'long' }), ...written({ month: 'long', day: 'numeric' })])];
  if (names.length === 0) return [];
  const month = `(?:${names.join('|')})${END}`;
  return [
    fixed('\\d(?:st|nd|rd|th|er|º|\\.)?', month),
    fixed(`(?<!\\p{L})${month}`, '\\d{1,2}(?!\\d)'),
    fixed('\\d', `de${ANY}${month}`),
  ];
}

/** What the ordinary spaces and line ends of a text become, by their UTF-16 index; those that stay are left out. */
export function fixedSpaces(text: string, language: string): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const { space, becomes } of rulesFor(language))
    for (const { index } of text.matchAll(space)) found.set(index, becomes);
  return found;
}
