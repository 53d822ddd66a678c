/** Runs the product on a scenario, by the code that `netdiag-tui run --via ... --contrast ...` runs. */
import process from 'node:process';
import { parseRunRequest } from '../../src/cli/options.ts';
import { startSession } from '../../src/cli/session/run-session.ts';
import type { Observation } from '../../src/domain/observation.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import type { VantageIdentity } from '../../src/domain/vantage.ts';
import type { Conclusion } from '../../src/domain/verdict.ts';
import { en } from '../../src/i18n/en.ts';

export interface Diagnosis {
  readonly conclusion: Conclusion;
  readonly observations: readonly Observation[];
  readonly durationMs: number;
  readonly endReason: string;
  readonly vantages: readonly VantageIdentity[];
  /** Every event, for what folds them. */
  readonly events: readonly RunEvent[];
}

export interface Asked {
  readonly prefix: readonly string[];
  readonly contrasts: readonly { readonly name: string; readonly prefix: readonly string[] }[];
  readonly dependency: string;
}

export async function diagnose(asked: Asked): Promise<Diagnosis> {
  const raw = {
    via: asked.prefix.join(' '),
    contrast: asked.contrasts.map(({ name, prefix }) => `${name}=${prefix.join(' ')}`),
    to: asked.dependency,
  };
  const request = parseRunRequest(undefined, raw, 'en', en);
  if (!request.ok) throw new Error(`not accepted: ${JSON.stringify(request.problem)}`);
  const session = await startSession(request.value, { signal: new AbortController().signal, env: process.env });
  if (!session.ok) throw new Error(`not started: ${JSON.stringify(session.problem)}`);
  const observations: Observation[] = [];
  const vantages: VantageIdentity[] = [];
  const events: RunEvent[] = [];
  let conclusion: Conclusion | null = null;
  let ended = { atMs: 0, reason: '' };
  for await (const event of session.value) {
    events.push(event);
    if (event.kind === 'vantage-joined') vantages.push(event.vantage);
    if (event.kind === 'observed') observations.push(event.observation);
    if (event.kind === 'concluded') conclusion = event.conclusion;
    if (event.kind === 'run-ended') ended = event;
  }
  if (conclusion === null) throw new Error('the run ended without a conclusion');
  return { conclusion, observations, durationMs: ended.atMs, endReason: ended.reason, vantages, events };
}
