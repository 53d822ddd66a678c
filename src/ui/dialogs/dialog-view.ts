import type { ConsoleState } from '../../store/console-state.ts';
import type { Dialog, DialogLine, DialogOf, PageSearch, ProgressItem } from '../../store/dialog.ts';
import { scrolledTop } from '../../store/navigate.ts';
import type { PanelStatus } from '../../store/select.ts';
import { duration } from '../components/duration.ts';
import { fieldLine } from '../components/field.ts';
import { lineWidth, linesOf, span, type Line, type Lines } from '../components/line.ts';
import { wrap } from '../components/text-width.ts';
import type { ConsoleContext } from '../context.ts';
import { helpLines } from '../screens/help-lines.ts';
import { FOOTER_ROWS, HEADER_ROWS } from '../screens/window.ts';
import type { Tone } from '../theme.ts';
import { itemsLeft } from './picked-items.ts';

/** A dialog as rows: a sheet at the foot of the window, or the whole body for what is to be read. Pure. */
export interface DialogView {
  /** With the rule above it. */
  readonly height: number;
  readonly title: Line;
  readonly body: Lines;
  readonly top: number;
  readonly bodyRows: number;
  /** Always in sight, below the body. */
  readonly tail: readonly Line[];
}

/** What of the screen below stays in sight. */
const SCREEN_ROWS = 3;
const RULE_ROWS = 1;

export function dialogView(context: ConsoleContext, state: ConsoleState): DialogView | null {
  const dialog = state.dialogs.at(-1);
  if (dialog === undefined) return null;
  const width = state.size.columns;
  const room = state.size.rows - HEADER_ROWS - FOOTER_ROWS;
  const body = bodyLines(context, dialog, width);
  const tail = tailLines(context, dialog, width);
  const isWhole = dialog.kind === 'page' || dialog.kind === 'help';
  const height = isWhole ? room : Math.min(body.length + tail.length + RULE_ROWS, room - SCREEN_ROWS);
  const bodyRows = Math.max(0, height - RULE_ROWS - tail.length);
  return { height, title: titleLine(context, state, dialog), body: linesOf(body), top: topOf(dialog, body.length, bodyRows), bodyRows, tail };
}

function topOf(dialog: Dialog, count: number, rows: number): number {
  const lowest = Math.max(0, count - rows);
  if (dialog.kind === 'picker') return scrolledTop(0, dialog.lines.length + dialog.chosen, rows, count);
  if (dialog.kind === 'progress' && dialog.top === 0 && !dialog.isDone) {
    const running = dialog.items.findLastIndex((item) => item.state === 'running');
    return running === -1 ? 0 : scrolledTop(0, count - dialog.items.length + running, rows, count);
  }
  return Math.min(dialog.top, lowest);
}

function titleLine({ messages, theme }: ConsoleContext, state: ConsoleState, dialog: Dialog): Line {
  const title = dialog.kind === 'help' ? messages.ui.titles.help : dialog.title;
  const elapsed: Line = dialog.kind === 'progress' && !dialog.isDone ? [span(` ${duration(Math.max(0, state.nowMs - dialog.sinceMs))}`, 'dim')] : [];
  return [span(`${theme.glyphs.focus} `, 'accent'), span(title, 'strong'), ...elapsed, span(' '), ...(dialog.kind === 'page' ? searchLine({ messages, theme }, dialog.search) : [])];
}

function searchLine({ messages, theme }: Pick<ConsoleContext, 'messages' | 'theme'>, { text, isTyping, isMissing }: PageSearch): Line {
  if (text === '' && !isTyping) return [];
  if (isMissing) return [span(` ${messages.console.run.notFound(text)} `, 'warn')];
  return [span(`  ${messages.console.run.search}: `, 'accent'), span(text, 'strong'), isTyping ? span(theme.glyphs.caret, 'accent') : span(' ')];
}

function bodyLines(context: ConsoleContext, dialog: Dialog, width: number): readonly Line[] {
  const isCut = dialog.kind === 'page' && !dialog.isWrapped;
  const lines = dialog.lines.flatMap((line) => (isCut ? [[span(line.text, line.emphasis)]] : wrapped(line, width)));
  switch (dialog.kind) {
    case 'question':
    case 'prompt':
      return lines;
    case 'page':
      return dialog.search.text === '' ? lines : lines.map((line) => marked(line, dialog.search.text));
    case 'help':
      return helpLines(context, width);
    case 'progress':
      return [...lines, ...dialog.items.flatMap((item) => progressLines(context, item, width))];
    case 'picker':
      return [...lines, ...pickerLines(context, dialog)];
  }
}

/** The line with every place marked that holds the text, whatever its case. */
function marked(line: Line, text: string): Line {
  const places = new RegExp(`(${text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&')})`, 'giu');
  return line.flatMap((part) => part.text.split(places).flatMap((piece, index) => (piece === '' ? [] : [span(piece, index % 2 === 1 ? 'selected' : part.tone)])));
}

function wrapped({ text, emphasis }: DialogLine, width: number): readonly Line[] {
  return text.split('\n').flatMap((part) => wrap(part, width)).map((part) => [span(part, emphasis)]);
}

const ITEM_STATUS: Readonly<Record<ProgressItem['state'], PanelStatus>> = { waiting: 'waiting', running: 'running', done: 'pass', failed: 'fail', skipped: 'skipped', open: 'unknown' };
const ITEM_TONE: Readonly<Record<ProgressItem['state'], Tone>> = { waiting: 'dim', running: 'accent', done: 'pass', failed: 'fail', skipped: 'dim', open: 'warn' };

function progressLines({ messages, theme }: ConsoleContext, item: ProgressItem, width: number): readonly Line[] {
  const word = messages.console.dialogs.itemState[item.state];
  // As wide as the widest word: labels that are tables stay tables.
  const widest = Math.max(...Object.values(messages.console.dialogs.itemState).map((other) => other.length));
  const head = `${theme.glyphs.status[ITEM_STATUS[item.state]]} ${word.padEnd(widest)}  `;
  const detail = item.detail === '' ? [] : wrap(item.detail, Math.max(20, width - 4)).map((text): Line => [span(`    ${text}`, 'dim')]);
  return [[span(head, ITEM_TONE[item.state]), span(item.label)], ...detail];
}

function pickerLines({ messages, theme }: ConsoleContext, dialog: DialogOf<'picker'>): readonly Line[] {
  const items = itemsLeft(dialog);
  if (items.length === 0) return [[span(dialog.filter === '' ? messages.console.dialogs.nothingToPick : messages.ui.lists.noMatch(dialog.filter), 'warn')]];
  return items.map((item, index) => {
    const isChosen = index === dialog.chosen;
    const mark = dialog.marked === null ? '' : dialog.marked.includes(item.key) ? '[x] ' : '[ ] ';
    return [
      span(`${isChosen ? theme.glyphs.cursor : ' '} ${mark}`, isChosen ? 'accent' : 'plain'),
      span(item.label, isChosen ? 'selected' : 'plain'),
      ...(item.detail === '' ? [] : [span(`  ${item.detail}`, 'dim')]),
    ];
  });
}

function tailLines(context: ConsoleContext, dialog: Dialog, width: number): readonly Line[] {
  const { messages, theme } = context;
  switch (dialog.kind) {
    case 'question':
      return choiceLines(context, dialog, width);
    case 'prompt': {
      const { error } = dialog.input;
      const field = fieldLine(context, '', dialog.input, true, width);
      return error === null ? [field] : [field, [span(`${theme.glyphs.status.fail} ${error}`, 'fail')]];
    }
    case 'picker':
      return [[span(`${messages.ui.lists.filter}: `, 'dim'), span(dialog.filter, 'strong'), span(theme.glyphs.caret, 'accent')]];
    case 'progress':
      return [[span(dialog.isDone ? messages.console.dialogs.finished : messages.console.dialogs.goesOn, 'dim')]];
    case 'page':
    case 'help':
      return [];
  }
}

/** The choices side by side, on as many rows as they need; the chosen one by glyph and inverse. */
function choiceLines({ theme }: ConsoleContext, { choices, chosen }: DialogOf<'question'>, width: number): readonly Line[] {
  const rows: Line[] = [];
  let row: Line = [];
  choices.forEach(({ label, key }, index) => {
    const isChosen = index === chosen;
    const choice: Line = [
      span(isChosen ? `${theme.glyphs.cursor} ` : '  ', 'accent'),
      span(` ${label} `, isChosen ? 'selected' : 'plain'),
      span(key === null ? '   ' : ` [${key}]   `, 'dim'),
    ];
    if (row.length > 0 && lineWidth(row) + lineWidth(choice) > width) {
      rows.push(row);
      row = [];
    }
    row = [...row, ...choice];
  });
  return [...rows, row];
}
