import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { ListName } from '../../store/console-state.ts';
import { currentScreen, listOf } from '../../store/navigate.ts';
import { wrapLine } from '../components/line.ts';
import { Row, Rows } from '../components/rows.tsx';
import { listView } from './list-view.ts';
import type { ScreenProps } from './screen.ts';

/** The list of the current screen. */
export function ListScreen({ context, state }: ScreenProps): ReactElement {
  return <List context={context} state={state} list={listOf(currentScreen(state)) ?? 'namespaces'} />;
}

/** Every list: title, table, and where it stands. */
export function List({ context, state, list }: ScreenProps & { readonly list: ListName }): ReactElement {
  const { theme } = context;
  const width = state.size.columns;
  const view = listView(context, state, list);
  return (
    <Box flexDirection="column">
      <Row line={view.title} width={width} theme={theme} />
      {view.header.length === 0 ? null : <Row line={view.header} width={width} theme={theme} />}
      <Rows lines={view.rows} top={view.top} width={width} height={Math.min(view.height, view.rows.count)} theme={theme} />
      {view.notices
        .flatMap((notice) => wrapLine(notice, width))
        .slice(0, 3)
        .map((line, index) => (
          <Row key={index} line={line} width={width} theme={theme} />
        ))}
    </Box>
  );
}
