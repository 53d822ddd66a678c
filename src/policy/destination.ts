import type { End } from './crossing.ts';
import type { Pod, Protocol, Service, ServicePort } from './model.ts';
import { canonical } from './addresses.ts';
import type { World } from './world.ts';
import { selects } from './selector.ts';

/** Where a connection goes, as it was asked for. */
export type Asked =
  | { readonly kind: 'address'; readonly address: string }
  | { readonly kind: 'pod'; readonly pod: Pod }
  | { readonly kind: 'service'; readonly service: Service }
  /** A name that only DNS can resolve, which is not asked here. */
  | { readonly kind: 'name'; readonly name: string };

/** One place where the connection can end, and the port there. */
export interface Backend {
  readonly end: End;
  readonly port: number;
}

export interface Destination {
  /** The Service in between; null without one. */
  readonly service: Service | null;
  /** The address and port that are translated; null when nothing is. */
  readonly frontend: { readonly address: string; readonly port: number } | null;
  /** Never empty. */
  readonly backends: readonly Backend[];
}

/** Follows Services to what is behind them, as kube-proxy does: by address, and by node port at a node's address. */
export function destinationOf(asked: Asked, port: number, protocol: Protocol, world: World): Destination {
  switch (asked.kind) {
    case 'name':
      return direct({ pod: null, address: null, name: asked.name, isKnown: world.knowsEveryAddress }, port);
    case 'pod':
      return direct(endOfPod(asked.pod, null), port);
    case 'service':
      return throughService(asked.service, asked.service.addresses[0] ?? null, port, protocol, world);
    case 'address': {
      const { address } = asked;
      const service = world.serviceAt(address);
      if (service !== null) return throughService(service, address, port, protocol, world);
      const node = nodePortService(address, port, protocol, world);
      if (node !== null) return behind(node.service, node.port, { address, port }, protocol, world);
      return direct(endAt(address, port, world), port);
    }
  }
}

function direct(end: End, port: number): Destination {
  return { service: null, frontend: null, backends: [{ end, port }] };
}

export function endOfPod(pod: Pod, address: string | null): End {
  return { pod, address: address ?? pod.addresses[0] ?? null, name: null, isKnown: true };
}

function endAt(address: string, port: number, world: World): End {
  const pod = world.podAt(address, port);
  return { pod, address, name: null, isKnown: pod !== null || world.knowsEveryAddress };
}

function throughService(service: Service, address: string | null, port: number, protocol: Protocol, world: World): Destination {
  if (service.externalName !== null && service.type === 'ExternalName') {
    return { ...direct({ pod: null, address: null, name: service.externalName, isKnown: world.knowsEveryAddress }, port), service };
  }
  const servicePort = service.ports.find((one) => one.port === port && one.protocol === protocol);
  if (service.headless) return behind(service, { ...(servicePort ?? { name: null, nodePort: null, port, protocol }), targetPort: port }, null, protocol, world);
  // A port that the Service does not have is not translated: packets for it go nowhere but past the policies.
  if (servicePort === undefined) return { ...direct({ pod: null, address, name: null, isKnown: true }, port), service };
  return behind(service, servicePort, address === null ? null : { address, port }, protocol, world);
}

function nodePortService(address: string, port: number, protocol: Protocol, world: World): { service: Service; port: ServicePort } | null {
  const at = canonical(address);
  const isNode = world.objects.nodes.some(({ addresses }) => addresses.some((one) => canonical(one) === at));
  if (!isNode) return null;
  for (const service of world.objects.services) {
    const found = service.ports.find((one) => one.nodePort === port && one.protocol === protocol);
    if (found !== undefined) return { service, port: found };
  }
  return null;
}

function behind(service: Service, port: ServicePort, frontend: Destination['frontend'], protocol: Protocol, world: World): Destination {
  const backends = service.selector === null ? handMade(service, port, world) : selected(service, port, protocol, frontend, world);
  const unknown: Backend = { end: { pod: null, address: null, name: null, isKnown: false }, port: typeof port.targetPort === 'number' ? port.targetPort : port.port };
  return { service, frontend, backends: backends.length > 0 ? backends : [unknown] };
}

/** Pods that the Service selects; the ready ones alone where there are any. Addresses of the family that was asked for. */
function selected(service: Service, port: ServicePort, protocol: Protocol, frontend: Destination['frontend'], world: World): readonly Backend[] {
  const selector = { labels: service.selector ?? {}, expressions: [] };
  const pods = world.podsIn(service.namespace).filter(({ labels }) => selects(selector, labels));
  const ready = pods.filter((pod) => pod.ready);
  return (ready.length > 0 ? ready : pods).flatMap((pod) => {
    const number = typeof port.targetPort === 'number' ? port.targetPort : namedPortOf(pod, port.targetPort, protocol);
    return number === null ? [] : [{ end: endOfPod(pod, addressLike(pod, frontend?.address ?? null)), port: number }];
  });
}

function namedPortOf(pod: Pod, name: string, protocol: Protocol): number | null {
  return pod.ports.find((one) => one.name === name && one.protocol === protocol)?.port ?? null;
}

/** The pod's address of the same family as the other one; null when it has none or nothing is asked. */
export function addressLike(pod: Pod, other: string | null): string | null {
  if (other === null) return pod.addresses[0] ?? null;
  const isV6 = canonical(other).includes(':');
  return pod.addresses.find((address) => canonical(address).includes(':') === isV6) ?? null;
}

function handMade(service: Service, port: ServicePort, world: World): readonly Backend[] {
  return world.endpointsOf(service).flatMap(({ addresses, ports }) => {
    const number = ports.find(({ name }) => (name ?? '') === (port.name ?? ''))?.port ?? (typeof port.targetPort === 'number' ? port.targetPort : port.port);
    return addresses.map((address) => ({ end: endAt(address, number, world), port: number }));
  });
}
