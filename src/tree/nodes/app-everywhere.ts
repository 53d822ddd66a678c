import type { Note } from '../../domain/verdict.ts';
import { fault, parametersOf, reachable, WAIT, type TreeNode } from '../node.ts';
import { TARGET, type Look } from '../look.ts';
import { acceptsAnyPort } from '../fake-accept.ts';
import { lossOnPath } from '../loss.ts';
import { socketFault, type SocketFault } from '../own-sockets.ts';
import { declared, policyNames, policyQuestion } from '../policy-answer.ts';
import { REPEATED_TRIES } from '../silence.ts';
import {
  addressesOf,
  connectQuestion,
  connections,
  exchangeQuestion,
  httpAnswer,
  idsOf,
  isIpv6,
  proxyFor,
  requestQuestion,
  resolveQuestion,
  tlsQuestion,
  type Connection,
} from '../reading.ts';

/** A look-up that takes longer ran into a retry of the resolver (resolv.conf(5): 5 s by default, 3 s in some images), or into its limits. */
const SLOW_LOOKUP_MS = 3000;

/** It answers once. Does it answer on every address, and is it really the dependency that answers? */
export const appEverywhere: TreeNode = {
  id: 'app.everywhere',
  layer: 'application',
  branches: [
    { id: 'everywhere', goto: null, causes: ['policy.not-enforced'] },
    { id: 'some-addresses', goto: null, causes: ['tcp.some-addresses-fail', 'ip.ipv6-unroutable'] },
    { id: 'sometimes', goto: null, causes: ['tcp.intermittent'] },
    { id: 'loses-packets', goto: null, causes: ['ip.packet-loss'] },
    { id: 'own-sockets', goto: null, causes: ['app.connections-exhausted', 'app.stale-address'] },
    { id: 'anything-accepts', goto: null, causes: ['tcp.fake-accept'] },
    { id: 'slow-name', goto: null, causes: ['dns.slow'] },
  ],
  decide(look) {
    const evidence = answerIds(look);
    if (proxyFor(look) !== null) {
      return reachable(look, 'everywhere', 'certain', evidence);
    }
    const { port } = look.dependency;
    const addresses = addressesOf(look) ?? [];
    const pending = addresses.some((address) => look.need(connectQuestion(address, port)) === null);
    const first = connections(look).find((one) => one.fact.outcome === 'connected');
    const fake = proven(look) || first === undefined ? null : acceptsAnyPort(look, first.address);
    const tries = first === undefined ? [] : repeatedTries(look, first.address);
    if (pending || fake === 'wait' || tries.includes(null)) return WAIT;
    if (fake !== null) return fault(look, 'anything-accepts', 'tcp.fake-accept', 'likely', [...fake, ...evidence], { address: first?.address });
    const flaky = failedFirstRequest(look);
    if (flaky !== null) return fault(look, 'sometimes', 'tcp.intermittent', 'likely', [...flaky, ...evidence], { address: first?.address, detail: '1/2' });
    const failedTries = tries.filter((one) => one !== null && one.outcome !== 'connected' && one.outcome !== null);
    if (failedTries.length > 0) {
      const ids = [...failedTries.flatMap((one) => one?.ids ?? []), ...evidence];
      const detail = `${String(failedTries.length)}/${String(tries.length + 1)}`;
      return fault(look, 'sometimes', 'tcp.intermittent', 'likely', ids, { address: first?.address, detail });
    }
    const loss = first === undefined ? null : lossOnPath(look, first.address);
    const own = socketFault(look);
    if (loss === 'wait' || own === 'wait') return WAIT;
    if (loss !== null) return fault(look, 'loses-packets', 'ip.packet-loss', 'likely', [...loss, ...evidence], { address: first?.address });
    return judgeAddresses(look, evidence) ?? judgeName(look, evidence) ?? judgeSockets(look, own, evidence) ?? healthy(look, evidence);
  },
};

/** True when more than a bare accept shows that the dependency itself answered. */
function proven(look: Look): boolean {
  const http = httpAnswer(look)?.fact('http');
  if (http?.outcome === 'response') return true;
  return look.all('exchange').some((answer) => {
    const fact = answer.fact('exchange');
    return fact?.outcome === 'answered' || (fact?.recognised ?? null) !== null;
  }) || look.all('tls').some((answer) => answer.fact('tls')?.established === true);
}

/** A certificate that nothing could be checked against leaves open who answered. */
function trusted(look: Look): boolean {
  if (!look.dependency.tls) return true;
  const handshakes = [...look.all('request', TARGET), ...look.all('tls', TARGET)].flatMap((answer) => answer.fact('tls') ?? []);
  return handshakes.some((fact) => fact.failure === null && fact.verified);
}

function answerIds(look: Look): readonly string[] {
  const request = httpAnswer(look);
  const open = connections(look).filter((one) => one.fact.outcome === 'connected');
  const spoken = open.flatMap(({ address }) => [
    ...(look.peek(exchangeQuestion(look, address))?.ids('exchange') ?? []),
    ...(look.peek(tlsQuestion(look, address))?.ids('tls') ?? []),
  ]);
  return [...(request?.ids('http') ?? []), ...spoken, ...idsOf(open)];
}

/** More tries of an address that connected: null for one that is still under way. */
function repeatedTries(look: Look, address: string): readonly ({ outcome: string | null; ids: readonly string[] } | null)[] {
  return REPEATED_TRIES.map((attempt) => {
    const answer = look.need(connectQuestion(address, look.dependency.port, attempt));
    return answer === null ? null : { outcome: answer.fact('connect')?.outcome ?? null, ids: answer.ids('connect') };
  });
}

/** The request failed once and succeeded when it was made again: evidence ids, or null. */
function failedFirstRequest(look: Look): readonly string[] | null {
  const again = look.peek(requestQuestion(look, 1));
  const first = look.peek(requestQuestion(look));
  return again?.fact('http')?.outcome === 'response' && first !== null ? [...first.ids(), ...again.ids()] : null;
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

function judgeName(look: Look, evidence: readonly string[]): ReturnType<typeof fault> | null {
  const answer = look.peek(resolveQuestion(look));
  const fact = answer?.fact('resolve') ?? null;
  if (answer === null || fact === null || fact.elapsedMs === null || fact.elapsedMs < SLOW_LOOKUP_MS) return null;
  const detail = `${(fact.elapsedMs / 1000).toFixed(1)} s`;
  return fault(look, 'slow-name', 'dns.slow', 'likely', [...answer.ids('resolve'), ...evidence], { detail });
}

function judgeSockets(look: Look, own: SocketFault | null, evidence: readonly string[]): ReturnType<typeof fault> | null {
  return own === null ? null : fault(look, 'own-sockets', own.cause, own.confidence, [...own.evidence, ...evidence], { detail: own.detail });
}

/** Declared denied, and it connects: whoever wrote the policy relies on something that does not happen. */
function notEnforced(look: Look): readonly Note[] {
  const open = connections(look).filter((one) => one.fact.outcome === 'connected');
  return open.flatMap((one): readonly Note[] => {
    const answer = look.peek(policyQuestion(one.address, look.dependency.port, look.dependency.transport));
    const fact = answer === null ? null : (declared(answer)?.egress ?? null);
    if (answer === null || fact === null || fact.verdict !== 'denied') return [];
    const parameters = parametersOf(look, { address: one.address, detail: policyNames(fact) });
    return [{ cause: 'policy.not-enforced', confidence: 'likely', parameters, evidence: [...answer.ids('policy'), ...one.ids] }];
  });
}

function healthy(look: Look, evidence: readonly string[]): ReturnType<typeof reachable> {
  const unrouted: readonly Connection[] = connections(look).filter((one) => one.fact.outcome !== 'connected');
  const notes: Note[] = unrouted.length === 0 ? [] : [
    {
      cause: 'ip.ipv6-unroutable',
      confidence: 'possible',
      parameters: parametersOf(look, { address: unrouted[0]?.address }),
      evidence: idsOf(unrouted),
    },
  ];
  return reachable(look, 'everywhere', proven(look) && trusted(look) ? 'certain' : 'likely', evidence, { notes: [...notes, ...notEnforced(look)] });
}
