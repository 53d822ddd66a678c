import { fault, WAIT, type TreeNode } from '../node.ts';
import type { Answer, Look } from '../look.ts';
import { connectQuestion, connections, idsOf, isIpv6 } from '../reading.ts';
import { elsewhere, otherPorts, pingQuestion } from '../silence.ts';

/** A refusal costs one round trip: with five tries, a server that refuses half of them is missed once in thirty. */
const REFUSED_TRIES = [1, 2, 3, 4] as const;

/** A refusal that comes in less than this share of the path's own round trip did not come from the other end. */
const FAR_TOO_FAST = 0.5;
/** Below this round trip the comparison says nothing. */
const MEASURABLE_RTT_MS = 4;

/** "Connection refused": by the host itself, or by something on the way? */
export const tcpRefusal: TreeNode = {
  id: 'tcp.refusal',
  layer: 'transport',
  branches: [
    { id: 'nothing-listens', goto: null, causes: ['tcp.refused'] },
    { id: 'on-the-way', goto: null, causes: ['tcp.rejected-on-path'] },
    { id: 'sometimes', goto: null, causes: ['tcp.intermittent'] },
  ],
  decide(look) {
    const refused = connections(look).filter((one) => one.fact.outcome === 'refused' || one.fact.outcome === 'reset');
    const chosen = refused.find((one) => !isIpv6(one.address)) ?? refused[0];
    if (chosen === undefined) return WAIT;
    const again = REFUSED_TRIES.map((attempt) => look.need(connectQuestion(chosen.address, look.dependency.port, attempt)));
    const againIds = again.flatMap((answer) => answer?.ids() ?? []);
    const ping = look.need(pingQuestion(chosen.address));
    const others = otherPorts(look.dependency.port).map((port) => look.need(connectQuestion(chosen.address, port)));
    const { connected, failed, waiting } = elsewhere(look, chosen.address);
    const accepted = again.filter((answer) => answer?.fact('connect')?.outcome === 'connected');
    if (accepted.length > 0) {
      const tries = again.filter((answer) => (answer?.fact('connect') ?? null) !== null).length + 1;
      const detail = `${String(tries - accepted.length)}/${String(tries)}`;
      return fault(look, 'sometimes', 'tcp.intermittent', 'likely', [...againIds, ...chosen.ids], { address: chosen.address, detail });
    }
    if (again.includes(null) || waiting) return WAIT;
    const near = connected[0];
    if (near !== undefined) {
      const ids = [...idsOf(refused), ...near.answer.ids(), ...againIds];
      return fault(look, 'on-the-way', 'tcp.rejected-on-path', 'likely', ids, { address: chosen.address, contrast: near.vantage.name });
    }
    const alive = [ping, ...others].find((answer) => answersItself(answer));
    const asked = [ping, ...others];
    if (alive === undefined && asked.includes(null)) return WAIT;
    const rttMs = roundTripMs(ping, others);
    const elapsedMs = chosen.fact.elapsedMs;
    if (rttMs !== null && elapsedMs !== null && rttMs >= MEASURABLE_RTT_MS && elapsedMs < rttMs * FAR_TOO_FAST) {
      const ids = [...chosen.ids, ...(ping?.ids() ?? []), ...others.flatMap((answer) => answer?.ids('connect') ?? [])];
      const detail = `${elapsedMs.toFixed(1)} ms / ${rttMs.toFixed(1)} ms`;
      return fault(look, 'on-the-way', 'tcp.rejected-on-path', 'likely', ids, { address: chosen.address, detail });
    }
    const agreeing = failed.filter(({ answer }) => answer.fact('connect')?.outcome === 'refused');
    const certain = alive !== undefined && agreeing.length > 0;
    const ids = [...idsOf(refused), ...againIds, ...agreeing.flatMap(({ answer }) => answer.ids()), ...(alive?.ids() ?? [])];
    return fault(look, 'nothing-listens', 'tcp.refused', certain ? 'certain' : 'likely', ids, {
      address: chosen.address,
      contrast: agreeing[0]?.vantage.name,
    });
  },
};

/** The path's own round trip: of an echo, or of a handshake with another port of the same address. */
function roundTripMs(ping: Answer | null, others: readonly (Answer | null)[]): number | null {
  const handshakes = others.flatMap((answer) => {
    const fact = answer?.fact('connect') ?? null;
    return fact?.outcome === 'connected' && fact.elapsedMs !== null ? [fact.elapsedMs] : [];
  });
  const echoMs = ping?.fact('ping')?.rttMs?.min ?? null;
  const all = echoMs === null ? handshakes : [echoMs, ...handshakes];
  return all.length === 0 ? null : Math.min(...all);
}

/** The host answered something of its own: an echo reply, or a connection. A second refusal may come from the same firewall. */
function answersItself(answer: ReturnType<Look['peek']>): boolean {
  if (answer === null) return false;
  if ((answer.fact('ping')?.received ?? 0) > 0) return true;
  return answer.fact('connect')?.outcome === 'connected';
}
