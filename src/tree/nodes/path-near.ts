import { lastAnsweringHop } from '../../domain/trace-reading.ts';
import { fault, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Look } from '../look.ts';
import { connections, idsOf } from '../reading.ts';
import { elsewhere, silentAddress, traceQuestion, type Elsewhere } from '../silence.ts';

/** It connects from elsewhere and not from here: what have the places in common that fail? */
export const pathNear: TreeNode = {
  id: 'path.near',
  layer: 'transport',
  branches: [
    { id: 'this-node', goto: null, causes: ['node.single-node-fault'] },
    { id: 'only-pods', goto: null, causes: ['tcp.filtered-from-pods'] },
    { id: 'not-translated', goto: null, causes: ['ip.not-masqueraded'] },
    { id: 'ends-early', goto: null, causes: ['ip.path-dead-after'] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (address === null) return WAIT;
    const { connected, failed } = elsewhere(look, address);
    const ids = [...idsOf(connections(look)), ...connected.flatMap(({ answer }) => answer.ids()), ...failed.flatMap(({ answer }) => answer.ids())];
    return byNode(look, address, connected, failed, ids) ?? byPath(look, address, connected, ids) ?? onlyPods(look, address, connected, ids);
  },
};

type Places = readonly Elsewhere[];

function isPod({ vantage }: Elsewhere): boolean {
  return vantage.relation === 'sibling' || vantage.relation === 'pod';
}

/** Pods of this node fail, pods of another node connect. */
function byNode(look: Look, address: string, connected: Places, failed: Places, ids: readonly string[]): Decision | null {
  const { target } = look.situation;
  const node = target.kind === 'pod' ? target.node : null;
  if (node === null) return null;
  const otherNode = connected.find((place) => isPod(place) && place.vantage.node !== node);
  const sameNodeFails = failed.some((place) => isPod(place) && place.vantage.node === node);
  const sameNodeConnects = connected.some((place) => isPod(place) && place.vantage.node === node);
  if (otherNode === undefined || sameNodeConnects || !sameNodeFails) return null;
  return fault(look, 'this-node', 'node.single-node-fault', 'certain', ids, { address, detail: node, contrast: otherNode.vantage.name });
}

/** Both paths traced: does ours end where the other goes on? */
function byPath(look: Look, address: string, connected: Places, ids: readonly string[]): Decision | null {
  const other = connected.find((place) => !isPod(place)) ?? connected[0];
  const ours = look.peek(traceQuestion(look, address));
  const fact = ours?.fact('trace') ?? null;
  if (other === undefined || ours === null || fact === null || fact.reached) return null;
  const theirs = look.need(traceQuestion(look, address), other.vantage.id);
  if (theirs === null) return WAIT;
  const theirFact = theirs.fact('trace');
  const last = lastAnsweringHop(fact);
  if (theirFact === null || last === null) return null;
  const theirLast = lastAnsweringHop(theirFact)?.ttl ?? 0;
  if (theirLast <= last.ttl) return null;
  const evidence = [...ids, ...ours.ids('trace'), ...theirs.ids('trace')];
  const details = { address, detail: last.address, contrast: other.vantage.name };
  // Only the pod's own node answers: routers beyond it send their answers to an address that they have no way to.
  if (last.ttl === 1 && other.vantage.relation !== 'sibling') return fault(look, 'not-translated', 'ip.not-masqueraded', 'likely', evidence, details);
  return fault(look, 'ends-early', 'ip.path-dead-after', 'likely', evidence, details);
}

function onlyPods(look: Look, address: string, connected: Places, ids: readonly string[]): Decision {
  const other = connected.find((place) => !isPod(place)) ?? connected[0];
  return fault(look, 'only-pods', 'tcp.filtered-from-pods', 'likely', ids, { address, contrast: other?.vantage.name });
}
