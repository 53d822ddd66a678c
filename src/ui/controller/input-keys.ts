import type { InputState } from '../../store/console-state.ts';
import type { Action } from '../key-bindings.ts';
import { graphemes } from '../components/text-width.ts';
import { cleanLine } from '../../domain/sanitise.ts';
import type { KeyPress } from '../terminal/key-decoder.ts';

const LONGEST_INPUT = 2_048;

/** Text that a key or a paste brings, without control sequences. Of a paste with several lines it is the first that is not empty. */
export function textOf(key: KeyPress): string {
  if (key.name !== 'paste') return cleanLine(key.text);
  const line = key.text.split(/[\r\n]+/u).find((part) => part.trim() !== '') ?? '';
  return cleanLine(line.slice(0, LONGEST_INPUT)).replaceAll('\t', ' ').trim();
}

/** The field after a key that is text or edits text; null when the key does neither. */
export function inputAfterKey(input: InputState, key: KeyPress): InputState | null {
  const parts = graphemes(input.text);
  const before = parts.slice(0, input.caret);
  const after = parts.slice(input.caret);
  switch (key.name) {
    case 'backspace':
      return edited(input, before.slice(0, -1), after);
    case 'delete':
    case 'ctrl-d':
      return edited(input, before, after.slice(1));
    case 'ctrl-u':
      return edited(input, [], after);
    case 'ctrl-k':
      return edited(input, before, []);
    case 'ctrl-w':
      return edited(input, graphemes(before.join('').replace(/[^/.:]*[/.:]*$/u, '')), after);
    default: {
      const text = textOf(key);
      return text === '' ? null : edited(input, graphemes(before.join('') + text), after);
    }
  }
}

export function inputAfterAction(input: InputState, action: Action): InputState | null {
  const length = graphemes(input.text).length;
  switch (action) {
    case 'left':
      return { ...input, caret: Math.max(0, input.caret - 1) };
    case 'right':
      return { ...input, caret: Math.min(length, input.caret + 1) };
    case 'first':
      return { ...input, caret: 0 };
    case 'last':
      return { ...input, caret: length };
    default:
      return null;
  }
}

function edited(input: InputState, before: readonly string[], after: readonly string[]): InputState {
  const text = [...before, ...after].join('').slice(0, LONGEST_INPUT);
  return { ...input, text, caret: Math.min(graphemes(before.join('')).length, graphemes(text).length), error: null };
}
