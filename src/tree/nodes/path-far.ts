import type { ConnectOutcome } from '../../domain/facts.ts';
import { lastAnsweringHop } from '../../domain/trace-reading.ts';
import { isInternalHost } from '../../domain/network.ts';
import { fault, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import { tableFault } from '../node-table.ts';
import { TARGET, type Answer, type Look } from '../look.ts';
import { connectQuestion, connections, idsOf, isUnreachable } from '../reading.ts';
import { serviceBehind } from '../service-state.ts';
import { unreachablePort } from '../unreachable-port.ts';
import { elsewhere, otherPorts, pingQuestion, signOfLife, silentAddress, traceQuestion } from '../silence.ts';

/** ARP gives up after three tries of a second each (arp(7), mcast_solicit and retrans_time). */
const NOBODY_FOUND_MS = 2500;

/** Nobody connects, or nobody else could be asked: does the address answer anything at all? */
export const pathFar: TreeNode = {
  id: 'path.far',
  layer: 'transport',
  branches: [
    { id: 'this-port', goto: null, causes: ['tcp.filtered'] },
    { id: 'nothing-answers', goto: null, causes: ['tcp.host-silent'] },
    { id: 'table', goto: null, causes: ['tcp.conntrack-full', 'tcp.ports-exhausted'] },
    { id: 'unreachable', goto: null, causes: ['ip.unreachable'] },
    { id: 'port-rejected', goto: null, causes: ['tcp.rejected-on-path'] },
    { id: 'cannot-tell', goto: null, causes: ['tcp.filtered'] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (address === null) return inconclusive(look, 'cannot-tell', 'tcp.filtered', idsOf(connections(look)));
    const ports = otherPorts(look.dependency.port).map((port) => look.need(connectQuestion(address, port)));
    const { failed } = elsewhere(look, address);
    const ids = [...idsOf(connections(look)), ...failed.flatMap(({ answer }) => answer.ids())];
    // Of this address: a pod without IPv6 sees "unreachable" for every AAAA record, and that is not why its IPv4 is silent.
    const unreachable = connections(look).find((one) => one.address === address && isUnreachable(one.fact.outcome));
    if (unreachable !== undefined) {
      const rejected = isServices(look, address) ? null : unreachablePort(look, address);
      if (rejected !== null) return fault(look, 'port-rejected', 'tcp.rejected-on-path', 'likely', [...rejected, ...ids], { address });
      // Nobody was heard to say it: a router that finds no host needs seconds for that, and one that prohibits says so at once, by the same errno.
      const elapsedMs = unreachable.fact.elapsedMs ?? 0;
      const confidence = elapsedMs >= NOBODY_FOUND_MS && !isToldToSome(look, address, elapsedMs) ? 'likely' : 'possible';
      return fault(look, 'unreachable', 'ip.unreachable', confidence, ids, { address: unreachable.address });
    }
    const table = tableFault(look, address);
    if (table === 'wait') return WAIT;
    if (table !== null) return fault(look, 'table', table.cause, 'likely', [...table.evidence, ...ids], { address, detail: table.detail, contrast: table.contrast });
    const alive = isServices(look, address) ? null : signOfLife(look, address);
    if (alive !== null) {
      // A place that has no way there, or may not ask, agrees with nobody.
      const agreeing = failed.some(({ answer, vantage }) => answer.fact('connect')?.outcome === 'timeout' && !(vantage.relation === 'outside' && isInternalHost(address)));
      const confidence = agreeing ? 'certain' : 'likely';
      return fault(look, 'this-port', 'tcp.filtered', confidence, [...ids, ...alive.ids()], { address });
    }
    const told = [...ports, ...failed.map(({ answer }) => answer)].find((answer) => answer?.fact('connect')?.outcome === 'host-unreachable') ?? null;
    if (told !== null) {
      const confidence = (told.fact('connect')?.elapsedMs ?? 0) >= NOBODY_FOUND_MS ? 'likely' : 'possible';
      return fault(look, 'unreachable', 'ip.unreachable', confidence, [...told.ids('connect'), ...ids], { address });
    }
    if (ports.includes(null)) return WAIT;
    const agreeing = failed.some(({ answer }) => isNoAnswer(answer.fact('connect')?.outcome));
    return nothingAnswers(look, address, ids, agreeing, ports);
  },
};

/**
 * Other connects to the address heard nothing for as long. A router that finds no host tells all that wait for it at once; one that
 * prohibits tells one in a second (RFC 1812 4.3.2.8), and a SYN that is sent again after three has the time of a search for a host.
 */
function isToldToSome(look: Look, address: string, elapsedMs: number): boolean {
  const tries = look.all('connect', TARGET).flatMap((answer) => answer.fact('connect') ?? []);
  return tries.some((fact) => fact.address === address && fact.outcome === 'timeout' && (fact.elapsedMs ?? 0) >= elapsedMs);
}

/** A Service's address is nobody's: what its other ports, echoes and traces come to is no sign of what is behind this port. */
function isServices(look: Look, address: string): boolean {
  const behind = serviceBehind(look);
  return behind !== null && behind !== 'wait' && behind.fact.clusterAddresses.includes(address);
}

/** A place on the address's own link says "host unreachable" when nobody answers for it. */
function isNoAnswer(outcome: ConnectOutcome | undefined): boolean {
  return outcome === 'timeout' || outcome === 'host-unreachable';
}

function nothingAnswers(look: Look, address: string, ids: readonly string[], contrasted: boolean, ports: readonly (Answer | null)[]): Decision {
  const trace = look.peek(traceQuestion(look, address));
  const fact = trace?.fact('trace') ?? null;
  const hop = fact === null ? null : lastAnsweringHop(fact);
  const tried = ports.flatMap((answer) => answer?.ids() ?? []);
  const evidence = [...ids, ...(trace?.ids('trace') ?? []), ...(look.peek(pingQuestion(address))?.ids('ping') ?? []), ...tried];
  const details = { address, detail: hop?.address };
  const unasked = [...ports, look.peek(pingQuestion(address)), trace].every((answer) => answer === null || answer.unavailable);
  // Nothing but the port itself could be asked: its silence is not the host's.
  if (unasked) return contrasted ? fault(look, 'this-port', 'tcp.filtered', 'possible', evidence, details) : inconclusive(look, 'cannot-tell', 'tcp.filtered', evidence, details);
  const confidence = contrasted && hop !== null ? 'likely' : 'possible';
  return fault(look, 'nothing-answers', 'tcp.host-silent', confidence, evidence, details);
}
