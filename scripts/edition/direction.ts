// Which way a language is written. Takes a BCP 47 tag, gives `ltr` or `rtl`; marks what runs its own way in a text that
// is written from right to left.
import type { ElementContent } from 'hast';
import { isAddress } from './typography.ts';

const RIGHT_TO_LEFT = new Set(['Adlm', 'Arab', 'Hebr', 'Mand', 'Nkoo', 'Rohg', 'Samr', 'Syrc', 'Thaa']);

/** By the script that the language is written in, said (`az-Arab`) or usual (`fa`). */
export function directionOf(language: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';
}

/**
 * Addresses, code and the calls of notes get a direction of their own (in place), as HTML isolates it: else their marks
 * and figures take the places that the words about them give (Unicode Standard Annex 9, 6.3).
 */
export function isolate(content: readonly ElementContent[]): void {
  for (const node of content) {
    if (node.type !== 'element') continue;
    const classes = node.properties['className'];
    const isCall = Array.isArray(classes) && classes.includes('note-call');
    if (isCall || isAddress(node) || node.tagName === 'code' || node.tagName === 'pre') node.properties['dir'] = 'ltr';
    isolate(node.children);
  }
}
