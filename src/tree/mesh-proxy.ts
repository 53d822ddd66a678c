import type { PodStateFact } from '../domain/facts.ts';
import { dnsPolicy } from './dns-denied.ts';
import type { Answer, Look } from './look.ts';
import { nameserversOf, outcomeOf, queryQuestion } from './nameservers.ts';
import { fault, WAIT, type Decision } from './node.ts';
import { connections, httpAnswer, idsOf, tlsQuestion } from './reading.ts';
import { nameToQuery } from './service-name.ts';
import { elsewhere, silentAddress } from './silence.ts';

type MeshProxy = NonNullable<PodStateFact['meshProxies']>[number];

/** Where a proxy between is not there to take the connection, or takes it and has nowhere to send it. */
const SIGNS = { 'no-connection': byConnection, name: byName, 'no-answer': byAnswer, 'comes-and-goes': byAnswer, 'tls-fails': byHandshake, status: byStatus } as const;

/**
 * The pod's traffic is led to a sidecar, and the sidecar is not ready: what fails then fails in the pod itself. `branch` is what the request
 * came to. null when all sidecars are ready, when the failure has another look, or when it is the same elsewhere.
 */
export function meshProxyFault(look: Look, branch: string, ids: readonly string[]): Decision | null {
  const answer = look.peek({ kind: 'pod-state' });
  const unready = (answer?.fact('pod-state')?.meshProxies ?? []).filter(({ ready }) => !ready);
  if (answer === null || unready.length === 0 || !isSign(branch)) return null;
  const sign = SIGNS[branch](look);
  if (sign === 'wait') return WAIT;
  if (sign === null) return null;
  const evidence = [...answer.ids('pod-state'), ...ids, ...sign.ids];
  return fault(look, 'mesh-proxy', 'mesh.proxy-not-ready', 'likely', evidence, { detail: unready.map(described).join('; '), contrast: sign.contrast });
}

function isSign(branch: string): branch is keyof typeof SIGNS {
  return branch in SIGNS;
}

function described({ name, state, reason, restarts }: MeshProxy): string {
  return [name, reason ?? state, ...(restarts === 0 ? [] : [`${String(restarts)} restarts`])].join(', ');
}

interface Sign {
  readonly ids: readonly string[];
  readonly contrast?: string;
}

type Signed = Sign | null | 'wait';

/** Nobody listens where the redirect leads: refused, whatever the address. Another place that is refused too has met the dependency itself. */
function byConnection(look: Look): Signed {
  const address = silentAddress(look);
  const seen = connections(look);
  if (address === null || seen.some(({ fact }) => fact.outcome !== 'refused' && fact.outcome !== 'reset')) return null;
  const { connected, failed, waiting } = elsewhere(look, address);
  const [other] = connected;
  if (other !== undefined) return { ids: [...idsOf(seen), ...other.answer.ids('connect')], contrast: other.vantage.name };
  if (waiting) return 'wait';
  return failed.some(({ answer }) => answer.fact('connect')?.outcome === 'refused') ? null : { ids: idsOf(seen) };
}

/** A mesh that answers DNS itself takes the questions too. */
function byName(look: Look): Signed {
  const answers = (nameserversOf(look) ?? []).map((nameserver) => look.need(queryQuestion(nameToQuery(look), nameserver)));
  const policy = dnsPolicy(look);
  if (answers.includes(null) || policy === 'wait') return 'wait';
  const rejected = answers.length > 0 && policy === null && answers.every((answer) => outcomeOf(answer) === 'unreachable');
  return rejected ? { ids: answers.flatMap((answer) => answer?.ids('resolve') ?? []) } : null;
}

/** It accepts, and passes nothing on. */
function byAnswer(look: Look): Signed {
  return { ids: idsOf(connections(look)) };
}

function byHandshake(look: Look): Signed {
  const open = connections(look).find(({ fact }) => fact.outcome === 'connected');
  const failing = [open === undefined ? null : look.peek(tlsQuestion(look, open.address)), httpAnswer(look)].find((answer) => failsWithoutWord(answer));
  return failing === undefined || failing === null ? null : { ids: failing.ids('tls') };
}

function failsWithoutWord(answer: Answer | null): boolean {
  const failure = answer?.fact('tls')?.failure ?? null;
  return failure === 'closed' || failure === 'reset' || failure === 'timeout';
}

/** Envoy answers 503 while it knows no way ("no healthy upstream", "upstream connect error"), Linkerd 502 to 504 with `l5d-proxy-error`. */
function byStatus(look: Look): Signed {
  const answer = httpAnswer(look);
  const http = answer?.fact('http') ?? null;
  if (answer === null || http?.status === null || http === null || http.status < 502 || http.status > 504) return null;
  const words = `${http.headers['server'] ?? ''} ${http.headers['l5d-proxy-error'] ?? ''} ${http.bodyStart}`;
  return /envoy|upstream|l5d|linkerd/iu.test(words) ? { ids: answer.ids('http') } : null;
}
