import type { RunEvent, RunEventKind, RunEventOf } from '../../src/domain/run-event.ts';
import type { DiagnosisRequest } from '../../src/engine/request.ts';
import { runDiagnosis } from '../../src/engine/run.ts';
import { scriptedVantage, type Script } from '../fakes/scripted-vantage.ts';
import { dependencyOf } from '../tree/situation.ts';

export const A = '203.0.113.10';

export function request(script: Script, more: Partial<DiagnosisRequest> = {}): DiagnosisRequest {
  return {
    runId: 'r1',
    tool: { name: 'netdiag-tui', version: '0' },
    target: { kind: 'local' },
    dependency: dependencyOf(`tcp://${A}:5432`),
    vantage: scriptedVantage(script),
    contrasts: [],
    askCluster: null,
    connectTimeoutMs: 1000,
    timeoutMs: 20_000,
    signal: new AbortController().signal,
    ...more,
  };
}

/** All events of a run; `watch` is called with each as it comes. */
export async function eventsOf(given: DiagnosisRequest, watch: (event: RunEvent) => void = () => undefined): Promise<readonly RunEvent[]> {
  const events: RunEvent[] = [];
  for await (const event of runDiagnosis(given)) {
    events.push(event);
    watch(event);
  }
  return events;
}

export function only<K extends RunEventKind>(events: readonly RunEvent[], kind: K): readonly RunEventOf<K>[] {
  return events.filter((event): event is RunEventOf<K> => event.kind === kind);
}

export function conclusionOf(events: readonly RunEvent[]): RunEventOf<'concluded'>['conclusion'] {
  const concluded = only(events, 'concluded');
  const [one] = concluded;
  if (one === undefined || concluded.length !== 1) throw new Error(`${String(concluded.length)} conclusions`);
  return one.conclusion;
}
