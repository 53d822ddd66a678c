/** The schedule of real runs as pictures: `npm run lab -- --schedule` writes docs/probing.md. */
import type { RunEvent } from '../../src/domain/run-event.ts';
import { askedKey } from '../../src/domain/question.ts';
import { en } from '../../src/i18n/en.ts';
import type { Result } from './bench.ts';

export interface Bar {
  readonly label: string;
  readonly startMs: number;
  /** null: cancelled when the verdict was there. */
  readonly endMs: number | null;
  /** It is among the verdict's evidence. */
  readonly decides: boolean;
  /** It is among the evidence, or the tree waited for it at some time. */
  readonly needed: boolean;
}

/** Families of scenarios that show the common cases. */
export const SHOWN = ['healthy-', 'dns.resolver-unreachable-', 'tcp.filtered-', 'tls.expired-', 'tcp.filtered-from-pods-'] as const;

const WIDTH = 60;

export function barsOf(events: readonly RunEvent[]): readonly Bar[] {
  const evidence = new Set(events.flatMap((event) => (event.kind === 'concluded' ? event.conclusion.verdict.evidence : [])));
  const observed = events.flatMap((event) => (event.kind === 'observed' ? [event.observation] : []));
  const waitedFor = new Set(events.flatMap((event) => (event.kind === 'tree-moved' ? event.waitingFor : [])));
  return events.flatMap((event): readonly Bar[] => {
    if (event.kind !== 'question-asked') return [];
    const { vantage, question } = event.asked;
    const answers = observed.filter((one) => one.vantage === vantage && JSON.stringify(one.question) === JSON.stringify(question));
    const where = vantage === 'target' ? '' : ` (${vantage.replace('contrast:', '')})`;
    const decides = answers.some(({ id }) => evidence.has(id));
    return [{
      label: en.ui.question(question) + where,
      startMs: event.atMs,
      endMs: answers[0] === undefined ? null : answers[0].startedAtMs + answers[0].durationMs,
      decides,
      needed: decides || waitedFor.has(askedKey(event.asked)),
    }];
  });
}

function picture({ scenario, claim, durationMs, bars, dependency }: Result): string {
  const at = (ms: number): number => Math.min(WIDTH, Math.round((ms / durationMs) * WIDTH));
  const rows = bars.map(({ label, startMs, endMs, decides }) => {
    const from = at(startMs);
    const length = Math.max(1, at(endMs ?? durationMs) - from);
    const bar = ' '.repeat(from) + (endMs === null ? '-'.repeat(length) + 'x' : (decides ? '#' : '=').repeat(length));
    const text = label.length > 52 ? `${label.slice(0, 51)}…` : label;
    return `${text.padEnd(53)}|${bar.padEnd(WIDTH + 1)}| ${endMs === null ? 'cancelled' : `${String(endMs - startMs)} ms`}`;
  });
  const verdict = claim?.status === 'fault' ? `${claim.cause ?? ''}, ${claim.confidence}` : `${claim?.status ?? ''}, ${claim?.confidence ?? ''}`;
  return [`## ${scenario.id}`, '', `${scenario.why}. Asked: \`${dependency}\`. Verdict after ${String(durationMs)} ms: **${verdict}**.`, '', '```', ...rows, '```', ''].join('\n');
}

/** The page: how it works, and what a run of each case did when. */
export function probingPage(results: readonly Result[], seed: number): string {
  return `# Ask early, decide in order

A run does not put one question after the other. \`src/tree/early.ts\` names the cheap questions of all layers, and each is put as soon as it can
be: files, interfaces, routes, sockets and counters at once, connects when the name has an address, a handshake when a port is open. When a
connect has been waiting for suspiciously long (\`src/tree/silence.ts\`), everything that its silence may need is asked at once: ping, trace, other
ports, further tries, and the same connect from every contrast.

The tree reads the answers from its root down (\`src/tree/walk.ts\`), each time that something arrives. A node that lacks an answer waits, and what it
waits for is asked; a node that has what it needs goes on, whatever else is still running. So a verdict takes the longest single wait that it
needs, not the sum, and it never depends on the order in which answers come. When the walk ends, what still runs is cancelled, and its process at
the far end is ended.

The pictures are made from real runs in the lab, by \`npm run lab -- --schedule --seed ${String(seed)}\` (root on Linux). Time runs to the right, to the verdict.
\`#\`: an answer that is evidence of the verdict; \`=\`: an answer that was not needed; \`-x\`: cancelled, because the verdict was there.

${results.map(picture).join('\n')}`;
}
