import { graphemes, widthOf } from '../components/text-width.ts';

/** What stands in one column of the terminal. */
export interface Cell {
  readonly text: string;
  /** The parameters of its SGR (ECMA-48 8.3.117), `1;36`; empty for plain. */
  readonly style: string;
}

export const BLANK: Cell = { text: ' ', style: '' };

/** SGR with whole parameters:  ESC [ 1 m   ESC [ 38 ; 5 ; 3 m */
const SGR = /\u001b\[([\d;]*)m/gu;

/** A row with its styles as cells, without the blanks at its end; null for one with a character that is not one column wide. */
export function rowCells(row: string): readonly Cell[] | null {
  const cells: Cell[] = [];
  const style = new RunningStyle();
  let from = 0;
  for (const match of [...row.matchAll(SGR), null]) {
    const text = row.slice(from, match?.index);
    const look = style.text;
    for (const part of graphemes(text)) {
      if (widthOf(part) !== 1) return null;
      cells.push(part === ' ' ? blankOf(look) : { text: part, style: look });
    }
    if (match === null) break;
    style.apply(match[1] ?? '');
    from = match.index + match[0].length;
  }
  while (cells.at(-1) === BLANK) cells.pop();
  return cells;
}

/** Of a space only what has a ground can be seen: inverse, underline and background. */
function blankOf(style: string): Cell {
  return style.split(';').some((parameter) => parameter === '7' || parameter === '4' || /^4\d/u.test(parameter)) ? { text: ' ', style } : BLANK;
}

/** The style after each SGR. Foreground, background and weight replace each other; 0 takes all away. */
class RunningStyle {
  readonly #parts = new Map<string, string>();

  get text(): string {
    return [...this.#parts.values()].join(';');
  }

  apply(parameters: string): void {
    if (parameters === '' || parameters === '0') {
      this.#parts.clear();
      return;
    }
    const code = Number(parameters.split(';')[0]);
    const [group, isSet] = groupOf(code);
    // 1 and 2 go together, and 22 ends both.
    if (isSet) this.#parts.set(group === 'weight' ? parameters : group, parameters);
    else for (const ended of group === 'weight' ? ['1', '2'] : [group]) this.#parts.delete(ended);
  }
}

function groupOf(code: number): readonly [string, boolean] {
  if (code === 1 || code === 2 || code === 22) return ['weight', code !== 22];
  if ((code >= 30 && code <= 39) || (code >= 90 && code <= 97)) return ['foreground', code !== 39];
  if ((code >= 40 && code <= 49) || (code >= 100 && code <= 107)) return ['background', code !== 49];
  // 3, 4, 7, 9 are ended by 23, 24, 27, 29.
  return code >= 23 && code <= 29 ? [String(code - 20), false] : [String(code), true];
}
