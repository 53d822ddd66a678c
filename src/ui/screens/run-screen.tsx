import { Box } from 'ink';
import type { ReactElement } from 'react';
import { verdictExitCode } from '../../store/select.ts';
import type { ConsoleState } from '../../store/console-state.ts';
import { currentScreen } from '../../store/navigate.ts';
import { duration } from '../components/duration.ts';
import { span, spread, type Line } from '../components/line.ts';
import { PanelBox } from '../components/panel-box.tsx';
import type { ConsoleContext } from '../context.ts';
import type { Tone } from '../theme.ts';
import { runLayout, type Region } from './run-layout.ts';

interface RunScreenProps {
  readonly context: ConsoleContext;
  readonly state: ConsoleState;
}

/** The panels in the places that the layout gives them, row by row. */
export function RunScreen({ context, state }: RunScreenProps): ReactElement {
  return (
    <Box flexDirection="column">
      {bands(runLayout(state)).map((band) => (
        <Box key={band[0]?.panel} columnGap={1}>
          {band.map((region) => (
            <PanelBox key={region.panel} context={context} state={state} region={region} />
          ))}
        </Box>
      ))}
    </Box>
  );
}

/** Regions that begin on the same row stand side by side. */
function bands(regions: readonly Region[]): readonly (readonly Region[])[] {
  const byTop = new Map<number, Region[]>();
  for (const region of regions) byTop.set(region.top, [...(byTop.get(region.top) ?? []), region]);
  return [...byTop.values()];
}

/** Where the connection goes, and how the run stands. */
export function destinationLine({ messages, theme }: ConsoleContext, state: ConsoleState, width: number): Line {
  const screen = currentScreen(state);
  if (screen.kind !== 'run') return [];
  const destination = state.run.dependency?.url ?? screen.dependencyText;
  const [glyph, word, tone] = phase(state, messages, theme);
  const elapsedMs = state.run.phase === 'running' ? state.nowMs - (state.runStartedAtMs ?? state.nowMs) : state.run.lastEventAtMs;
  return spread(
    [span(`${theme.glyphs.arrow} `, 'accent'), span(destination, 'strong')],
    [span(` ${glyph} ${word}`, tone), span(` ${duration(elapsedMs)}`, 'dim')],
    width,
    undefined,
    theme.glyphs.ellipsis,
  );
}

function phase(state: ConsoleState, messages: ConsoleContext['messages'], theme: ConsoleContext['theme']): readonly [string, string, Tone] {
  const text = messages.ui.run;
  const { status } = theme.glyphs;
  if (state.runError !== null) return [status.unknown, text.interrupted, 'fail'];
  if (state.run.phase === 'idle') return [status.waiting, text.starting, 'dim'];
  if (state.run.phase === 'running') return [status.running, text.running, 'accent'];
  switch (state.run.endReason) {
    case 'timed-out':
      return [status.warn, text.timedOut, 'warn'];
    case 'interrupted':
      return [status.warn, text.interrupted, 'warn'];
    case 'completed':
    case null:
      return [verdictExitCode(state.run) === 0 ? status.pass : status.skipped, text.completed, 'dim'];
  }
}
