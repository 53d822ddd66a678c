import { z } from 'zod';
import type { Certificate, Fact, FactKind, FactOf, HopReply } from '../../domain/facts.ts';
import { clusterFacts } from './cluster-facts.ts';
import { exactly } from './exactly.ts';
import { podFacts } from './pod-facts.ts';
import { count, distinguishedName, hostName, hostNames, ms, named, port, recordType, text, texts, word, words } from './values.ts';

const icmpError = z.enum([
  'network-unreachable',
  'host-unreachable',
  'port-unreachable',
  'protocol-unreachable',
  'fragmentation-needed',
  'prohibited',
  'ttl-exceeded',
  'other',
]).meta({ id: 'icmp-error' });

const unavailable = exactly<FactOf<'unavailable'>>()(
  z.object({
    kind: z.literal('unavailable'),
    reason: z.enum(['no-tool', 'not-permitted', 'not-understood', 'command-failed', 'vantage-lost', 'cancelled', 'timed-out']),
    detail: text,
  }),
);

const resolve = exactly<FactOf<'resolve'>>()(
  z.object({
    kind: z.literal('resolve'),
    name: hostName.nullable(),
    nameserver: hostName.nullable(),
    recordType,
    transport: z.enum(['udp', 'tcp']).nullable(),
    outcome: z.enum(['answered', 'nxdomain', 'no-data', 'servfail', 'refused', 'timeout', 'unreachable', 'not-found', 'try-again', 'failed']),
    addresses: texts,
    canonicalNames: hostNames,
    answeredName: hostName.nullable(),
    truncated: z.boolean(),
    elapsedMs: ms.nullable(),
    incomplete: z.boolean().exactOptional(),
  }),
);

const resolvConf = exactly<FactOf<'resolv-conf'>>()(
  z.object({ kind: z.literal('resolv-conf'), nameservers: texts, search: hostNames, options: words, ndots: count }),
);

const hostsFile = exactly<FactOf<'hosts-file'>>()(
  z.object({ kind: z.literal('hosts-file'), entries: z.array(z.object({ address: text, names: hostNames })) }),
);

const connect = exactly<FactOf<'connect'>>()(
  z.object({
    kind: z.literal('connect'),
    host: hostName.nullable(),
    address: text.nullable(),
    port: port.nullable(),
    transport: z.enum(['tcp', 'udp']),
    outcome: z.enum([
      'connected',
      'refused',
      'timeout',
      'reset',
      'network-unreachable',
      'host-unreachable',
      'protocol-unreachable',
      'not-permitted',
      'address-not-available',
      'name-not-resolved',
      'failed',
    ]),
    elapsedMs: ms.nullable(),
    detail: text.nullable(),
  }),
);

const exchange = exactly<FactOf<'exchange'>>()(
  z.object({
    kind: z.literal('exchange'),
    host: hostName.nullable(),
    address: text.nullable(),
    port: port.nullable(),
    protocol: word,
    outcome: z.enum(['answered', 'rejected', 'error', 'other-protocol', 'silent', 'open', 'closed', 'reset']),
    recognised: word.nullable(),
    firstBytes: text,
    elapsedMs: ms.nullable(),
  }),
);

const certificate = exactly<Certificate>()(
  z.object({ subject: distinguishedName, issuer: distinguishedName, names: hostNames, notBefore: word.nullable(), notAfter: word.nullable(), selfSigned: z.boolean() }),
).meta({ id: 'certificate' });

const tls = exactly<FactOf<'tls'>>()(
  z.object({
    kind: z.literal('tls'),
    host: hostName.nullable(),
    address: text.nullable(),
    port: port.nullable(),
    serverName: hostName.nullable(),
    established: z.boolean(),
    failure: z
      .enum([
        'expired',
        'not-yet-valid',
        'self-signed',
        'unknown-ca',
        'incomplete-chain',
        'hostname-mismatch',
        'plaintext',
        'version',
        'no-shared-cipher',
        'client-certificate-required',
        'unrecognized-name',
        'closed',
        'reset',
        'timeout',
        'untrusted',
        'handshake',
      ])
      .nullable(),
    verified: z.boolean(),
    verifyCode: z.int().nullable(),
    alert: z.int().nullable(),
    version: word.nullable(),
    cipher: word.nullable(),
    alpn: word.nullable(),
    chain: z.array(certificate),
    clientCertificateRequested: z.boolean().nullable(),
    detail: text.nullable(),
    elapsedMs: ms.nullable(),
  }),
);

const http = exactly<FactOf<'http'>>()(
  z.object({
    kind: z.literal('http'),
    url: text.nullable(),
    remoteAddress: text.nullable(),
    proxy: text.nullable(),
    outcome: z.enum(['response', 'no-answer', 'closed', 'reset', 'partial', 'not-http', 'proxy-refused']),
    status: z.int().nullable(),
    headers: named,
    bodyStart: text,
    connectMs: ms.nullable(),
    tlsMs: ms.nullable(),
    firstByteMs: ms.nullable(),
    totalMs: ms.nullable(),
  }),
);

const ping = exactly<FactOf<'ping'>>()(
  z.object({
    kind: z.literal('ping'),
    host: hostName.nullable(),
    address: text.nullable(),
    sent: count,
    received: count,
    lossPercent: z.number(),
    rttMs: z.object({ min: ms, avg: ms, max: ms }).nullable(),
    errors: z.array(z.object({ from: text.nullable(), error: icmpError })),
  }),
);

const hopReply = exactly<HopReply>()(z.object({ address: text.nullable(), rttMs: ms.nullable(), error: icmpError.nullable() }));

const trace = exactly<FactOf<'trace'>>()(
  z.object({
    kind: z.literal('trace'),
    host: hostName.nullable(),
    address: text.nullable(),
    method: z.enum(['udp', 'icmp', 'tcp']).nullable(),
    hops: z.array(z.object({ ttl: count, replies: z.array(hopReply) })),
    reached: z.boolean(),
    pathMtuBytes: count.nullable(),
  }),
);

const interfaces = exactly<FactOf<'interfaces'>>()(
  z.object({
    kind: z.literal('interfaces'),
    interfaces: z.array(
      z.object({
        name: text,
        up: z.boolean(),
        carrier: z.boolean().nullable(),
        loopback: z.boolean(),
        mtuBytes: count.nullable(),
        addresses: texts,
      }),
    ),
  }),
);

const routes = exactly<FactOf<'routes'>>()(
  z.object({
    kind: z.literal('routes'),
    family: z.union([z.literal(4), z.literal(6)]),
    routes: z.array(
      z.object({
        destination: text,
        gateway: text.nullable(),
        device: text.nullable(),
        source: text.nullable(),
        type: z.enum(['unicast', 'unreachable', 'prohibit', 'blackhole', 'local', 'throw']),
      }),
    ),
  }),
);

const neighbours = exactly<FactOf<'neighbours'>>()(
  z.object({
    kind: z.literal('neighbours'),
    neighbours: z.array(
      z.object({
        address: text,
        device: text.nullable(),
        linkAddress: text.nullable(),
        state: z.enum(['reachable', 'stale', 'delay', 'probe', 'incomplete', 'failed', 'permanent', 'noarp', 'unknown']),
      }),
    ),
  }),
);

/** Every kind of fact has a schema here, or this does not compile. */
const FACTS = {
  unavailable,
  resolve,
  'resolv-conf': resolvConf,
  'hosts-file': hostsFile,
  connect,
  exchange,
  tls,
  http,
  ping,
  trace,
  interfaces,
  routes,
  neighbours,
  ...podFacts,
  ...clusterFacts,
} satisfies { readonly [K in FactKind]: z.ZodType<FactOf<K>> };

export const fact = z.discriminatedUnion('kind', Object.values(FACTS) as never).meta({ id: 'fact' }) as unknown as z.ZodType<Fact>;
