import { keyName } from '../components/key-name.ts';
import { span, type Line } from '../components/line.ts';
import { pad, wrap } from '../components/text-width.ts';
import { COMMANDS } from '../commands/index.ts';
import type { ConsoleContext } from '../context.ts';
import { bindingsOf, type Scope } from '../key-bindings.ts';

/** The scopes that a help page explains; the others are explained by their own footer. */
export const HELP_SCOPES = ['list', 'pods', 'filter', 'input', 'run', 'replay', 'watch', 'command', 'page', 'picker'] as const satisfies readonly Scope[];
const KEYS_WIDTH = 18;

/** Every key, by where it works, from the table of keys; then the commands of the `:` line. */
export function helpLines({ messages, bindings }: Pick<ConsoleContext, 'messages' | 'bindings'>, width: number): readonly Line[] {
  const { ui, keys, console: text } = messages;
  return [
    ...wrap(ui.help.intro, width).map((line): Line => [span(line)]),
    ...HELP_SCOPES.flatMap((scope): readonly Line[] => [
      [],
      [span(keys.scopes[scope], 'accent')],
      ...bindingsOf(bindings, scope).map((binding): Line => [
        span(`  ${pad(binding.keys.map(keyName).join(' '), KEYS_WIDTH)}`, 'strong'),
        span(keys.actions[binding.action]),
      ]),
    ]),
    [],
    [span(text.commandLine.title, 'accent')],
    ...COMMANDS.map((command): Line => [span(`  ${pad(command.names.map((name) => `:${name}`).join(' '), KEYS_WIDTH)}`, 'strong'), span(command.about(messages))]),
  ];
}
