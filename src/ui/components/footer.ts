import type { Messages } from '../../i18n/index.ts';
import { bindingsOf, type Scope } from '../key-bindings.ts';
import { clipLine, lineWidth, span, type Line } from './line.ts';

/** The keys that matter where one is, from the table of keys; whole ones only, as many as fit. */
export function footerLine(scope: Scope, messages: Messages, width: number): Line {
  const line: Line[number][] = [];
  for (const binding of bindingsOf(scope)) {
    if (binding.footer !== true) continue;
    const entry = [span(keyName(binding.keys[0] ?? ''), 'accent'), span(` ${messages.ui.actions[binding.action]}  `, 'dim')];
    if (lineWidth(line) + lineWidth(entry) > width) break;
    line.push(...entry);
  }
  return clipLine(line, width);
}

/** How a key is written for people. */
export function keyName(key: string): string {
  return key.startsWith('ctrl-') ? `^${key.slice('ctrl-'.length).toUpperCase()}` : key;
}
