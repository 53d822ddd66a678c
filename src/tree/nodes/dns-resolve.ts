import type { ResolveOutcome } from '../../domain/facts.ts';
import { fault, follow, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Answer, Look } from '../look.ts';
import { dnsMostlyDenied } from '../dns-denied.ts';
import { lossToNameservers } from '../loss.ts';
import { absolute, isAlive, nameserversOf, outcomeOf, queryQuestion } from '../nameservers.ts';
import { otherResolver } from '../cluster-dns.ts';
import { upstreamFault, type UpstreamFault } from '../dns-upstream.ts';
import { evidenceOf, nameToResolve, requestQuestion, resolveQuestion } from '../reading.ts';
import { nameToQuery, serviceNamed } from '../service-name.ts';
import { isBusyPlace } from '../slow-name.ts';

/** resolv.conf(5): 5 s by default, 3 s in some images. */
const RESOLVER_TIMEOUT_MS = 3000;

/** The guide's nslookup step: the name does not resolve. What do the nameservers themselves say? */
export const dnsResolve: TreeNode = {
  id: 'dns.resolve',
  layer: 'internet',
  branches: [
    { id: 'nxdomain', goto: null, causes: ['dns.nxdomain'] },
    { id: 'no-address', goto: null, causes: ['dns.no-address'] },
    { id: 'servfail', goto: null, causes: ['dns.servfail', 'dns.resolver-unreachable'] },
    { id: 'loops', goto: null, causes: ['dns.forward-loop'] },
    { id: 'wrong-resolver', goto: null, causes: ['dns.wrong-resolver'] },
    { id: 'no-service', goto: null, causes: ['service.not-found'] },
    { id: 'its-node', goto: null, causes: ['node.single-node-fault', 'node.cni-agent-failing', 'ip.not-masqueraded', 'link.gateway-unreachable'] },
    { id: 'refused', goto: null, causes: ['dns.refused'] },
    { id: 'only-here', goto: null, causes: ['dns.split-horizon'] },
    { id: 'external-name', goto: null, causes: ['dns.external-name'] },
    { id: 'policy', goto: null, causes: ['policy.dns-denied'] },
    { id: 'tcp-only', goto: null, causes: ['dns.tcp-blocked'] },
    { id: 'slow', goto: null, causes: ['dns.slow'] },
    { id: 'loses-packets', goto: null, causes: ['ip.packet-loss'] },
    { id: 'silent', goto: 'dns.resolver', causes: [] },
    { id: 'unclear', goto: null, causes: ['dns.nxdomain', 'dns.resolver-unreachable', 'dns.slow'] },
  ],
  decide(look) {
    const nameservers = nameserversOf(look);
    if (nameservers === null) return WAIT;
    const name = nameToQuery(look);
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
  const other = has('answered') ? null : otherResolver(look, nameserversOf(look) ?? []);
  if (other === 'wait') return WAIT;
  if (other !== null) return fault(look, 'wrong-resolver', 'dns.wrong-resolver', other.confidence, [...other.evidence, ...ids], { detail: other.detail });
  const search = has('answered') ? incompleteSearch(look, libcAnswer(look)) : null;
  if (search !== null) return fault(look, 'wrong-resolver', 'dns.wrong-resolver', 'likely', [...ids, ...search.ids], { detail: search.detail });
  const blocked = tcpBlocked(look, spoke);
  if (blocked === 'wait') return WAIT;
  if (blocked !== null) return fault(look, 'tcp-only', 'dns.tcp-blocked', 'certain', [...blocked, ...ids], { detail });
  if (has('refused') && !has('nxdomain') && !has('answered')) return fault(look, 'refused', 'dns.refused', 'certain', ids, { detail });
  if (has('servfail') && !has('nxdomain') && !has('answered')) return servfail(look, ids, detail);
  if (has('no-data')) return noAddress(look, spoke, ids, detail);
  const libcOutcome = outcomeOf(libc);
  // The nameserver answers us at once; the resolver of the system gave up waiting for it, or for another one before it.
  const answersInFull = spoke.some((answer) => outcomeOf(answer) === 'answered' && (answer.fact('resolve')?.truncated === false || answersByTcp(look, answer)));
  if (answersInFull && (look.peek(resolveQuestion(look)) === null || libcOutcome === 'timeout' || libcOutcome === 'try-again' || timedOut(libc))) {
    const policy = dnsMostlyDenied(look);
    const loss = lossToNameservers(look);
    if (policy === 'wait' || loss === 'wait') return WAIT;
    if (policy !== null) return fault(look, 'policy', 'policy.dns-denied', 'likely', [...policy.ids, ...ids], { detail: policy.names });
    if (loss !== null) return fault(look, 'loses-packets', 'ip.packet-loss', 'likely', [...loss, ...ids]);
    const busy = isBusyPlace(look);
    if (busy === 'wait') return WAIT;
    if (busy) return inconclusive(look, 'unclear', 'dns.slow', ids, { detail });
    return fault(look, 'slow', 'dns.slow', 'likely', ids, { detail });
  }
  if (has('nxdomain')) return nxdomain(look, ids, contrasts, detail);
  // The answer is to be had over TCP, and the resolver of this place does not get it (musl before 1.2.4 does not ask over TCP).
  if (answersInFull && spoke.some((answer) => answer.fact('resolve')?.truncated === true)) return inconclusive(look, 'tcp-only', 'dns.tcp-blocked', ids, { detail });
  return inconclusive(look, 'unclear', null, ids);
}

/** Some tools show an answer that was cut off as an empty one (RFC 1035 4.1.1, TC): over TCP it is whole. */
function noAddress(look: Look, spoke: readonly Answer[], ids: readonly string[], detail: string | undefined): Decision {
  const empty = spoke.find((answer) => outcomeOf(answer) === 'no-data');
  const fact = empty?.fact('resolve') ?? null;
  if (fact?.incomplete !== true || fact.nameserver === null) return fault(look, 'no-address', 'dns.no-address', 'certain', ids, { detail });
  const whole = look.need(queryQuestion(nameToQuery(look), fact.nameserver, 'A', 'tcp'));
  if (whole === null) return WAIT;
  const evidence = [...ids, ...whole.ids()];
  if (outcomeOf(whole) === 'answered') return inconclusive(look, 'tcp-only', 'dns.tcp-blocked', evidence, { detail });
  const confidence = outcomeOf(whole) === 'no-data' ? 'certain' : isAlive(outcomeOf(whole)) || whole.unavailable ? 'likely' : 'possible';
  return fault(look, 'no-address', 'dns.no-address', confidence, evidence, { detail });
}

function servfail(look: Look, ids: readonly string[], detail: string | undefined): Decision {
  const found = upstreamFault(look, { cause: 'dns.servfail', confidence: 'certain', evidence: ids, detail });
  if (found === 'wait') return WAIT;
  return fault(look, upstreamBranch(found.cause, 'servfail'), found.cause, found.confidence, found.evidence, { detail: found.detail, contrast: found.contrast });
}

/** The branch that ends with what is behind the nameserver; `plain` for the nameserver's own trouble. */
export function upstreamBranch(cause: UpstreamFault['cause'], plain: string): string {
  if (cause === 'dns.forward-loop') return 'loops';
  return cause === 'dns.servfail' || cause === 'dns.resolver-unreachable' ? plain : 'its-node';
}

function nxdomain(look: Look, ids: readonly string[], contrasts: readonly (Answer | null)[], detail: string | undefined): Decision {
  const missing = missingService(look);
  if (missing === 'wait') return WAIT;
  if (missing !== null) return fault(look, 'no-service', 'service.not-found', 'certain', [...missing.ids, ...ids], { detail: missing.name });
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
  const outcome = outcomeOf(libc);
  const service = outcome === 'nxdomain' || outcome === 'not-found' ? badService(look, ids) : null;
  if (service !== null) return service;
  // "Not found" after a resolver's whole patience is what some tools say when nobody answered.
  const late = (libc?.fact('resolve')?.elapsedMs ?? 0) >= RESOLVER_TIMEOUT_MS;
  if (late && (outcome === 'not-found' || outcome === 'failed')) return inconclusive(look, 'unclear', 'dns.resolver-unreachable', ids);
  switch (outcome) {
    case 'nxdomain':
      return fault(look, 'nxdomain', 'dns.nxdomain', 'likely', ids);
    case 'not-found':
      return fault(look, 'nxdomain', 'dns.nxdomain', 'likely', ids, { detail: absolute(nameToQuery(look)) });
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

/** The nameserver knows the Service by its whole name; the pod's search list does not make that of the short one. */
function incompleteSearch(look: Look, libc: Answer | null): { readonly ids: readonly string[]; readonly detail: string } | null {
  const outcome = outcomeOf(libc);
  const named = serviceNamed(look);
  const files = look.peek({ kind: 'files' });
  const search = files?.fact('resolv-conf')?.search ?? null;
  if (files === null || search === null || named === null || !named.isSure) return null;
  if (outcome !== 'not-found' && outcome !== 'nxdomain' && outcome !== 'failed') return null;
  const short = nameToResolve(look).toLowerCase();
  const isCompleted = short === named.fullName || search.some((domain) => `${short}.${domain.replace(/\.$/u, '')}` === named.fullName);
  return isCompleted ? null : { ids: files.ids('resolv-conf'), detail: `search ${search.length === 0 ? '(none)' : search.join(' ')}` };
}

/** The Service is there and stands for another name: that name is what fails. */
function externalName(look: Look): { name: string; ids: readonly string[] } | null | 'wait' {
  const answer = serviceAnswer(look);
  if (answer === null || answer === 'wait') return answer;
  const name = answer.fact('service')?.externalName ?? null;
  return name === null ? null : { name, ids: answer.ids('service') };
}

/** The name can mean nothing but a Service, and the API has none such. */
function missingService(look: Look): { name: string; ids: readonly string[] } | null | 'wait' {
  const answer = serviceAnswer(look);
  if (answer === null || answer === 'wait') return answer;
  const fact = answer.fact('service');
  return fact === null || fact.exists ? null : { name: `${fact.namespace}/${fact.name}`, ids: answer.ids('service') };
}

/** What the API says against the Service that the name means; null for nothing. */
function badService(look: Look, ids: readonly string[]): Decision | null {
  const external = externalName(look);
  const missing = missingService(look);
  if (external === 'wait' || missing === 'wait') return WAIT;
  if (external !== null) return fault(look, 'external-name', 'dns.external-name', 'likely', [...external.ids, ...ids], { detail: external.name });
  return missing === null ? null : fault(look, 'no-service', 'service.not-found', 'certain', [...missing.ids, ...ids], { detail: missing.name });
}

function serviceAnswer(look: Look): Answer | null | 'wait' {
  const named = serviceNamed(look);
  if (named === null || !named.isSure) return null;
  return look.need({ kind: 'service', namespace: named.namespace, name: named.name }) ?? 'wait';
}

/** What was too large for our question by UDP came by TCP. */
function answersByTcp(look: Look, { asked }: Answer): boolean {
  return asked.question.kind === 'query' && outcomeOf(look.peek(queryQuestion(nameToQuery(look), asked.question.nameserver, 'A', 'tcp'))) === 'answered';
}

/** RFC 7766: a truncated answer has to be asked for again by TCP. Evidence ids when that fails. */
function tcpBlocked(look: Look, spoke: readonly Answer[]): readonly string[] | null | 'wait' {
  const truncated = spoke.find((answer) => answer.fact('resolve')?.truncated === true);
  const nameserver = truncated?.asked.question.kind === 'query' ? truncated.asked.question.nameserver : undefined;
  if (truncated === undefined || nameserver === undefined) return null;
  const byTcp = look.need(queryQuestion(nameToQuery(look), nameserver, 'A', 'tcp'));
  if (byTcp === null) return 'wait';
  const outcome = outcomeOf(byTcp);
  return outcome === 'timeout' || outcome === 'unreachable' ? [...truncated.ids(), ...byTcp.ids()] : null;
}
