import type { Change, Permission, Consent, Progress } from '../../src/domain/access.ts';
import type { ClusterFailure, ClusterResult } from '../../src/domain/cluster.ts';
import type { Climber, Goal, Surveyed } from '../../src/access/way-in.ts';
import type { ClusterAccess, EphemeralContainer, PodManifest, PodWarning } from '../../src/kube/access.ts';
import type { ContainerAddress, ExecEnding, ExecSinks } from '../../src/kube/exec-socket.ts';
import type { PodWithTraces } from '../../src/kube/owned.ts';
import type { PodSelector } from '../../src/kube/pod-selectors.ts';
import type { NodeAccess } from '../../src/kube/node-access.ts';
import type { ContainerAccess, EphemeralState, PodAccess } from '../../src/kube/pod-access.ts';
import { readable, unreadable } from './cluster-reader.ts';

export function containerAccess(name: string, state: ContainerAccess['state'] = 'running'): ContainerAccess {
  return { name, state, isRunning: state === 'running', user: null, reason: null, message: null, exitCode: null };
}

export function podAccess(more: Partial<PodAccess> = {}): PodAccess {
  return {
    namespace: 'shop', name: 'payments-1', uid: 'u1', node: 'n1', isWindows: false, isMirror: false, hostNetwork: false, labels: { app: 'payments' },
    serviceAccount: 'default', pullSecrets: [], podUser: null, containers: [containerAccess('payments')], ended: null, ephemeral: [], ...more,
  };
}

export function goal(pod: PodAccess = podAccess(), more: Partial<Goal> = {}): Goal {
  return { pod, container: 'payments', environment: {}, role: { id: 'target', role: 'target' }, stays: false, installs: false, ...more };
}

export interface FakeClusterOptions {
  readonly pod?: PodAccess;
  /** What each container has; nothing where none is said. */
  readonly tools?: Readonly<Record<string, Surveyed>>;
  readonly missing?: readonly Permission[];
  /** Said to a dry run and to the change itself; null is a yes. */
  readonly admits?: (container: EphemeralContainer) => ClusterFailure | null;
  readonly admitsPod?: (pod: PodManifest) => ClusterFailure | null;
  readonly consent?: Consent;
  /** State of what was added, after it was added. */
  readonly comesUpAs?: Partial<EphemeralState>;
  readonly warnings?: readonly PodWarning[];
  /** Other pods of the cluster, by name. */
  readonly pods?: readonly PodWithTraces[];
  /** Absent: nodes may not be read. */
  readonly node?: NodeAccess;
  readonly selectors?: readonly PodSelector[];
  /** What a container says about installing tools in it; absent: it has no shell. */
  readonly installSurvey?: string;
  /** How the keeper of an installation ends at once; absent: it installs, and ends when it is told to. */
  readonly notInstalled?: ExecEnding;
}

export interface FakeCluster extends Climber {
  /** What was changed, and nothing that was only tried. */
  readonly added: readonly EphemeralContainer[];
  readonly tried: readonly EphemeralContainer[];
  readonly asked: readonly Change[];
  readonly executed: readonly { readonly address: ContainerAddress; readonly argv: readonly string[] }[];
  readonly steps: readonly Progress[];
  readonly made: readonly PodManifest[];
  /** Uids. */
  readonly deleted: readonly string[];
}

/** A cluster with one pod. A keeper that is told to end ends its container. */
export function fakeCluster(given: FakeClusterOptions): FakeCluster {
  const added: EphemeralContainer[] = [];
  const tried: EphemeralContainer[] = [];
  const asked: Change[] = [];
  const executed: { address: ContainerAddress; argv: readonly string[] }[] = [];
  const steps: Progress[] = [];
  const made: PodManifest[] = [];
  const ended = new Set<string>();
  const deleted: string[] = [];

  const base = given.pod ?? podAccess();

  const nowPod = (): PodAccess => ({
    ...base,
    ephemeral: [
      ...base.ephemeral.map((one) => (ended.has(one.name) ? { ...one, state: 'terminated' as const } : one)),
      ...added.map((container): EphemeralState => ({
        name: container.name, image: container.image ?? '', target: container.targetContainerName ?? null, reason: null, message: null, exitCode: null,
        environment: Object.fromEntries((container.env ?? []).map(({ name, value }) => [name, value ?? ''])),
        state: ended.has(container.name) ? 'terminated' : 'running', ...given.comesUpAs,
      })),
    ],
  });
  const access: ClusterAccess = {
    whoAmI: () => Promise.resolve(readable('anna')),
    missing: (rights) => Promise.resolve(rights.filter((right) => given.missing?.some(({ verb, resource }) => verb === right.verb && resource === right.resource) === true)),
    podAccess: () => Promise.resolve(readable(nowPod())),
    addEphemeral: (_pod, container, isDryRun): Promise<ClusterResult<unknown>> => {
      (isDryRun ? tried : added).push(container);
      const failure = given.admits?.(container) ?? null;
      return Promise.resolve(failure === null ? readable({}) : unreadable(failure));
    },
    createPod: (manifest, isDryRun): Promise<ClusterResult<PodManifest>> => {
      const failure = given.admitsPod?.(manifest) ?? null;
      if (!isDryRun) made.push(manifest);
      return Promise.resolve(failure === null ? readable(manifest) : unreadable(failure));
    },
    deletePod: ({ uid }) => {
      deleted.push(uid);
      return Promise.resolve(readable(null));
    },
    pod: ({ name }) => {
      const found = (given.pods ?? []).find((one) => one.name === name && !deleted.includes(one.uid));
      return Promise.resolve(found === undefined ? unreadable({ kind: 'not-found', resource: 'pods', name, namespace: 'shop', detail: `pods "${name}" not found` }) : readable(found));
    },
    async *pods(namespace, label) {
      const all = (given.pods ?? []).filter((one) => !deleted.includes(one.uid) && (namespace === null || one.namespace === namespace));
      await Promise.resolve();
      yield label === null ? all : all.filter(({ labels }) => labels['app.kubernetes.io/managed-by'] === 'netdiag-tui');
    },
    node: (name) => Promise.resolve(given.node === undefined ? unreadable({ kind: 'forbidden', verb: 'get', resource: 'nodes', namespace: null, detail: `cannot get resource "nodes" ${name}` }) : readable(given.node)),
    selectors: () => Promise.resolve(readable(given.selectors ?? [])),
    warnings: () => Promise.resolve(readable(given.warnings ?? [])),
  };
  const keeping = Promise.withResolvers<ExecEnding>();
  const endingOf = (argv: readonly string[], sinks: ExecSinks): Promise<ExecEnding> => {
    const done = Promise.resolve<ExecEnding>({ kind: 'exited', exitCode: 0 });
    if (argv.includes('netdiag-install-survey')) {
      if (given.installSurvey === undefined) return Promise.resolve({ kind: 'error', detail: 'exec: "sh": executable file not found in $PATH: unknown' });
      sinks.stderr(Buffer.from(`${argv[4] ?? ''} 7\n`));
      sinks.stdout(Buffer.from(given.installSurvey));
      return done;
    }
    const keeper = argv.indexOf('netdiag-keeper');
    if (keeper === -1) return done;
    if (given.notInstalled !== undefined) return Promise.resolve(given.notInstalled);
    sinks.stdout(Buffer.from(`netdiag-installed ${argv[keeper + 1] ?? ''}\n`));
    return keeping.promise;
  };
  return {
    access,
    added, tried, asked, executed, steps, made, deleted,
    exec: {
      context: 'test',
      start: (address, argv, _input, sinks) => {
        executed.push({ address, argv });
        if (argv.includes('netdiag-end')) {
          ended.add(address.container);
          keeping.resolve({ kind: 'exited', exitCode: 0 });
        }
        const ending = endingOf(argv, sinks);
        return { write: () => undefined, endInput: () => undefined, resize: () => undefined, pause: () => undefined, resume: () => undefined, ended: ending, disconnect: () => undefined };
      },
    },
    owner: { name: 'anna_root', session: 's1' },
    options: { image: 'nicolaka/netshoot', ttlSeconds: 1800, pullSecrets: [], requests: {}, limits: {} },
    signal: new AbortController().signal,
    survey: (vantage) => Promise.resolve(given.tools?.[vantage.identity.name.split('/').at(-1) ?? ''] ?? { kind: 'none', detail: '' }),
    consent: (change) => {
      asked.push(change);
      return Promise.resolve(given.consent ?? 'read-only');
    },
    progress: (step) => { steps.push(step); },
    nowMs: () => Date.parse('2026-01-01T10:00:00Z'),
  };
}
