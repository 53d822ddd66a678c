import type { PingFact } from '../../domain/facts.ts';
import { follow, WAIT, type TreeNode } from '../node.ts';
import { askAboutPath, helpful, pingQuestion, silentAddress } from '../silence.ts';

function outcomeOf(ping: PingFact): 'answers' | 'unreachable' | 'silent' {
  if (ping.received > 0) return 'answers';
  return ping.errors.some(({ error }) => error !== 'ttl-exceeded' && error !== 'other') ? 'unreachable' : 'silent';
}

/** The guide's ping step. Its failure alone proves nothing: many hosts and firewalls drop ICMP. */
export const ipPing: TreeNode = {
  id: 'ip.ping',
  layer: 'internet',
  branches: [
    { id: 'answers', goto: 'tcp.repeat', causes: [] },
    { id: 'unreachable', goto: 'ip.trace', causes: [] },
    { id: 'silent', goto: 'ip.trace', causes: [] },
    { id: 'cannot-ask', goto: 'ip.trace', causes: [] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (address === null) return follow('cannot-ask');
    askAboutPath(look, address);
    const answer = helpful(look, pingQuestion(address));
    if (answer === null) return WAIT;
    if (answer === 'late') return follow('silent');
    const ping = answer.fact('ping');
    return ping === null ? follow('cannot-ask', answer.ids()) : follow(outcomeOf(ping), answer.ids());
  },
};
