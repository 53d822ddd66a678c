import { QUESTION_LAYER, askedKey, type Asked } from '../domain/question.ts';
import type { OutputLine } from '../domain/command.ts';
import type { RunEvent, RunEventOf } from '../domain/run-event.ts';
import { nothingFound, type CommandWatch, type Finding } from '../probes/probe.ts';
import type { Walk } from '../tree/walk.ts';
import type { Wish } from '../domain/wish.ts';
import { observationsOf, putQuestion } from './ask.ts';
import { sameQuestionsAt } from './compare.ts';
import { conclude } from './conclude.ts';
import { EventQueue } from './event-queue.ts';
import { layerStates } from './layers.ts';
import { Prober } from './prober.ts';
import type { DiagnosisRequest } from './request.ts';
import { RunState } from './run-state.ts';
import type { GrantableWish } from './wishes.ts';

/** How often the tree looks at the clock while nothing arrives: it asks further when an answer is suspiciously late. */
const TICK_MS = 50;
/** How long a verdict waits for what only accompanies it. */
const LAST_WORDS_MS = 1500;

type EndReason = RunEventOf<'run-ended'>['reason'];

/**
 * Runs one diagnosis and tells everything that happens, in order. It ends by itself: with the tree's ending, or at the time
 * limit or the signal with what is known by then. What is still running is cancelled then, and its remote process ended. With wishes
 * it goes on from there each time that one comes.
 */
export async function* runDiagnosis(request: DiagnosisRequest): AsyncGenerator<RunEvent> {
  const run = new Run(request);
  try {
    yield* run.events();
  } finally {
    run.cancel();
  }
}

class Run {
  readonly #request: DiagnosisRequest;
  readonly #state: RunState;
  readonly #queue = new EventQueue<RunEvent>();
  readonly #probers: Map<string, Prober>;
  /** Keys of the questions that were answered by the end of the time alone. */
  readonly #cutShort = new Set<string>();
  #stop = new AbortController();
  /** Moved on by the time that the run rests. */
  #startedAt = performance.now();
  #roundStartedAtMs = 0;
  #commandCount = 0;
  #shownPath = '';

  constructor(request: DiagnosisRequest) {
    this.#request = request;
    this.#state = new RunState(request);
    const vantages = [request.vantage, ...request.contrasts];
    this.#probers = new Map(vantages.map((vantage) => [vantage.identity.id, new Prober(vantage, request.connectTimeoutMs)]));
  }

  cancel(): void {
    this.#stop.abort();
  }

  async *events(): AsyncGenerator<RunEvent> {
    const { runId, tool, target, dependency, connectTimeoutMs, askCluster } = this.#request;
    const startedAt = new Date().toISOString();
    yield { kind: 'run-started', atMs: 0, runId, tool, target, dependency, startedAt, connectTimeoutMs, hasCluster: askCluster !== null };
    for (const prober of this.#probers.values()) {
      yield { kind: 'vantage-joined', atMs: this.#nowMs(), vantage: prober.vantage.identity };
    }
    yield* this.#round();
    const { wishes, signal } = this.#request;
    for (;;) {
      const restsAt = performance.now();
      if (wishes === undefined || !(await wishes.arrives(signal))) return;
      this.#startedAt += performance.now() - restsAt;
      this.#goOn();
      yield* this.#round();
    }
  }

  /** From where the run stands to a conclusion. */
  async *#round(): AsyncGenerator<RunEvent> {
    let reason = this.#endReason();
    let current = this.#step();
    while (!this.#isDone(current) && reason === null) {
      yield* this.#queue.drain();
      await this.#queue.ready(TICK_MS);
      yield* this.#queue.drain();
      current = this.#step();
      reason = this.#endReason();
    }
    if (!this.#isDone(current)) current = this.#settle(reason ?? 'interrupted');
    if (reason === null && current.ending?.status === 'fault') yield* this.#lastWords();
    yield* this.#queue.drain();
    this.cancel();
    const conclusion = conclude(current, this.#state.observations, this.#request.dependency, this.#state.vantages);
    yield { kind: 'concluded', atMs: this.#nowMs(), conclusion };
    yield { kind: 'run-ended', atMs: this.#nowMs(), reason: reason ?? 'completed' };
  }

  /** The tree has an ending, and nobody wants anything more. */
  #isDone(current: Walk): boolean {
    return current.ending !== null && this.#state.open(this.#nowMs()).length === 0;
  }

  /** After a conclusion: what was cancelled for it can be asked anew. */
  #goOn(): void {
    this.#stop = new AbortController();
    this.#roundStartedAtMs = this.#nowMs();
    const forgotten = this.#state.forgetUnanswered(this.#cutShort);
    this.#cutShort.clear();
    for (const [vantage, prober] of this.#probers) if (!this.#state.knowsTools(vantage)) prober.forgetTools();
    for (const wish of this.#request.wishes?.take() ?? []) this.#grant(wish, forgotten);
  }

  #grant(wish: GrantableWish, forgotten: readonly string[] = []): void {
    switch (wish.kind) {
      case 'ask-again': {
        const keys = this.#state.forget(wish.questions);
        for (const { vantage, question } of wish.questions) if (question.kind === 'tools') this.#probers.get(vantage)?.forgetTools();
        this.#state.want(wish.questions);
        this.#tellWish(wish, [...forgotten, ...keys]);
        return;
      }
      case 'ask-node':
        this.#state.wantNode(wish.node);
        this.#tellWish(wish, forgotten);
        return;
      case 'compare': {
        const { identity } = wish.vantage;
        this.#tellWish({ kind: 'compare', vantage: identity.id }, forgotten);
        if (this.#probers.has(identity.id)) return;
        this.#probers.set(identity.id, new Prober(wish.vantage, this.#request.connectTimeoutMs));
        this.#state.want(sameQuestionsAt(identity.id, this.#state.walk(this.#nowMs()), this.#state.observations));
        this.#state.join(identity);
        this.#queue.push({ kind: 'vantage-joined', atMs: this.#nowMs(), vantage: identity });
      }
    }
  }

  #tellWish(wish: Wish, forgotten: readonly string[]): void {
    this.#queue.push({ kind: 'wished', atMs: this.#nowMs(), wish, forgotten });
  }

  /** What changed lately belongs to a fault's report. It decides nothing, and is waited for a moment only. */
  async *#lastWords(): AsyncGenerator<RunEvent> {
    const untilMs = this.#nowMs() + LAST_WORDS_MS;
    while (this.#state.waitsForChanges() && this.#nowMs() < untilMs && this.#endReason() === null) {
      await this.#queue.ready(TICK_MS);
      yield* this.#queue.drain();
    }
  }

  /** Reads what is known, asks what is wanted, and shows where the walk stands. */
  #step(): Walk {
    for (const wish of this.#request.wishes?.take() ?? []) this.#grant(wish);
    const nowMs = this.#nowMs();
    const current = this.#state.walk(nowMs);
    for (const asked of this.#state.toAsk(current, nowMs)) this.#ask(asked);
    this.#show(current);
    return current;
  }

  #show(current: Walk): void {
    const besides = this.#state.besides(this.#nowMs());
    const waitingFor = [...new Set([...current.waitingFor, ...this.#state.open(this.#nowMs()).map(askedKey)])];
    const steps = besides.map(({ step }) => step);
    const text = JSON.stringify([current.path, waitingFor, steps]);
    if (text === this.#shownPath) return;
    this.#shownPath = text;
    const layers = layerStates(current, this.#state.observations);
    this.#queue.push({ kind: 'tree-moved', atMs: this.#nowMs(), path: current.path, layers, waitingFor, ...(steps.length > 0 ? { besides: steps } : {}) });
  }

  #ask(asked: Asked): void {
    const startedAtMs = this.#tellAsked(asked);
    const watch = this.#watch(asked, askedKey(asked));
    const { signal } = this.#stop;
    void putQuestion(asked, this.#probers, this.#request.askCluster, watch, signal).then((finding) => {
      if (!signal.aborted) this.#answer(asked, finding, startedAtMs);
    });
  }

  /** Says once that a question is put; its time. */
  #tellAsked(asked: Asked): number {
    const key = askedKey(asked);
    const atMs = this.#nowMs();
    if (!this.#state.wasAsked(key)) this.#queue.push({ kind: 'question-asked', atMs, key, asked, layer: QUESTION_LAYER[asked.question.kind] });
    this.#state.asked(key, atMs);
    return atMs;
  }

  #answer(asked: Asked, finding: Finding, startedAtMs: number): void {
    const key = askedKey(asked);
    if (this.#state.isAnswered(key)) return;
    const timing = { startedAtMs, endedAtMs: this.#nowMs() };
    const observations = observationsOf(asked, finding, timing, () => this.#state.nextObservationId());
    this.#state.answered(key, observations);
    for (const observation of observations) this.#queue.push({ kind: 'observed', atMs: this.#nowMs(), observation });
  }

  /** No more waiting: every question still open is unavailable, and so is every one that this leads to. */
  #settle(reason: EndReason): Walk {
    const why = reason === 'timed-out' ? 'timed-out' : 'cancelled';
    let current = this.#state.walk(this.#nowMs());
    while (!this.#isDone(current)) {
      const open = [...current.needs, ...this.#state.open(this.#nowMs())].filter((asked) => !this.#state.isAnswered(askedKey(asked)));
      if (open.length === 0) throw new Error(`tree: ${current.path.at(-1)?.node ?? ''} waits for nothing`);
      for (const asked of open) {
        this.#tellAsked(asked);
        this.#cutShort.add(askedKey(asked));
        this.#answer(asked, nothingFound(why, why), this.#nowMs());
      }
      current = this.#state.walk(this.#nowMs());
    }
    this.#show(current);
    return current;
  }

  #endReason(): EndReason | null {
    if (this.#request.signal.aborted) return 'interrupted';
    return this.#nowMs() - this.#roundStartedAtMs >= this.#request.timeoutMs ? 'timed-out' : null;
  }

  #nowMs(): number {
    return Math.round(performance.now() - this.#startedAt);
  }

  #watch(asked: Asked, key: string): CommandWatch {
    const layer = QUESTION_LAYER[asked.question.kind];
    const { vantage } = asked;
    return {
      started: (argv) => {
        this.#commandCount += 1;
        const command = `c${String(this.#commandCount)}`;
        this.#queue.push({ kind: 'command-started', atMs: this.#nowMs(), command, key, vantage, layer, argv });
        return command;
      },
      line: (command, line: OutputLine) => {
        this.#queue.push({ kind: 'output', atMs: this.#nowMs(), command, lines: [line] });
      },
      ended: (command, { exitCode, failure }) => {
        this.#queue.push({ kind: 'command-ended', atMs: this.#nowMs(), command, exitCode, failure });
      },
    };
  }
}
