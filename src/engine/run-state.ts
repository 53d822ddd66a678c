import type { Observation } from '../domain/observation.ts';
import { askedKey, type Asked } from '../domain/question.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import { isClusterQuestion } from './ask.ts';
import { askNode, type NodeAnswer } from '../tree/ask-node.ts';
import { earlyQuestions } from '../tree/early.ts';
import { TARGET, type Situation } from '../tree/look.ts';
import { walk, type Walk } from '../tree/walk.ts';
import { hasOtherFiles } from './other-files.ts';
import type { DiagnosisRequest } from './request.ts';

/** What has been asked and answered so far; gives the tree the situation to decide on. */
export class RunState {
  readonly #request: DiagnosisRequest;
  readonly #answers = new Map<string, readonly Observation[]>();
  readonly #askedAtMs = new Map<string, number>();
  readonly #contrasts: VantageIdentity[];
  /** What somebody wants answered, whatever the tree needs. */
  readonly #wanted = new Map<string, Asked>();
  readonly #nodes = new Set<string>();
  #observationCount = 0;

  constructor(request: DiagnosisRequest) {
    this.#request = request;
    this.#contrasts = request.contrasts.map(({ identity }) => identity);
  }

  get observations(): readonly Observation[] {
    return [...this.#answers.values()].flat();
  }

  /** The target first. */
  get vantages(): readonly VantageIdentity[] {
    return [this.#request.vantage.identity, ...this.#contrasts];
  }

  situation(nowMs: number): Situation {
    const waitingMs = new Map<string, number>();
    for (const [key, askedAtMs] of this.#askedAtMs) if (!this.#answers.has(key)) waitingMs.set(key, nowMs - askedAtMs);
    return {
      target: this.#request.target,
      dependency: this.#request.dependency,
      contrasts: this.#contrasts,
      cluster: this.#request.askCluster !== null,
      hasOtherFiles: hasOtherFiles(this.#request.target, this.#request.vantage.identity),
      connectTimeoutMs: this.#request.connectTimeoutMs,
      answers: this.#answers,
      waitingMs,
    };
  }

  walk(nowMs: number): Walk {
    return walk(this.situation(nowMs));
  }

  /** The nodes that somebody asked out of order, as far as they are. */
  besides(nowMs: number): readonly NodeAnswer[] {
    const situation = this.situation(nowMs);
    return [...this.#nodes].flatMap((node) => askNode(situation, node) ?? []);
  }

  /** What somebody wants to know and does not yet. */
  open(nowMs: number): readonly Asked[] {
    const wanted = [...this.#wanted.values(), ...this.besides(nowMs).flatMap(({ needs }) => needs)];
    return wanted.filter((asked) => !this.#answers.has(askedKey(asked)));
  }

  /** What should be asked now and was not yet: what the tree waits for first, then what somebody wants, then the cheap early questions. */
  toAsk(current: Walk, nowMs: number): readonly Asked[] {
    const early = current.ending === null ? earlyQuestions(this.situation(nowMs)) : [];
    const fresh = new Map<string, Asked>();
    for (const asked of [...current.needs, ...this.open(nowMs), ...early]) {
      const key = askedKey(asked);
      if (this.#askedAtMs.has(key)) continue;
      // What a vantage has is looked up before the first question there, as a question of its own.
      const survey = toolsOf(asked.vantage);
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

  join(contrast: VantageIdentity): void {
    this.#contrasts.push(contrast);
  }

  wantNode(node: string): void {
    this.#nodes.add(node);
  }

  /** These are asked, whatever the tree needs. */
  want(questions: readonly Asked[]): void {
    for (const asked of questions) this.#wanted.set(askedKey(asked), asked);
  }

  /** Forgets the answers to these as far as there are any: what is still being asked is not put twice. Gives the keys of what was forgotten. */
  forget(questions: readonly Asked[]): readonly string[] {
    const keys = questions.map(askedKey).filter((key) => this.#answers.has(key));
    for (const key of keys) {
      this.#answers.delete(key);
      this.#askedAtMs.delete(key);
    }
    return keys;
  }

  /** Before the run goes on: what was not answered, or only because time was over, can be asked anew. Gives the keys of what was forgotten. */
  forgetUnanswered(cutShort: ReadonlySet<string>): readonly string[] {
    const keys = [...cutShort].filter((key) => this.#answers.delete(key));
    for (const key of this.#askedAtMs.keys()) if (!this.#answers.has(key)) this.#askedAtMs.delete(key);
    return keys;
  }

  /** What changed lately was asked for and not told yet. */
  waitsForChanges(): boolean {
    return [...this.#askedAtMs.keys()].some((key) => key.startsWith(`${TARGET} changes `) && !this.#answers.has(key));
  }

  isAnswered(key: string): boolean {
    return this.#answers.has(key);
  }

  knowsTools(vantage: string): boolean {
    return this.#answers.has(askedKey(toolsOf(vantage)));
  }
}

function toolsOf(vantage: string): Asked {
  return { vantage, question: { kind: 'tools' } };
}
