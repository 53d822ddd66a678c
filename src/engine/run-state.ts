import type { Observation } from '../domain/observation.ts';
import { askedKey, type Asked } from '../domain/question.ts';
import { isClusterQuestion } from './ask.ts';
import { earlyQuestions } from '../tree/early.ts';
import type { Situation } from '../tree/look.ts';
import { walk, type Walk } from '../tree/walk.ts';
import type { DiagnosisRequest } from './request.ts';

/** What has been asked and answered so far; gives the tree the situation to decide on. */
export class RunState {
  readonly #request: DiagnosisRequest;
  readonly #answers = new Map<string, readonly Observation[]>();
  readonly #askedAtMs = new Map<string, number>();
  #observationCount = 0;

  constructor(request: DiagnosisRequest) {
    this.#request = request;
  }

  get observations(): readonly Observation[] {
    return [...this.#answers.values()].flat();
  }

  situation(nowMs: number): Situation {
    const waitingMs = new Map<string, number>();
    for (const [key, askedAtMs] of this.#askedAtMs) if (!this.#answers.has(key)) waitingMs.set(key, nowMs - askedAtMs);
    return {
      target: this.#request.target,
      dependency: this.#request.dependency,
      contrasts: this.#request.contrasts.map(({ identity }) => identity),
      cluster: this.#request.askCluster !== null,
      connectTimeoutMs: this.#request.connectTimeoutMs,
      answers: this.#answers,
      waitingMs,
    };
  }

  walk(nowMs: number): Walk {
    return walk(this.situation(nowMs));
  }

  /** What should be asked now and was not yet: what the tree waits for first, then the cheap early questions. */
  toAsk(current: Walk, nowMs: number): readonly Asked[] {
    const wanted = current.ending === null ? [...current.needs, ...earlyQuestions(this.situation(nowMs))] : [];
    const fresh = new Map<string, Asked>();
    for (const asked of wanted) {
      const key = askedKey(asked);
      if (this.#askedAtMs.has(key)) continue;
      // What a vantage has is looked up before the first question there, as a question of its own.
      const survey: Asked = { vantage: asked.vantage, question: { kind: 'tools' } };
      if (!isClusterQuestion(asked.question) && !this.#askedAtMs.has(askedKey(survey))) fresh.set(askedKey(survey), survey);
      fresh.set(key, asked);
    }
    return [...fresh.values()];
  }

  asked(key: string, nowMs: number): void {
    this.#askedAtMs.set(key, nowMs);
  }

  wasAsked(key: string): boolean {
    return this.#askedAtMs.has(key);
  }

  nextObservationId(): string {
    this.#observationCount += 1;
    return `o${String(this.#observationCount)}`;
  }

  answered(key: string, observations: readonly Observation[]): void {
    this.#answers.set(key, observations);
  }

  isAnswered(key: string): boolean {
    return this.#answers.has(key);
  }
}
