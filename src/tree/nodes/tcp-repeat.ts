import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { connectQuestion, idsOf, connections } from '../reading.ts';
import { REPEATED_TRIES, silentAddress } from '../silence.ts';

/** The host is there and the port is silent: always, or only now and then? */
export const tcpRepeat: TreeNode = {
  id: 'tcp.repeat',
  layer: 'transport',
  branches: [
    { id: 'always', goto: 'link.interfaces', causes: [] },
    { id: 'sometimes', goto: null, causes: ['tcp.intermittent'] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (address === null) return follow('always');
    const answers = REPEATED_TRIES.map((attempt) => look.need(connectQuestion(address, look.dependency.port, attempt)));
    const connected = answers.filter((answer) => answer?.fact('connect')?.outcome === 'connected');
    const ids = answers.flatMap((answer) => answer?.ids('connect') ?? []);
    if (connected.length > 0) {
      // How many failed of how many, as wherever tries differ.
      const tries = answers.filter((answer) => (answer?.fact('connect') ?? null) !== null).length + 1;
      const detail = `${String(tries - connected.length)}/${String(tries)}`;
      return fault(look, 'sometimes', 'tcp.intermittent', 'likely', [...ids, ...idsOf(connections(look))], { address, detail });
    }
    return answers.includes(null) ? WAIT : follow('always', ids);
  },
};
