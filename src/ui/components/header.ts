import type { Target } from '../../domain/target.ts';
import type { ConsoleState } from '../../store/console-state.ts';
import { currentScreen } from '../../store/navigate.ts';
import type { ConsoleContext } from '../context.ts';
import { commandLine } from './command-line.ts';
import { lineWidth, span, spread, type Line } from './line.ts';
import { truncateMiddle, widthOf } from './text-width.ts';

/**
 * Who we are and from where the connection starts: pinned, on every screen, and whole. Where the labels do not fit, the names stand
 * alone as people write them, context, namespace/pod/container, node, shortened where even those do not fit.
 */
export function identityLine(context: ConsoleContext, state: ConsoleState, width: number): Line {
  const { messages, theme } = context;
  const chosen = chosenSoFar(state);
  const armed: Line = state.isArmed ? [span(` ${messages.ui.identity.armed}`, 'warn')] : [span(` ${messages.ui.identity.readOnly}`, 'dim')];
  const name: Line = [span('netdiag-tui', 'accent')];
  const long = dotted([name, ...longParts(context, chosen)], theme.glyphs.dot);
  const short = dotted([name, ...shortParts(context, chosen)], theme.glyphs.dot);
  const withRung = [...rungPart(context, state), ...armed];
  for (const right of [withRung, armed]) {
    const line = [long, short].find((candidate) => lineWidth(candidate) <= width - lineWidth(right));
    if (line !== undefined) return spread(line, right, width);
  }
  // Where there is no room for both, names go before "read-only"; that something may be changed is never left out.
  const right = state.isArmed ? armed : [];
  return [...dotted(squeezed(shortParts(context, chosen), width - lineWidth(right), theme.glyphs.dot, theme.glyphs.ellipsis), theme.glyphs.dot), ...right];
}

/** By which way the pod of this run was entered; its id, which is a word that people know. */
function rungPart({ theme }: ConsoleContext, state: ConsoleState): Line {
  const used = currentScreen(state).kind === 'run' ? (state.run.access?.used ?? null) : null;
  return used === null ? [] : [span(` ${used} ${theme.glyphs.dot}`, 'dim')];
}

/** The parts with the longest ones shortened in their middle until all of them fit: a pod's name ends in what tells it apart. */
function squeezed(parts: readonly Line[], width: number, dot: string, ellipsis: string): readonly Line[] {
  const texts = parts.map((part) => part.map((piece) => piece.text).join(''));
  const room = width - (texts.length - 1) * widthOf(` ${dot} `);
  const widths = texts.map(widthOf);
  for (let excess = widths.reduce((sum, one) => sum + one, 0) - room; excess > 0; excess -= 1) {
    const longest = widths.indexOf(Math.max(...widths));
    widths[longest] = (widths[longest] ?? 0) - 1;
  }
  return texts.map((text, index) => [span(truncateMiddle(text, widths[index] ?? 0, ellipsis), 'strong')]);
}

function dotted(parts: readonly Line[], dot: string): Line {
  return parts.flatMap((part, index) => (index === 0 ? part : [span(` ${dot} `, 'dim'), ...part]));
}

function longParts({ messages }: ConsoleContext, chosen: Chosen): readonly Line[] {
  const text = messages.ui.identity;
  switch (chosen.kind) {
    case 'local':
      return [[span(messages.ui.local.name, 'strong')]];
    case 'via':
      return [[span(`${messages.ui.via} `, 'dim'), span(commandLine(chosen.argv), 'strong')]];
    case 'cluster':
      return [
        labelled(text.context, chosen.context ?? text.none),
        ...(['namespace', 'pod', 'container', 'node'] as const).flatMap((part) => {
          const value = chosen[part];
          return value === null ? [] : [labelled(text[part], value)];
        }),
      ];
  }
}

function shortParts(context: ConsoleContext, chosen: Chosen): readonly Line[] {
  if (chosen.kind !== 'cluster') return longParts(context, chosen);
  const none = context.messages.ui.identity.none;
  const place = [chosen.namespace, chosen.pod, chosen.container].filter((name) => name !== null).join('/');
  return [chosen.context ?? none, place, chosen.node ?? '']
    .filter((text) => text !== '')
    .map((text) => [span(text, 'strong')]);
}

function labelled(label: string, value: string): Line {
  return [span(`${label} `, 'dim'), span(value, 'strong')];
}

type Chosen =
  | Exclude<Target, { kind: 'pod' }>
  | {
      readonly kind: 'cluster';
      readonly context: string | null;
      readonly namespace: string | null;
      readonly pod: string | null;
      readonly container: string | null;
      readonly node: string | null;
    };

function chosenSoFar(state: ConsoleState): Chosen {
  const screen = currentScreen(state);
  const nothing = { kind: 'cluster', context: state.clusters?.current ?? null, namespace: null, pod: null, container: null, node: null } as const;
  switch (screen.kind) {
    case 'contexts':
    case 'namespaces':
      return nothing;
    case 'pods':
      return { ...nothing, namespace: screen.namespace };
    case 'containers':
      return { ...nothing, namespace: screen.namespace, pod: screen.pod, node: screen.node };
    case 'dependencies':
    case 'run':
      return screen.target.kind === 'pod' ? { ...screen.target, kind: 'cluster', context: screen.target.context || nothing.context } : screen.target;
  }
}
