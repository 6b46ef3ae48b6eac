// Whether a press file can be made as book.yaml asks: the printer's profile must be one, and be for the inks that are used.
// Takes the settings and the profile's bytes; gives the profile, or what is wrong in words that go on after its name.
import type { PressSettings } from '../book/config.ts';
import { type Profile, readProfile } from '../print/icc.ts';

interface Fault {
  readonly reason: string;
  readonly note: string;
}

const ASK = 'Ask the printer for the output profile of the press and the paper, an `.icc` file for CMYK';

/** Undefined where none is given and none is needed. */
export function judgeProfile(
  { standard, ink }: PressSettings,
  file: Uint8Array | undefined,
): Profile | Fault | undefined {
  const inColour = ink === 'cmyk';
  if (!file) {
    if (standard === 'none' || !inColour) return undefined;
    return {
      reason: 'PDF/X-4 in colour says which press it is for, and `profile` is missing',
      note: `${ASK}, and name it: \`profile: profiles/printer.icc\`; or write \`ink: black\`.`,
    };
  }
  const found = readProfile(file);
  if ('reason' in found)
    return { reason: found.reason, note: `${ASK}${inColour ? '' : ' or grey'}; or take the line out.` };
  if (inColour && found.space === 'GRAY')
    return { reason: 'is for grey, and the ink is `cmyk`', note: `${ASK}; or write \`ink: black\`.` };
  return found;
}
