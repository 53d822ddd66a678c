import { lineText, type Lines } from '../components/line.ts';

/** The next line after `from` that holds `text`, whatever its case, around the end; null when none does. */
export function findLine(lines: Lines, text: string, from: number, step: 1 | -1): number | null {
  const wanted = text.toLowerCase();
  for (let tried = 1; tried <= lines.count; tried += 1) {
    const index = (((from + step * tried) % lines.count) + lines.count) % lines.count;
    if (lineText(lines.at(index)).toLowerCase().includes(wanted)) return index;
  }
  return null;
}
