import { execa } from 'execa';
import { kubectl } from '../cluster.ts';
import type { PodKind } from './fault.ts';

/** Pods that exist for one fault. */

const NAMESPACE = 'shop';
const MARK = 'netdiag-e2e-access';

const BARE = { name: 'app', image: 'docker.io/shop/app:1', imagePullPolicy: 'Never', env: [{ name: 'API_URL', value: 'https://api.payments.example/' }] };
const CONTAINERS: Readonly<Record<PodKind, readonly object[]>> = {
  bare: [BARE],
  shelled: [{ ...BARE, image: 'docker.io/shop/app-debian:1' }],
  pair: [BARE, { name: 'helper', image: 'docker.io/library/busybox:1.36', imagePullPolicy: 'Never', command: ['sleep', '86400'] }],
};

export interface TriedPod {
  readonly name: string;
  readonly node: string;
  readonly address: string;
}

let made = 0;

/** All on one node, so that a fault of a node concerns them. */
export async function makePod(kind: PodKind, node = 'n2'): Promise<TriedPod> {
  made += 1;
  const name = `access-${kind}-${String(process.pid)}-${String(made)}`;
  const spec = { nodeName: node, terminationGracePeriodSeconds: 1, containers: CONTAINERS[kind] };
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: NAMESPACE, labels: { app: MARK } }, spec };
  await kubectl(['apply', '-f', '-'], JSON.stringify(pod));
  await kubectl(['wait', '-n', NAMESPACE, '--for=condition=Ready', '--timeout=180s', `pod/${name}`]);
  const address = await kubectl(['get', '-n', NAMESPACE, `pod/${name}`, '-o', 'jsonpath={.status.podIP}']);
  return { name, node, address };
}

export async function deletePod(name: string): Promise<void> {
  await execa('kubectl', ['delete', '-n', NAMESPACE, '--ignore-not-found', '--grace-period=0', '--force', `pod/${name}`], { reject: false });
}

export async function deleteAllPods(): Promise<void> {
  await kubectl(['delete', '-n', NAMESPACE, '--ignore-not-found', '--grace-period=0', '--force', 'pods', '-l', `app=${MARK}`]);
}
