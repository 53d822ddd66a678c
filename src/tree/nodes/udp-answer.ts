import { fault, follow, inconclusive, reachable, WAIT, type TreeNode } from '../node.ts';
import { isAlive } from '../nameservers.ts';
import { addressesOf, exchangeQuestion, isName, resolveQuestion } from '../reading.ts';

/** A name that every resolver answers by itself, without asking anybody (RFC 6761 6.3). */
const LOCALHOST = 'localhost.';

/** UDP has no handshake: only an answer of the protocol shows that somebody is there. */
export const udpAnswer: TreeNode = {
  id: 'udp.answer',
  layer: 'transport',
  branches: [
    { id: 'answers', goto: null, causes: [] },
    { id: 'refused', goto: null, causes: ['tcp.refused'] },
    { id: 'silent', goto: null, causes: ['udp.no-answer'] },
    { id: 'name', goto: 'dns.resolve', causes: [] },
    { id: 'cannot-tell', goto: null, causes: ['udp.no-answer'] },
  ],
  decide(look) {
    if (isName(look)) {
      const resolve = look.need(resolveQuestion(look));
      if (resolve === null) return WAIT;
      const fact = resolve.fact('resolve');
      if (fact !== null && fact.outcome !== 'answered') return follow('name', resolve.ids('resolve'));
    }
    const address = addressesOf(look)?.[0];
    if (address === undefined) return inconclusive(look, 'cannot-tell', null, []);
    const { application, port } = look.dependency;
    if (application === 'dns' && port === 53) {
      const answer = look.need({ kind: 'query', name: LOCALHOST, nameserver: address, recordType: 'A', transport: 'udp' });
      if (answer === null) return WAIT;
      const fact = answer.fact('resolve');
      if (fact === null) return inconclusive(look, 'cannot-tell', null, answer.ids());
      if (fact.outcome === 'timeout') return fault(look, 'silent', 'udp.no-answer', 'likely', answer.ids(), { address });
      if (fact.outcome === 'unreachable') return fault(look, 'refused', 'tcp.refused', 'likely', answer.ids(), { address });
      // "failed" and "try again" do not say that anybody answered.
      if (!isAlive(fact.outcome)) return inconclusive(look, 'cannot-tell', 'udp.no-answer', answer.ids(), { address });
      return reachable(look, 'answers', 'certain', answer.ids());
    }
    const answer = look.need(exchangeQuestion(look, address));
    if (answer === null) return WAIT;
    const fact = answer.fact('exchange');
    const connect = answer.fact('connect');
    if (connect?.outcome === 'refused' || fact?.outcome === 'reset') return fault(look, 'refused', 'tcp.refused', 'likely', answer.ids(), { address });
    if (fact?.outcome === 'answered' || fact?.outcome === 'other-protocol') return reachable(look, 'answers', 'certain', answer.ids());
    if (fact === null) return inconclusive(look, 'cannot-tell', null, answer.ids());
    return inconclusive(look, 'silent', 'udp.no-answer', answer.ids(), { address });
  },
};
