// The book's one spot colour made readable on any ground: WCAG 2.2's luminance and contrast, and a colour mixed until it is enough.
// Takes and gives `#rrggbb`.

type Rgb = readonly [number, number, number];

function parts(hex: string): Rgb {
  const value = /^#[0-9a-f]{6}$/i.test(hex) ? Number.parseInt(hex.slice(1), 16) : 0;
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** WCAG 2.2, "relative luminance": 0 for black, 1 for white. */
export function luminance(hex: string): number {
  const [red, green, blue] = parts(hex).map((part) => {
    const share = part / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as unknown as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio": 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

/** The colour itself, or the least mixture of it with black (on a light ground) or white (on a dark one) that reaches the ratio. */
export function legible(colour: string, ground: string, ratio = 4.5): string {
  const towards = luminance(ground) > 0.18 ? 0 : 255;
  for (let step = 0; step < 100; step++) {
    const mixed = `#${parts(colour)
      .map((part) => Math.round(part + ((towards - part) * step) / 100))
      .map((part) => part.toString(16).padStart(2, '0'))
      .join('')}`;
    if (contrast(mixed, ground) >= ratio) return mixed;
  }
  return towards === 0 ? '#000000' : '#ffffff';
}

/** White where it reads well on the colour, else black: one of the two always has 4.58 or more. */
export function inkOn(colour: string): '#ffffff' | '#000000' {
  return contrast('#ffffff', colour) >= 4.5 ? '#ffffff' : '#000000';
}
