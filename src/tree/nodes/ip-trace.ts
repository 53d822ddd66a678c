import type { IcmpError } from '../../domain/facts.ts';
import { pathErrors, routingLoop } from '../../domain/trace-reading.ts';
import { fault, follow, WAIT, type TreeNode } from '../node.ts';
import { connections, idsOf } from '../reading.ts';
import { askAboutPath, helpful, pingQuestion, silentAddress, traceQuestion } from '../silence.ts';

interface PathError {
  readonly from: string | null;
  readonly error: IcmpError;
}

function isRefusal(error: IcmpError): boolean {
  return error === 'network-unreachable' || error === 'host-unreachable' || error === 'prohibited';
}

/** The guide's traceroute step: where does the path end, and does anybody on it say why? */
export const ipTrace: TreeNode = {
  id: 'ip.trace',
  layer: 'internet',
  branches: [
    { id: 'loops', goto: null, causes: ['ip.routing-loop'] },
    { id: 'prohibited', goto: null, causes: ['ip.prohibited'] },
    { id: 'unreachable', goto: null, causes: ['ip.unreachable'] },
    { id: 'reached', goto: 'tcp.repeat', causes: [] },
    { id: 'stops', goto: 'tcp.repeat', causes: [] },
    { id: 'cannot-ask', goto: 'tcp.repeat', causes: [] },
  ],
  decide(look) {
    const address = silentAddress(look);
    if (address === null) return follow('cannot-ask');
    askAboutPath(look, address);
    const trace = helpful(look, traceQuestion(look, address));
    const ping = helpful(look, pingQuestion(address));
    if (trace === null || ping === null) return WAIT;
    const fact = trace === 'late' ? null : trace.fact('trace');
    const echo = ping === 'late' ? null : ping.fact('ping');
    const own = ownAddresses(look.peek({ kind: 'interfaces' })?.fact('interfaces')?.interfaces ?? []);
    const said: PathError[] = [...(fact === null ? [] : pathErrors(fact)), ...(echo?.errors ?? [])];
    // What this kernel says of its own neighbour is no router's word: the link step reads that.
    const errors = said.filter(({ from, error }) => isRefusal(error) && (from === null || !own.has(from)));
    const ids = [...(trace === 'late' ? [] : trace.ids('trace')), ...(ping === 'late' ? [] : ping.ids('ping')), ...idsOf(connections(look))];
    const loop = fact === null ? null : routingLoop(fact);
    if (loop !== null) return fault(look, 'loops', 'ip.routing-loop', 'certain', ids, { address, detail: loop.addresses.join(' ↔ ') });
    const prohibited = errors.find(({ error }) => error === 'prohibited');
    if (prohibited !== undefined) {
      return fault(look, 'prohibited', 'ip.prohibited', 'certain', ids, { address, detail: prohibited.from ?? undefined });
    }
    const refused = errors[0];
    if (refused !== undefined && refused.from !== address) {
      return fault(look, 'unreachable', 'ip.unreachable', 'certain', ids, { address, detail: refused.from ?? undefined });
    }
    if (fact === null) return follow('cannot-ask', ids);
    return follow(fact.reached ? 'reached' : 'stops', ids);
  },
};

function ownAddresses(interfaces: readonly { readonly addresses: readonly string[] }[]): ReadonlySet<string> {
  return new Set(interfaces.flatMap((one) => one.addresses.map((address) => address.split('/')[0] ?? '')));
}
