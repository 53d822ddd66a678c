/** Situations for the tree, made from short facts: what was told is an answer, what was not told is not answered yet. */
import { parseDependency, type Dependency } from '../../src/domain/dependency.ts';
import type { Fact, UnavailableReason } from '../../src/domain/facts.ts';
import type { Observation } from '../../src/domain/observation.ts';
import { askedKey, type Asked, type Question } from '../../src/domain/question.ts';
import type { Target } from '../../src/domain/target.ts';
import type { VantageIdentity } from '../../src/domain/vantage.ts';
import { earlyQuestions } from '../../src/tree/early.ts';
import { Look, TARGET, type Situation } from '../../src/tree/look.ts';
import type { Decision } from '../../src/tree/node.ts';
import { TREE } from '../../src/tree/tree.ts';
import { walk, type Walk } from '../../src/tree/walk.ts';

/** One answered question. */
export interface Told {
  readonly vantage: string;
  readonly question: Question;
  readonly facts: readonly Fact[];
  /** How long the answer took, 1 when nothing depends on it. */
  readonly durationMs?: number;
  /** What asked, 'test' when nothing depends on it. */
  readonly dialect?: string;
}

export const POD: Target = {
  kind: 'pod', context: 'test', namespace: 'shop', pod: 'orders-1', container: 'app', node: 'n1', pickedFrom: null,
};

export interface Setting {
  readonly to: string;
  readonly told?: readonly Told[];
  /** Asked from a pod of a cluster whose API can be read; else from this machine without one. */
  readonly pod?: boolean;
  readonly contrasts?: readonly VantageIdentity[];
  /** Asked beside the container, with another image's files. */
  readonly hasOtherFiles?: boolean;
  /** How long questions without an answer have been waiting. */
  readonly waitingMs?: readonly { readonly vantage?: string; readonly question: Question; readonly ms: number }[];
}

export function dependencyOf(text: string): Dependency {
  const parsed = parseDependency(text);
  if (!parsed.ok) throw new Error(`not a dependency: ${text} (${parsed.code})`);
  return parsed.dependency;
}

export function contrast(name: string, relation: VantageIdentity['relation'], node: string | null = null): VantageIdentity {
  return {
    id: `contrast:${name}`, role: 'contrast', kind: 'via', name, node, pod: null, relation, prefix: ['at', name],
  };
}

export function situation({ to, told = [], pod = false, contrasts = [], waitingMs = [], hasOtherFiles = false }: Setting): Situation {
  const answers = new Map<string, readonly Observation[]>();
  const numbering = { last: 0 };
  for (const one of told) {
    const key = askedKey(one);
    if (answers.has(key)) throw new Error(`told twice: ${key}`);
    answers.set(key, observationsOf(one, one.facts, numbering, one));
  }
  return {
    target: pod ? POD : { kind: 'local' },
    dependency: dependencyOf(to),
    contrasts,
    cluster: pod,
    hasOtherFiles,
    connectTimeoutMs: 3000,
    answers,
    waitingMs: new Map(waitingMs.map(({ vantage = TARGET, question, ms }) => [askedKey({ vantage, question }), ms])),
  };
}

export function key(question: Question, vantage: string = TARGET): string {
  return askedKey({ vantage, question });
}

/** Keys of what is asked before the walk comes to it. */
export function askedEarly(setting: Setting): readonly string[] {
  return earlyQuestions(situation(setting)).map(askedKey);
}

function observationsOf({ vantage, question }: Asked, facts: readonly Fact[], numbering: { last: number }, { durationMs = 1, dialect = 'test' }: Partial<Told> = {}): readonly Observation[] {
  return facts.map((fact) => {
    numbering.last += 1;
    const id = `o${String(numbering.last)}`;
    return { id, vantage, question, fact, dialect, command: ['ask', question.kind], lines: [], startedAtMs: 0, durationMs };
  });
}

export function unavailable(reason: UnavailableReason = 'no-tool'): Fact {
  return { kind: 'unavailable', reason, detail: `${reason} here` };
}

/** The same situation with answers for the questions given: each as `answer` says, unavailable unless told otherwise. */
export function answered(before: Situation, asked: readonly Asked[], answer: (asked: Asked) => readonly Fact[] = () => [unavailable()]): Situation {
  const answers = new Map(before.answers);
  const numbering = { last: [...answers.values()].flat().length };
  // Ids must stay unique when an answer was removed before.
  const taken = new Set([...answers.values()].flat().map(({ id }) => Number(id.slice(1))));
  numbering.last = Math.max(numbering.last, ...taken, 0);
  for (const one of asked) if (!answers.has(askedKey(one))) answers.set(askedKey(one), observationsOf(one, answer(one), numbering));
  const waitingMs = new Map([...before.waitingMs].filter(([key]) => !answers.has(key)));
  return { ...before, answers, waitingMs };
}

/** More than any walk asks for in turn. */
const MOST_ROUNDS = 60;

/** Walks to the end: what a node waits for and nobody told is unavailable. A walk that waits for nothing, or for ever, is an error. */
export function walkToEnd(from: Situation, answer?: (asked: Asked) => readonly Fact[]): { readonly walk: Walk; readonly situation: Situation } {
  let current = from;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const walked = walk(current);
    if (walked.ending !== null) return { walk: walked, situation: current };
    const open = walked.needs.filter((asked) => !current.answers.has(askedKey(asked)));
    if (open.length === 0) throw new Error(`${walked.path.at(-1)?.node ?? ''} waits for nothing`);
    current = answered(current, open, answer);
  }
  throw new Error('the walk does not end');
}

/** What one node decides, once all that it waits for and nobody told is unavailable. */
export function decide(node: string, from: Situation): Extract<Decision, { kind: 'branch' }> {
  const found = TREE.find(({ id }) => id === node);
  if (found === undefined) throw new Error(`no node ${node}`);
  let current = from;
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const look = new Look(current);
    const decision = found.decide(look);
    if (decision.kind === 'branch') return decision;
    const open = look.needs.filter((asked) => !current.answers.has(askedKey(asked)));
    if (open.length === 0) throw new Error(`${node} waits for nothing`);
    current = answered(current, open);
  }
  throw new Error(`${node} does not decide`);
}

/** What one node decides now: `wait`, or a branch. */
export function decideNow(node: string, from: Situation): { readonly decision: Decision; readonly needs: readonly string[] } {
  const look = new Look(from);
  const found = TREE.find(({ id }) => id === node);
  if (found === undefined) throw new Error(`no node ${node}`);
  const decision = found.decide(look);
  return { decision, needs: look.needs.map(askedKey) };
}

export function observationOf(from: Situation, id: string): Observation | undefined {
  return [...from.answers.values()].flat().find((one) => one.id === id);
}
