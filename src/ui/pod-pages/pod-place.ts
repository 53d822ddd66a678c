import type { PodPlace } from '../../domain/pod-pages.ts';
import { currentScreen } from '../../store/navigate.ts';
import type { ConsoleApp } from '../console-app.ts';
import { chosenItem } from '../controller/list-keys.ts';
import { podKey } from '../screens/list-items.ts';

/** The pod under the cursor, or that of this screen; null where there is none. */
export function podHere({ context, store }: ConsoleApp): PodPlace | null {
  const state = store.getState();
  const screen = currentScreen(state);
  switch (screen.kind) {
    case 'pods': {
      const key = chosenItem(context, state, 'pods')?.key;
      const row = state.lists.pods.rows.find((pod) => podKey(pod) === key);
      return row === undefined ? null : { namespace: row.namespace, pod: row.name, container: null };
    }
    case 'containers':
      return { namespace: screen.namespace, pod: screen.pod, container: chosenItem(context, state, 'containers')?.key ?? null };
    case 'dependencies':
    case 'run': {
      const { target } = screen;
      return target.kind === 'pod' ? { namespace: target.namespace, pod: target.pod, container: target.container } : null;
    }
    case 'contexts':
    case 'namespaces':
      return null;
  }
}
