import { setTimeout as delay } from 'node:timers/promises';
import { execa } from 'execa';
import { BIN } from '../product.ts';
import { disturb } from './disturb.ts';
import type { AccessFault, Moment } from './fault.ts';
import { deletePod, makePod, type TriedPod } from './pods.ts';
import { leftAfter, podProcesses, runningThings } from './traces.ts';

export interface AccessResult {
  readonly id: string;
  readonly why: string;
  readonly exitCode: number | null;
  readonly seconds: number;
  /** What it said last of what it had to say; '' when it did not. */
  readonly said: string;
  /** What became of the terminal; '' where there was none. */
  readonly terminal: string;
  /** What is wrong; empty when all is as it has to be. */
  readonly wrong: readonly string[];
}

/** All that was made ends with the run, or by its time of one minute. */
const LEFT_LIMIT_MS = 100_000;
const RUN_LIMIT_MS = 90_000;
const MOMENT_LIMIT_MS = 40_000;

interface Started {
  readonly shown: () => string;
  readonly ended: Promise<{ readonly exitCode: number | null }>;
  readonly kill: (signal: NodeJS.Signals) => void;
}

export function start(argv: readonly string[], pod: string, env: Readonly<Record<string, string>> = {}): Started {
  let text = '';
  const child = execa(process.execPath, [BIN, ...argv.map((word) => word.replace('{pod}', pod)), '--lang', 'en'], { reject: false, stdin: 'ignore', all: true, timeout: RUN_LIMIT_MS, env });
  child.all.on('data', (chunk: Buffer) => { text += chunk.toString('utf8'); });
  return {
    shown: () => text,
    ended: child.then(({ exitCode, timedOut }) => ({ exitCode: timedOut ? null : (exitCode ?? null) })),
    kill: (signal) => { child.kill(signal); },
  };
}

/** Waits for the moment; false when the program ended before it. */
async function reached({ shown, thenMs }: Moment, started: Started): Promise<boolean> {
  let isOver = false;
  void started.ended.then(() => { isOver = true; });
  const until = Date.now() + MOMENT_LIMIT_MS;
  while (shown !== null && !shown.test(started.shown())) {
    if (isOver || Date.now() > until) return false;
    await delay(20);
  }
  await delay(thenMs);
  return !isOver;
}

export async function runFault(fault: AccessFault): Promise<AccessResult> {
  const pod = await makePod(fault.pod);
  try {
    return await tried(fault, pod);
  } finally {
    await deletePod(pod.name);
  }
}

async function tried(fault: AccessFault, pod: TriedPod): Promise<AccessResult> {
  const { id, why, disturbance } = fault;
  const before = await podProcesses();
  const isBefore = disturbance.kind === 'node-not-ready';
  let mend = isBefore ? await disturb(disturbance, pod, () => undefined) : null;
  const startedAt = Date.now();
  const started = start(fault.argv, pod.name);
  const isInTime = await reached(fault.moment, started);
  if (!isBefore && isInTime) mend = await disturb(disturbance, pod, started.kill);
  const { exitCode } = await started.ended;
  const seconds = (Date.now() - startedAt) / 1000;
  await mend?.();
  const left = await leftAfter(before, LEFT_LIMIT_MS);
  const text = started.shown();
  const said = fault.says.exec(text)?.[0] ?? '';
  const wrong = [
    ...(isInTime || disturbance.kind === 'none' ? [] : ['it ended before the fault']),
    ...(exitCode !== null && fault.exitCodes.includes(exitCode) ? [] : [`exit code ${String(exitCode)}`]),
    ...(said === '' ? [`does not say ${String(fault.says)}: ${lastLines(text)}`] : []),
    ...(fault.neverSays.test(text) ? [`says ${String(fault.neverSays)}`] : []),
    ...left.map((one) => `left: ${one}`),
  ];
  if (wrong.length > 0) process.stderr.write(`--- ${id}\n${text}\n---\n`);
  return { id, why, exitCode, seconds, said, terminal: '', wrong };
}

function lastLines(text: string): string {
  return text.trim().split('\n').slice(-3).join(' / ');
}

/** Removes what ended by its time and is still listed: a finished pod. */
export async function cleanUpEverything(): Promise<readonly string[]> {
  await execa(process.execPath, [BIN, 'cleanup', '--all-owners', '--yes'], { reject: false });
  return runningThings();
}
