import { Box } from 'ink';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { ConsoleState } from '../store/console-state.ts';
import type { ConsoleStore } from '../store/index.ts';
import { currentScreen } from '../store/navigate.ts';
import { commandRow } from './commands/command-row.ts';
import { footerLine } from './components/footer.ts';
import { identityLine } from './components/header.ts';
import { linesOf, span, wrapLine, type Line } from './components/line.ts';
import { Row, Rows } from './components/rows.tsx';
import type { ConsoleContext } from './context.ts';
import { scopeOf } from './controller/scope.ts';
import { DialogSheet } from './dialogs/dialog-sheet.tsx';
import { dialogView } from './dialogs/dialog-view.ts';
import { definitionOf } from './screens/index.ts';
import { destinationLine } from './screens/run-screen.tsx';
import { FOOTER_ROWS, HEADER_ROWS, MIN_COLUMNS, MIN_ROWS } from './screens/window.ts';

interface AppProps {
  readonly context: ConsoleContext;
  readonly store: ConsoleStore;
}

/** The window: state in, rows out. Keys do not come through here. The root never has more rows than the window. */
export function App({ context, store }: AppProps): ReactElement {
  const state = useStore(store);
  const { columns, rows } = state.size;
  const { messages, theme } = context;
  if (columns < MIN_COLUMNS || rows < MIN_ROWS) {
    return (
      <Box flexDirection="column" height={Math.max(1, rows)} width={columns} overflow="hidden">
        <Rows lines={linesOf(wrapLine([span(messages.ui.tooSmall(columns, rows))], columns))} top={0} width={columns} height={rows} theme={theme} />
      </Box>
    );
  }
  const dialog = dialogView(context, state);
  const shown = dialog === null ? state : { ...state, size: { columns, rows: rows - dialog.height } };
  const screen = currentScreen(state);
  const { Body } = definitionOf(screen);
  const room = shown.size.rows - HEADER_ROWS - FOOTER_ROWS;
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      <Row line={identityLine(context, state, columns)} width={columns} theme={theme} />
      <Row line={destinationLine(context, state, columns)} width={columns} theme={theme} />
      {room <= 0 ? null : (
        // Cutting costs a tenth of a frame: only a dialog can leave less room than a screen needs.
        <Box height={room} overflow={dialog === null ? 'visible' : 'hidden'}>
          <Body context={context} state={shown} />
        </Box>
      )}
      {dialog === null ? null : <DialogSheet context={context} view={dialog} width={columns} />}
      <Row line={bottomLine(context, state)} width={columns} theme={theme} />
    </Box>
  );
}

/** The keys; in their place the `:` line while it is open, and what is said in passing. */
function bottomLine(context: ConsoleContext, state: ConsoleState): Line {
  const { notice, commandLine } = state;
  if (commandLine !== null && state.dialogs.length === 0) return commandRow(context, commandLine);
  if (state.dialogs.at(-1)?.isGuarded === true) return [span(`${context.theme.glyphs.status.waiting} ${context.messages.console.dialogs.guarded}`, 'warn')];
  if (notice === null) return footerLine(context, scopeOf(state), state.size.columns);
  return [span(`${context.theme.glyphs.status[NOTICE_STATUS[notice.emphasis]]} ${notice.text}`, notice.emphasis)];
}

const NOTICE_STATUS = { pass: 'pass', fail: 'fail', warn: 'warn', accent: 'running' } as const;
