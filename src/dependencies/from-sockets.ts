import type { SocketsFact } from '../domain/facts.ts';
import type { Sighting } from '../domain/found-dependency.ts';
import { destinationAt, isLoopback } from './endpoint.ts';

/** States in which the other side is one that the application called, as far as the table tells. SYN_SENT first: it hangs now. */
const STATES = ['SYN_SENT', 'ESTABLISHED', 'CLOSE_WAIT', 'FIN_WAIT1', 'FIN_WAIT2', 'LAST_ACK'];

/** Destinations of the pod's own TCP connections: not those that others made to a port it listens on, and not those inside the pod. */
export function sightingsInSockets({ sockets }: SocketsFact): readonly Sighting[] {
  const listening = new Set(sockets.filter(({ state }) => stateOf(state) === 'LISTEN').map(({ localPort }) => localPort));
  const counted = new Map<string, { address: string; port: number; state: string; count: number }>();
  for (const { state, localPort, remoteAddress, remotePort } of sockets) {
    const name = stateOf(state);
    const address = remoteAddress.replace(/^::ffff:(?=\d+\.)/u, '');
    if (!STATES.includes(name) || listening.has(localPort) || isLoopback(address) || remotePort === 0) continue;
    const key = `${name} ${address} ${String(remotePort)}`;
    const one = counted.get(key) ?? { address, port: remotePort, state: name, count: 0 };
    counted.set(key, { ...one, count: one.count + 1 });
  }
  return [...counted.values()]
    .toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))
    .flatMap(({ address, port, state, count }) => {
      const dependency = destinationAt(address, port, '');
      return dependency === null ? [] : [{ dependency, foundIn: { kind: 'socket', state, address, port, count } as const }];
    });
}

/** ss writes SYN-SENT and ESTAB. */
function stateOf(state: string): string {
  const name = state.toUpperCase().replaceAll('-', '_');
  return name === 'ESTAB' ? 'ESTABLISHED' : name;
}
