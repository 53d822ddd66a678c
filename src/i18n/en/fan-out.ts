import type { FanOutConclusion, FanOutMember, FanOutScope } from '../../domain/fan-out.ts';

const scopes: Readonly<Record<FanOutScope, string>> = { all: 'every replica', 'per-node': 'one pod of each node' };

const states: Readonly<Record<FanOutMember['state'], string>> = { waiting: 'waits', running: 'asking', ended: 'no verdict', 'not-run': 'could not be asked' };

/** Who fails, in one sentence. `pods` of `all`. */
const patterns: Readonly<Record<FanOutConclusion['pattern'], (pods: number, all: number, node: string) => string>> = {
  none: (_, all) => `All ${String(all)} pods reach it.`,
  everywhere: (_, all) => `All ${String(all)} pods fail.`,
  'one-node': (pods, all, node) => `Only the pods of node ${node} fail (${String(pods)} of ${String(all)}).`,
  'some-pods': (pods, all) => `${String(pods)} of ${String(all)} pods fail.`,
  unknown: (pods, all) => `None of the pods is shown to fail, but ${String(pods)} of ${String(all)} came to no clear verdict.`,
};

/** The same question from many pods: `run --all`, `run --per-node`, and A in the console. */
export const fanOut = {
  scopes,
  states,
  patterns,
  heading: (workload: string, scope: FanOutScope, pods: number, nodes: number): string => `${workload}: ${scopes[scope]}, ${String(pods)} on ${String(nodes)} nodes`,
  columns: { pod: 'Pod', node: 'Node', verdict: 'Verdict' },
  noNode: 'no node',
  standIn: 'stands in; other labels',
  uncovered: (nodes: string): string => `No pod to ask from on: ${nodes}`,
  differ: (causes: string): string => `They do not find the same: ${causes}.`,
  one: 'All about one of them',
  console: {
    title: (dependency: string): string => `From every replica: ${dependency}`,
    planning: 'Looking for the replicas',
    onlyForPods: 'This needs a pod: it asks the same from all replicas of the pod’s workload.',
    goesOn: 'The replicas are being asked already.',
    closing: 'Closing this ends the runs that still go on.',
    stopped: (known: number, all: number): string => `Stopped: ${String(known)} of ${String(all)} pods came to a verdict. Their runs are recorded.`,
    failed: (detail: string): string => `The replicas could not be asked: ${detail}`,
  },
};
