/** Objects that scenarios are made of, in the API's own shape. */

export function policy(name: string, spec: object, namespace = 'shop'): object {
  return { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: `fault-${name}`, namespace }, spec };
}

export const ORDERS = { matchLabels: { app: 'orders' } };

/** DNS to anybody, by both transports. */
export const DNS_RULE = { ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] };

export function egress(name: string, ...rules: readonly object[]): object {
  return policy(name, { podSelector: ORDERS, policyTypes: ['Egress'], egress: rules });
}

export interface PodOptions {
  readonly spec?: object;
  readonly container?: object;
  readonly labels?: Readonly<Record<string, string>>;
  readonly namespace?: string;
}

/** A pod like `orders`: Debian with bash, no network tools, ends at once. */
export function pod(name: string, { spec = {}, container = {}, labels = {}, namespace = 'shop' }: PodOptions = {}): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `fault-${name}`, namespace, labels: { app: `fault-${name}`, ...labels } },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'app', image: 'docker.io/shop/app-debian:1', imagePullPolicy: 'Never', ...container }],
      ...spec,
    },
  };
}

/** A pod with busybox on one node: a place to ask from, or one to compare with. */
export function busyboxOn(node: 'n1' | 'n2', name = 'client'): object {
  return pod(name, { spec: { nodeName: node }, container: { image: 'docker.io/library/busybox:1.36', command: ['sleep', '100000'] } });
}

export function service(name: string, spec: object, namespace = 'shop'): object {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: `fault-${name}`, namespace }, spec };
}

export function namespace(name: string, labels: Readonly<Record<string, string>> = {}): object {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

export function corefile(...lines: readonly string[]): object {
  const text = ['.:53 {', ...lines.map((line) => `    ${line}`), '}', ''].join('\n');
  return { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'coredns', namespace: 'kube-system' }, data: { Corefile: text } };
}
