import { createInterface } from 'node:readline/promises';
import type { Change, Consent } from '../../domain/access.ts';
import type { Messages } from '../../i18n/index.ts';
import { shellLine } from '../../report/shell-quote.ts';
import { writeLines, type Streams } from '../streams.ts';

export interface Asking {
  readonly streams: Streams;
  readonly messages: Messages;
  readonly signal: AbortSignal;
}

/** The yes of a command line: nothing without --write; with it --yes, or the answer of a person at a terminal. Everything goes to standard error. */
export function askOnTerminal(options: { readonly write: boolean; readonly yes: boolean }, asking: Asking): (change: Change) => Promise<Consent> {
  const { streams, messages } = asking;
  return async (change) => {
    if (!options.write) return 'read-only';
    writeLines(streams.stderr, changeLines(change, messages));
    if (options.yes) return 'yes';
    if (streams.stdin.isTTY !== true || streams.stderr.isTTY !== true) return 'declined';
    return (await agrees(asking)) ? 'yes' : 'declined';
  };
}

export function changeLines(change: Change, { access }: Messages): readonly string[] {
  return [access.change[change.rung](change), ...(change.pulls === true ? [access.pulls] : []), ...(change.limitedBy === undefined ? [] : [access.limitedBy(change.limitedBy)]), access.sameAs, ...change.commands.map((argv) => `  $ ${shellLine(argv)}`)];
}

/** Nothing but a clear yes is one; the end of input and Ctrl-C are a no. */
export async function agrees({ streams, messages, signal }: Asking, question: string = messages.access.question): Promise<boolean> {
  const lines = createInterface({ input: streams.stdin, output: streams.stderr });
  try {
    const answer = await lines.question(`${question} `, { signal });
    return messages.access.yesWords.includes(answer.trim().toLowerCase());
  } catch {
    return false;
  } finally {
    lines.close();
  }
}
