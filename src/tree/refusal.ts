/** What is asked when a connect was refused: all of it at once. */
import type { Answer, Look } from './look.ts';
import { askEarlyForOthersProxies } from './others-proxy.ts';
import { connectQuestion, connections, isIpv6, isName, resolveQuestion, type Connection } from './reading.ts';
import { elsewhere, otherPorts, pingQuestion } from './silence.ts';

/** A refusal costs one round trip: with seven tries and a request, a server that refuses half of them is missed once in 256. */
const REFUSED_TRIES = [1, 2, 3, 4, 5, 6] as const;

/** The connection whose refusal is examined; null when none was refused. */
export function refusedConnection(look: Look): Connection | null {
  const refused = refusedConnections(look);
  return refused.find((one) => !isIpv6(one.address)) ?? refused[0] ?? null;
}

export function refusedConnections(look: Look): readonly Connection[] {
  return connections(look).filter((one) => one.fact.outcome === 'refused' || one.fact.outcome === 'reset');
}

export interface AboutRefusal {
  readonly again: readonly (Answer | null)[];
  readonly ping: Answer | null;
  readonly others: readonly (Answer | null)[];
  readonly elsewhere: ReturnType<typeof elsewhere>;
}

export function askAboutRefusal(look: Look, address: string): AboutRefusal {
  const { port } = look.dependency;
  return {
    again: REFUSED_TRIES.map((attempt) => look.need(connectQuestion(address, port, attempt))),
    ping: look.need(pingQuestion(address)),
    others: otherPorts(port).map((other) => look.need(connectQuestion(address, other))),
    elsewhere: elsewhere(look, address),
  };
}

/** Before the walk comes to it: on its way there it also wants to know what name and proxy others have. */
export function askEarlyForRefusal(look: Look): void {
  const refused = refusedConnection(look);
  if (refused === null) return;
  if (isName(look)) for (const { id } of look.situation.contrasts) look.need(resolveQuestion(look), id);
  askEarlyForOthersProxies(look);
  askAboutRefusal(look, refused.address);
}
