import type { ClusterReader, ClusterResult } from '../../domain/cluster.ts';
import type { PolicyFact } from '../../domain/facts.ts';
import type { Question } from '../../domain/question.ts';
import { evaluateConnection, policyFacts, readWorld, unreadableName, type Connection } from '../../policy/index.ts';

type PolicyQuestion = Extract<Question, { kind: 'policy' }>;

/** What the policies declare about one connection of the target: egress at it, and ingress where it goes to pods of the cluster. */
export async function answerPolicy(
  reader: ClusterReader,
  target: { readonly namespace: string; readonly pod: string },
  { address, port, transport }: PolicyQuestion,
  signal: AbortSignal,
): Promise<ClusterResult<readonly PolicyFact[]>> {
  const read = await reader.policyObjects({ ...target, addresses: [address], port, service: null, peer: null }, signal);
  if (!read.ok) return read;
  const { world } = readWorld(read.value);
  const pod = world.podNamed(target.namespace, target.pod);
  if (pod === null) return { ok: false, failure: { kind: 'failed', status: null, detail: 'the pod has ended' } };
  const connection: Connection = {
    from: { kind: 'pod', pod },
    to: { kind: 'address', address },
    port,
    protocol: transport === 'udp' ? 'UDP' : 'TCP',
  };
  return { ok: true, value: policyFacts(connection, evaluateConnection(connection, world), world, read.value.unreadable.map(unreadableName)) };
}
