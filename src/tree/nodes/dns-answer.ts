import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { evidenceOf, resolveQuestion } from '../reading.ts';
import { wrongAnswer } from '../name-answer.ts';

/** The name resolves: to the right address? */
export const dnsAnswer: TreeNode = {
  id: 'dns.answer',
  layer: 'internet',
  branches: [
    { id: 'right', goto: 'service.direct', causes: [] },
    { id: 'wrong', goto: null, causes: ['dns.stale-hosts', 'dns.search-hijack', 'dns.split-horizon'] },
  ],
  decide(look) {
    const wrong = wrongAnswer(look);
    if (wrong === 'wait') return WAIT;
    const resolve = look.peek(resolveQuestion(look));
    if (wrong === null) return follow('right', evidenceOf(resolve));
    const confidence = wrong.cause === 'dns.stale-hosts' ? 'certain' : 'likely';
    return fault(look, 'wrong', wrong.cause, confidence, [...wrong.evidence, ...evidenceOf(resolve)], {
      detail: wrong.detail,
      contrast: wrong.contrast,
    });
  },
};
