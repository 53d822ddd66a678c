import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { ConsoleState, ListName } from '../../store/console-state.ts';
import { wrapLine } from '../components/line.ts';
import { Row, Rows } from '../components/rows.tsx';
import type { ConsoleContext } from '../context.ts';
import { listView } from './list-view.ts';

interface ListScreenProps {
  readonly context: ConsoleContext;
  readonly state: ConsoleState;
  readonly list: ListName;
}

/** Every list: title, table, and where it stands. */
export function ListScreen({ context, state, list }: ListScreenProps): ReactElement {
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
