import { arrivalTtl } from '../../domain/trace-reading.ts';
import { fault, WAIT, type TreeNode } from '../node.ts';
import type { Look } from '../look.ts';
import { rejectingNode } from '../near-fault.ts';
import { refusedByIcmp } from '../icmp-refusal.ts';
import { idsOf, requestQuestion } from '../reading.ts';
import { askAboutRefusal, refusedConnection, refusedConnections } from '../refusal.ts';
import { refusalDistance } from '../refusal-distance.ts';
import { traceQuestion } from '../silence.ts';
import { timed, timedConnection } from '../timed.ts';

const PATIENCE_WITH_REQUEST_MS = 3000;

/** "Connection refused": by the host itself, or by something on the way? */
export const tcpRefusal: TreeNode = {
  id: 'tcp.refusal',
  layer: 'transport',
  branches: [
    { id: 'nothing-listens', goto: null, causes: ['tcp.refused'] },
    { id: 'on-the-way', goto: null, causes: ['tcp.rejected-on-path'] },
    { id: 'its-node', goto: null, causes: ['node.single-node-fault', 'node.cni-agent-failing'] },
    { id: 'sometimes', goto: null, causes: ['tcp.intermittent'] },
  ],
  decide(look) {
    const refused = refusedConnections(look);
    const chosen = refusedConnection(look);
    if (chosen === null) return WAIT;
    const { again, ping, others, elsewhere } = askAboutRefusal(look, chosen.address);
    const { connected, failed, waiting } = elsewhere;
    const againIds = again.flatMap((answer) => answer?.ids() ?? []);
    const accepted = again.filter((answer) => answer?.fact('connect')?.outcome === 'connected');
    if (accepted.length > 0) {
      const tries = again.filter((answer) => (answer?.fact('connect') ?? null) !== null).length + 1;
      const detail = `${String(tries - accepted.length)}/${String(tries)}`;
      return fault(look, 'sometimes', 'tcp.intermittent', 'likely', [...againIds, ...chosen.ids], { address: chosen.address, detail });
    }
    if (again.includes(null) || waiting || requestIsOpen(look)) return WAIT;
    const near = connected[0];
    if (near !== undefined) {
      const node = rejectingNode(look, chosen.address, [...idsOf(refused), ...againIds]);
      if (node === 'wait') return WAIT;
      if (node !== null) return fault(look, 'its-node', node.cause, node.confidence, node.evidence, { address: chosen.address, detail: node.detail, contrast: node.contrast });
      const ids = [...idsOf(refused), ...near.answer.ids(), ...againIds];
      return fault(look, 'on-the-way', 'tcp.rejected-on-path', 'likely', ids, { address: chosen.address, contrast: near.vantage.name });
    }
    const alive = [ping, ...others].find((answer) => answersItself(answer));
    const asked = [ping, ...others];
    if (alive === undefined && asked.includes(null)) return WAIT;
    const tries = [timedConnection(look, chosen), ...timed(again)];
    const byIcmp = refusedByIcmp(look, chosen.address, tries.map(({ fact }) => fact), others);
    if (byIcmp === 'wait') return WAIT;
    if (byIcmp !== null) return fault(look, 'on-the-way', 'tcp.rejected-on-path', 'likely', [...byIcmp, ...chosen.ids, ...againIds], { address: chosen.address, detail: 'ICMP' });
    const echoMs = ping?.fact('ping')?.rttMs?.min ?? null;
    const distance = refusalDistance(look, chosen.address, tries, timed(others).filter(({ fact }) => fact.outcome === 'connected'), echoMs);
    if (distance === 'wait') return WAIT;
    if (distance.kind === 'near') {
      const ids = [...chosen.ids, ...againIds, ...(ping?.ids() ?? []), ...others.flatMap((answer) => answer?.ids('connect') ?? []), ...distance.evidence];
      return fault(look, 'on-the-way', 'tcp.rejected-on-path', 'likely', ids, { address: chosen.address, detail: distance.detail });
    }
    const agreeing = failed.filter(({ answer }) => answer.fact('connect')?.outcome === 'refused');
    // A firewall that resets for the host looks the same from everywhere, and the last router before the host is as far away: only without one there is none.
    const certain = distance.kind === 'far' && alive !== undefined && agreeing.length > 0 && isNextHop(look, chosen.address);
    const ids = [...idsOf(refused), ...againIds, ...agreeing.flatMap(({ answer }) => answer.ids()), ...(alive?.ids() ?? []), ...distance.evidence];
    return fault(look, 'nothing-listens', 'tcp.refused', certain ? 'certain' : 'likely', ids, {
      address: chosen.address,
      contrast: agreeing[0]?.vantage.name,
    });
  },
};

/** A request that is refused ends as soon as a connect does. What goes on after it may have been taken where our connects were not. */
function requestIsOpen(look: Look): boolean {
  const waitingMs = look.dependency.application === 'http' ? look.waitingMs(requestQuestion(look)) : 0;
  return waitingMs > 0 && waitingMs < PATIENCE_WITH_REQUEST_MS && look.need(requestQuestion(look)) === null;
}

/** No router between us and the address. */
function isNextHop(look: Look, address: string): boolean {
  const trace = look.peek(traceQuestion(look, address))?.fact('trace') ?? null;
  return trace !== null && arrivalTtl(trace) === 1;
}

/** The host answered something of its own: an echo reply, or a connection. A second refusal may come from the same firewall. */
function answersItself(answer: ReturnType<Look['peek']>): boolean {
  if (answer === null) return false;
  if ((answer.fact('ping')?.received ?? 0) > 0) return true;
  return answer.fact('connect')?.outcome === 'connected';
}
