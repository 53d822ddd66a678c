import { expect } from 'vitest';
import { z } from 'zod';
import { RUNGS } from '../../src/domain/access.ts';
import { CAUSE_IDS, layerOfCause } from '../../src/domain/cause.ts';
import { LAYERS } from '../../src/domain/layer.ts';

/** `netdiag-run/v1` field by field: what scripts rely on. A field that is not listed here is a change of the contract. */

const text = z.string().min(1);
const ids = z.array(z.string().regex(/^o\d+$/u));
const milliseconds = z.number().nonnegative();
const cause = z.enum(CAUSE_IDS);
const layer = z.enum(LAYERS);
const confidence = z.enum(['certain', 'likely', 'possible']);

const target = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('pod'), context: text, namespace: text, pod: text, container: text, node: text.nullable(), pickedFrom: text.nullable() }),
  z.strictObject({ kind: z.literal('local') }),
  z.strictObject({ kind: z.literal('via'), argv: z.array(text).min(1) }),
]);

const verdict = z.strictObject({
  status: z.enum(['reachable', 'fault', 'inconclusive']),
  cause: cause.nullable(),
  layer: layer.nullable(),
  confidence,
  summary: text,
  evidence: ids,
  ruledOut: z.array(z.strictObject({ cause, because: ids.min(1) })),
  untestable: z.array(z.strictObject({ question: text, vantage: text, reason: text })),
  nextSteps: z.array(text),
  commands: z.array(text),
});

const observation = z.strictObject({
  id: z.string(),
  vantage: text,
  question: z.looseObject({ kind: text }),
  fact: z.looseObject({ kind: text }),
  dialect: text,
  command: z.array(z.string()),
  lines: z.array(z.string()).max(40),
  startedAtMs: milliseconds,
  durationMs: milliseconds,
});

const rung = z.strictObject({
  rung: z.enum(RUNGS),
  place: text.nullable(),
  kept: z.strictObject({ network: z.boolean(), labels: z.boolean(), node: z.boolean(), files: z.boolean() }),
  refusal: z.strictObject({ kind: text, summary: text, missing: z.array(z.looseObject({ verb: text })), rules: text.nullable() }).nullable(),
  commands: z.array(z.array(z.string()).min(1)),
});

export const run = z.strictObject({
  schema: z.literal('netdiag-run/v1'),
  tool: z.strictObject({ name: z.literal('netdiag-tui'), version: text }),
  target,
  dependency: z.strictObject({
    url: text, protocol: text, host: text, port: z.int().min(1).max(65_535),
    chosen: z.strictObject({ reason: z.enum(['failing', 'failed-before', 'only']), foundIn: z.array(z.looseObject({ kind: text, text })), others: z.int().nonnegative() }).optional(),
  }),
  startedAt: z.iso.datetime(),
  durationMs: milliseconds,
  ended: z.enum(['completed', 'timed-out', 'interrupted']),
  verdict,
  notes: z.array(z.strictObject({ cause, confidence, summary: text, evidence: ids })),
  layers: z.array(z.strictObject({ layer, status: z.enum(['pass', 'fail', 'warn', 'unknown', 'skipped']), summary: text })),
  path: z.array(z.strictObject({ node: text, question: text, branch: text.nullable(), answer: text.nullable(), observations: ids })).min(1),
  access: z.strictObject({
    used: z.enum(RUNGS).nullable(),
    created: z.looseObject({}).nullable(),
    rungs: z.array(rung),
    compared: z.array(rung.extend({ created: z.looseObject({}).nullable() })),
  }).nullable(),
  vantages: z.array(z.strictObject({ id: text, name: text, kind: text, node: text.nullable() })).min(1),
  unusable: z.array(z.strictObject({ vantage: text, reason: text })),
  changes: z.strictObject({
    windowMs: milliseconds,
    changes: z.array(z.strictObject({ at: text, object: text, what: z.enum(['created', 'changed', 'condition', 'event']), by: text.nullable(), detail: text.nullable() })),
    unreadable: z.array(text),
  }).nullable(),
  observations: z.array(observation),
  remarks: z.array(z.strictObject({ by: text, writtenAt: text, text })),
});

export type Run = z.infer<typeof run>;

const failure = z.strictObject({
  schema: z.literal('netdiag-run/v1'),
  error: z.strictObject({ code: z.string().regex(/^[a-z]+(-[a-z]+)*$/u), message: text, hint: text }),
});

/** Standard output as the one object that it has to be. */
export function readRun(stdout: string): Run {
  const read = run.parse(JSON.parse(stdout));
  const known = new Set(read.observations.map(({ id }) => id));
  expect(known.size).toBe(read.observations.length);
  const named = [
    ...read.verdict.evidence,
    ...read.verdict.ruledOut.flatMap(({ because }) => because),
    ...read.notes.flatMap(({ evidence }) => evidence),
    ...read.path.flatMap(({ observations }) => observations),
  ];
  expect(named.filter((id) => !known.has(id))).toEqual([]);
  expect(read.layers.map((one) => one.layer)).toEqual([...LAYERS]);
  expect(read.verdict.layer).toBe(read.verdict.cause === null ? null : layerOfCause(read.verdict.cause));
  if (read.verdict.status !== 'inconclusive') expect(read.verdict.evidence).not.toEqual([]);
  return read;
}

export function readFailure(stdout: string): z.infer<typeof failure>['error'] {
  return failure.parse(JSON.parse(stdout)).error;
}
