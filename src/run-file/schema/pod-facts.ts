import { z } from 'zod';
import type { FactOf } from '../../domain/facts.ts';
import { DEPENDENCY_STATES } from '../../domain/found-dependency.ts';
import { exactly } from './exactly.ts';
import { logError } from './found-dependency.ts';
import { count, counts, hostName, ms, named, namedWords, port, text, texts, word } from './values.ts';

const socket = exactly<FactOf<'sockets'>['sockets'][number]>()(
  z.object({ state: word, localAddress: text, localPort: port, remoteAddress: text, remotePort: port, lastDataMs: ms.nullable().exactOptional() }),
);
const sockets = exactly<FactOf<'sockets'>>()(z.object({ kind: z.literal('sockets'), sockets: z.array(socket) }));

const processes = exactly<FactOf<'processes'>>()(
  z.object({
    kind: z.literal('processes'),
    processes: z.array(z.object({ pid: count, name: text, openFiles: count, openFilesLimit: count.nullable() })),
  }),
);

const flow = z.object({ source: text, destination: text, port: port.nullable(), answersGoTo: text, answered: z.boolean() });
const conntrack = exactly<FactOf<'conntrack'>>()(
  z.object({
    kind: z.literal('conntrack'),
    entries: count,
    limit: count.nullable(),
    insertFailed: count.nullable(),
    dropped: count.nullable(),
    flows: z.array(flow).nullable(),
  }),
);

const counters = exactly<FactOf<'counters'>>()(
  z.object({
    kind: z.literal('counters'),
    counters: counts,
    changes: counts.nullable(),
    sockets: z.object({ tcpInUse: count, tcpOrphaned: count, tcpTimeWait: count, udpInUse: count }).nullable(),
  }),
);

const endpoint = exactly<FactOf<'endpoints'>['endpoints'][number]>()(
  z.object({
    url: text,
    host: hostName,
    port,
    application: word.nullable(),
    tls: z.boolean(),
    state: z.enum(DEPENDENCY_STATES),
    lastErrorAgeMs: ms.nullable(),
    names: texts,
  }),
);
const endpoints = exactly<FactOf<'endpoints'>>()(
  z.object({ kind: z.literal('endpoints'), endpoints: z.array(endpoint), limits: z.array(z.object({ name: text, limitMs: ms })) }),
);

/** Facts of the pod itself, its kernel and its node's. */
export const podFacts = {
  log: exactly<FactOf<'log'>>()(z.object({ kind: z.literal('log'), linesRead: count, errors: z.array(logError) })),
  endpoints,
  sockets,
  processes,
  conntrack,
  counters,
  environment: exactly<FactOf<'environment'>>()(z.object({ kind: z.literal('environment'), proxies: named })),
  clock: exactly<FactOf<'clock'>>()(z.object({ kind: z.literal('clock'), offsetMs: ms, uncertaintyMs: ms, ourMs: ms.exactOptional() })),
  tools: exactly<FactOf<'tools'>>()(z.object({ kind: z.literal('tools'), tools: namedWords, versions: namedWords })),
};
