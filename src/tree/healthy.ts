/** How a walk ends well. */
import type { Note } from '../domain/verdict.ts';
import { TARGET, type Look } from './look.ts';
import { parametersOf, reachable, type Decision } from './node.ts';
import { declared, policyNames, policyQuestion } from './policy-answer.ts';
import { connections, exchangeQuestion, httpAnswer, idsOf, proxyFor, tlsQuestion, type Connection } from './reading.ts';
import { allAddresses } from './all-addresses.ts';
import { portalDistance } from './answered-nearer.ts';
import { onceSlow } from './slow-name.ts';

/** True when more than a bare accept shows that the dependency itself answered. */
export function proven(look: Look): boolean {
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

/** A redirect to another host that nobody could tell from a captive portal's. */
function mayBePortal(look: Look): boolean {
  const distance = portalDistance(look);
  return distance !== null && (distance === 'wait' || distance.kind === 'unknown');
}

/** What shows that the dependency answers. */
export function answerIds(look: Look): readonly string[] {
  const request = httpAnswer(look);
  const open = connections(look).filter((one) => one.fact.outcome === 'connected');
  const spoken = open.flatMap(({ address }) => [
    ...(look.peek(exchangeQuestion(look, address))?.ids('exchange') ?? []),
    ...(look.peek(tlsQuestion(look, address))?.ids('tls') ?? []),
  ]);
  return [...(request?.ids('http') ?? []), ...spoken, ...idsOf(open)];
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

/** One look-up of several took seconds: it need not happen again. */
function slowOnce(look: Look): readonly Note[] {
  const evidence = onceSlow(look);
  return evidence === null ? [] : [{ cause: 'dns.slow', confidence: 'possible', parameters: parametersOf(look, {}), evidence }];
}

/** Nothing stands against it: reachable, with what is worth knowing all the same. `branch`: of the node that says so. */
export function healthy(look: Look, branch: string, evidence: readonly string[], more: readonly Note[] = []): Decision {
  if (proxyFor(look) !== null) return reachable(look, branch, 'certain', evidence, { notes: more });
  const unrouted: readonly Connection[] = connections(look).filter((one) => one.fact.outcome !== 'connected');
  const notes: Note[] = unrouted.length === 0 ? [] : [
    {
      cause: 'ip.ipv6-unroutable',
      confidence: 'possible',
      parameters: parametersOf(look, { address: unrouted[0]?.address }),
      evidence: idsOf(unrouted),
    },
  ];
  const elsewhere = look.dependency.tls && look.situation.hasOtherFiles;
  const isCertain = proven(look) && trusted(look) && !elsewhere && allAddresses(look) === 'known' && !mayBePortal(look);
  return reachable(look, branch, isCertain ? 'certain' : 'likely', evidence, { trustStore: elsewhere ? 'other' : undefined, notes: [...notes, ...slowOnce(look), ...notEnforced(look), ...more] });
}
