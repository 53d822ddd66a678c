import type { CauseId } from '../domain/cause.ts';
import { isInternalHost } from '../domain/network.ts';
import type { ServiceFact } from '../domain/facts.ts';
import type { Answer, Look } from './look.ts';
import { isName } from './reading.ts';
import { serviceNamed } from './service-name.ts';
import { silentAddress } from './silence.ts';

type ServicePort = ServiceFact['ports'][number];

export interface ServiceFault {
  readonly cause: Extract<CauseId, 'service.wrong-port' | 'service.no-endpoints'>;
  readonly detail: string;
}

export interface EndpointToAsk {
  readonly address: string;
  readonly port: number;
  /** `orders-1 on n2`, or the address. */
  readonly name: string;
}

/** The port of the Service that the dependency means; null when it has none such. */
export function portOf(look: Look, fact: ServiceFact): ServicePort | null {
  const { port, transport } = look.dependency;
  const fits = fact.ports.filter(({ protocol }) => protocol.toLowerCase() === transport);
  return fits.find((one) => one.port === port) ?? fits.find((one) => one.nodePort === port && !fact.headless) ?? null;
}

/** What the API alone says against the way through this Service; null for nothing. */
export function serviceFault(look: Look, fact: ServiceFact): ServiceFault | null {
  if (!fact.exists || fact.externalName !== null) return null;
  const port = portOf(look, fact);
  // A headless Service is only names: its pods answer on whatever they listen on.
  if (port === null && !fact.headless) {
    return { cause: 'service.wrong-port', detail: fact.ports.map((one) => `${String(one.port)}/${one.protocol}`).join(', ') };
  }
  const behind = endpointsBehind(fact, port);
  if (!behind.some(({ serving }) => serving)) return { cause: 'service.no-endpoints', detail: emptiness(fact, behind.length) };
  const { target } = look.situation;
  const own = fact.onlyOwnNode === true && target.kind === 'pod' ? target.node : null;
  // kube-proxy drops what has no endpoint on its node then; an endpoint whose node nobody knows may be on it.
  if (own !== null && !behind.some(({ serving, node }) => serving && (node === own || node === null))) {
    return { cause: 'service.no-endpoints', detail: `internalTrafficPolicy Local, ${own}: 0 endpoints` };
  }
  if (port !== null && !fact.headless && behind.every((one) => one.port === null)) {
    return { cause: 'service.wrong-port', detail: `targetPort ${port.targetPort}` };
  }
  return null;
}

function endpointsBehind(fact: ServiceFact, port: ServicePort | null): ServiceFact['endpoints'] {
  if (port === null) return fact.endpoints;
  const own = fact.endpoints.filter((one) => one.portName === port.name);
  return own.length > 0 ? own : fact.endpoints.filter((one) => one.port === null);
}

function emptiness({ selector }: ServiceFact, endpoints: number): string {
  if (endpoints > 0) return `${String(endpoints)} endpoints, 0 ready`;
  return selector === null ? 'no selector, no EndpointSlice' : `selector ${Object.entries(selector).map(([key, value]) => `${key}=${value}`).join(',')}`;
}

/** Endpoints that traffic goes to, as they are asked themselves; those of other nodes and addresses first come as the API lists them. */
export function endpointsToAsk(look: Look, fact: ServiceFact, most: number): readonly EndpointToAsk[] {
  const port = portOf(look, fact);
  const serving = endpointsBehind(fact, port).filter((one) => one.serving);
  const asked = serving.flatMap((one): readonly EndpointToAsk[] => {
    const number = fact.headless ? look.dependency.port : one.port === 'any' ? Number(port?.targetPort ?? look.dependency.port) : one.port;
    if (number === null || Number.isNaN(number)) return [];
    return [{ address: one.address, port: number, name: one.pod === null ? one.address : `${one.pod} (${one.address})${one.node === null ? '' : ` on ${one.node}`}` }];
  });
  return [...new Map(asked.map((one) => [`${one.address} ${String(one.port)}`, one])).values()].slice(0, most);
}

export interface ServiceBehind {
  readonly fact: ServiceFact;
  readonly answer: Answer;
}

/**
 * The Service that a failed connection went to: by its name, or by the address that belongs to one. null when there is none, or when
 * the API does not tell.
 */
export function serviceBehind(look: Look): ServiceBehind | null | 'wait' {
  const { target, cluster } = look.situation;
  if (target.kind !== 'pod' || !cluster) return null;
  const address = silentAddress(look);
  const isInside = address !== null && isInternalHost(address);
  const named = serviceNamed(look);
  if (named !== null && (named.isSure || isInside)) {
    const answer = look.need({ kind: 'service', namespace: named.namespace, name: named.name });
    if (answer === null) return 'wait';
    const fact = answer.fact('service');
    if (fact?.exists === true) return { fact, answer };
    if (look.dependency.service !== null) return null;
  }
  // An address of the internet may be a Service's too: as its external IP.
  if (address === null || (isName(look) && named?.isSure === true)) return null;
  const answer = look.need({ kind: 'service-at', address, port: look.dependency.port });
  if (answer === null) return 'wait';
  const fact = answer.fact('service');
  if (fact?.exists !== true) return null;
  // Of an address that is not the cluster's own, a Service takes its ports alone.
  return fact.clusterAddresses.includes(address) || portOf(look, fact) !== null ? { fact, answer } : null;
}
