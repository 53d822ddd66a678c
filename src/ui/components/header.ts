import type { Target } from '../../domain/target.ts';
import type { ConsoleState } from '../../store/console-state.ts';
import { currentScreen } from '../../store/navigate.ts';
import type { ConsoleContext } from '../context.ts';
import { commandLine } from './command-line.ts';
import { span, spread, type Line } from './line.ts';

/** Who we are and from where the connection starts: pinned, on every screen. */
export function identityLine({ messages, theme }: ConsoleContext, state: ConsoleState, width: number): Line {
  const text = messages.ui.identity;
  const chosen = chosenSoFar(state);
  const dot = ` ${theme.glyphs.dot} `;
  const parts: Line[] =
    chosen.kind === 'local'
      ? [[span(messages.ui.local.name, 'strong')]]
      : chosen.kind === 'via'
        ? [[span(`${messages.ui.via} `, 'dim'), span(commandLine(chosen.argv), 'strong')]]
        : [
            labelled(text.context, chosen.context ?? text.none),
            ...(chosen.namespace === null ? [] : [labelled(text.namespace, chosen.namespace)]),
            ...(chosen.pod === null ? [] : [labelled(text.pod, chosen.pod)]),
            ...(chosen.container === null ? [] : [labelled(text.container, chosen.container)]),
            ...(chosen.node === null ? [] : [labelled(text.node, chosen.node)]),
          ];
  const line = parts.flatMap((part) => [span(dot, 'dim'), ...part]);
  return spread([span('netdiag-tui', 'accent'), ...line], [span(` ${text.readOnly}`, 'dim')], width, undefined, theme.glyphs.ellipsis);
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
