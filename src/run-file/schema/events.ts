import { z } from 'zod';
import type { OutputLine } from '../../domain/command.ts';
import type { Dependency } from '../../domain/dependency.ts';
import type { LayerState } from '../../domain/layer.ts';
import { MEANINGS } from '../../domain/meaning.ts';
import type { Observation } from '../../domain/observation.ts';
import type { RunEvent, RunEventKind, RunEventOf } from '../../domain/run-event.ts';
import { RUN_PANELS } from '../../domain/run-panel.ts';
import type { Target } from '../../domain/target.ts';
import type { VantageIdentity } from '../../domain/vantage.ts';
import type { Wish } from '../../domain/wish.ts';
import type { CauseParameters, Conclusion, Note, PathStep, RuledOut, Untestable, Verdict } from '../../domain/verdict.ts';
import { access } from './access.ts';
import { exactly } from './exactly.ts';
import { fact } from './facts.ts';
import { foundIn } from './found-dependency.ts';
import { question } from './questions.ts';
import {
  argv, authorName, cause, commandFailure, confidence, containerName, contextName, count, hostName, layer, ms, namespaceName, nodeName, placeName, podName, port, serviceName, text, texts, word, words,
} from './values.ts';

const target = exactly<Target>()(
  z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('pod'),
      context: contextName,
      namespace: namespaceName,
      pod: podName,
      container: containerName,
      node: nodeName.nullable(),
      pickedFrom: text.nullable(),
    }),
    z.object({ kind: z.literal('local') }),
    z.object({ kind: z.literal('via'), argv }),
  ]),
).meta({ id: 'target' });

const dependency = exactly<Dependency>()(
  z.object({
    url: text,
    protocol: word,
    host: hostName,
    hostKind: z.enum(['name', 'ipv4', 'ipv6']),
    port,
    path: text,
    transport: z.enum(['tcp', 'udp']),
    tls: z.boolean(),
    application: z.enum(['http', 'grpc', 'postgres', 'mysql', 'redis', 'amqp', 'mongodb', 'kafka', 'smtp', 'dns']).nullable(),
    service: z.object({ name: serviceName, namespace: namespaceName.nullable() }).nullable(),
    assumedHttps: z.boolean(),
  }),
).meta({ id: 'dependency' });

const vantage = exactly<VantageIdentity>()(
  z.object({
    id: text,
    role: z.enum(['target', 'contrast']),
    kind: z.enum(['local', 'via', 'container', 'ephemeral', 'toolkit', 'node']),
    name: placeName,
    node: nodeName.nullable(),
    pod: z.object({ namespace: namespaceName, name: podName }).nullable(),
    relation: z.enum(['self', 'sibling', 'pod', 'node', 'outside', 'unknown']),
    prefix: argv,
  }),
).meta({ id: 'vantage' });

const observation = exactly<Observation>()(
  z.object({
    id: word,
    vantage: text,
    question,
    fact,
    dialect: word,
    command: argv,
    lines: texts,
    startedAtMs: ms,
    durationMs: ms,
  }),
).meta({ id: 'observation' });

const outputLine = exactly<OutputLine>()(z.object({ stream: z.enum(['stdout', 'stderr']), text, atMs: ms, meaning: z.enum(MEANINGS).exactOptional() })).meta({ id: 'output-line' });
const step = exactly<PathStep>()(z.object({ node: word, layer, answer: word.nullable(), observations: words })).meta({ id: 'path-step' });
const layerState = exactly<LayerState>()(
  z.object({ layer, status: z.enum(['pass', 'fail', 'warn', 'unknown', 'skipped']), observations: words }),
).meta({ id: 'layer-state' });
const parameters = exactly<CauseParameters>()(
  z.object({ host: hostName, port, address: text.exactOptional(), detail: text.exactOptional(), since: text.exactOptional(), contrast: text.exactOptional(), trustStore: z.literal('other').exactOptional() }),
).meta({ id: 'cause-parameters' });
const ruledOut = exactly<RuledOut>()(z.object({ cause, because: words }));
const untestable = exactly<Untestable>()(z.object({ question, vantage: text, reason: text }));
const note = exactly<Note>()(z.object({ cause, confidence, parameters, evidence: words }));

const verdict = exactly<Verdict>()(
  z.object({
    status: z.enum(['reachable', 'fault', 'inconclusive']),
    cause: cause.nullable(),
    layer: layer.nullable(),
    confidence,
    parameters,
    evidence: words,
    ruledOut: z.array(ruledOut),
    untestable: z.array(untestable),
    commands: z.array(argv),
  }),
).meta({ id: 'verdict' });

const conclusion = exactly<Conclusion>()(
  z.object({ verdict, notes: z.array(note), layers: z.array(layerState), path: z.array(step) }),
).meta({ id: 'conclusion' });

const asked = z.object({ vantage: text, question }).meta({ id: 'asked' });
const wish = exactly<Wish>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ask-again'), questions: z.array(asked) }),
    z.object({ kind: z.literal('ask-node'), node: word }),
    z.object({ kind: z.literal('compare'), vantage: text }),
  ]),
).meta({ id: 'wish' });

/** Every kind of event has a schema here, or this does not compile. */
export const EVENTS = {
  'run-started': exactly<RunEventOf<'run-started'>>()(
    z.object({
      kind: z.literal('run-started'),
      atMs: z.literal(0),
      runId: word,
      tool: z.object({ name: word, version: word }),
      target,
      dependency,
      startedAt: z.iso.datetime({ offset: true }),
      connectTimeoutMs: ms,
      hasCluster: z.boolean(),
    }),
  ),
  entered: exactly<RunEventOf<'entered'>>()(z.object({ kind: z.literal('entered'), atMs: ms, access })),
  'dependency-chosen': exactly<RunEventOf<'dependency-chosen'>>()(
    z.object({
      kind: z.literal('dependency-chosen'),
      atMs: ms,
      url: text,
      reason: z.enum(['failing', 'failed-before', 'only']),
      foundIn: z.array(foundIn),
      others: count,
    }),
  ),
  'vantage-joined': exactly<RunEventOf<'vantage-joined'>>()(z.object({ kind: z.literal('vantage-joined'), atMs: ms, vantage })),
  'vantage-unusable': exactly<RunEventOf<'vantage-unusable'>>()(
    z.object({ kind: z.literal('vantage-unusable'), atMs: ms, vantage: text, reason: text }),
  ),
  'question-asked': exactly<RunEventOf<'question-asked'>>()(
    z.object({ kind: z.literal('question-asked'), atMs: ms, key: text, asked, layer }),
  ),
  'command-started': exactly<RunEventOf<'command-started'>>()(
    z.object({ kind: z.literal('command-started'), atMs: ms, command: word, key: text, vantage: text, layer, argv }),
  ),
  output: exactly<RunEventOf<'output'>>()(z.object({ kind: z.literal('output'), atMs: ms, command: word, lines: z.array(outputLine) })),
  'command-ended': exactly<RunEventOf<'command-ended'>>()(
    z.object({ kind: z.literal('command-ended'), atMs: ms, command: word, exitCode: z.int().nullable(), failure: commandFailure.nullable() }),
  ),
  observed: exactly<RunEventOf<'observed'>>()(z.object({ kind: z.literal('observed'), atMs: ms, observation })),
  'tree-moved': exactly<RunEventOf<'tree-moved'>>()(
    z.object({ kind: z.literal('tree-moved'), atMs: ms, path: z.array(step), layers: z.array(layerState), waitingFor: texts, besides: z.array(step).exactOptional() }),
  ),
  wished: exactly<RunEventOf<'wished'>>()(z.object({ kind: z.literal('wished'), atMs: ms, wish, forgotten: texts })),
  concluded: exactly<RunEventOf<'concluded'>>()(z.object({ kind: z.literal('concluded'), atMs: ms, conclusion })),
  'run-ended': exactly<RunEventOf<'run-ended'>>()(
    z.object({ kind: z.literal('run-ended'), atMs: ms, reason: z.enum(['completed', 'timed-out', 'interrupted']) }),
  ),
  'note-left': exactly<RunEventOf<'note-left'>>()(
    z.object({ kind: z.literal('note-left'), atMs: ms, by: authorName, writtenAt: z.iso.datetime({ offset: true }), text: text.max(2_000) }),
  ),
  'driver-moved': exactly<RunEventOf<'driver-moved'>>()(z.object({ kind: z.literal('driver-moved'), atMs: ms, panel: z.enum(RUN_PANELS), zoomed: z.boolean() })),
} satisfies { readonly [K in RunEventKind]: z.ZodType<RunEventOf<K>> };

/** Kinds of lines that a recording holds after its first. */
export const EVENT_KINDS = Object.keys(EVENTS) as readonly RunEventKind[];

export const runEvent = z.discriminatedUnion('kind', Object.values(EVENTS) as never).meta({ id: 'event' }) as unknown as z.ZodType<RunEvent>;

