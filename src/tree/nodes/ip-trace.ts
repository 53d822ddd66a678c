import type { IcmpError, InterfacesFact, TraceFact } from '../../domain/facts.ts';
import { lowTtlRouter, pathErrors, routingLoop } from '../../domain/trace-reading.ts';
import { fault, follow, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Answer, Look } from '../look.ts';
import { connectQuestion, connections, idsOf } from '../reading.ts';
import { askAboutPath, elsewhere, failingElsewhere, helpful, hopeful, otherPorts, pingQuestion, signOfLife, silentAddress, sparingTrace, traceQuestion, wantsSparingTrace } from '../silence.ts';

interface PathError {
  readonly from: string | null;
  readonly error: IcmpError;
}

/** What is known of the path: from here, or, where nothing here can trace it, from a place where the same connect fails. */
interface PathView {
  readonly trace: TraceFact | null;
  readonly said: readonly PathError[];
  readonly ids: readonly string[];
  /** Name of the place that saw it; undefined for the target itself. */
  readonly seenFrom: string | undefined;
}

/** The guide's traceroute step: where does the path end, and does anybody on it say why? */
export const ipTrace: TreeNode = {
  id: 'ip.trace',
  layer: 'internet',
  branches: [
    { id: 'loops', goto: null, causes: ['ip.routing-loop'] },
    { id: 'same-ttl', goto: null, causes: ['ip.path-dead-after'] },
    { id: 'prohibited', goto: null, causes: ['ip.prohibited'] },
    { id: 'unreachable', goto: null, causes: ['ip.unreachable'] },
    { id: 'port-rejected', goto: null, causes: ['tcp.rejected-on-path'] },
    { id: 'looked-for-near', goto: null, causes: ['ip.cidr-overlap'] },
    { id: 'reached', goto: 'tcp.repeat', causes: [] },
    { id: 'stops', goto: 'tcp.repeat', causes: [] },
    { id: 'cannot-ask', goto: 'tcp.repeat', causes: [] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (address === null) return follow('cannot-ask');
    askAboutPath(look, address);
    const own = ownView(look, address);
    if (own === null) return WAIT;
    const found = judge(look, address, own);
    if (found !== null) return found;
    if (own.trace !== null) return follow(own.trace.reached ? 'reached' : 'stops', own.ids);
    const other = viewFromElsewhere(look, address);
    if (other === 'wait') return WAIT;
    return (other === null ? null : judge(look, address, other)) ?? follow('cannot-ask', own.ids);
  },
};

function ownView(look: Look, address: string): PathView | null {
  if (wantsSparingTrace(look, address)) {
    const sparing = sparingTrace(look, address);
    if (sparing === null) return null;
    const seen = sparing === 'late' ? null : sparing.fact('trace');
    if (sparing !== 'late' && seen !== null && (pathErrors(seen).length > 0 || routingLoop(seen) !== null)) {
      return { trace: seen, said: pathErrors(seen), ids: [...sparing.ids('trace'), ...idsOf(connections(look))], seenFrom: undefined };
    }
  }
  const trace = helpful(look, traceQuestion(look, address));
  const ping = helpful(look, pingQuestion(address));
  if (trace === null || ping === null) return null;
  const fact = trace === 'late' ? null : trace.fact('trace');
  const errors = ping === 'late' ? [] : (ping.fact('ping')?.errors ?? []);
  const ids = [trace, ping].flatMap((one) => (one === 'late' ? [] : [...one.ids('trace'), ...one.ids('ping')]));
  const view = { trace: fact, said: [...(fact === null ? [] : pathErrors(fact)), ...errors], seenFrom: undefined };
  return { ...view, ids: [...ids, ...idsOf(connections(look))] };
}

function viewFromElsewhere(look: Look, address: string): PathView | null | 'wait' {
  const other = failingElsewhere(look, address);
  if (other === null || other === 'wait') return other;
  const trace: Answer | 'late' | null = helpful(look, traceQuestion(look, address), other.vantage.id);
  if (trace === null) return 'wait';
  const fact = trace === 'late' ? null : trace.fact('trace');
  if (trace === 'late' || fact === null) return null;
  const ids = [...trace.ids('trace'), ...other.answer.ids('connect'), ...idsOf(connections(look))];
  return { trace: fact, said: pathErrors(fact), ids, seenFrom: other.vantage.name };
}

function judge(look: Look, address: string, view: PathView): Decision | null {
  const { trace, ids, seenFrom } = view;
  const confidence = seenFrom === undefined ? 'certain' : 'likely';
  const details = { address, contrast: seenFrom };
  const loop = trace === null ? null : routingLoop(trace);
  if (loop !== null) return fault(look, 'loops', 'ip.routing-loop', confidence, ids, { ...details, detail: loop.addresses.join(' ↔ ') });
  const last = trace === null ? null : lowTtlRouter(trace);
  if (last !== null) return fault(look, 'same-ttl', 'ip.path-dead-after', 'likely', ids, { ...details, detail: `${last} (TTL)` });
  const own = ownAddresses(look.peek({ kind: 'interfaces' })?.fact('interfaces') ?? null);
  // What this kernel says of its own neighbour is no router's word: the link step reads that.
  const errors = view.said.filter(({ from, error }) => isRefusal(error) && from !== null && !own.has(from));
  const prohibited = errors.find(({ error }) => error === 'prohibited');
  const alive = prohibited === undefined ? null : signOfLife(look, address);
  if (prohibited !== undefined && prohibited.from !== address && alive === null && mayStillAnswer(look, address)) return WAIT;
  if (prohibited !== undefined && (prohibited.from === address || alive !== null)) {
    return fault(look, 'port-rejected', 'tcp.rejected-on-path', 'likely', [...ids, ...(alive?.ids() ?? [])], { ...details, detail: prohibited.from ?? undefined });
  }
  if (prohibited !== undefined) {
    return fault(look, 'prohibited', 'ip.prohibited', confidence, ids, { ...details, detail: prohibited.from ?? undefined });
  }
  const unreachable = errors.find(({ from }) => from !== address);
  if (unreachable === undefined) return null;
  // A firewall can reject one port with any ICMP error; a router that knows no way knows none for the other ports either.
  const living = signOfLife(look, address);
  if (living === null && mayStillAnswer(look, address)) return WAIT;
  if (living !== null) {
    return fault(look, 'port-rejected', 'tcp.rejected-on-path', 'likely', [...ids, ...living.ids()], { ...details, detail: unreachable.from ?? undefined });
  }
  if (unreachable.error === 'host-unreachable' && unreachable.from === firstHop(trace)) {
    const { connected, waiting } = elsewhere(look, address);
    if (waiting) return WAIT;
    const other = connected[0];
    // The next router looks for it on a link of its own, and others reach it: two networks have the same addresses.
    if (other !== undefined) {
      const evidence = [...ids, ...other.answer.ids('connect')];
      return fault(look, 'looked-for-near', 'ip.cidr-overlap', 'likely', evidence, { address, detail: unreachable.from ?? undefined, contrast: other.vantage.name });
    }
  }
  return fault(look, 'unreachable', 'ip.unreachable', confidence, ids, { ...details, detail: unreachable.from ?? undefined });
}

/** Whether the host itself answers anything tells a closed port from a closed host. */
function mayStillAnswer(look: Look, address: string): boolean {
  const ports = otherPorts(look.dependency.port).map((port) => hopeful(look, connectQuestion(address, port)));
  return [hopeful(look, pingQuestion(address)), ...ports].includes(null);
}

/** The router next to the place that was traced from. */
function firstHop(trace: TraceFact | null): string | null {
  const hop = trace?.hops.find(({ ttl }) => ttl === 1);
  return hop?.replies.find(({ address }) => address !== null)?.address ?? null;
}

function isRefusal(error: IcmpError): boolean {
  return error === 'network-unreachable' || error === 'host-unreachable' || error === 'prohibited';
}

function ownAddresses(fact: InterfacesFact | null): ReadonlySet<string> {
  return new Set((fact?.interfaces ?? []).flatMap((one) => one.addresses.map((address) => address.split('/')[0] ?? '')));
}
