import { LAYER_NUMBER, type Layer } from '../../../domain/layer.ts';
import type { ConsoleState } from '../../../store/console-state.ts';
import type { PanelLine } from '../../../store/panel-log.ts';
import { layerElapsedMs, panelStatus } from '../../../store/select.ts';
import { commandLine } from '../../components/command-line.ts';
import { duration } from '../../components/duration.ts';
import { linesOf, span, type Line, type Lines } from '../../components/line.ts';
import type { ConsoleContext } from '../../context.ts';
import { toneOfStatus } from '../../theme.ts';
import type { Panel } from '../panel.ts';
import { observationLines } from './observation-lines.ts';

/** The panel of a layer: what runs there, as it arrives. */
export function layerPanel(layer: Layer): Panel {
  return (context, state) => {
    const { messages, theme, panels } = context;
    const status = panelStatus(state.run, layer);
    const frozen = state.runView.frozen?.[layer] ?? null;
    const count = panels.lineCount(layer);
    const behind = frozen === null ? 0 : count - frozen.length;
    const elapsedMs = layerElapsedMs(state.run, layer, state.nowMs - (state.runStartedAtMs ?? state.nowMs));
    const last = panels.lastLine(layer);
    return {
      title: [span(`${LAYER_NUMBER[layer].toString()} ${messages.ui.layers[layer]}`, 'strong')],
      status: [
        span(`${theme.glyphs.status[status]} ${messages.ui.status[status]}`, toneOfStatus(status)),
        ...(elapsedMs === null ? [] : [span(` ${duration(elapsedMs)}`, 'dim')]),
        ...(frozen === null ? [] : [span(` ${messages.ui.run.frozen}`, 'warn')]),
        ...(state.runView.isParsed ? [span(` ${messages.console.run.parsed}`, 'accent')] : []),
        ...(behind > 0 ? [span(` ${messages.ui.run.more(behind)}`, 'warn')] : []),
      ],
      lines: state.runView.isParsed ? linesOf(observationLines(context, state, layer)) : count === 0 ? linesOf([[span(emptyText(context, state), 'dim')]]) : outputLines(context, state, layer, frozen),
      brief: last === null ? [] : unindented(toLine(context, state, last)),
      rests: 'end',
    };
  };
}

function emptyText({ messages }: ConsoleContext, state: ConsoleState): string {
  return state.run.phase === 'running' ? messages.ui.run.notYet : messages.ui.run.nothingAsked;
}

function outputLines(context: ConsoleContext, state: ConsoleState, layer: Layer, frozen: readonly PanelLine[] | null): Lines {
  return {
    count: frozen?.length ?? context.panels.lineCount(layer),
    at: (index) => {
      const line = frozen === null ? context.panels.slice(layer, index, 1)[0] : frozen[index];
      return line === undefined ? [] : toLine(context, state, line);
    },
  };
}

function toLine({ messages, theme }: ConsoleContext, state: ConsoleState, line: PanelLine): Line {
  const { ui } = messages;
  switch (line.kind) {
    case 'command':
      return [span(vantagePrefix(state, line.vantage), 'dim'), span(`$ ${commandLine(line.argv)}`, 'accent')];
    case 'output':
      return line.meaning === null ? [span(`  ${line.text}`)] : [span(`${theme.glyphs.status.fail} ${messages.dependencies.meanings[line.meaning]}: `, 'fail'), span(line.text)];
    case 'dropped':
      return [span(`  ${ui.run.dropped(line.count)}`, 'warn')];
    case 'ended':
      return [
        span(`  ${line.failure === null ? ui.run.exit(line.exitCode ?? 0) : ui.commandFailure(line.failure)}`, line.exitCode === 0 ? 'dim' : 'plain'),
        span(`  ${duration(line.durationMs)}`, 'dim'),
      ];
  }
}

function unindented(line: Line): Line {
  return line.map((part, index) => (index === 0 ? { ...part, text: part.text.trimStart() } : part));
}

/** Commands of the target stand alone; those of a contrast say where they ran. */
function vantagePrefix(state: ConsoleState, id: string): string {
  const vantage = state.run.vantages.find((known) => known.id === id);
  if (vantage === undefined) return id === 'target' ? '' : `${id} `;
  return vantage.role === 'target' ? '' : `${vantage.name} `;
}
