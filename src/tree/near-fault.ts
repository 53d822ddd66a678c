import type { CauseId, Confidence } from '../domain/cause.ts';
import { CLUSTER_NAME } from './cluster-dns.ts';
import type { Look } from './look.ts';
import { failingAgent } from './node-agent.ts';
import { nameserversOf, queryQuestion } from './nameservers.ts';
import { connectQuestion } from './reading.ts';
import { silentGateway } from './silent-gateway.ts';
import { elsewhere, type Elsewhere } from './silence.ts';

export interface NearFault {
  readonly cause: Extract<CauseId, 'node.single-node-fault' | 'node.cni-agent-failing' | 'ip.not-masqueraded' | 'link.gateway-unreachable'>;
  readonly confidence: Confidence;
  readonly evidence: readonly string[];
  readonly detail: string | undefined;
  readonly contrast: string | undefined;
}

/** The kubelet's port: every node has it, and nothing else has (KubeletConfiguration v1beta1, port). */
const KUBELET_PORT = 10_250;
const HTTPS_PORT = 443;

export function isPodPlace({ vantage }: Elsewhere): boolean {
  return vantage.relation === 'sibling' || vantage.relation === 'pod';
}

interface OneNode {
  readonly node: string;
  /** A pod of another node, which connects. */
  readonly other: Elsewhere;
  /** Another pod of this node was seen to fail as well. */
  readonly sameNodeFails: boolean;
  readonly evidence: readonly string[];
}

/** An address fails here, pods of another node connect, and no other pod of this node does; null when it is otherwise, or not known. */
function onlyThisNode(look: Look, address: string): OneNode | null | 'wait' {
  const { target } = look.situation;
  const node = target.kind === 'pod' ? target.node : null;
  if (node === null) return null;
  const { connected, failed, waiting } = elsewhere(look, address);
  if (waiting) return 'wait';
  const other = connected.find((place) => isPodPlace(place) && place.vantage.node !== null && place.vantage.node !== node);
  const sameNodeFails = failed.some((place) => isPodPlace(place) && place.vantage.node === node);
  const sameNodeConnects = connected.some((place) => isPodPlace(place) && place.vantage.node === node);
  if (other === undefined || sameNodeConnects) return null;
  return { node, other, sameNodeFails, evidence: [...connected, ...failed].flatMap(({ answer }) => answer.ids('connect')) };
}

/** The node that rejects what its pods send, when another pod of it is rejected too. */
export function rejectingNode(look: Look, address: string, own: readonly string[]): NearFault | null | 'wait' {
  const found = onlyThisNode(look, address);
  if (found === null || found === 'wait') return found;
  if (!found.sameNodeFails) return null;
  const agent = failingAgent(look);
  if (agent === 'wait') return 'wait';
  if (agent !== null) return { cause: 'node.cni-agent-failing', confidence: 'likely', evidence: [...agent.evidence, ...own, ...found.evidence], detail: agent.detail, contrast: found.other.vantage.name };
  return { cause: 'node.single-node-fault', confidence: 'likely', evidence: [...own, ...found.evidence], detail: found.node, contrast: found.other.vantage.name };
}

/** What is it about this node that makes an address fail? null when it is not the node, or nobody knows. */
export function nearFault(look: Look, address: string, own: readonly string[]): NearFault | null | 'wait' {
  const found = onlyThisNode(look, address);
  if (found === null || found === 'wait') return found;
  const { node, other, sameNodeFails } = found;
  const untranslated = leavesUntranslated(look);
  const gateway = silentGateway(look);
  const agent = failingAgent(look);
  if (untranslated === 'wait' || gateway === 'wait' || agent === 'wait') return 'wait';
  const evidence = [...own, ...found.evidence];
  const contrast = other.vantage.name;
  if (untranslated !== null) return { cause: 'ip.not-masqueraded', confidence: 'likely', evidence: [...evidence, ...untranslated], detail: node, contrast };
  if (agent !== null) return { cause: 'node.cni-agent-failing', confidence: 'likely', evidence: [...agent.evidence, ...evidence], detail: agent.detail, contrast };
  if (gateway !== null) return { cause: 'link.gateway-unreachable', confidence: 'likely', evidence: [...gateway.evidence, ...evidence], detail: gateway.gateway, contrast };
  return { cause: 'node.single-node-fault', confidence: sameNodeFails ? 'certain' : 'likely', evidence, detail: node, contrast };
}

/**
 * Do packets leave with the pod's own address? Then another node, which knows the way back to pods, answers, and the API server, which
 * does not, stays silent: a rule that drops would silence both, or one destination alone. Evidence ids; null for no, or nobody knows.
 */
export function leavesUntranslated(look: Look): readonly string[] | null | 'wait' {
  const state = look.need({ kind: 'node-state' });
  const nameservers = nameserversOf(look);
  if (state === null || nameservers === null) return 'wait';
  const peer = state.fact('node-state')?.peers[0];
  const [nameserver] = nameservers;
  if (peer === undefined || nameserver === undefined) return null;
  const name = look.need(queryQuestion(CLUSTER_NAME, nameserver));
  if (name === null) return 'wait';
  const server = name.fact('resolve')?.addresses[0];
  if (server === undefined) return null;
  const toServer = look.need(connectQuestion(server, HTTPS_PORT));
  const toPeer = look.need(connectQuestion(peer, KUBELET_PORT));
  if (toServer === null || toPeer === null) return 'wait';
  const peerOutcome = toPeer.fact('connect')?.outcome;
  const peerAnswers = peerOutcome === 'connected' || peerOutcome === 'refused';
  return peerAnswers && toServer.fact('connect')?.outcome === 'timeout' ? [...toPeer.ids('connect'), ...toServer.ids('connect')] : null;
}
