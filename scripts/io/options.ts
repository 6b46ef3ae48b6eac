// Options as they were typed: takes the words and which options there are; gives what is wrong with them in a sentence.
import { parseArgs } from 'node:util';
import { named, nearest } from '../book/suggest.ts';

export type Options = Readonly<Record<string, { readonly type: 'string' | 'boolean'; readonly short?: string }>>;

/** What is wrong with the first option that is not there, lacks its value or takes none; undefined where all are right. */
export function faultIn(args: readonly string[], options: Options): string | undefined {
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const { name, rawName, value, inlineValue } = token;
    const type = Object.hasOwn(options, name) ? options[name]!.type : undefined;
    // What looks like an option is none's value, unless it is written with an equals sign.
    const missing = value === undefined || (!inlineValue && /^-./.test(value));
    if (!type) {
      const near = nearest(name, Object.keys(options));
      return `There is no option ${named(rawName)}${near ? `. Did you mean \`--${near}\`?` : ''}`;
    }
    if (type === 'string' && missing) return `\`${rawName}\` wants a value after it`;
    if (type === 'boolean' && value !== undefined) return `\`${rawName}\` takes no value`;
  }
  return undefined;
}
