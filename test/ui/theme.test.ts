import { describe, expect, it } from 'vitest';
import { chooseTheme } from '../../src/ui/theme.ts';

/** Grounds of light terminals: white, and that of Solarized Light. */
const LIGHT_GROUNDS = ['#ffffff', '#fdf6e3'] as const;

/** WCAG 2.2, "relative luminance". */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio": 1 to 21. */
function contrast(one: string, other: string): number {
  const [lighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (lighter + 0.05) / (darker + 0.05);
}

describe('the light theme', () => {
  const colours = Object.entries(chooseTheme({}, false, 'light').style).flatMap(([tone, { color }]) => (color === undefined ? [] : [[tone, color] as const]));

  it.each(colours)('is readable on light grounds: %s, %s', (_tone, colour) => {
    for (const ground of LIGHT_GROUNDS) expect(contrast(colour, ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('tells every status by a colour of its own', () => {
    expect(new Set(colours.map(([, colour]) => colour)).size).toBe(6);
  });

  it('gives way to NO_COLOR', () => {
    expect(Object.values(chooseTheme({ NO_COLOR: '1' }, false, 'light').style).every(({ color }) => color === undefined)).toBe(true);
  });
});
