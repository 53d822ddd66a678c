import { z } from 'zod';
import type { Question, QuestionKind } from '../../domain/question.ts';
import { exactly } from './exactly.ts';
import { count, hostName, ms, namespaceName, port, serviceName, text, word } from './values.ts';

type QuestionOf<K extends QuestionKind> = Extract<Question, { kind: K }>;

function plain<K extends QuestionKind>(kind: K): z.ZodObject<{ kind: z.ZodLiteral<K> }> {
  return z.object({ kind: z.literal(kind) });
}

/** Every kind of question has a schema here, or this does not compile. */
const QUESTIONS = {
  tools: exactly<QuestionOf<'tools'>>()(plain('tools')),
  files: exactly<QuestionOf<'files'>>()(plain('files')),
  resolve: exactly<QuestionOf<'resolve'>>()(z.object({ kind: z.literal('resolve'), name: hostName, attempt: count.exactOptional() })),
  query: exactly<QuestionOf<'query'>>()(
    z.object({ kind: z.literal('query'), name: hostName, nameserver: hostName, recordType: z.enum(['A', 'AAAA']), transport: z.enum(['udp', 'tcp']), attempt: count.exactOptional() }),
  ),
  connect: exactly<QuestionOf<'connect'>>()(z.object({ kind: z.literal('connect'), address: text, port, attempt: count })),
  request: exactly<QuestionOf<'request'>>()(
    z.object({ kind: z.literal('request'), url: text, address: text.nullable(), direct: z.boolean(), attempt: count, segmentBytes: count.exactOptional() }),
  ),
  tls: exactly<QuestionOf<'tls'>>()(
    z.object({ kind: z.literal('tls'), address: text, port, serverName: hostName.nullable(), segmentBytes: count.exactOptional(), attempt: count.exactOptional() }),
  ),
  exchange: exactly<QuestionOf<'exchange'>>()(
    z.object({ kind: z.literal('exchange'), address: text, port, protocol: word, tls: z.boolean(), serverName: hostName.nullable(), attempt: count.exactOptional() }),
  ),
  ping: exactly<QuestionOf<'ping'>>()(z.object({ kind: z.literal('ping'), address: text, sizeBytes: count.exactOptional(), many: z.literal(true).exactOptional() })),
  trace: exactly<QuestionOf<'trace'>>()(
    z.object({ kind: z.literal('trace'), address: text, port: port.nullable(), sizeBytes: count.exactOptional(), sparing: z.literal(true).exactOptional() }),
  ),
  interfaces: exactly<QuestionOf<'interfaces'>>()(z.object({ kind: z.literal('interfaces'), again: z.literal(true).exactOptional() })),
  routes: exactly<QuestionOf<'routes'>>()(plain('routes')),
  neighbours: exactly<QuestionOf<'neighbours'>>()(z.object({ kind: z.literal('neighbours'), again: z.literal(true).exactOptional() })),
  sockets: exactly<QuestionOf<'sockets'>>()(z.object({ kind: z.literal('sockets'), again: z.literal(true).exactOptional() })),
  processes: exactly<QuestionOf<'processes'>>()(plain('processes')),
  conntrack: exactly<QuestionOf<'conntrack'>>()(z.object({ kind: z.literal('conntrack'), address: text, attempt: count })),
  counters: exactly<QuestionOf<'counters'>>()(z.object({ kind: z.literal('counters'), attempt: count })),
  'pod-state': exactly<QuestionOf<'pod-state'>>()(plain('pod-state')),
  'node-state': exactly<QuestionOf<'node-state'>>()(plain('node-state')),
  'cni-state': exactly<QuestionOf<'cni-state'>>()(plain('cni-state')),
  'proxy-state': exactly<QuestionOf<'proxy-state'>>()(plain('proxy-state')),
  'cluster-dns': exactly<QuestionOf<'cluster-dns'>>()(plain('cluster-dns')),
  'dns-server': exactly<QuestionOf<'dns-server'>>()(z.object({ kind: z.literal('dns-server'), name: hostName })),
  service: exactly<QuestionOf<'service'>>()(z.object({ kind: z.literal('service'), namespace: namespaceName, name: serviceName })),
  'service-at': exactly<QuestionOf<'service-at'>>()(z.object({ kind: z.literal('service-at'), address: text, port })),
  changes: exactly<QuestionOf<'changes'>>()(z.object({ kind: z.literal('changes'), namespace: namespaceName.nullable() })),
  log: exactly<QuestionOf<'log'>>()(z.object({ kind: z.literal('log'), watchMs: ms, about: text })),
  endpoints: exactly<QuestionOf<'endpoints'>>()(plain('endpoints')),
  policy: exactly<QuestionOf<'policy'>>()(z.object({ kind: z.literal('policy'), address: text, port, transport: z.enum(['tcp', 'udp']) })),
} satisfies { readonly [K in QuestionKind]: z.ZodType<QuestionOf<K>> };

export const question = z.discriminatedUnion('kind', Object.values(QUESTIONS) as never).meta({ id: 'question' }) as unknown as z.ZodType<Question>;
