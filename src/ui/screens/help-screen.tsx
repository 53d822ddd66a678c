import type { ReactElement } from 'react';
import type { Messages } from '../../i18n/index.ts';
import type { ConsoleState } from '../../store/console-state.ts';
import { keyName } from '../components/footer.ts';
import { linesOf, span, type Line } from '../components/line.ts';
import { Rows } from '../components/rows.tsx';
import { pad, wrap } from '../components/text-width.ts';
import type { ConsoleContext } from '../context.ts';
import { bindingsOf } from '../key-bindings.ts';

interface HelpScreenProps {
  readonly context: ConsoleContext;
  readonly state: ConsoleState;
  readonly height: number;
}

const HELP_SCOPES = ['list', 'filter', 'input', 'run'] as const;
const KEYS_WIDTH = 18;

/** Every key, by where it works, from the table of keys. */
export function HelpScreen({ context, state, height }: HelpScreenProps): ReactElement {
  const lines = helpLines(context.messages, state.size.columns);
  const top = Math.min(state.helpTop ?? 0, Math.max(0, lines.length - height));
  return <Rows lines={linesOf(lines)} top={top} width={state.size.columns} height={height} theme={context.theme} />;
}

export function helpLines({ ui }: Messages, width: number): readonly Line[] {
  return [
    [span(ui.titles.help, 'strong'), span(`  ${ui.help.close}`, 'dim')],
    ...wrap(ui.help.intro, width).map((text) => [span(text)]),
    ...HELP_SCOPES.flatMap((scope) => [
      [],
      [span(ui.help.scopes[scope], 'accent')],
      ...bindingsOf(scope).map((binding) => [
        span(`  ${pad(binding.keys.map(keyName).join(' '), KEYS_WIDTH)}`, 'strong'),
        span(ui.actions[binding.action]),
      ]),
    ]),
  ];
}
