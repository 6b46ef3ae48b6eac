// Whether a press file can be made as book.yaml asks: the printer's profile must be one, and be for the inks that are used.
// Takes the settings and the profile's bytes; gives the profile, or what is wrong in words that go on after its name.
import type { PressSettings } from '../book/config.ts';
import { type Profile, readProfile } from '../print/icc.ts';

interface Fault {
  readonly reason: string;
  readonly note: string;
}

const ASK = 'Ask the printer for the output profile of the press and the paper, an `.icc` file for CMYK';

/** Why there are no bytes, as the library says it. */
export interface Absent {
  readonly refused: string;
  readonly detail?: string;
}

const ABSENT: Readonly<Record<string, Fault>> = {
  missing: {
    reason: 'does not exist',
    note: 'Its path is read from the folder of book.yaml, and capitals count: `profile: profiles/printer.icc`.',
  },
  outside: {
    reason: 'lies outside the book’s folder',
    note: 'Copy it into the book’s folder: links that lead out of it are not followed.',
  },
};

/** Undefined where no press is told of. */
export function judgeProfile(
  { standard, ink }: PressSettings,
  file: Uint8Array | Absent | undefined,
): Profile | Fault | undefined {
  if (standard === 'none') return undefined;
  const inColour = ink === 'cmyk';
  const otherwise = inColour ? 'or write `ink: black`' : 'or take the line out';
  if (!file) {
    if (!inColour) return undefined;
    return {
      reason: 'PDF/X-4 in colour says which press it is for, and `profile` is missing',
      note: `${ASK}, and name it: \`profile: profiles/printer.icc\`; ${otherwise}.`,
    };
  }
  if ('refused' in file)
    return (
      ABSENT[file.refused] ?? {
        reason: `cannot be read${file.detail ? `: ${file.detail}` : ''}`,
        note: 'Name the `.icc` file itself: `profile: profiles/printer.icc`.',
      }
    );
  const found = readProfile(file);
  const note = `${ASK}${inColour ? '' : ' or grey'}; ${otherwise}.`;
  if ('reason' in found) return { reason: found.reason, note };
  return inColour && found.space === 'GRAY' ? { reason: 'is for grey, and the ink is `cmyk`', note } : found;
}
