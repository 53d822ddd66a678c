import { fault, follow, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Look } from '../look.ts';
import { allAddresses } from '../all-addresses.ts';
import { askAgain, isQuick, isServersOwnTrouble, type Again } from '../again.ts';
import { portalDistance } from '../answered-nearer.ts';
import { failingEndpoints } from '../failing-endpoints.ts';
import { acceptsAnyPort } from '../fake-accept.ts';
import { answerIds, healthy, proven } from '../healthy.ts';
import { deadFirstNameserver, manyLostAnswers } from '../lost-answers.ts';
import { lostQuestions } from '../lost-questions.ts';
import { nameserversOf } from '../nameservers.ts';
import { branchOfLoss, lossOnPath, lossToNameservers } from '../loss.ts';
import { onceSlow, slowName } from '../slow-name.ts';
import { socketFault, type SocketFault } from '../own-sockets.ts';
import { canAskLog } from '../own-log.ts';
import { REPEATED_TRIES } from '../silence.ts';
import {
  addressesOf,
  connectQuestion,
  connections,
  idsOf,
  isIpv6,
  proxyFor,
  requestQuestion,
  resolveQuestion,
} from '../reading.ts';

/** It answers once. Does it answer on every address, and is it really the dependency that answers? */
export const appEverywhere: TreeNode = {
  id: 'app.everywhere',
  layer: 'application',
  branches: [
    { id: 'everywhere', goto: null, causes: ['policy.not-enforced'] },
    { id: 'ask-the-log', goto: 'app.log', causes: [] },
    { id: 'some-addresses', goto: null, causes: ['tcp.some-addresses-fail', 'ip.ipv6-unroutable'] },
    { id: 'some-endpoints', goto: null, causes: ['tcp.some-addresses-fail', 'policy.egress-denied', 'policy.ingress-denied'] },
    { id: 'sometimes', goto: null, causes: ['tcp.intermittent', 'app.http-server-error'] },
    { id: 'loses-packets', goto: null, causes: ['ip.packet-loss'] },
    { id: 'own-sockets', goto: null, causes: ['app.connections-exhausted', 'app.stale-address'] },
    { id: 'anything-accepts', goto: null, causes: ['tcp.fake-accept'] },
    { id: 'portal', goto: null, causes: ['proxy.auth-required'] },
    { id: 'slow-name', goto: null, causes: ['dns.slow'] },
  ],
  decide(look) {
    const evidence = answerIds(look);
    if (proxyFor(look) !== null) {
      return well(look, evidence);
    }
    const { port } = look.dependency;
    const addresses = addressesOf(look) ?? [];
    const pending = allAddresses(look) === 'wait' || addresses.some((address) => look.need(connectQuestion(address, port)) === null);
    const first = connections(look).find((one) => one.fact.outcome === 'connected');
    const fake = proven(look) || first === undefined ? null : acceptsAnyPort(look, first.address);
    const tries = first === undefined ? [] : allTries(look, first.address);
    // A request goes to whichever address comes first: with a dead one among them, further requests tell nothing new.
    const byAddress = pending ? null : judgeAddresses(look, evidence);
    const again = first === undefined || pending || byAddress !== null || !isQuick(look, first.address) ? [] : askAgain(look, first.address);
    if (pending || fake === 'wait' || tries.includes(null) || again === 'wait') return WAIT;
    if (fake !== null) return fault(look, 'anything-accepts', 'tcp.fake-accept', 'likely', [...fake, ...evidence], { address: first?.address });
    const loss = first === undefined ? null : lossOnPath(look, first.address);
    if (loss === 'wait') return WAIT;
    const failedTries = tries.filter((one) => one !== null && one.outcome !== 'connected' && one.outcome !== null);
    const some = loss !== null || failedTries.length > 0 ? failingEndpoints(look) : null;
    if (some === 'wait') return WAIT;
    if (some !== null) return fault(look, 'some-endpoints', some.cause, 'likely', [...some.evidence, ...evidence], { detail: some.detail, address: some.address });
    if (loss !== null) return fault(look, branchOfLoss(loss), loss.cause, loss.confidence, [...loss.evidence, ...evidence], { address: first?.address, detail: loss.detail });
    if (byAddress !== null && failedTries.length === 0) return byAddress;
    const flaky = failedFirstRequest(look);
    if (flaky !== null) return fault(look, 'sometimes', 'tcp.intermittent', 'likely', [...flaky, ...evidence], { address: first?.address, detail: '1/2' });
    if (failedTries.length > 0) {
      const ids = [...failedTries.flatMap((one) => one?.ids ?? []), ...evidence];
      // The request's own connection is one more.
      const isOfRequest = first !== undefined && !tries.some((one) => one?.ids.some((id) => first.ids.includes(id)));
      const detail = `${String(failedTries.length)}/${String(tries.length + (isOfRequest ? 1 : 0))}`;
      return fault(look, 'sometimes', 'tcp.intermittent', 'likely', ids, { address: first?.address, detail });
    }
    const turns = judgeTurns(look, again, evidence, first?.address);
    if (turns !== null) return turns;
    const portal = portalDistance(look);
    const own = socketFault(look);
    if (own === 'wait' || portal === 'wait') return WAIT;
    if (portal?.kind === 'near') return fault(look, 'portal', 'proxy.auth-required', 'likely', [...portal.evidence, ...evidence], { address: first?.address, detail: portal.detail });
    return judgeName(look, evidence) ?? judgeSockets(look, own, evidence) ?? well(look, evidence);
  },
};

/** Asked again at once, it is broken off, or an error comes: behind the address several servers take turns, and one of them fails. */
function judgeTurns(look: Look, again: readonly Again[], evidence: readonly string[], address: string | undefined): Decision | null {
  const failed = again.filter((one) => one.outcome === 'failed');
  const share = (some: readonly Again[]): string => `${String(some.length)}/${String(again.length + 1)}`;
  if (failed.length > 0) return fault(look, 'sometimes', 'tcp.intermittent', 'likely', [...failed.flatMap((one) => one.ids), ...evidence], { address, detail: share(failed) });
  const errors = again.filter((one) => isServersOwnTrouble(one.status));
  if (errors.length === 0) return null;
  const detail = `HTTP ${String(errors[0]?.status)}, ${share(errors)}`;
  return fault(look, 'sometimes', 'app.http-server-error', 'likely', [...errors.flatMap((one) => one.ids), ...evidence], { address, detail });
}

/** It works from here. Where the application's log can be read, it has the last word. */
function well(look: Look, evidence: readonly string[]): Decision {
  return canAskLog(look) ? follow('ask-the-log', evidence) : healthy(look, 'everywhere', evidence);
}

/** All tries of an address that connected, be it by a request: null for one that is still under way. */
function allTries(look: Look, address: string): readonly ({ outcome: string | null; ids: readonly string[] } | null)[] {
  return [0, ...REPEATED_TRIES].map((attempt) => {
    const answer = look.need(connectQuestion(address, look.dependency.port, attempt));
    return answer === null ? null : { outcome: answer.fact('connect')?.outcome ?? null, ids: answer.ids('connect') };
  });
}

/** The request failed once and succeeded when it was made again: evidence ids, or null. */
function failedFirstRequest(look: Look): readonly string[] | null {
  const again = look.peek(requestQuestion(look, 1));
  const first = look.peek(requestQuestion(look));
  // Over a connection: a client that gives up on a slow name, or on one dead address of several, is another matter.
  const failed = first !== null && ((first.fact('tls')?.failure ?? null) !== null || (first.fact('http')?.outcome ?? 'response') !== 'response');
  const differ = again?.fact('http')?.outcome === 'response' && failed;
  return differ ? [...first.ids(), ...again.ids()] : null;
}

function judgeAddresses(look: Look, evidence: readonly string[]): ReturnType<typeof fault> | null {
  const seen = connections(look);
  const failed = seen.filter((one) => one.fact.outcome !== 'connected');
  if (failed.length === 0 || failed.length === seen.length) return null;
  const detail = failed.map((one) => `${one.address} ${one.fact.outcome}`).join(', ');
  const ids = [...idsOf(failed), ...evidence];
  const onlyIpv6 = failed.every((one) => isIpv6(one.address)) && seen.some((one) => !isIpv6(one.address));
  if (!onlyIpv6) return fault(look, 'some-addresses', 'tcp.some-addresses-fail', 'certain', ids, { detail, address: failed[0]?.address });
  if (podHasNoIpv6(look) && failed.every((one) => one.fact.outcome === 'network-unreachable')) return null;
  const elsewhere = failed.some((one) => one.fact.outcome === 'refused') ? 'tcp.some-addresses-fail' : 'ip.ipv6-unroutable';
  return fault(look, 'some-addresses', elsewhere, 'certain', ids, { detail, address: failed[0]?.address });
}

/** A vantage without a global IPv6 address is not expected to reach one: resolvers sort such answers last (RFC 6724). */
function podHasNoIpv6(look: Look): boolean {
  const fact = look.peek({ kind: 'interfaces' })?.fact('interfaces') ?? null;
  if (fact === null) return false;
  return !fact.interfaces.some((one) => !one.loopback && one.addresses.some((address) => isIpv6(address.split('/')[0] ?? '') && !/^fe80/iu.test(address)));
}

/** The name resolved this time. Did it take seconds, or does a replica of the cluster's DNS keep silent, so that it sometimes will? */
function judgeName(look: Look, evidence: readonly string[]): Decision | null {
  const answer = look.peek(resolveQuestion(look));
  const slow = slowName(look);
  const lost = lostQuestions(look);
  if (lost === 'wait' || slow === 'wait') return WAIT;
  if (slow === null && lost === null) return judgeAnswers(look, evidence);
  const loss = lost === null ? lossToNameservers(look) : null;
  if (loss === 'wait') return WAIT;
  if (loss !== null) return fault(look, 'loses-packets', 'ip.packet-loss', 'likely', [...loss, ...(answer?.ids('resolve') ?? []), ...evidence]);
  const slowestMs = slow?.slowestMs ?? null;
  const seconds = slowestMs === null ? null : `${(slowestMs / 1000).toFixed(1)} s`;
  const detail = [seconds, lost?.silent ?? null].filter((part) => part !== null).join(', ');
  return fault(look, 'slow-name', 'dns.slow', 'likely', [...(answer?.ids('resolve') ?? []), ...(slow?.evidence ?? []), ...(lost?.evidence ?? []), ...evidence], { detail: detail === '' ? undefined : detail });
}

/** Look-ups are quick. Are questions to the nameserver lost all the same, so that others will not be? */
function judgeAnswers(look: Look, evidence: readonly string[]): Decision | null {
  const lost = manyLostAnswers(look);
  if (lost === 'wait') return WAIT;
  const once = onceSlow(look);
  const dead = once === null ? null : deadFirstNameserver(look);
  if (once !== null && dead !== null) return fault(look, 'slow-name', 'dns.slow', 'likely', [...dead, ...once, ...evidence], { detail: nameserversOf(look)?.[0] });
  if (lost === null) return null;
  return fault(look, 'slow-name', 'dns.slow', 'likely', [...lost.evidence, ...evidence], { detail: lost.share });
}

function judgeSockets(look: Look, own: SocketFault | null, evidence: readonly string[]): ReturnType<typeof fault> | null {
  if (own === null) return null;
  const ids = [...own.evidence, ...evidence];
  if (own.confidence === null) return inconclusive(look, 'own-sockets', own.cause, ids, { detail: own.detail });
  return fault(look, 'own-sockets', own.cause, own.confidence, ids, { detail: own.detail });
}
