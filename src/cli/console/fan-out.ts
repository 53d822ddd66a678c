import type { AccessDialogue } from '../../domain/access.ts';
import type { FanOutHandle, FanOutRequest } from '../../domain/console-ports.ts';
import type { FanOutEvent, FanOutPlace } from '../../domain/fan-out.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import type { Target } from '../../domain/target.ts';
import type { ClusterConnection } from '../../kube/client.ts';
import { fanOut, oneAtATime } from '../fan-out/fan-out.ts';
import { planFanOut } from '../fan-out/plan.ts';

type PodTarget = Extract<Target, { kind: 'pod' }>;

export interface FanOutMeans {
  readonly open: () => Promise<ClusterConnection>;
  readonly run: (target: PodTarget, dependencyText: string, dialogue: AccessDialogue, signal: AbortSignal) => AsyncIterable<RunEvent>;
}

/** The console's question from the pod and all its siblings. */
export function startFanOut({ target, dependencyText, dialogue }: FanOutRequest, means: FanOutMeans): FanOutHandle {
  const stop = new AbortController();
  const shared = { ...dialogue, consent: oneAtATime((change: Parameters<AccessDialogue['consent']>[0]) => dialogue.consent(change)) };
  const start = (place: FanOutPlace, signal: AbortSignal): AsyncIterable<RunEvent> =>
    means.run({ ...target, pod: place.pod, node: place.node, container: place.container }, dependencyText, shared, signal);
  return { events: events(target, means, start, stop.signal), cancel: () => { stop.abort(); } };
}

/** Throws a sentence for people when the replicas cannot be found. */
async function* events(target: PodTarget, { open }: FanOutMeans, start: Parameters<typeof fanOut>[1], signal: AbortSignal): AsyncGenerator<FanOutEvent> {
  const { reader } = await open();
  const pod = await reader.getPod(target.namespace, target.pod, signal);
  if (!pod.ok) throw new Error(pod.failure.detail);
  const siblings = await reader.siblingsOf(pod.value, signal);
  if (!siblings.ok) throw new Error(siblings.failure.detail);
  const plan = await planFanOut(reader, 'all', [pod.value, ...siblings.value], target.container, signal);
  yield* fanOut(plan, start, signal);
}
