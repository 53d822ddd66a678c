import type { PodPlace } from '../../domain/pod-pages.ts';
import type { Target } from '../../domain/target.ts';
import type { ConsoleApp } from '../console-app.ts';

type PodTarget = Extract<Target, { kind: 'pod' }>;

/** The pod under the cursor as a target; of several containers that run, one is asked for. null: there is none, or nobody chose. */
export async function podTarget(app: ConsoleApp, place: PodPlace, node: string | null): Promise<PodTarget | null> {
  const context = app.store.getState().clusters?.current ?? '';
  const target = (container: string): PodTarget => ({ kind: 'pod', context, namespace: place.namespace, pod: place.pod, container, node, pickedFrom: null });
  if (place.container !== null) return target(place.container);
  const { podPages, ui } = app.context.messages;
  const askedAt = app.dialogs.keyCount;
  const found = await app.ports.getContainers(place.namespace, place.pod, new AbortController().signal);
  if (!found.ok) {
    app.notify('fail', ui.failure(found.failure));
    return null;
  }
  const running = found.value.filter(({ kind, running: isRunning }) => kind !== 'ephemeral' && isRunning);
  const [first] = running;
  if (first === undefined) {
    app.notify('warn', podPages.noContainer);
    return null;
  }
  if (running.length === 1) return target(first.name);
  const items = running.map(({ name, image }) => ({ key: name, label: name, detail: image }));
  const name = await app.dialogs.pick({ title: ui.titles.containers(place.pod), items, askedAt });
  return name === null ? null : target(name);
}
