import { kubectlExecPrefix } from '../vantage/pod-exec.ts';
import type { Profile } from './ephemeral-spec.ts';

/** What a person types to do the same as this program would. Whole argvs; nothing of them was given to a shell. */

export interface EphemeralCommand {
  readonly context: string | null;
  readonly namespace: string;
  readonly pod: string;
  /** Container whose network and processes are shared. */
  readonly target: string;
  readonly name: string;
  readonly image: string;
  readonly ttlSeconds: number;
  readonly profile: Profile;
}

/** The nearest of kubectl's own profiles (kubectl debug --help, --profile). */
const KUBECTL_PROFILE: Readonly<Record<Profile, string>> = { 'net-raw': 'netadmin', default: 'baseline', restricted: 'restricted' };

function debugPrefix(command: Omit<EphemeralCommand, 'name' | 'ttlSeconds'>): readonly string[] {
  const { context, namespace, pod, image, target, profile } = command;
  const inContext = context === null ? [] : ['--context', context];
  return ['kubectl', ...inContext, 'debug', '-n', namespace, pod, `--image=${image}`, `--target=${target}`, `--profile=${KUBECTL_PROFILE[profile]}`];
}

/** A container that ends by itself, and a shell in it: exec needs no right to attach. */
export function debugCommands(command: EphemeralCommand): readonly (readonly string[])[] {
  const { context, namespace, pod, name, ttlSeconds } = command;
  return [[...debugPrefix(command), `--container=${name}`, '--', 'sleep', String(ttlSeconds)], shellCommand(namespace, pod, name, context)];
}

/** What is put before one command to run it in a new container of its own: our own has ended by the time that somebody reads this. */
export function debugRunPrefix(command: Omit<EphemeralCommand, 'name' | 'ttlSeconds'>): readonly string[] {
  return [...debugPrefix(command), '-it', '--'];
}

export interface ToolkitCommand {
  readonly context: string | null;
  readonly namespace: string;
  readonly name: string;
  readonly image: string;
  readonly ttlSeconds: number;
  readonly node: string | null;
  readonly hostNetwork: boolean;
  readonly labels: Readonly<Record<string, string>>;
}

/** Create the pod, get a shell in it, delete it. */
export function toolkitCommands(command: ToolkitCommand): readonly (readonly string[])[] {
  const { context, namespace, name, image, ttlSeconds, node, hostNetwork, labels } = command;
  const spec = {
    activeDeadlineSeconds: ttlSeconds,
    ...(node === null ? {} : { nodeName: node, tolerations: [{ operator: 'Exists' }] }),
    ...(hostNetwork ? { hostNetwork: true, dnsPolicy: 'Default' } : {}),
  };
  const inContext = context === null ? [] : ['--context', context];
  const words = Object.entries(labels).map(([key, value]) => `${key}=${value}`).join(',');
  return [
    ['kubectl', ...inContext, 'run', name, '-n', namespace, `--image=${image}`, '--restart=Never', `--labels=${words}`, `--overrides=${JSON.stringify({ spec })}`, '--command', '--', 'sleep', String(ttlSeconds)],
    [...['kubectl', ...inContext, 'exec', '-it', '-n', namespace, name, '--'], 'sh'],
    deleteCommand(namespace, name, context),
  ];
}

export function deleteCommand(namespace: string, pod: string, context: string | null): readonly string[] {
  return ['kubectl', ...(context === null ? [] : ['--context', context]), 'delete', 'pod', '-n', namespace, pod];
}

/** A shell in a container. */
export function shellCommand(namespace: string, pod: string, container: string, context: string | null, shell = 'sh'): readonly string[] {
  const prefix = kubectlExecPrefix({ namespace, pod, container }, context);
  const exec = prefix.indexOf('exec');
  return [...prefix.slice(0, exec + 1), '-it', ...prefix.slice(exec + 1), shell];
}
