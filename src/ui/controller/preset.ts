import type { Target } from '../../domain/target.ts';
import type { Screen } from '../../store/console-state.ts';

/** What the command line chose already. The console opens as far in as that leads, and runs when all of it is known. */
export interface ConsolePreset {
  /** A whole target: this machine, a prefix, or a pod with its container. Takes the place of namespace, pod and container. */
  readonly target?: Target;
  /** A recording to play, by its path. Nothing of the cluster is asked for while it plays. */
  readonly recording?: string;
  /** Somebody else's run to follow, by the path of its recording. Nothing of the cluster is asked for. */
  readonly live?: string;
  /** One looks where its driver looks. */
  readonly mirrorsDriver?: boolean;
  readonly namespace?: string;
  readonly pod?: string;
  readonly container?: string;
  /** Stands in the destination field; with a whole target the run begins at once. */
  readonly dependency?: string;
}

/** The screens to open one after the other, so that esc leads back through them. */
export function presetScreens(preset: ConsolePreset): readonly Screen[] {
  const target = preset.target ?? namedTarget(preset);
  const namespace = target?.kind === 'pod' ? target.namespace : preset.namespace;
  const pods: readonly Screen[] = namespace === undefined ? [] : [{ kind: 'pods', namespace }];
  if (target !== null) return [...pods, { kind: 'dependencies', target }];
  if (namespace === undefined || preset.pod === undefined) return pods;
  return [...pods, { kind: 'containers', namespace, pod: preset.pod, node: null }];
}

/** A pod by its names alone: the context is the one in use, the node is not known. */
function namedTarget({ namespace, pod, container }: ConsolePreset): Target | null {
  if (namespace === undefined || pod === undefined || container === undefined) return null;
  return { kind: 'pod', context: '', namespace, pod, container, node: null, pickedFrom: null };
}
