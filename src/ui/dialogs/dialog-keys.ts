import { NO_SEARCH, type Dialog, type DialogOf } from '../../store/dialog.ts';
import { inputAfterAction, inputAfterKey, textOf } from '../controller/input-keys.ts';
import type { Action } from '../key-bindings.ts';
import type { Lines } from '../components/line.ts';
import { findLine } from '../panels/find.ts';
import type { KeyPress } from '../terminal/key-decoder.ts';
import type { Dialogs } from './dialogs.ts';
import { itemsLeft } from './picked-items.ts';

/** A dialog's lines as they wrap, and how far they can be scrolled. */
export interface Reach {
  readonly page: number;
  readonly lowest: number;
  readonly body: Lines;
}

/** What keys do in the dialog on top. */
export function actInDialog(dialogs: Dialogs, action: Action, reach: Reach): void {
  const { top } = dialogs;
  if (top === null) return;
  if (top.kind === 'page' && actInSearch(dialogs, top, action, reach)) return;
  if (action === 'back' || (action === 'help' && top.kind === 'help')) {
    dialogs.answer(null);
    return;
  }
  switch (top.kind) {
    case 'question':
      actInQuestion(dialogs, top, action, reach);
      return;
    case 'prompt':
      if (action === 'run') dialogs.answer([top.input.text]);
      else dialogs.replaceTop({ ...top, input: inputAfterAction(top.input, action) ?? top.input });
      return;
    case 'picker':
      actInPicker(dialogs, top, action, reach.page);
      return;
    case 'page':
      dialogs.replaceTop(action === 'wrap' ? { ...top, isWrapped: !top.isWrapped } : { ...top, top: scrolledToEnd(top.top, action, reach) });
      return;
    case 'help':
    case 'progress':
      dialogs.replaceTop({ ...top, top: scrolled(top.top, action, reach) });
  }
}

/** A key that nothing is bound to: text, or the letter of a choice. */
export function typeInDialog(dialogs: Dialogs, key: KeyPress): void {
  const { top } = dialogs;
  if (top?.kind === 'question') {
    const choice = top.choices.find((candidate) => candidate.key === key.name);
    if (choice !== undefined) dialogs.answer([choice.id]);
    else if (key.name === 'n') dialogs.answer(null);
  } else if (top?.kind === 'prompt') {
    const input = inputAfterKey(top.input, key);
    if (input !== null) dialogs.replaceTop({ ...top, input });
  } else if (top?.kind === 'picker') {
    const filter = edited(top.filter, key);
    if (filter !== top.filter) dialogs.replaceTop({ ...top, filter, chosen: 0 });
  } else if (top?.kind === 'page' && top.search.isTyping) {
    dialogs.replaceTop({ ...top, search: { ...top.search, text: edited(top.search.text, key) } });
  }
}

function edited(text: string, key: KeyPress): string {
  return key.name === 'backspace' ? [...text].slice(0, -1).join('') : key.name === 'ctrl-u' ? '' : text + textOf(key);
}

/** What keys do to a search on a page; false: nothing, they mean something else. */
function actInSearch(dialogs: Dialogs, top: DialogOf<'page'>, action: Action, { body }: Reach): boolean {
  const { search } = top;
  const jump = (from: number, step: 1 | -1): void => {
    if (search.text === '') return;
    const found = findLine(body, search.text, from, step);
    dialogs.replaceTop({ ...top, top: found ?? top.top, search: { ...search, isTyping: false, isMissing: found === null } });
  };
  switch (action) {
    case 'search':
      dialogs.replaceTop({ ...top, search: { ...NO_SEARCH, isTyping: true } });
      return true;
    case 'apply':
      if (search.text === '') dialogs.replaceTop({ ...top, search: NO_SEARCH });
      // What is in sight comes first; a page that stands at its end is searched from its start.
      else jump(Number.isFinite(top.top) ? top.top - 1 : body.count - 1, 1);
      return true;
    case 'searchNext':
    case 'searchPrevious':
      jump(Number.isFinite(top.top) ? top.top : body.count, action === 'searchNext' ? 1 : -1);
      return true;
    case 'back':
      if (search.text === '' && !search.isTyping) return false;
      dialogs.replaceTop({ ...top, search: NO_SEARCH });
      return true;
    default:
      return false;
  }
}

function actInQuestion(dialogs: Dialogs, top: DialogOf<'question'>, action: Action, reach: Reach): void {
  const { choices, chosen } = top;
  const moved = (step: number): Dialog => ({ ...top, chosen: (chosen + step + choices.length) % choices.length });
  switch (action) {
    case 'take':
      dialogs.answer(chosen === 0 ? null : [choices[chosen]?.id ?? '']);
      return;
    case 'right':
    case 'down':
    case 'next':
      dialogs.replaceTop(moved(1));
      return;
    case 'left':
    case 'up':
    case 'previous':
      dialogs.replaceTop(moved(-1));
      return;
    default:
      dialogs.replaceTop({ ...top, top: scrolled(top.top, action, reach) });
  }
}

function actInPicker(dialogs: Dialogs, top: DialogOf<'picker'>, action: Action, page: number): void {
  const items = itemsLeft(top);
  const item = items[top.chosen];
  if (action === 'take') {
    if (top.marked !== null) dialogs.answer(top.marked.length === 0 && item !== undefined ? [item.key] : top.marked);
    else if (item !== undefined) dialogs.answer([item.key]);
  } else if (action === 'mark') {
    // Where only one can be taken there is nothing to mark: a space is text.
    if (top.marked === null) dialogs.replaceTop({ ...top, filter: `${top.filter} `, chosen: 0 });
    if (top.marked === null || item === undefined) return;
    const isMarked = top.marked.includes(item.key);
    dialogs.replaceTop({ ...top, marked: isMarked ? top.marked.filter((key) => key !== item.key) : [...top.marked, item.key] });
  } else {
    dialogs.replaceTop({ ...top, chosen: scrolled(top.chosen, action, { page, lowest: Math.max(0, items.length - 1) }) });
  }
}

/** Whoever scrolls to the end stays there while lines are added. */
function scrolledToEnd(top: number, action: Action, reach: Reach): number {
  const next = scrolled(top, action, reach);
  return next >= reach.lowest && (action === 'last' || action === 'down' || action === 'pageDown' || !Number.isFinite(top)) ? Number.POSITIVE_INFINITY : next;
}

function scrolled(top: number, action: Action, { page, lowest }: Pick<Reach, 'page' | 'lowest'>): number {
  switch (action) {
    case 'up':
      return Math.max(0, Math.min(top, lowest) - 1);
    case 'down':
      return Math.min(lowest, top + 1);
    case 'pageUp':
      return Math.max(0, Math.min(top, lowest) - page);
    case 'pageDown':
      return Math.min(lowest, top + page);
    case 'first':
      return 0;
    case 'last':
      return lowest;
    default:
      return top;
  }
}
