import { randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { PodKind } from './fault.ts';
import { KILLED_RUN } from './faults.ts';
import { deletePod, makePod } from './pods.ts';
import { start, type AccessResult } from './run.ts';
import { leftAfter, podProcesses, runningThings } from './traces.ts';

const KINDS: readonly PodKind[] = ['bare', 'shelled', 'pair', 'bare'];
/** Runs take about so long, by how they get in. */
const LATEST_MS: Readonly<Record<PodKind, number>> = { bare: 9_000, shelled: 3_000, pair: 4_000 };

/** Kills runs with SIGKILL at random moments, and waits until the time of what they made is over. */
export async function killedRuns(times: number): Promise<readonly AccessResult[]> {
  const pods = new Map<PodKind, string>();
  for (const kind of new Set(KINDS)) pods.set(kind, (await makePod(kind)).name);
  const before = await podProcesses();
  const results: AccessResult[] = [];
  try {
    for (let time = 0; time < times; time += 1) {
      const kind = KINDS[time % KINDS.length] ?? 'bare';
      const afterMs = randomInt(200, LATEST_MS[kind]);
      const started = start(KILLED_RUN.argv, pods.get(kind) ?? '');
      await delay(afterMs);
      started.kill('SIGKILL');
      const { exitCode } = await started.ended;
      const when = exitCode === null ? `after ${String(afterMs)} ms` : `after ${String(afterMs)} ms, when it had ended`;
      const things = await runningThings();
      results.push({ id: `kill-9-${String(time + 1)}`, why: `SIGKILL ${when} (${kind}); then there run: ${things.join(', ') || 'nothing'}`, exitCode: null, seconds: afterMs / 1000, said: '', terminal: '', wrong: [] });
    }
    const left = await leftAfter(before, KILLED_RUN.ttlMs + 60_000);
    results.push({ id: 'kill-9-after-ttl', why: `all ${String(times)}, when their time is over`, exitCode: null, seconds: KILLED_RUN.ttlMs / 1000, said: '', terminal: '', wrong: left.map((one) => `left: ${one}`) });
  } finally {
    for (const name of pods.values()) await deletePod(name);
  }
  return results;
}
