import type { RunEvent } from '../domain/run-event.ts';
import { cleanText } from '../domain/sanitise.ts';
import { runEvent } from '../run-file/schema/events.ts';
import { discoverField, discoverInCommand, discoverInPrefix, discoverInText } from './discover.ts';
import { Names } from './names.ts';
import { Replacement, SCRIPT } from './replace.ts';
import { changeTexts } from './texts.ts';

/**
 * A run without the names and addresses of those whose run it was: each becomes a token that says what it stands for and is the same wherever
 * the thing is meant (`pod-1`, `private-address-2`). It takes the whole run, since a text may hold a name that is told for one only later.
 * docs/privacy.md says what is replaced.
 */
export function withoutNames(events: readonly RunEvent[]): readonly RunEvent[] {
  const names = new Names();
  for (const event of events) discover(event, names);
  const replacement = new Replacement(names);
  const change = {
    text: (text: string, holds: string | null) => replaced(text, holds, replacement),
    argv: (argv: readonly string[]) => argv.map((argument) => (argument.includes('\n') ? SCRIPT : replacement.in(argument))),
  };
  return events.map((event) => changeTexts(runEvent as never, event, change) as RunEvent);
}

function replaced(text: string, holds: string | null, replacement: Replacement): string {
  if (holds === 'word') return text;
  // A token may be longer than what it stands for, and a line no longer than lines are.
  return cleanText(holds === null ? replacement.in(text) : replacement.name(text));
}

function discover(event: RunEvent, names: Names): void {
  if (event.kind === 'run-started' && event.target.kind === 'via') discoverInPrefix(event.target.argv, names);
  if (event.kind === 'vantage-joined') discoverInPrefix(event.vantage.kind === 'via' ? event.vantage.prefix : [], names);
  changeTexts(runEvent as never, event, {
    text: (text, holds) => {
      if (holds === null) discoverInText(text, names);
      else if (holds !== 'word') discoverField(text, holds, names);
      return text;
    },
    argv: (argv) => {
      discoverInCommand(argv, names);
      return argv;
    },
  });
}
