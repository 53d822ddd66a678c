import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { ConsoleState } from '../../store/console-state.ts';
import { span, type Line } from '../components/line.ts';
import { Row } from '../components/rows.tsx';
import { graphemes, sliceColumns, widthOf } from '../components/text-width.ts';
import type { ConsoleContext } from '../context.ts';
import { ListScreen } from './list-screen.tsx';

interface DependenciesScreenProps {
  readonly context: ConsoleContext;
  readonly state: ConsoleState;
}

/** The destination: a field to type or paste into, and what the container's environment names. */
export function DependenciesScreen({ context, state }: DependenciesScreenProps): ReactElement {
  const { messages, theme } = context;
  const width = state.size.columns;
  const { error } = state.input;
  const below: Line = error === null ? [span(`  ${messages.ui.input.hint}`, 'dim')] : [span(`${theme.glyphs.status.fail} ${error}`, 'fail')];
  const hasList = state.lists.dependencies.phase.kind !== 'unasked';
  return (
    <Box flexDirection="column">
      <Row line={[span(messages.ui.titles.dependencies, 'strong')]} width={width} theme={theme} />
      <Row line={fieldLine(context, state, width)} width={width} theme={theme} />
      <Row line={below} width={width} theme={theme} />
      <Row line={[]} width={width} theme={theme} />
      {hasList ? <ListScreen context={context} state={state} list="dependencies" /> : null}
    </Box>
  );
}

/** The field shows the part around its caret when the text is longer than the row. */
function fieldLine({ messages, theme }: ConsoleContext, state: ConsoleState, width: number): Line {
  const { text, caret, zone } = state.input;
  const isActive = zone === 'input';
  const label = `${isActive ? theme.glyphs.cursor : ' '} ${messages.ui.input.label}: `;
  const room = Math.max(8, width - widthOf(label) - 2);
  const parts = graphemes(text);
  const before = parts.slice(0, caret).join('');
  const after = parts.slice(caret).join('');
  const left = Math.max(0, widthOf(before) - room + 1);
  const shownBefore = sliceColumns(before, left, room);
  return [
    span(label, isActive ? 'accent' : 'dim'),
    span(shownBefore),
    ...(isActive ? [span(theme.glyphs.caret, 'accent')] : []),
    span(sliceColumns(after, 0, room - widthOf(shownBefore))),
  ];
}
