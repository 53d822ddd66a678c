import { Box } from 'ink';
import type { ReactElement } from 'react';
import { fieldLine } from '../components/field.ts';
import { span, type Line } from '../components/line.ts';
import { Row } from '../components/rows.tsx';
import { List } from './list-screen.tsx';
import type { ScreenProps } from './screen.ts';

/** The destination: a field to type or paste into, and what the pod itself names. */
export function DependenciesScreen({ context, state }: ScreenProps): ReactElement {
  const { messages, theme } = context;
  const width = state.size.columns;
  const { error } = state.input;
  const below: Line = error === null ? [span(`  ${messages.ui.input.hint}`, 'dim')] : [span(`${theme.glyphs.status.fail} ${error}`, 'fail')];
  const hasList = state.lists.dependencies.phase.kind !== 'unasked' || state.recentDestinations.length > 0;
  return (
    <Box flexDirection="column">
      <Row line={[span(messages.ui.titles.dependencies, 'strong')]} width={width} theme={theme} />
      <Row line={fieldLine(context, messages.ui.input.label, state.input, state.input.zone === 'input', width)} width={width} theme={theme} />
      <Row line={below} width={width} theme={theme} />
      <Row line={[]} width={width} theme={theme} />
      {hasList ? <List context={context} state={state} list="dependencies" /> : null}
    </Box>
  );
}
