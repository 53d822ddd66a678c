import { Box } from 'ink';
import type { ReactElement } from 'react';
import { useStore } from 'zustand';
import type { ConsoleState } from '../store/console-state.ts';
import type { ConsoleStore } from '../store/index.ts';
import { currentScreen } from '../store/navigate.ts';
import { footerLine } from './components/footer.ts';
import { identityLine } from './components/header.ts';
import { linesOf, span, wrapLine, type Line } from './components/line.ts';
import { Row, Rows } from './components/rows.tsx';
import type { ConsoleContext } from './context.ts';
import { scopeOf } from './key-bindings.ts';
import { DependenciesScreen } from './screens/dependencies-screen.tsx';
import { HelpScreen } from './screens/help-screen.tsx';
import { ListScreen } from './screens/list-screen.tsx';
import { FOOTER_ROWS, HEADER_ROWS, MIN_COLUMNS, MIN_ROWS } from './screens/run-layout.ts';
import { RunScreen, destinationLine } from './screens/run-screen.tsx';

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
  return (
    <Box flexDirection="column" width={columns} height={rows} overflow="hidden">
      <Row line={identityLine(context, state, columns)} width={columns} theme={theme} />
      <Row line={destinationLine(context, state, columns)} width={columns} theme={theme} />
      <Box height={rows - HEADER_ROWS - FOOTER_ROWS} overflow="hidden">
        <Body context={context} state={state} />
      </Box>
      <Row line={bottomLine(context, state)} width={columns} theme={theme} />
    </Box>
  );
}

function Body({ context, state }: { readonly context: ConsoleContext; readonly state: ConsoleState }): ReactElement {
  if (state.helpTop !== null) return <HelpScreen context={context} state={state} height={state.size.rows - HEADER_ROWS - FOOTER_ROWS} />;
  const screen = currentScreen(state);
  switch (screen.kind) {
    case 'namespaces':
    case 'pods':
    case 'containers':
      return <ListScreen context={context} state={state} list={screen.kind} />;
    case 'dependencies':
      return <DependenciesScreen context={context} state={state} />;
    case 'run':
      return <RunScreen context={context} state={state} />;
  }
}

/** The keys; or the question that a dialog asks, in their place, so that nothing is covered. */
function bottomLine({ messages }: ConsoleContext, state: ConsoleState): Line {
  const { dialogs } = messages.ui;
  if (state.dialog === null) return footerLine(scopeOf(state), messages, state.size.columns);
  const text = { quit: dialogs.quit, 'leave-run': dialogs.leaveRun, 'run-again': dialogs.runAgain }[state.dialog];
  return [span(text, 'warn'), span(`  ${dialogs.choices}`, 'strong')];
}
