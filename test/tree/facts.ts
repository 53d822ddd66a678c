/** Short words for the facts that situations are made of. Each is one question with its answer, at the target unless `at` says where. */
import type {
  Certificate, ClusterDnsFact, DnsServerFact, ConnectOutcome, ConntrackFact, EndpointsFact, Fact, FactOf, HttpFact, IcmpError, InterfacesFact, MeshProxyState, NeighboursFact, PingFact, ResolveFact, ResolveOutcome, RoutesFact, ServiceFact, TlsFact,
  TlsFailure, TraceFact,
} from '../../src/domain/facts.ts';
import type { LogError } from '../../src/domain/found-dependency.ts';
import type { Question } from '../../src/domain/question.ts';
import { absolute } from '../../src/tree/nameservers.ts';
import { unavailable, type Told } from './situation.ts';

export function told(question: Question, ...facts: readonly Fact[]): Told {
  return { vantage: 'target', question, facts };
}

export function at(vantage: string, ...answers: readonly Told[]): readonly Told[] {
  return answers.map((one) => ({ ...one, vantage: `contrast:${vantage}` }));
}

/** The same, asked with that dialect. */
export function by(dialect: string, ...answers: readonly Told[]): readonly Told[] {
  return answers.map((one) => ({ ...one, dialect }));
}

/** The same question once more, with the answer that it gets then. */
export function onceMore(attempt: number, one: Told): Told {
  return { ...one, question: { ...one.question, attempt } as Question };
}

export function cannot(question: Question): Told {
  return told(question, unavailable('no-tool'));
}

export function tools(...names: readonly string[]): Told {
  return told({ kind: 'tools' }, { kind: 'tools', tools: Object.fromEntries(names.map((name) => [name, name])), versions: {} });
}

const OUR_CLOCK = Date.parse('2026-06-01T12:00:00Z');

export interface Files {
  readonly nameservers?: readonly string[];
  readonly search?: readonly string[];
  readonly options?: readonly string[];
  readonly hosts?: Readonly<Record<string, readonly string[]>>;
  readonly proxies?: Readonly<Record<string, string>>;
  /** The vantage's clock minus ours. */
  readonly clockOffsetMs?: number;
}

export function files({ nameservers = ['192.0.2.53'], search = [], options = [], hosts = {}, proxies = {}, clockOffsetMs }: Files = {}): Told {
  return told(
    { kind: 'files' },
    { kind: 'resolv-conf', nameservers, search, options, ndots: 1 },
    { kind: 'hosts-file', entries: Object.entries(hosts).map(([address, names]) => ({ address, names })) },
    { kind: 'environment', proxies },
    ...(clockOffsetMs === undefined ? [] : [{ kind: 'clock', offsetMs: clockOffsetMs, uncertaintyMs: 50, ourMs: OUR_CLOCK } as const]),
  );
}

function resolveFact(name: string, outcome: ResolveOutcome, addresses: readonly string[], more: Partial<ResolveFact>): ResolveFact {
  return {
    kind: 'resolve', name, nameserver: null, recordType: 'any', transport: null, outcome, addresses, canonicalNames: [], answeredName: null,
    truncated: false, elapsedMs: 5, ...more,
  };
}

/** What the vantage's own resolution says: addresses, or an outcome. */
export function resolves(name: string, what: readonly string[] | ResolveOutcome, more: Partial<ResolveFact> = {}): Told {
  const fact = typeof what === 'string' ? resolveFact(name, what, [], more) : resolveFact(name, 'answered', what, more);
  return told({ kind: 'resolve', name }, fact);
}

/** What one nameserver says. */
export function says(
  nameserver: string,
  name: string,
  what: readonly string[] | ResolveOutcome,
  transport: 'udp' | 'tcp' = 'udp',
  more: Partial<ResolveFact> = {},
): Told {
  const given = { nameserver, recordType: 'A', transport, ...more } as const;
  const fact = typeof what === 'string' ? resolveFact(absolute(name), what, [], given) : resolveFact(absolute(name), 'answered', what, given);
  return told({ kind: 'query', name: absolute(name), nameserver, recordType: fact.recordType === 'AAAA' ? 'AAAA' : 'A', transport }, fact);
}

export function connectFact(address: string, port: number, outcome: ConnectOutcome, elapsedMs: number | null = 20): Fact {
  const detail = outcome === 'connected' ? null : outcome;
  return { kind: 'connect', host: null, address, port, transport: 'tcp', outcome, elapsedMs, detail };
}

export function connects(address: string, port: number, outcome: ConnectOutcome, more: { attempt?: number; elapsedMs?: number | null } = {}): Told {
  const { attempt = 0, elapsedMs = 20 } = more;
  return told({ kind: 'connect', address, port, attempt }, connectFact(address, port, outcome, elapsedMs));
}

export function httpFact(outcome: HttpFact['outcome'], status: number | null, more: Partial<HttpFact> = {}): HttpFact {
  return {
    kind: 'http', url: null, remoteAddress: null, proxy: null, outcome, status, headers: {}, bodyStart: '', connectMs: null, tlsMs: null,
    firstByteMs: null, totalMs: 50, ...more,
  };
}

export function requests(url: string, ...facts: readonly Fact[]): Told {
  return told({ kind: 'request', url, address: null, direct: false, attempt: 0 }, ...facts);
}

export function requestsAgain(url: string, ...facts: readonly Fact[]): Told {
  return requestsTry(1, url, ...facts);
}

export function requestsTry(attempt: number, url: string, ...facts: readonly Fact[]): Told {
  return told({ kind: 'request', url, address: null, direct: false, attempt }, ...facts);
}

export function requestsInPlain(url: string, address: string, ...facts: readonly Fact[]): Told {
  return told({ kind: 'request', url, address, direct: true, attempt: 0 }, ...facts);
}

export function certificate(more: Partial<Certificate> = {}): Certificate {
  return {
    subject: 'CN=api.example.com', issuer: 'CN=Test CA', names: ['api.example.com'], notBefore: '2026-01-01T00:00:00.000Z',
    notAfter: '2026-12-31T00:00:00.000Z', selfSigned: false, ...more,
  };
}

export function tlsFact(failure: TlsFailure | null, more: Partial<TlsFact> = {}): TlsFact {
  return {
    kind: 'tls', host: null, address: null, port: null, serverName: null, established: failure === null, failure, verified: failure === null,
    verifyCode: null, alert: null, version: null, cipher: null, alpn: null, chain: [], clientCertificateRequested: null, detail: null,
    elapsedMs: 30, ...more,
  };
}

export function handshakes(address: string, port: number, serverName: string | null, failure: TlsFailure | null, more: Partial<TlsFact> = {}): Told {
  return told({ kind: 'tls', address, port, serverName }, tlsFact(failure, more));
}

type Exchange = Extract<Question, { kind: 'exchange' }>;
type ExchangeOutcome = Extract<Fact, { kind: 'exchange' }>['outcome'];

export function speaks(
  where: Pick<Exchange, 'address' | 'port' | 'protocol'> & Partial<Exchange>,
  outcome: ExchangeOutcome,
  recognised: string | null = null,
  firstBytes = '',
): Told {
  const question: Exchange = { kind: 'exchange', tls: false, serverName: null, ...where };
  const { address, port, protocol } = where;
  return told(question, { kind: 'exchange', host: null, address, port, protocol, outcome, recognised, firstBytes, elapsedMs: 10 });
}

export function pings(address: string, received: number, more: { avgMs?: number; errors?: readonly { from: string | null; error: IcmpError }[] } = {}): Told {
  const rtt = more.avgMs ?? 10;
  const fact: PingFact = {
    kind: 'ping', host: null, address, sent: 3, received, lossPercent: ((3 - received) / 3) * 100,
    rttMs: received === 0 ? null : { min: rtt, avg: rtt, max: rtt }, errors: more.errors ?? [],
  };
  return told({ kind: 'ping', address }, fact);
}

/** Hops as addresses; null for silence; `address!error` for an ICMP error. */
export function traces(address: string, port: number | null, hops: readonly (string | null)[], reached = false, more: { sparing?: true } = {}): Told {
  const fact: TraceFact = {
    kind: 'trace', host: null, address, method: port === null ? 'udp' : 'tcp', reached, pathMtuBytes: null,
    hops: hops.map((hop, index) => {
      const [from = null, error = null] = hop === null ? [] : hop.split('!');
      return { ttl: index + 1, replies: [{ address: from, rttMs: from === null ? null : index + 1, error: error as IcmpError | null }] };
    }),
  };
  return told({ kind: 'trace', address, port, ...more }, fact);
}

export function interfaces(...list: readonly Partial<InterfacesFact['interfaces'][number]>[]): Told {
  const all = list.length > 0 ? list : [{}];
  return told({ kind: 'interfaces' }, {
    kind: 'interfaces',
    interfaces: all.map((one) => ({ name: 'eth0', up: true, carrier: true, loopback: false, mtuBytes: 1500, addresses: ['10.1.0.7/24'], ...one })),
  });
}

type Route = RoutesFact['routes'][number];

export function route(destination: string, gateway: string | null, type: Route['type'] = 'unicast'): Route {
  return { destination, gateway, device: 'eth0', source: null, type };
}

export function routes(...list: readonly Route[]): Told {
  const all = list.length > 0 ? list : [route('0.0.0.0/0', '10.1.0.1'), route('10.1.0.0/24', null)];
  const family = (six: boolean): Fact => ({ kind: 'routes', family: six ? 6 : 4, routes: all.filter((one) => one.destination.includes(':') === six) });
  return told({ kind: 'routes' }, family(false), family(true));
}

export function noRoutes(): Told {
  return told({ kind: 'routes' }, { kind: 'routes', family: 4, routes: [] }, { kind: 'routes', family: 6, routes: [] });
}

type NeighbourState = NeighboursFact['neighbours'][number]['state'];

export function neighbours(states: Readonly<Record<string, NeighbourState>> = {}): Told {
  return told({ kind: 'neighbours' }, {
    kind: 'neighbours',
    neighbours: Object.entries(states).map(([address, state]) => ({ address, device: 'eth0', linkAddress: null, state })),
  });
}

/** What a node's connection tracking says of an address; asked twice, `attempt` 0 and 1. */
export function conntrack(more: Partial<ConntrackFact> = {}, address = '203.0.113.10', attempt = 0): Told {
  return told({ kind: 'conntrack', address, attempt }, { kind: 'conntrack', entries: 20, limit: 1000, insertFailed: 0, dropped: 0, flows: null, ...more });
}

/** A link on which nothing is wrong. */
export const GOOD_LINK: readonly Told[] = [
  interfaces(), routes(), neighbours({ '10.1.0.1': 'reachable' }), { ...neighbours({ '10.1.0.1': 'reachable' }), question: { kind: 'neighbours', again: true } },
];

export function podState(containerState: 'running' | 'waiting' | 'terminated' | 'unknown', more: { reason?: string; sandboxFailure?: string; ready?: boolean; exitCode?: number; dnsPolicy?: string; meshProxies?: readonly MeshProxyState[] } = {}): Told {
  return told({ kind: 'pod-state' }, {
    kind: 'pod-state', namespace: 'shop', pod: 'orders-1', node: 'n1', phase: containerState === 'running' ? 'Running' : 'Pending', ready: more.ready ?? containerState === 'running',
    containerState, reason: more.reason ?? null, message: null, restarts: 0, events: [], dnsPolicy: more.dnsPolicy ?? 'ClusterFirst',
    lastTermination: more.exitCode === undefined ? null : { reason: 'Error', exitCode: more.exitCode, at: null }, addresses: [], hostNetwork: false, sandboxFailure: more.sandboxFailure ?? null,
    ...(more.meshProxies === undefined ? {} : { meshProxies: more.meshProxies }),
  });
}

export function nodeState(ready: boolean | null, networkUnavailable: boolean | null = false, peers: readonly string[] = []): Told {
  return told({ kind: 'node-state' }, { kind: 'node-state', node: 'n1', ready, networkUnavailable, leaseAgeMs: 1000, message: null, pressures: [], taints: [], peers });
}

export function cniState(ready: boolean | null, agentPod: string | null = 'cni-1'): Told {
  return told({ kind: 'cni-state' }, { kind: 'cni-state', node: 'n1', plugin: null, agentPod, ready, reason: null, restarts: 0, lastErrors: ready === false ? ['CNI: not connected'] : [] });
}

export function clusterDns(serviceAddress: string | null, readyEndpoints: number, replicas: ClusterDnsFact['replicas'] = []): Told {
  return told({ kind: 'cluster-dns' }, {
    kind: 'cluster-dns', namespace: 'kube-system', service: 'kube-dns', serviceAddress, serviceAddresses: serviceAddress === null ? [] : [serviceAddress],
    selector: { 'k8s-app': 'kube-dns' }, readyEndpoints, endpoints: 2, replicas,
  });
}

/** What the servers of the cluster's DNS say of one name. */
export function dnsServer(name: string, more: Partial<DnsServerFact> = {}): Told {
  return told({ kind: 'dns-server', name }, {
    kind: 'dns-server', namespace: 'kube-system', pods: [], forwarders: ['/etc/resolv.conf'], concerning: [], loop: null, errors: [], nodeLocal: null, unreadable: [], ...more,
  });
}

export interface ServiceState {
  readonly exists?: boolean;
  readonly type?: string;
  readonly externalName?: string;
  readonly ports?: readonly number[];
  readonly headless?: boolean;
  readonly endpoints?: readonly { readonly address: string; readonly port: number | null; readonly ready: boolean }[];
}

export function serviceFact(name: string, { exists = true, type = 'ClusterIP', externalName, ports = [8080], headless = false, endpoints = [] }: ServiceState): ServiceFact {
  return {
    kind: 'service', namespace: 'shop', name, exists, type, headless, clusterAddresses: [], externalName: externalName ?? null, selector: { app: name },
    ports: ports.map((port) => ({ name: null, port, protocol: 'TCP', targetPort: String(port), nodePort: null })),
    endpoints: endpoints.map((one) => ({ ...one, portName: null, serving: one.ready, node: null, pod: null })),
  };
}

export function service(name: string, state: ServiceState): Told {
  return told({ kind: 'service', namespace: 'shop', name }, serviceFact(name, state));
}

export function counters(more: Partial<FactOf<'counters'>> = {}): readonly Fact[] {
  return [{ kind: 'counters', counters: {}, changes: null, sockets: null, ...more }];
}

export function logError(text: string, more: Partial<LogError> = {}): LogError {
  return { at: '2026-11-25T18:00:00Z', ageMs: 10_000, text, meaning: 'timeout', cause: null, host: null, port: null, url: null, limitMs: null, previous: false, ...more };
}

/** What the log holds already. */
export function logged(...errors: readonly LogError[]): Told {
  return told({ kind: 'log', watchMs: 0, about: '' }, { kind: 'log', linesRead: 100, errors });
}

/** What it writes while it is watched. */
export function logsNow(watchMs: number, about: string, ...errors: readonly LogError[]): Told {
  return told({ kind: 'log', watchMs, about }, { kind: 'log', linesRead: errors.length, errors });
}

export type Endpoint = EndpointsFact['endpoints'][number];

export function usesEndpoint(host: string, port: number, more: Partial<Endpoint> = {}): Endpoint {
  return { url: `tcp://${host}:${String(port)}`, host, port, application: null, tls: false, state: 'configured', lastErrorAgeMs: null, names: ['DB_URL'], ...more };
}

export function uses(endpoints: readonly Endpoint[], limits: EndpointsFact['limits'] = []): Told {
  return told({ kind: 'endpoints' }, { kind: 'endpoints', endpoints, limits });
}
