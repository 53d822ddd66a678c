import { expect } from 'vitest';
import type { CauseId, Confidence } from '../../src/domain/cause.ts';
import { askedKey } from '../../src/domain/question.ts';
import type { VerdictStatus } from '../../src/domain/verdict.ts';
import type { Situation } from '../../src/tree/look.ts';
import type { Ending } from '../../src/tree/node.ts';
import type { Walk } from '../../src/tree/walk.ts';
import { observationOf } from './situation.ts';

/** `dns.nxdomain certain`, `reachable certain`, `inconclusive`: an ending in a line. */
export function shortly({ status, cause, confidence }: Ending): string {
  if (status === 'fault') return `${cause ?? '?'} ${confidence}`;
  if (status === 'reachable') return `reachable ${confidence}`;
  return cause === null ? 'inconclusive' : `inconclusive ${cause}`;
}

export type Shortly = `${CauseId} ${Confidence}` | `reachable ${Confidence}` | 'inconclusive' | `inconclusive ${CauseId}`;

const NEEDS_EVIDENCE: ReadonlySet<VerdictStatus> = new Set(['fault', 'reachable']);

/** What holds for every ending: evidence that exists, is named once, and says something. */
export function expectSound(ending: Ending, from: Situation): void {
  expect(new Set(ending.evidence).size, 'evidence is named once').toBe(ending.evidence.length);
  for (const id of [...ending.evidence, ...ending.notes.flatMap((note) => note.evidence)]) {
    expect(observationOf(from, id), `observation ${id}`).toBeDefined();
  }
  if (!NEEDS_EVIDENCE.has(ending.status)) return;
  const facts = ending.evidence.map((id) => observationOf(from, id)?.fact.kind);
  expect(facts.some((kind) => kind !== 'unavailable'), `${shortly(ending)} rests on something that was seen`).toBe(true);
  expect(ending.status === 'reachable', 'only a fault has a cause').toBe(ending.cause === null);
}

/** What holds for every walk: it ends, or waits for something that nobody has answered. */
export function expectSoundWalk(walked: Walk, from: Situation): void {
  expect(new Set(walked.path.map(({ node }) => node)).size, 'no node twice').toBe(walked.path.length);
  for (const step of walked.path) {
    for (const id of step.observations) expect(observationOf(from, id), `${step.node}: observation ${id}`).toBeDefined();
  }
  if (walked.ending !== null) {
    expectSound(walked.ending, from);
    return;
  }
  expect(walked.needs.length, `${walked.path.at(-1)?.node ?? ''} waits for nothing`).toBeGreaterThan(0);
  for (const asked of walked.needs) expect(from.answers.has(askedKey(asked)), `${askedKey(asked)} is answered already`).toBe(false);
}
