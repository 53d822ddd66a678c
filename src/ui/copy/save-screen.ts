import { currentScreen, listOf } from '../../store/navigate.ts';
import type { ConsoleState, ListName } from '../../store/console-state.ts';
import { lineText } from '../components/line.ts';
import type { ConsoleApp } from '../console-app.ts';
import type { ConsoleContext } from '../context.ts';
import { helpLines } from '../screens/help-lines.ts';
import { focusedPanel } from '../screens/run-layout.ts';
import { listView } from '../screens/list-view.ts';
import { runText } from './run-text.ts';

/** Wide enough for all columns. */
const WIDTH = 400;

interface Shown {
  /** For the file's name. */
  readonly name: string;
  readonly lines: readonly string[];
}

/** Everything that the page, the list or the focused panel holds, not only what is in sight. */
function shown(context: ConsoleContext, state: ConsoleState): Shown {
  const dialog = state.dialogs.at(-1);
  if (dialog?.kind === 'page') return { name: dialog.title, lines: [dialog.title, ...dialog.lines.map(({ text }) => text)] };
  if (dialog?.kind === 'help') return { name: 'keys', lines: helpLines(context, WIDTH).map(lineText) };
  const screen = currentScreen(state);
  const list = listOf(screen);
  if (list !== null) return { name: list, lines: listLines(context, state, list) };
  const panel = focusedPanel(state);
  return { name: panel, lines: runText(context, state, panel) };
}

function listLines(context: ConsoleContext, state: ConsoleState, list: ListName): readonly string[] {
  const { title, header, rows, notices } = listView(context, { ...state, size: { ...state.size, columns: WIDTH } }, list);
  const all = Array.from({ length: rows.count }, (_, index) => rows.at(index));
  return [title, header, ...all, ...notices].map((line) => lineText(line).trimEnd());
}

export async function saveScreen(app: ConsoleApp): Promise<void> {
  const { podPages, ui } = app.context.messages;
  const { name, lines } = shown(app.context, app.store.getState());
  const saved = await app.ports.saveText(name, lines);
  if (saved.ok) app.notify('pass', podPages.saved(saved.value));
  else app.notify('fail', podPages.notSaved('detail' in saved.failure ? saved.failure.detail : ui.failure(saved.failure)));
}

/** The page that is open, into the terminal's clipboard. */
export function copyPage(app: ConsoleApp): void {
  const { podPages } = app.context.messages;
  const { lines } = shown(app.context, app.store.getState());
  if (app.copy(`${lines.join('\n')}\n`)) app.notify('pass', podPages.copiedPage(lines.length));
  else app.notify('warn', podPages.tooLong);
}
