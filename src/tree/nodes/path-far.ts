import type { ConnectOutcome } from '../../domain/facts.ts';
import { lastAnsweringHop } from '../../domain/trace-reading.ts';
import { isInternalHost } from '../../domain/network.ts';
import { fault, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Answer, Look } from '../look.ts';
import { connectQuestion, connections, idsOf, isUnreachable } from '../reading.ts';
import { elsewhere, otherPorts, pingQuestion, signOfLife, silentAddress, traceQuestion } from '../silence.ts';

/** Nobody connects, or nobody else could be asked: does the address answer anything at all? */
export const pathFar: TreeNode = {
  id: 'path.far',
  layer: 'transport',
  branches: [
    { id: 'this-port', goto: null, causes: ['tcp.filtered'] },
    { id: 'nothing-answers', goto: null, causes: ['tcp.host-silent'] },
    { id: 'unreachable', goto: null, causes: ['ip.unreachable'] },
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
      return fault(look, 'unreachable', 'ip.unreachable', 'likely', ids, { address: unreachable.address });
    }
    const alive = signOfLife(look, address);
    if (alive !== null) {
      // A place that has no way there, or may not ask, agrees with nobody.
      const agreeing = failed.some(({ answer, vantage }) => answer.fact('connect')?.outcome === 'timeout' && !(vantage.relation === 'outside' && isInternalHost(address)));
      const confidence = agreeing ? 'certain' : 'likely';
      return fault(look, 'this-port', 'tcp.filtered', confidence, [...ids, ...alive.ids()], { address });
    }
    const told = [...ports, ...failed.map(({ answer }) => answer)].find((answer) => answer?.fact('connect')?.outcome === 'host-unreachable');
    if (told !== undefined && told !== null) return fault(look, 'unreachable', 'ip.unreachable', 'likely', [...told.ids('connect'), ...ids], { address });
    if (ports.includes(null)) return WAIT;
    const agreeing = failed.some(({ answer }) => isNoAnswer(answer.fact('connect')?.outcome));
    return nothingAnswers(look, address, ids, agreeing, ports);
  },
};

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
