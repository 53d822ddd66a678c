/** What the cluster's own DNS knows and says, beside what the pod's configured nameservers say. */
import type { Confidence } from '../domain/cause.ts';
import type { ClusterDnsFact, PodStateFact } from '../domain/facts.ts';
import type { Answer, Look } from './look.ts';
import { isAlive, outcomeOf, queryQuestion } from './nameservers.ts';
import { nameToQuery, serviceNamed } from './service-name.ts';

export { CLUSTER_NAME } from './nameservers.ts';

/** Replicas asked for themselves. */
const REPLICAS_ASKED = 4;

/** The API's answer about the cluster's DNS; `unknown` without a cluster, or when it may not be read. */
export function clusterDns(look: Look): { readonly answer: Answer; readonly fact: ClusterDnsFact } | 'unknown' | 'wait' {
  if (!look.situation.cluster || look.situation.target.kind !== 'pod') return 'unknown';
  const answer = look.need({ kind: 'cluster-dns' });
  if (answer === null) return 'wait';
  const fact = answer.fact('cluster-dns');
  return fact === null ? 'unknown' : { answer, fact };
}

/** Resolvers of clouds: GCE's and the like at .254 (the metadata address), Amazon's at .253. */
const OF_CLOUDS: ReadonlySet<string> = new Set(['169.254.169.253', '169.254.169.254']);

function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe80:/iu.test(address);
}

/**
 * Does the pod's resolv.conf lead to the cluster's DNS? NodeLocal DNSCache listens on a link-local address in front of it, and so do the
 * resolvers of clouds: which one it is, the pod's policy tells. What kubelet writes for ClusterFirst is the cluster's, whatever it is.
 */
export function asksClusterDns(look: Look, { serviceAddresses }: ClusterDnsFact, nameservers: readonly string[]): boolean {
  if (nameservers.some((one) => serviceAddresses.includes(one))) return true;
  const nearby = nameservers.filter(isLinkLocal);
  const state = podState(look)?.fact ?? null;
  if (state === null) return nearby.length > 0;
  if (takesNodesResolver(state)) return false;
  return nearby.some((one) => state.dnsPolicy !== 'None' || !OF_CLOUDS.has(one));
}

export interface OtherResolver {
  readonly confidence: Confidence;
  readonly evidence: readonly string[];
  /** The nameservers in use, and the pod's own setting that leads there. */
  readonly detail: string;
}

/**
 * The pod asks other nameservers than the cluster's, and the cluster's, asked from this very pod, answers for the name. null when it
 * asks the cluster's, when that does not answer either, or when nobody knows.
 */
export function otherResolver(look: Look, nameservers: readonly string[]): OtherResolver | null | 'wait' {
  const dns = clusterDns(look);
  if (dns === 'wait') return 'wait';
  if (nameservers.length === 0) return null;
  if (dns === 'unknown') return bySetting(look, nameservers);
  const { answer, fact } = dns;
  const [own] = fact.serviceAddresses;
  if (own === undefined || fact.readyEndpoints === 0 || asksClusterDns(look, fact, nameservers)) return null;
  const query = look.need(queryQuestion(nameToQuery(look), own));
  if (query === null) return 'wait';
  if (outcomeOf(query) !== 'answered') return null;
  const pod = podSetting(look);
  return { confidence: 'certain', evidence: [...query.ids(), ...answer.ids(), ...pod.ids], detail: `${nameservers.join(', ')}${pod.words}` };
}

/** The cluster's DNS may not be read: that a Service's name is not known to a pod that was told to ask others says enough. */
function bySetting(look: Look, nameservers: readonly string[]): OtherResolver | null {
  const pod = podSetting(look);
  const service = serviceNamed(look);
  if (!pod.leadsElsewhere || service === null || !service.isSure) return null;
  const fact = look.peek({ kind: 'service', namespace: service.namespace, name: service.name })?.fact('service') ?? null;
  return fact?.exists === true ? { confidence: 'likely', evidence: pod.ids, detail: `${nameservers.join(', ')}${pod.words}` } : null;
}

function podState(look: Look): { readonly answer: Answer; readonly fact: PodStateFact } | null {
  const answer = look.peek({ kind: 'pod-state' });
  const fact = answer?.fact('pod-state') ?? null;
  return answer === null || fact === null ? null : { answer, fact };
}

/** The pod's specification lets kubelet write the node's own nameservers (Kubernetes docs, DNS for Services and Pods, "Pod's DNS Policy"). */
function takesNodesResolver({ dnsPolicy, hostNetwork }: PodStateFact): boolean {
  return dnsPolicy === 'Default' || (hostNetwork && dnsPolicy === 'ClusterFirst');
}

function podSetting(look: Look): { readonly leadsElsewhere: boolean; readonly words: string; readonly ids: readonly string[] } {
  const state = podState(look);
  if (state === null) return { leadsElsewhere: false, words: '', ids: [] };
  const { dnsPolicy, hostNetwork } = state.fact;
  const leadsElsewhere = dnsPolicy === 'None' || takesNodesResolver(state.fact);
  return { leadsElsewhere, words: `, dnsPolicy ${dnsPolicy}${hostNetwork ? ', hostNetwork' : ''}`, ids: state.answer.ids('pod-state') };
}

export interface Replica {
  /** `coredns-x (10.244.0.5) on n1`. */
  readonly name: string;
  readonly node: string | null;
  readonly address: string;
  readonly answer: Answer;
}

export interface Replicas {
  /** They gave an answer to the name: an address, or that there is none. */
  readonly answering: readonly Replica[];
  /** They answer, but could not find out: SERVFAIL. */
  readonly failing: readonly Replica[];
  readonly silent: readonly Replica[];
}

/** Each replica of the cluster's DNS asked for itself, past the Service's address. */
export function askReplicas(look: Look, fact: ClusterDnsFact, name: string): Replicas | 'wait' {
  const asked = fact.replicas.filter(({ ready }) => ready).slice(0, REPLICAS_ASKED).map((replica) => ({ replica, answer: look.need(queryQuestion(name, replica.address)) }));
  if (asked.some(({ answer }) => answer === null)) return 'wait';
  const all = asked.flatMap(({ replica: { address, node, pod }, answer }) =>
    answer === null || answer.unavailable ? [] : [{ name: `${pod ?? 'a replica'} (${address})${node === null ? '' : ` on ${node}`}`, node, address, answer }]);
  const outcome = (one: Replica): ReturnType<typeof outcomeOf> => outcomeOf(one.answer);
  return {
    answering: all.filter((one) => isAlive(outcome(one)) && outcome(one) !== 'servfail'),
    failing: all.filter((one) => outcome(one) === 'servfail'),
    silent: all.filter((one) => !isAlive(outcome(one))),
  };
}

export function idsOfReplicas(...lists: readonly (readonly Replica[])[]): readonly string[] {
  return lists.flat().flatMap(({ answer }) => answer.ids('resolve'));
}

export function namesOf(replicas: readonly Replica[]): string {
  return replicas.map(({ name }) => name).join(', ');
}

export interface NodeCache {
  /** `node-local-dns-x on n1: CrashLoopBackOff`. */
  readonly words: string;
  readonly ready: boolean;
  readonly evidence: readonly string[];
}

/** NodeLocal DNSCache on the pod's node: it answers first, also at the Service's own address. null where there is none, or when nobody knows. */
export function nodeCache(look: Look): NodeCache | null | 'wait' {
  const server = look.need({ kind: 'dns-server', name: nameToQuery(look) });
  if (server === null) return 'wait';
  const cache = server.fact('dns-server')?.nodeLocal ?? null;
  if (cache === null) return null;
  const { name, node, ready, reason, phase } = cache;
  return { words: `${name}${node === null ? '' : ` on ${node}`}: ${reason ?? (ready ? 'ready' : `${phase}, not ready`)}`, ready, evidence: server.ids('dns-server') };
}
