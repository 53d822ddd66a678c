import type { ExchangeFact, Fact } from '../domain/facts.ts';
import type { Question } from '../domain/question.ts';
import { printableStart } from '../tools/protocol/printable.ts';
import { recogniseProtocol } from '../tools/protocol/recognise.ts';
import { withChannel } from './by-tunnel.ts';
import type { Finding, ProbeContext } from './probe.ts';
import { openTunnel, type Tunnel } from './tunnel/index.ts';

/** Any service that answers at all answers something to this, if only with an error of its own. */
const DATAGRAM = Buffer.from('\r\n');

/**
 * One datagram to a UDP port. Only an answer shows that somebody is there; silence shows nothing (`silent`), and an ICMP port
 * unreachable that nothing listens (a connect fact, `refused`).
 */
export async function datagramByTunnel(question: Extract<Question, { kind: 'exchange' }>, context: ProbeContext): Promise<Finding> {
  const { address, port } = question;
  const destination = { address, port, transport: 'udp' } as const;
  return withChannel(context, destination, async (access) => {
    const result = await openTunnel(access, destination);
    const dialect = access.dialect.id;
    if (result.kind === 'failed') return { facts: result.facts, dialect, command: result.argv, lines: result.lines };
    const { tunnel } = result;
    try {
      return { facts: await sendAndWait(tunnel, question, context), dialect, command: tunnel.argv, lines: tunnel.lines() };
    } finally {
      tunnel.close();
    }
  });
}

async function sendAndWait(tunnel: Tunnel, { address, port, protocol }: Extract<Question, { kind: 'exchange' }>, context: ProbeContext): Promise<readonly Fact[]> {
  const sentAt = performance.now();
  const { promise, resolve } = Promise.withResolvers<Buffer | 'ended' | 'silent'>();
  const timer = setTimeout(() => { resolve('silent'); }, context.limits.connectTimeoutMs);
  tunnel.stream.once('data', (chunk: Buffer) => { resolve(chunk); });
  tunnel.stream.once('end', () => { resolve('ended'); });
  context.signal.addEventListener('abort', () => { resolve('ended'); }, { once: true });
  tunnel.stream.write(DATAGRAM);
  const answer = await promise;
  clearTimeout(timer);
  if (answer === 'ended') {
    // The command ended by itself: its last words say whether the port was refused.
    const said = await tunnel.connection();
    return said.filter((fact) => fact.kind !== 'connect' || fact.outcome !== 'connected');
  }
  const bytes = answer === 'silent' ? Buffer.alloc(0) : answer;
  const fact: ExchangeFact = {
    kind: 'exchange',
    host: null,
    address,
    port,
    protocol,
    outcome: answer === 'silent' ? 'silent' : 'answered',
    recognised: recogniseProtocol(bytes),
    firstBytes: printableStart(bytes),
    elapsedMs: Math.round(performance.now() - sentAt),
  };
  return [fact];
}
