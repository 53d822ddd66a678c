import type { CommandLineState } from '../../store/console-state.ts';
import { span, type Line } from '../components/line.ts';
import type { ConsoleContext } from '../context.ts';
import { commandsFor } from './index.ts';

/** The `:` line in the footer's place, with what it offers. */
export function commandRow({ messages, theme }: ConsoleContext, { text, typed, offered }: CommandLineState): Line {
  const offers = commandsFor(offered === null ? text : typed);
  const [only] = offers;
  return [
    span(':', 'accent'),
    span(text, 'strong'),
    span(theme.glyphs.caret, 'accent'),
    span('  '),
    ...(offers.length === 1 && only !== undefined
      ? [span(only.about(messages), 'dim')]
      : offers.flatMap((command, index) => [span(command.names[0] ?? '', index === offered ? 'selected' : 'dim'), span(' ')])),
  ];
}
