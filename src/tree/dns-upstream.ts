import type { CauseId, Confidence } from '../domain/cause.ts';
import type { ClusterDnsFact, DnsServerFact } from '../domain/facts.ts';
import { askReplicas, clusterDns, CLUSTER_NAME, idsOfReplicas, namesOf, type Replica } from './cluster-dns.ts';
import type { Answer, Look } from './look.ts';
import { nearFault } from './near-fault.ts';
import { connectQuestion } from './reading.ts';
import { nameToQuery } from './service-name.ts';

export interface UpstreamFault {
  readonly cause: Extract<CauseId, 'dns.servfail' | 'dns.forward-loop' | 'dns.resolver-unreachable' | 'node.single-node-fault' | 'node.cni-agent-failing' | 'ip.not-masqueraded' | 'link.gateway-unreachable'>;
  readonly confidence: Confidence;
  readonly evidence: readonly string[];
  readonly detail: string | undefined;
  readonly contrast?: string | undefined;
}

/** The nameserver is there, and has no answer for the name: why? `plain` is what can be said when nothing more is known. */
export function upstreamFault(look: Look, plain: UpstreamFault): UpstreamFault | 'wait' {
  const dns = clusterDns(look);
  if (dns === 'wait') return 'wait';
  if (dns === 'unknown') return plain;
  const server = look.need({ kind: 'dns-server', name: nameToQuery(look) });
  const replicas = askReplicas(look, dns.fact, nameToQuery(look));
  if (server === null || replicas === 'wait') return 'wait';
  const loop = forwardLoop(server, dns.fact);
  if (loop !== null) return { ...loop, evidence: [...loop.evidence, ...dns.answer.ids(), ...plain.evidence] };
  const { answering, failing, silent } = replicas;
  if (answering.length > 0 && failing.length + silent.length > 0) return someReplicas(look, dns.fact, answering, [...failing, ...silent], plain);
  const said = server.fact('dns-server');
  return { ...plain, evidence: [...plain.evidence, ...server.ids('dns-server')], detail: forwardersOf(said) ?? plain.detail };
}

function forwardersOf(said: DnsServerFact | null): string | undefined {
  return said?.forwarders?.length === undefined || said.forwarders.length === 0 ? undefined : `forward ${said.forwarders.join(' ')}`;
}

/** Its own log says so, or its Corefile names itself as the upstream. */
export function forwardLoop(server: Answer, dns: ClusterDnsFact): Pick<UpstreamFault, 'cause' | 'confidence' | 'evidence' | 'detail'> | null {
  const said = server.fact('dns-server');
  if (said === null) return null;
  const evidence = server.ids('dns-server');
  if (said.loop !== null) return { cause: 'dns.forward-loop', confidence: 'certain', evidence, detail: said.loop };
  const own = new Set([...dns.serviceAddresses, ...dns.replicas.map(({ address }) => address)]);
  const itself = (said.forwarders ?? []).find((forwarder) => leadsTo(forwarder, own));
  return itself === undefined ? null : { cause: 'dns.forward-loop', confidence: 'likely', evidence, detail: `forward ${itself}` };
}

/** `dns://10.96.0.10:53`; another port than DNS's is another server, whatever the address. */
function leadsTo(forwarder: string, own: ReadonlySet<string>): boolean {
  const bare = forwarder.replace(/^[a-z0-9]+:\/\//u, '');
  const [, bracketed, plain, port] = /^(?:\[([^\]]+)\]|([^:]+|.*:.*:.*))(?::(\d+))?$/u.exec(bare) ?? [];
  const address = bracketed ?? plain ?? bare;
  const isLoopback = address.startsWith('127.') || address === '::1';
  return (port === undefined || port === '53') && (isLoopback || own.has(address));
}

/** Replicas disagree. Is it their node's network, which this pod shares, or the replica's own trouble? */
function someReplicas(look: Look, dns: ClusterDnsFact, answering: readonly Replica[], failing: readonly Replica[], plain: UpstreamFault): UpstreamFault | 'wait' {
  const evidence = [...idsOfReplicas(failing, answering), ...plain.evidence];
  const { target } = look.situation;
  const node = target.kind === 'pod' ? target.node : null;
  const address = answering.flatMap((one) => one.answer.fact('resolve')?.addresses ?? [])[0];
  const onOurs = node !== null && failing.every((one) => one.node === node) && answering.every((one) => one.node !== node);
  if (onOurs && address !== undefined) {
    const own = look.need(connectQuestion(address, look.dependency.port));
    if (own === null) return 'wait';
    const outcome = own.fact('connect')?.outcome;
    if (outcome !== undefined && outcome !== 'connected') {
      const near = nearFault(look, address, own.ids('connect'));
      if (near === 'wait') return 'wait';
      if (near !== null) return { ...near, evidence: [...near.evidence, ...evidence] };
    }
  }
  const alive = askReplicas(look, { ...dns, replicas: dns.replicas.filter((one) => failing.some((other) => other.address === one.address)) }, CLUSTER_NAME);
  if (alive === 'wait') return 'wait';
  const cause = alive.answering.length === 0 && alive.silent.length > 0 ? 'dns.resolver-unreachable' : 'dns.servfail';
  return { cause, confidence: 'likely', evidence: [...evidence, ...idsOfReplicas(alive.silent, alive.answering)], detail: namesOf(failing) };
}
