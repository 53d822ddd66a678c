import type { ConsoleContext } from '../context.ts';
import { bindingsOf, type Scope } from '../key-bindings.ts';
import { keyName } from './key-name.ts';
import { clipLine, lineWidth, span, type Line } from './line.ts';

/** The keys that matter where one is, from the table of keys, in its order; those that matter less only where there is room. */
export function footerLine({ messages, bindings }: Pick<ConsoleContext, 'messages' | 'bindings'>, scope: Scope, width: number): Line {
  const entries = bindingsOf(bindings, scope).flatMap(({ footer, keys, action }) =>
    footer === undefined ? [] : { isSure: footer === 'always', line: [span(keyName(keys[0] ?? ''), 'accent'), span(` ${messages.keys.actions[action]}  `, 'dim')] },
  );
  let room = width - entries.reduce((sum, { isSure, line }) => sum + (isSure ? lineWidth(line) : 0), 0);
  const shown = entries.filter(({ isSure, line }) => {
    if (isSure) return true;
    const fits = lineWidth(line) <= room;
    if (fits) room -= lineWidth(line);
    return fits;
  });
  return clipLine(shown.flatMap(({ line }) => line), width);
}
