import type { Dependency } from '../domain/dependency.ts';
import type { FactKind, FactOf } from '../domain/facts.ts';
import type { Observation } from '../domain/observation.ts';
import { askedKey, type Asked, type Question } from '../domain/question.ts';
import type { Target } from '../domain/target.ts';
import type { VantageIdentity } from '../domain/vantage.ts';

export const TARGET = 'target';

/** All that a decision may depend on: plain data, so that a recorded run can be decided again. */
export interface Situation {
  readonly target: Target;
  readonly dependency: Dependency;
  readonly contrasts: readonly VantageIdentity[];
  /** True when a cluster's API can be asked. */
  readonly cluster: boolean;
  /** True when the questions are asked beside the container, with another image's files: what is trusted there says little of the application. */
  readonly hasOtherFiles: boolean;
  readonly connectTimeoutMs: number;
  /** Observations of every question that has been answered, by askedKey. An answered question has at least one. */
  readonly answers: ReadonlyMap<string, readonly Observation[]>;
  /** How long each asked and unanswered question has been waiting, in ms, by askedKey. */
  readonly waitingMs: ReadonlyMap<string, number>;
}

/** What came of one question. */
export interface Answer {
  readonly asked: Asked;
  readonly observations: readonly Observation[];
  /** The last fact of that kind, null when the answer has none. */
  fact<K extends FactKind>(kind: K): FactOf<K> | null;
  /** Ids of the observations that hold facts of this kind; all ids when no kind is given. */
  ids(kind?: FactKind): readonly string[];
  /** True when the question could not be asked or its answer not be read. */
  readonly unavailable: boolean;
}

/** A node's view of the situation. It remembers what the node asked for and has not got yet. */
export class Look {
  readonly situation: Situation;
  readonly #needs = new Map<string, Asked>();

  constructor(situation: Situation) {
    this.situation = situation;
  }

  get dependency(): Dependency {
    return this.situation.dependency;
  }

  /** Questions asked for and not answered yet. */
  get needs(): readonly Asked[] {
    return [...this.#needs.values()];
  }

  /** The answer, or null after noting that it is wanted. */
  need(question: Question, vantage: string = TARGET): Answer | null {
    const asked: Asked = { vantage, question };
    const answer = this.#answer(asked);
    if (answer === null) this.#needs.set(askedKey(asked), asked);
    return answer;
  }

  /** The answer if it is there; asks for nothing. */
  peek(question: Question, vantage: string = TARGET): Answer | null {
    return this.#answer({ vantage, question });
  }

  /** How long this question has been waiting for its answer, in ms; 0 when it is answered or was never asked. */
  waitingMs(question: Question, vantage: string = TARGET): number {
    return this.situation.waitingMs.get(askedKey({ vantage, question })) ?? 0;
  }

  /** Every answer to questions of one kind, at one vantage or at all. */
  all(kind: Question['kind'], vantage?: string): readonly Answer[] {
    const found: Answer[] = [];
    for (const observations of this.situation.answers.values()) {
      const first = observations[0];
      if (first === undefined || first.question.kind !== kind) continue;
      if (vantage !== undefined && first.vantage !== vantage) continue;
      found.push(answerOf({ vantage: first.vantage, question: first.question }, observations));
    }
    return found;
  }

  contrast(id: string): VantageIdentity | null {
    return this.situation.contrasts.find((vantage) => vantage.id === id) ?? null;
  }

  #answer(asked: Asked): Answer | null {
    const observations = this.situation.answers.get(askedKey(asked));
    return observations === undefined ? null : answerOf(asked, observations);
  }
}

function answerOf(asked: Asked, observations: readonly Observation[]): Answer {
  return {
    asked,
    observations,
    fact<K extends FactKind>(kind: K): FactOf<K> | null {
      const found = observations.findLast((observation) => observation.fact.kind === kind);
      return (found?.fact as FactOf<K> | undefined) ?? null;
    },
    ids: (kind) => observations.filter((one) => kind === undefined || one.fact.kind === kind).map((one) => one.id),
    unavailable: observations.every((observation) => observation.fact.kind === 'unavailable'),
  };
}
