import type { ClusterFailure, ClusterReader, ClusterResult, ContainerDetail, PodDetail, PodSummary, WorkloadPick } from '../../src/domain/cluster.ts';
import type { ClusterConnection } from '../../src/kube/client.ts';
import type { ContainerAddress } from '../../src/kube/exec-socket.ts';

export function podSummary(name: string, more: Partial<PodSummary> = {}): PodSummary {
  return {
    namespace: 'shop', name, labels: { app: 'orders' }, node: 'n1', owner: null, phase: 'Running', ready: true, isTerminating: false, hostNetwork: false,
    addresses: ['10.244.0.7'], createdAt: null, runningContainers: ['app'], ...more,
  };
}

export function container(name: string, more: Partial<ContainerDetail> = {}): ContainerDetail {
  return {
    name, image: `${name}:1`, kind: 'container', state: 'running', reason: null, message: null, exitCode: null, ready: true, restarts: 0, environment: [], ...more,
  };
}

export function podDetail(name: string, containers: readonly ContainerDetail[] = [container('app')], more: Partial<PodDetail> = {}): PodDetail {
  return { ...podSummary(name), dnsPolicy: 'ClusterFirst', containers, defaultContainer: containers[0]?.name ?? '', unreadable: [], ...more };
}

export function forbiddenTo(verb: string, resource: string): ClusterFailure {
  return { kind: 'forbidden', verb, resource, namespace: 'shop', detail: `cannot ${verb} ${resource}` };
}

export function readable<T>(value: T): ClusterResult<T> {
  return { ok: true, value };
}

export function unreadable(failure: ClusterFailure): ClusterResult<never> {
  return { ok: false, failure };
}

export function pick(pod: PodSummary, workload: string): ClusterResult<WorkloadPick> {
  return readable({ pod, workload, reason: 'only-pod', candidates: [pod] });
}

export interface FakeConnection extends ClusterConnection {
  readonly closed: () => number;
  readonly executed: readonly { readonly address: ContainerAddress; readonly argv: readonly string[] }[];
}

/** A cluster of which only what is given can be read; anything else is a mistake of the test. Commands end at once with status 0. */
export function fakeConnection(given: Partial<ClusterReader>): FakeConnection {
  const executed: { address: ContainerAddress; argv: readonly string[] }[] = [];
  let closed = 0;
  const base: Partial<ClusterReader> = {
    context: 'test', server: 'https://fake', namespace: 'shop', contexts: [],
    close: () => { closed += 1; return Promise.resolve(); },
    ...given,
  };
  const reader = new Proxy(base, {
    get(target, name: string) {
      if (!(name in target)) throw new Error(`the test gave no ${name}`);
      return target[name as keyof ClusterReader];
    },
  }) as ClusterReader;
  return {
    reader,
    closed: () => closed,
    executed,
    access: new Proxy({}, { get: (_, name: string) => { throw new Error(`the test gave no ${name}`); } }) as ClusterConnection['access'],
    exec: {
      context: 'test',
      start: (address, argv) => {
        executed.push({ address, argv });
        return { write: () => undefined, endInput: () => undefined, resize: () => undefined, pause: () => undefined, resume: () => undefined, ended: Promise.resolve({ kind: 'exited', exitCode: 0 }), disconnect: () => undefined };
      },
    },
  };
}
