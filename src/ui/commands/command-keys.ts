import type { ConsoleApp } from '../console-app.ts';
import { textOf } from '../controller/input-keys.ts';
import type { Action } from '../key-bindings.ts';
import type { KeyPress } from '../terminal/key-decoder.ts';
import { commandsFor } from './index.ts';

const LONGEST_COMMAND = 512;

/** What keys do in the `:` line. */
export function actInCommandLine(app: ConsoleApp, action: Action): void {
  const { commandLine } = app.store.getState();
  if (commandLine === null) return;
  switch (action) {
    case 'back':
      app.store.setState({ commandLine: null });
      return;
    case 'run':
      app.store.setState({ commandLine: null });
      runCommand(app, commandLine.text);
      return;
    case 'next':
    case 'previous': {
      const offers = commandsFor(commandLine.offered === null ? commandLine.text : commandLine.typed);
      if (offers.length === 0) return;
      const step = action === 'next' ? 1 : -1;
      const offered = ((commandLine.offered ?? (step === 1 ? -1 : 0)) + step + offers.length) % offers.length;
      const typed = commandLine.offered === null ? commandLine.text : commandLine.typed;
      app.store.setState({ commandLine: { text: `${offers[offered]?.names[0] ?? ''} `, typed, offered } });
      return;
    }
    default:
  }
}

export function typeInCommandLine(app: ConsoleApp, key: KeyPress): void {
  const { commandLine } = app.store.getState();
  if (commandLine === null) return;
  const { text } = commandLine;
  if (key.name === 'backspace' && text === '') {
    app.store.setState({ commandLine: null });
    return;
  }
  const next = key.name === 'backspace' ? [...text].slice(0, -1).join('') : key.name === 'ctrl-u' ? '' : text + textOf(key);
  if (next !== text) app.store.setState({ commandLine: { text: next.slice(0, LONGEST_COMMAND), typed: next, offered: null } });
}

function runCommand(app: ConsoleApp, text: string): void {
  const [name = '', ...words] = text.trim().split(/\s+/u);
  if (name === '') return;
  const [command, ...others] = commandsFor(name);
  const messages = app.context.messages.console.commandLine;
  if (command === undefined) app.notify('warn', messages.unknown(name));
  else if (others.length > 0) app.notify('warn', messages.several(name, [command, ...others].map((one) => one.names[0] ?? '')));
  else command.run(app, words);
}
