import { Box } from 'ink';
import type { ReactElement } from 'react';
import type { LiveState } from '../../domain/pairing.ts';
import { verdictExitCode } from '../../store/select.ts';
import type { ConsoleState } from '../../store/console-state.ts';
import { currentScreen } from '../../store/navigate.ts';
import { duration } from '../components/duration.ts';
import { span, spread, type Line } from '../components/line.ts';
import { PanelBox } from '../components/panel-box.tsx';
import type { ConsoleContext } from '../context.ts';
import type { Tone } from '../theme.ts';
import { runLayout, type Region } from './run-layout.ts';
import type { ScreenProps } from './screen.ts';

/** The panels in the places that the layout gives them, row by row. */
export function RunScreen({ context, state }: ScreenProps): ReactElement {
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
  const { isSearching, search } = state.runView;
  const searched: Line = isSearching || search !== '' ? [span(`   ${messages.console.run.search}: `, 'accent'), span(`${search}${isSearching ? theme.glyphs.caret : ''}`, 'strong')] : [];
  const [glyph, word, tone] = phase(state, messages, theme);
  const elapsedMs = state.run.phase === 'running' ? state.nowMs - (state.runStartedAtMs ?? state.nowMs) : state.run.lastEventAtMs;
  return spread(
    [span(`${theme.glyphs.arrow} `, 'accent'), span(destination, 'strong'), ...searched],
    [span(` ${glyph} ${word}`, tone), span(` ${duration(elapsedMs)}`, 'dim')],
    width,
    undefined,
    theme.glyphs.ellipsis,
  );
}

function phase(state: ConsoleState, messages: ConsoleContext['messages'], theme: ConsoleContext['theme']): readonly [string, string, Tone] {
  const text = messages.ui.run;
  const { status } = theme.glyphs;
  const { playback } = state;
  if (playback !== null && playback.played < playback.events) {
    const { playing, paused } = messages.recordings.console;
    const progress = `${playback.played.toString()}/${playback.events.toString()}`;
    return [playback.isPlaying ? status.running : status.waiting, `${playback.isPlaying ? playing : paused} ${progress} ${theme.glyphs.times}${playback.speed.toString()}`, 'accent'];
  }
  if (state.live !== null && state.runError === null) return livePhase(state, state.live, messages, theme);
  if (state.runError !== null) return [status.unknown, text.interrupted, 'fail'];
  return runPhase(state, messages, theme);
}

/** How the run stands, and what is heard of the one who drives it. */
function livePhase(state: ConsoleState, { heard, driver }: LiveState, messages: ConsoleContext['messages'], theme: ConsoleContext['theme']): readonly [string, string, Tone] {
  const [glyph, word, tone] = runPhase(state, messages, theme);
  const { pairing } = messages;
  const mirror = state.runView.mirrorsDriver ? ` ${pairing.mirror}` : '';
  return heard === 'live' ? [glyph, `${word} ${theme.glyphs.driver} ${driver}${mirror}`, tone] : [theme.glyphs.status.warn, pairing.heard[heard](driver), 'warn'];
}

function runPhase(state: ConsoleState, messages: ConsoleContext['messages'], theme: ConsoleContext['theme']): readonly [string, string, Tone] {
  const text = messages.ui.run;
  const { status } = theme.glyphs;
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
