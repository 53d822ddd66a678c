import type { Question } from '../domain/question.ts';
import { withChannel } from './by-tunnel.ts';
import { queryOverChannel } from './dns/query-over-channel.ts';
import type { Finding, ProbeContext } from './probe.ts';
import { openTunnel, type Tunnel, type TunnelAccess } from './tunnel/index.ts';
import type { ByteChannel } from '../domain/vantage.ts';
import type { Fact } from '../domain/facts.ts';

type Query = Extract<Question, { kind: 'query' }>;

const DNS_PORT = 53;

/** A DNS message of our own, put to a nameserver from inside the vantage's network. */
export async function queryByTunnel(question: Query, context: ProbeContext): Promise<Finding> {
  const destination = { address: question.nameserver, port: DNS_PORT, transport: question.transport };
  return withChannel(context, destination, async (access) => {
    const result = await openTunnel(access, destination);
    const dialect = `dns over ${access.dialect.id}`;
    if (result.kind === 'failed') {
      const facts = result.facts.map((fact) => asAnswer(fact, question));
      return { facts, dialect, command: result.argv, lines: result.lines };
    }
    const { tunnel } = result;
    try {
      const fact = await queryOverChannel(asChannel(tunnel, access), question, context.limits, context.signal);
      return { facts: [fact], dialect, command: tunnel.argv, lines: tunnel.lines() };
    } finally {
      tunnel.close();
    }
  });
}

/** A nameserver whose port cannot be reached has not answered the question. */
function asAnswer(fact: Fact, { name, nameserver, recordType, transport }: Query): Fact {
  if (fact.kind !== 'connect' || fact.outcome === 'connected') return fact;
  return {
    kind: 'resolve',
    name,
    nameserver,
    recordType,
    transport,
    outcome: fact.outcome === 'timeout' ? 'timeout' : 'unreachable',
    addresses: [],
    canonicalNames: [],
    answeredName: null,
    truncated: false,
    elapsedMs: fact.elapsedMs,
  };
}

/** A tunnel as the byte channel that it is made of. When it ends, its command's words say why. */
function asChannel(tunnel: Tunnel, { dialect }: TunnelAccess): ByteChannel {
  const { stream, close, lines } = tunnel;
  const ended = new Promise<void>((resolve) => {
    stream.once('close', () => { resolve(); });
    stream.once('end', () => { resolve(); });
  });
  return {
    write: (bytes) => { stream.write(bytes); },
    output: stream,
    result: ended.then(async () => {
      await tunnel.ending();
      const stderr = lines().join('\n');
      return { exitCode: stderr === '' ? 0 : 1, failure: null, detail: dialect.id, stdout: '', stderr, lines: [], durationMs: 0 };
    }),
    close,
  };
}
