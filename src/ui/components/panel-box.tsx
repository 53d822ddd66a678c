import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { ConsoleState, PanelId } from '../../store/console-state.ts';
import type { ConsoleContext } from '../context.ts';
import { PANELS } from '../panels/index.ts';
import { focusedPanel, panelTop, type Region } from '../screens/run-layout.ts';
import { span, spread, type Line } from './line.ts';
import { Row, Rows } from './rows.tsx';

interface PanelBoxProps {
  readonly context: ConsoleContext;
  readonly state: ConsoleState;
  readonly region: Region;
}

/** Where the driver looks, on the screen of one who follows. */
function driverMark({ theme }: ConsoleContext, { live, run }: ConsoleState, panel: PanelId): Line {
  return live === null || run.driver?.panel !== panel ? [] : [span(` ${theme.glyphs.driver} ${live.driver}`, 'accent')];
}

/** A panel in its place: a rule with its name and state, then as many rows as there are. No side borders: text can be copied. */
export function PanelBox({ context, state, region }: PanelBoxProps): ReactElement {
  const { theme, messages } = context;
  const content = PANELS[region.panel](context, state, region.width);
  const isFocused = focusedPanel(state) === region.panel;
  const mark = isFocused ? span(`${theme.glyphs.focus} `, 'accent') : span(`${theme.glyphs.rule} `, 'dim');
  const height = region.height - 1;
  const top = panelTop(state, region.panel, content.rests, content.lines.count, height);
  const isBrief = region.height === 1;
  const seen = !isBrief && content.lines.count > height
    ? ` ${messages.ui.run.lines(top + 1, Math.min(top + height, content.lines.count), content.lines.count)} `
    : ' ';
  const status: Line = [...(content.status.length === 0 ? [] : [span(' '), ...content.status]), ...driverMark(context, state, region.panel)];
  const title: Line = isBrief
    ? [mark, ...content.title, ...status, span('   '), ...content.brief]
    : spread([mark, ...content.title, ...status, span(' ')], [span(seen, 'dim')], region.width, span(theme.glyphs.rule, 'dim'), theme.glyphs.ellipsis);
  return (
    <Box flexDirection="column" width={region.width} height={region.height}>
      <Row line={title} width={region.width} theme={theme} />
      {isBrief ? null : (
        <Rows lines={content.lines} top={top} width={region.width} height={height} theme={theme} left={isFocused ? state.runView.left : 0} />
      )}
    </Box>
  );
}
