import type { ResolveOutcome } from '../../domain/facts.ts';
import { fault, follow, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Answer, Look } from '../look.ts';
import { absolute, isAlive, nameserversOf, outcomeOf, queryQuestion } from '../nameservers.ts';
import { evidenceOf, nameToResolve, requestQuestion, resolveQuestion } from '../reading.ts';

/** The guide's nslookup step: the name does not resolve. What do the nameservers themselves say? */
export const dnsResolve: TreeNode = {
  id: 'dns.resolve',
  layer: 'internet',
  branches: [
    { id: 'nxdomain', goto: null, causes: ['dns.nxdomain'] },
    { id: 'no-address', goto: null, causes: ['dns.no-address'] },
    { id: 'servfail', goto: null, causes: ['dns.servfail'] },
    { id: 'refused', goto: null, causes: ['dns.refused'] },
    { id: 'only-here', goto: null, causes: ['dns.split-horizon'] },
    { id: 'external-name', goto: null, causes: ['dns.external-name'] },
    { id: 'tcp-only', goto: null, causes: ['dns.tcp-blocked'] },
    { id: 'slow', goto: null, causes: ['dns.slow'] },
    { id: 'silent', goto: 'dns.resolver', causes: [] },
    { id: 'unclear', goto: null, causes: ['dns.nxdomain'] },
  ],
  decide(look) {
    const nameservers = nameserversOf(look);
    if (nameservers === null) return WAIT;
    const name = nameToResolve(look);
    const queries = nameservers.map((nameserver) => look.need(queryQuestion(name, nameserver)));
    const contrasts = look.situation.contrasts.map(({ id }) => look.need(resolveQuestion(look), id));
    const spoke = queries.filter((answer): answer is Answer => isAlive(outcomeOf(answer)));
    if (spoke.length === 0 && queries.includes(null)) return WAIT;
    if (spoke.length === 0) return withoutNameserver(look, queries);
    return judge(look, spoke, contrasts);
  },
};

function judge(look: Look, spoke: readonly Answer[], contrasts: readonly (Answer | null)[]): Decision {
  const libc = libcAnswer(look);
  const ids = evidenceOf(...spoke, libc);
  const has = (outcome: ResolveOutcome): boolean => spoke.some((answer) => outcomeOf(answer) === outcome);
  const detail = spoke.map((answer) => answer.fact('resolve')?.nameserver).find((one) => typeof one === 'string');
  const external = externalName(look);
  if (external === 'wait') return WAIT;
  if (external !== null) return fault(look, 'external-name', 'dns.external-name', 'likely', [...external.ids, ...ids], { detail: external.name });
  const blocked = tcpBlocked(look, spoke);
  if (blocked === 'wait') return WAIT;
  if (blocked !== null) return fault(look, 'tcp-only', 'dns.tcp-blocked', 'certain', [...blocked, ...ids], { detail });
  if (has('refused') && !has('nxdomain') && !has('answered')) return fault(look, 'refused', 'dns.refused', 'certain', ids, { detail });
  if (has('servfail') && !has('nxdomain') && !has('answered')) return fault(look, 'servfail', 'dns.servfail', 'certain', ids, { detail });
  if (has('no-data')) return fault(look, 'no-address', 'dns.no-address', 'certain', ids, { detail });
  const libcOutcome = outcomeOf(libc);
  // The nameserver answers us at once; the resolver of the system gave up waiting for it, or for another one before it.
  const answersInFull = spoke.some((answer) => outcomeOf(answer) === 'answered' && answer.fact('resolve')?.truncated === false);
  if (answersInFull && (libcOutcome === 'timeout' || libcOutcome === 'try-again' || timedOut(libc))) return fault(look, 'slow', 'dns.slow', 'likely', ids, { detail });
  if (has('nxdomain')) return nxdomain(look, ids, contrasts, detail);
  return inconclusive(look, 'unclear', null, ids);
}

function nxdomain(look: Look, ids: readonly string[], contrasts: readonly (Answer | null)[], detail: string | undefined): Decision {
  if (contrasts.includes(null)) return WAIT;
  const elsewhere = contrasts.find((answer) => outcomeOf(answer) === 'answered') ?? null;
  if (elsewhere !== null) {
    const contrast = look.contrast(elsewhere.asked.vantage)?.name;
    return fault(look, 'only-here', 'dns.split-horizon', 'likely', [...ids, ...elsewhere.ids()], { contrast, detail });
  }
  const agreed = contrasts.filter((answer) => {
    const outcome = outcomeOf(answer);
    return outcome === 'nxdomain' || outcome === 'not-found';
  });
  const confidence = agreed.length > 0 ? 'certain' : 'likely';
  return fault(look, 'nxdomain', 'dns.nxdomain', confidence, [...ids, ...evidenceOf(...agreed)], { detail });
}

/** No nameserver could be asked, or none answered: what the system's own resolver said is all there is. */
function withoutNameserver(look: Look, queries: readonly (Answer | null)[]): Decision {
  const asked = queries.filter((answer): answer is Answer => answer !== null && !answer.unavailable);
  const libc = libcAnswer(look);
  const ids = evidenceOf(...asked, libc);
  if (asked.length > 0) return follow('silent', ids);
  switch (outcomeOf(libc)) {
    case 'nxdomain':
      return fault(look, 'nxdomain', 'dns.nxdomain', 'likely', ids);
    case 'not-found':
      return fault(look, 'nxdomain', 'dns.nxdomain', 'likely', ids, { detail: absolute(nameToResolve(look)) });
    case 'no-data':
      return fault(look, 'no-address', 'dns.no-address', 'likely', ids);
    case 'servfail':
      return fault(look, 'servfail', 'dns.servfail', 'likely', ids);
    case 'refused':
      return fault(look, 'refused', 'dns.refused', 'likely', ids);
    case 'timeout':
    case 'unreachable':
    case 'try-again':
      return follow('silent', ids);
    case 'failed':
      return inconclusive(look, 'unclear', 'dns.nxdomain', ids);
    case 'answered':
    case undefined:
      return inconclusive(look, 'unclear', null, ids);
  }
}

/** What the vantage's own resolution said: by itself, or on the way of a request. */
function libcAnswer(look: Look): Answer | null {
  const resolve = look.peek(resolveQuestion(look));
  return resolve !== null && !resolve.unavailable ? resolve : look.peek(requestQuestion(look));
}

function timedOut(answer: Answer | null): boolean {
  return answer?.fact('unavailable')?.reason === 'timed-out';
}

/** The Service is there and stands for another name: that name is what fails. */
function externalName(look: Look): { name: string; ids: readonly string[] } | null | 'wait' {
  const { service } = look.dependency;
  const { target } = look.situation;
  if (service === null || target.kind !== 'pod' || !look.situation.cluster) return null;
  const answer = look.need({ kind: 'service', namespace: service.namespace ?? target.namespace, name: service.name });
  if (answer === null) return 'wait';
  const name = answer.fact('service')?.externalName ?? null;
  return name === null ? null : { name, ids: answer.ids('service') };
}

/** RFC 7766: a truncated answer has to be asked for again by TCP. Evidence ids when that fails. */
function tcpBlocked(look: Look, spoke: readonly Answer[]): readonly string[] | null | 'wait' {
  const truncated = spoke.find((answer) => answer.fact('resolve')?.truncated === true);
  const nameserver = truncated?.asked.question.kind === 'query' ? truncated.asked.question.nameserver : undefined;
  if (truncated === undefined || nameserver === undefined) return null;
  const byTcp = look.need(queryQuestion(nameToResolve(look), nameserver, 'A', 'tcp'));
  if (byTcp === null) return 'wait';
  const outcome = outcomeOf(byTcp);
  return outcome === 'timeout' || outcome === 'unreachable' ? [...truncated.ids(), ...byTcp.ids()] : null;
}
