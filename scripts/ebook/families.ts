// Which faces a sheet may name: takes the ebook's rules and its `@font-face` rules, gives rules that name no other face.

/**
 * A family that is not in the book would be whatever a machine has of that name, and Kobo asks not to name one (EPUB
 * Guidelines, "Embedded Fonts"). A list with none of its families left is dropped, so that the reader's own face stays;
 * but code stays apart.
 */
export function withFamilies(css: string, faces: string): string {
  const families = new Set([...faces.matchAll(/font-family:"([^"]+)"/g)].map(([, family]) => family!));
  return css.replace(/^[ \t]*font-family:([^;]+);\n/gm, (declaration, list: string) => {
    const names = list.split(',').map((name) => name.trim());
    const kept = names.filter((name) => !/^['"]/.test(name) || families.has(name.slice(1, -1)));
    if (kept.length === names.length) return declaration;
    const apart = kept.some((name) => /^['"]|^monospace$/.test(name));
    return apart ? `  font-family: ${kept.join(', ')};\n` : '';
  });
}
