import { QUESTION_LAYER, askedKey, type Asked } from '../domain/question.ts';
import type { OutputLine } from '../domain/command.ts';
import type { RunEvent, RunEventOf } from '../domain/run-event.ts';
import { nothingFound, type CommandWatch, type Finding } from '../probes/probe.ts';
import type { Walk } from '../tree/walk.ts';
import { observationsOf, putQuestion } from './ask.ts';
import { conclude } from './conclude.ts';
import { EventQueue } from './event-queue.ts';
import { layerStates } from './layers.ts';
import { Prober } from './prober.ts';
import type { DiagnosisRequest } from './request.ts';
import { RunState } from './run-state.ts';

/** How often the tree looks at the clock while nothing arrives: it asks further when an answer is suspiciously late. */
const TICK_MS = 100;

type EndReason = RunEventOf<'run-ended'>['reason'];

/**
 * Runs one diagnosis and tells everything that happens, in order. It ends by itself: with the tree's ending, or at the time
 * limit or the signal with what is known by then. What is still running is cancelled then, and its remote process ended.
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
  readonly #stop = new AbortController();
  readonly #probers: ReadonlyMap<string, Prober>;
  readonly #startedAt = performance.now();
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
    const { runId, tool, target, dependency } = this.#request;
    yield { kind: 'run-started', atMs: 0, runId, tool, target, dependency, startedAt: new Date().toISOString() };
    for (const prober of this.#probers.values()) {
      yield { kind: 'vantage-joined', atMs: this.#nowMs(), vantage: prober.vantage.identity };
    }
    let reason = this.#endReason();
    let current = this.#step();
    while (current.ending === null && reason === null) {
      yield* this.#queue.drain();
      await this.#queue.ready(TICK_MS);
      yield* this.#queue.drain();
      current = this.#step();
      reason = this.#endReason();
    }
    if (current.ending === null) current = this.#settle(reason ?? 'interrupted');
    yield* this.#queue.drain();
    this.cancel();
    const conclusion = conclude(current, this.#state, this.#request, this.#probers);
    yield { kind: 'concluded', atMs: this.#nowMs(), conclusion };
    yield { kind: 'run-ended', atMs: this.#nowMs(), reason: reason ?? 'completed' };
  }

  /** Reads what is known, asks what is wanted, and shows where the walk stands. */
  #step(): Walk {
    const nowMs = this.#nowMs();
    const current = this.#state.walk(nowMs);
    for (const asked of this.#state.toAsk(current, nowMs)) this.#ask(asked);
    this.#show(current);
    return current;
  }

  #show(current: Walk): void {
    const text = JSON.stringify([current.path, current.waitingFor]);
    if (text === this.#shownPath) return;
    this.#shownPath = text;
    const layers = layerStates(current, this.#state.observations);
    this.#queue.push({ kind: 'tree-moved', atMs: this.#nowMs(), path: current.path, layers, waitingFor: current.waitingFor });
  }

  #ask(asked: Asked): void {
    const startedAtMs = this.#tellAsked(asked);
    const watch = this.#watch(asked, askedKey(asked));
    void putQuestion(asked, this.#probers, this.#request.askCluster, watch, this.#stop.signal).then((finding) => {
      if (!this.#stop.signal.aborted) this.#answer(asked, finding, startedAtMs);
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
    while (current.ending === null) {
      const open = current.needs.filter((asked) => !this.#state.isAnswered(askedKey(asked)));
      if (open.length === 0) throw new Error(`tree: ${current.path.at(-1)?.node ?? ''} waits for nothing`);
      for (const asked of open) {
        this.#tellAsked(asked);
        this.#answer(asked, nothingFound(why, why), this.#nowMs());
      }
      current = this.#state.walk(this.#nowMs());
    }
    this.#show(current);
    return current;
  }

  #endReason(): EndReason | null {
    if (this.#request.signal.aborted) return 'interrupted';
    return this.#nowMs() >= this.#request.timeoutMs ? 'timed-out' : null;
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
