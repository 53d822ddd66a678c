import { Box } from 'ink';
import type { ReactElement } from 'react';
import { span, spread } from '../components/line.ts';
import { Row, Rows } from '../components/rows.tsx';
import type { ConsoleContext } from '../context.ts';
import type { DialogView } from './dialog-view.ts';

interface DialogSheetProps {
  readonly context: ConsoleContext;
  readonly view: DialogView;
  readonly width: number;
}

/** The dialog at the foot of the window. It covers nothing: the screen above has fewer rows while it is open. */
export function DialogSheet({ context, view, width }: DialogSheetProps): ReactElement {
  const { theme, messages } = context;
  const { body, top, bodyRows } = view;
  const seen = body.count > bodyRows ? ` ${messages.ui.run.lines(Math.min(top + 1, body.count), Math.min(top + bodyRows, body.count), body.count)} ` : ' ';
  return (
    <Box flexDirection="column" width={width} height={view.height}>
      <Row line={spread(view.title, [span(seen, 'dim')], width, span(theme.glyphs.rule, 'dim'), theme.glyphs.ellipsis)} width={width} theme={theme} />
      <Rows lines={body} top={top} width={width} height={bodyRows} theme={theme} />
      {view.tail.map((line, index) => (
        <Row key={index} line={line} width={width} theme={theme} />
      ))}
    </Box>
  );
}
