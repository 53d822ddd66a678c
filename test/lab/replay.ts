/** Types a verdict's commands again, as they are printed, into a POSIX shell while the fault is there, and looks at what they show. */
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Observation } from '../../src/domain/observation.ts';
import { proofCommands } from '../../src/engine/commands.ts';
import { shellLine } from '../../src/report/shell-quote.ts';
import type { Diagnosis } from './diagnose.ts';
import { shows } from './shows.ts';

/** Longer than any of them may take: a person does not wait for ever. */
const LIMIT_MS = 25_000;

/** Linux routers send one ICMP error a second to each receiver, and save up for a few (icmp_ratelimit in icmp(7)). */
const RATION_MS = 4000;

export interface Replay {
  /** As the report prints it. */
  readonly line: string;
  /** Facts that the command is printed for, and that its output does not show. */
  readonly missing: readonly Observation[];
  readonly output: string;
  readonly exitCode: number | null;
  readonly durationMs: number;
  /** It did not end by itself. */
  readonly endless: boolean;
}

export async function replay({ conclusion, observations, vantages }: Pick<Diagnosis, 'conclusion' | 'observations' | 'vantages'>): Promise<readonly Replay[]> {
  const { evidence, commands } = conclusion.verdict;
  const proofs = proofCommands(evidence, observations, vantages);
  if (JSON.stringify(proofs.map(({ argv }) => argv)) !== JSON.stringify(commands)) throw new Error('the commands of the verdict are not those of its evidence');
  const typed = await Promise.all(proofs.map(async ({ argv, shows: observed }) => ({ argv, observed, first: await replayOne(argv, observed) })));
  const replays: Replay[] = [];
  // All at once they take each other's share of what a router rations (RFC 1812, 4.3.2.8). A person types one at a time, and once more.
  for (const { argv, observed, first } of typed) {
    if (first.missing.length > 0) await sleep(RATION_MS);
    replays.push(first.missing.length > 0 ? await replayOne(argv, observed) : first);
  }
  return replays;
}

async function replayOne(argv: readonly string[], observed: readonly Observation[]): Promise<Replay> {
  const line = shellLine(argv);
  const startedAt = performance.now();
  const { text, exitCode, endless } = await typeIn(line);
  const durationMs = Math.round(performance.now() - startedAt);
  const printed = { program: programOf(observed, argv), text, exitCode, durationMs };
  // Tries that differ are shown again when each of their outcomes comes up in one of the lines.
  const parts = new Set(observed.map(({ fact }) => (fact.kind === 'connect' ? fact.outcome : ''))).size > 1 ? text.split('\n') : [text];
  const isShown = ({ fact }: Observation): boolean => parts.some((part) => shows(fact, { ...printed, text: part }));
  // What went well on the way need not be printed where the end of the way is.
  const isOnTheWay = (one: Observation): boolean => isStep(one) && observed.some((other) => other.question === one.question && !isStep(other) && isShown(other));
  const missing = observed.filter((one) => !isShown(one) && !isOnTheWay(one));
  return { line, missing: endless ? observed : missing, output: text, exitCode, durationMs, endless };
}

function isStep({ fact }: Observation): boolean {
  return (fact.kind === 'connect' && fact.outcome === 'connected') || (fact.kind === 'resolve' && fact.outcome === 'answered');
}

/** The last program that is named on the line: before it stand prefixes and limits. */
function programOf(observed: readonly Observation[], argv: readonly string[]): string {
  const known = ['curl', 'wget', 'nc', 'ncat', 'dig', 'nslookup', 'host', 'getent', 'ping', 'traceroute', 'tracepath', 'openssl', 'ip', 'ifconfig', 'ss', 'cat', 'telnet'];
  const words = argv.flatMap((word) => word.split(/[\s|]+/u));
  const own = words.findLast((word, index) => known.includes(word) && words[index + 1] !== 'netns');
  return own ?? observed[0]?.dialect ?? '';
}

/** A terminal of its own is nothing that these commands need: standard input is empty. */
function typeIn(line: string): Promise<{ text: string; exitCode: number | null; endless: boolean }> {
  return new Promise((resolve) => {
    const child = execFile('sh', ['-c', `{ ${line}\n} 2>&1`], { encoding: 'latin1', timeout: LIMIT_MS, killSignal: 'SIGKILL', maxBuffer: 4_000_000 }, (error, stdout) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : null;
      resolve({ text: Buffer.from(stdout, 'latin1').toString('utf8'), exitCode: code, endless: error?.killed === true });
    });
    child.stdin?.end();
  });
}
