import { currentScreen, listOf } from '../../store/navigate.ts';
import type { ConsoleState, ListName, PanelId } from '../../store/console-state.ts';
import type { Dialog } from '../../store/dialog.ts';
import { panelStatus } from '../../store/select.ts';
import { LAYERS } from '../../domain/layer.ts';
import type { Messages } from '../../i18n/index.ts';
import { lineText } from '../components/line.ts';
import type { ConsoleContext } from '../context.ts';
import { itemsLeft } from '../dialogs/picked-items.ts';
import { nodeAnswer, nodeQuestion } from '../panels/path/tree-text.ts';
import { columnsOf, cursorIndex, itemsOf, startKey } from '../screens/list-items.ts';
import { helpLines } from '../screens/help-lines.ts';
import { listView } from '../screens/list-view.ts';
import { runText } from '../copy/run-text.ts';

/** What there is to say of a state, each part under a name of its own: a part is said when it is not what was said last. */
export type SpokenParts = ReadonlyMap<string, string>;

/** Wide enough that nothing is wrapped. */
const WIDTH = 400;

export function spokenParts(context: ConsoleContext, state: ConsoleState): SpokenParts {
  const dialog = state.dialogs.at(-1);
  const screen = currentScreen(state);
  const list = listOf(screen);
  const parts = new Map<string, string>();
  if (screen.kind === 'run') sayRun(parts, context, state);
  else if (list !== null) sayList(parts, context, state, list);
  if (dialog !== undefined) sayDialog(parts, context, dialog);
  if (state.commandLine !== null) parts.set('command', `: ${state.commandLine.text}`);
  if (state.notice !== null) parts.set('notice', state.notice.text);
  return parts;
}

function sayList(parts: Map<string, string>, context: ConsoleContext, state: ConsoleState, list: ListName): void {
  const { messages } = context;
  const screen = currentScreen(state);
  const isTyping = screen.kind === 'dependencies' && state.input.zone === 'input';
  const { phase, rows } = state.lists[list];
  const { title, notices } = listView(context, { ...state, size: { ...state.size, columns: WIDTH } }, list);
  if (screen.kind === 'dependencies') {
    parts.set('screen', messages.ui.titles.dependencies);
    parts.set('input', `${messages.ui.input.label}: ${state.input.text}`);
    if (state.input.error !== null) parts.set('error', state.input.error);
  }
  // While it loads, its numbers change all the time.
  parts.set('list', phase.kind === 'loading' ? messages.ui.lists.loading : [title, ...notices].map(lineText).join('. '));
  if (phase.kind === 'loading' || isTyping || rows.length === 0) return;
  const items = itemsOf(state, list, messages);
  const index = cursorIndex(items, state.cursors[list].itemKey ?? startKey(state, list));
  const item = items[index];
  if (item === undefined) return;
  const columns = columnsOf(state, list, messages);
  const cells = item.cells.flatMap((cell, column) => (cell === '' ? [] : [column === 0 ? cell : `${columns[column]?.title ?? ''} ${cell}`]));
  parts.set('item', messages.spoken.item(cells.join(', '), index + 1, items.length));
}

function sayDialog(parts: Map<string, string>, context: ConsoleContext, dialog: Dialog): void {
  const { messages } = context;
  const id = dialog.id.toString();
  const lines = dialog.kind === 'help' ? helpLines(context, WIDTH).map(lineText) : dialog.lines.map(({ text }) => text);
  const title = dialog.kind === 'help' ? messages.ui.titles.help : dialog.title;
  if (dialog.isGuarded) parts.set(`guard ${id}`, messages.console.dialogs.guarded);
  // A log grows: each line is said once.
  if (dialog.kind === 'page') {
    parts.set(`dialog ${id}`, title);
    for (const [index, line] of lines.entries()) parts.set(`dialog ${id} line ${index.toString()}`, line.trim());
    return;
  }
  parts.set(`dialog ${id}`, [title, ...lines].filter((line) => line.trim() !== '').join('\n'));
  switch (dialog.kind) {
    case 'question': {
      const choice = dialog.choices[dialog.chosen];
      parts.set(`choices ${id}`, dialog.choices.map(({ label, key }) => (key === null ? label : `${label} (${key})`)).join(', '));
      if (choice !== undefined) parts.set(`chosen ${id}`, messages.spoken.chosen(choice.label, dialog.chosen + 1, dialog.choices.length));
      return;
    }
    case 'picker': {
      const items = itemsLeft(dialog);
      const item = items[dialog.chosen];
      parts.set(`filter ${id}`, dialog.filter === '' ? '' : `${messages.ui.lists.filter}: ${dialog.filter}`);
      parts.set(`chosen ${id}`, item === undefined ? messages.ui.lists.noMatch(dialog.filter) : messages.spoken.chosen(`${item.label} ${item.detail}`.trim(), dialog.chosen + 1, items.length));
      return;
    }
    case 'prompt':
      parts.set(`text ${id}`, `> ${dialog.input.text}`);
      if (dialog.input.error !== null) parts.set(`error ${id}`, dialog.input.error);
      return;
    case 'progress':
      for (const { key, label, state, detail } of dialog.items) parts.set(`item ${id} ${key}`, `${label}: ${messages.console.dialogs.itemState[state]} ${detail}`.trim());
      return;
    case 'help':
  }
}

/** Each answer of the tree and each state of a layer once; the verdict whole, when it stands. Output is read with Y. */
function sayRun(parts: Map<string, string>, context: ConsoleContext, state: ConsoleState): void {
  const { messages } = context;
  const { run } = state;
  const screen = currentScreen(state);
  if (screen.kind === 'run') parts.set('run', `${messages.spoken.run}: ${run.dependency?.url ?? screen.dependencyText}`);
  for (const step of [...run.path, ...run.besides]) {
    const question = nodeQuestion(messages, step.node);
    parts.set(`step ${step.node}`, step.answer === null ? question : `${question} ${nodeAnswer(messages, step.node, step.answer)}`);
  }
  for (const layer of LAYERS) {
    const status = panelStatus(run, layer);
    if (status !== 'waiting') parts.set(`layer ${layer}`, `${messages.ui.layers[layer]}: ${messages.ui.status[status]}`);
  }
  if (state.runError !== null) parts.set('error', state.runError);
  for (const [index, { by, text }] of run.remarks.entries()) parts.set(`note ${index.toString()}`, messages.pairing.note(by, text));
  if (state.live !== null) parts.set('live', messages.pairing.heard[state.live.heard](state.live.driver));
  if (run.conclusion !== null) parts.set('verdict', runText(context, state, 'verdict').join('\n'));
  if (state.runView.focus !== null) parts.set('focus', messages.spoken.panel(panelName(messages, state.runView.focus)));
}

function panelName({ ui }: Messages, panel: PanelId): string {
  return panel === 'verdict' || panel === 'path' || panel === 'picture' ? ui.panels[panel] : ui.layers[panel];
}
