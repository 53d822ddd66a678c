import { failingEndpoints } from '../failing-endpoints.ts';
import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { branchOfLoss, lossOnPath } from '../loss.ts';
import { tableFault } from '../node-table.ts';
import { TARGET, type Look } from '../look.ts';
import { connectQuestion } from '../reading.ts';
import { REPEATED_TRIES, silentAddress } from '../silence.ts';

/** The host is there and the port is silent: always, or only now and then? */
export const tcpRepeat: TreeNode = {
  id: 'tcp.repeat',
  layer: 'transport',
  branches: [
    { id: 'always', goto: 'link.interfaces', causes: [] },
    { id: 'loses-packets', goto: null, causes: ['ip.packet-loss'] },
    { id: 'some-endpoints', goto: null, causes: ['tcp.some-addresses-fail', 'policy.egress-denied', 'policy.ingress-denied'] },
    { id: 'sometimes', goto: null, causes: ['tcp.intermittent', 'tcp.conntrack-full', 'tcp.ports-exhausted'] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (address === null) return follow('always');
    const answers = REPEATED_TRIES.map((attempt) => look.need(connectQuestion(address, look.dependency.port, attempt)));
    const { connected, failed, tries, evidence } = countTries(look, address);
    const ids = answers.flatMap((answer) => answer?.ids('connect') ?? []);
    if (connected > 0) {
      const table = tableFault(look, address);
      if (table === 'wait') return WAIT;
      if (table !== null) return fault(look, 'sometimes', table.cause, 'likely', [...table.evidence, ...ids], { address, detail: table.detail, contrast: table.contrast });
      const some = failingEndpoints(look);
      if (some === 'wait') return WAIT;
      if (some !== null) return fault(look, 'some-endpoints', some.cause, 'likely', [...some.evidence, ...ids], { detail: some.detail, address: some.address });
      const loss = lossOnPath(look, address);
      if (loss === 'wait') return WAIT;
      if (loss !== null) return fault(look, branchOfLoss(loss), loss.cause, loss.confidence, loss.evidence, { address, detail: loss.detail });
      // How many failed of how many, as wherever tries differ.
      const detail = `${String(failed)}/${String(tries)}`;
      return fault(look, 'sometimes', 'tcp.intermittent', 'likely', [...ids, ...evidence], { address, detail });
    }
    return answers.includes(null) ? WAIT : follow('always', ids);
  },
};

/** Every connect to the address and port that was tried, those of requests and first words among them. */
function countTries(look: Look, address: string): { connected: number; failed: number; tries: number; evidence: readonly string[] } {
  const { port } = look.dependency;
  const seen = (['connect', 'request', 'exchange', 'tls'] as const).flatMap((kind) => look.all(kind, TARGET)).flatMap((answer) =>
    answer.observations.flatMap(({ id, fact }) => (fact.kind === 'connect' && fact.address === address && (fact.port ?? port) === port ? [{ id, outcome: fact.outcome }] : [])),
  );
  const connected = seen.filter(({ outcome }) => outcome === 'connected').length;
  return { connected, failed: seen.length - connected, tries: seen.length, evidence: seen.map(({ id }) => id) };
}
