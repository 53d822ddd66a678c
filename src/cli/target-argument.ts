import { closest } from './closest.ts';
import { done, failed, type Outcome } from './problem.ts';
import type { Workload, WorkloadKind } from './run-request.ts';

/** The names and short names of `kubectl api-resources` for what can lead to a pod. */
const KINDS: Readonly<Record<string, WorkloadKind>> = {
  pod: 'pod',
  pods: 'pod',
  po: 'pod',
  deployment: 'deployment',
  deployments: 'deployment',
  deploy: 'deployment',
  statefulset: 'statefulset',
  statefulsets: 'statefulset',
  sts: 'statefulset',
  daemonset: 'daemonset',
  daemonsets: 'daemonset',
  ds: 'daemonset',
  replicaset: 'replicaset',
  replicasets: 'replicaset',
  rs: 'replicaset',
  replicationcontroller: 'replicationcontroller',
  replicationcontrollers: 'replicationcontroller',
  rc: 'replicationcontroller',
  job: 'job',
  jobs: 'job',
  service: 'service',
  services: 'service',
  svc: 'service',
};

/** RFC 1123 subdomain, as the API server validates object names. */
const OBJECT_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/u;

export function isObjectName(text: string): boolean {
  return OBJECT_NAME.test(text);
}

/** Reads TARGET: `orders-6f7c`, `pod/orders-6f7c`, `deploy/orders`, `deployment.apps/orders` as `kubectl get -o name` prints it. */
export function parseTarget(text: string): Outcome<Workload> {
  if (text.startsWith('-')) return failed('looks-like-option', text);
  const parts = text.split('/');
  if (parts.length > 2) return failed('bad-target', text);
  const [kindText, name] = parts.length === 2 ? [parts[0] ?? '', parts[1] ?? ''] : ['pod', text];
  const kindWord = kindText.toLowerCase().split('.')[0] ?? '';
  const kind = Object.hasOwn(KINDS, kindWord) ? KINDS[kindWord] : undefined;
  if (kind === undefined) {
    const near = closest(kindWord, Object.keys(KINDS));
    return failed('bad-target', text, near === null ? null : `${near}/${name}`);
  }
  return isObjectName(name) ? done({ kind, name }) : failed('bad-name', name === '' ? text : name);
}
