import { parseAllDocuments } from 'yaml';
import type { KubernetesObject } from '../../src/domain/policy-objects.ts';
import { evaluateConnection, readObjects, World, type Asked, type Connection, type ConnectionAnswer, type Protocol } from '../../src/policy/index.ts';

/** Objects as people write them; an object that cannot be read fails the test. */
export function objects(yaml: string): readonly KubernetesObject[] {
  return parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject).filter((object) => object !== null);
}

export function worldOf(yaml: string): World {
  const read = readObjects(objects(yaml), 'shop');
  if (read.problems.length > 0) throw new Error(JSON.stringify(read.problems));
  return new World(read.objects);
}

/** `pod/x`, `svc/x`, an address, or any other name; pods and Services of namespace shop unless `ns/x`. */
export function place(world: World, text: string): Asked {
  const [, kind, namespace = 'shop', name = ''] = /^(pod|svc)\/(?:([a-z-]+)\/)?([a-z0-9-]+)$/u.exec(text) ?? [];
  if (kind === undefined) return /^[\d.]+$|:/u.test(text) ? { kind: 'address', address: text } : { kind: 'name', name: text };
  const pod = kind === 'pod' ? world.podNamed(namespace, name) : null;
  const service = kind === 'svc' ? world.serviceNamed(namespace, name) : null;
  if (pod !== null) return { kind: 'pod', pod };
  if (service !== null) return { kind: 'service', service };
  throw new Error(`no ${text}`);
}

export function connection(world: World, from: string, to: string, port: number, protocol: Protocol = 'TCP'): Connection {
  const source = place(world, from);
  if (source.kind === 'service' || source.kind === 'name') throw new Error(from);
  return { from: source, to: place(world, to), port, protocol };
}

export function ask(world: World, from: string, to: string, port: number, protocol: Protocol = 'TCP'): ConnectionAnswer {
  return evaluateConnection(connection(world, from, to, port, protocol), world);
}

/** Three pods, a node's pod and a neighbour's namespace. */
export const PODS = `
{apiVersion: v1, kind: Pod, metadata: {name: client, namespace: shop, labels: {app: client, pod-template-hash: abc}}, spec: {nodeName: n1}, status: {podIPs: [{ip: 10.1.0.1}, {ip: '2001:db8:1::1'}], hostIP: 10.9.0.1}}
---
{apiVersion: v1, kind: Pod, metadata: {name: server, namespace: shop, labels: {app: server}}, spec: {nodeName: n2, containers: [{ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53, protocol: UDP}]}]}, status: {podIPs: [{ip: 10.1.0.2}, {ip: '2001:db8:1::2'}], hostIP: 10.9.0.2}}
---
{apiVersion: v1, kind: Pod, metadata: {name: agent, namespace: kube-system, labels: {app: agent}}, spec: {nodeName: n2, hostNetwork: true, containers: [{ports: [{containerPort: 9100}]}]}, status: {podIP: 10.9.0.2, hostIP: 10.9.0.2}}
---
{apiVersion: v1, kind: Pod, metadata: {name: bare, namespace: other}, status: {podIP: 10.1.0.9}}
---
{apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.80, selector: {app: server}, ports: [{port: 80, targetPort: http}]}}
---
`;

export const policy = (spec: string, name = 'policy'): string => `
{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: ${name}, namespace: shop}, spec: ${spec}}
---
`;
