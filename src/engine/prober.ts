import type { CommandWatch, Finding, ProbeContext } from '../probes/probe.ts';
import type { Question } from '../domain/question.ts';
import { counterChanges } from '../domain/counter-changes.ts';
import type { CountersFact } from '../domain/facts.ts';
import type { Vantage } from '../domain/vantage.ts';
import { askVantage, surveyTools, toolsOf, commandTimeoutMs, type FirstLook } from '../probes/ask.ts';

/** A survey takes about this many times the time to its first look. */
const FIRST_LOOK_SHARE = 4;

interface Survey {
  /** null: there was none before the survey was over. */
  readonly firstLook: Promise<FirstLook | null>;
  readonly whole: Promise<Finding>;
}

/** One vantage with what is known of it: its tools are looked up once, at the first question. */
export class Prober {
  readonly vantage: Vantage;
  readonly #connectTimeoutMs: number;
  #survey: Survey | null = null;
  #surveyMs = 0;
  #firstCounters: CountersFact | null = null;

  constructor(vantage: Vantage, connectTimeoutMs: number) {
    this.vantage = vantage;
    this.#connectTimeoutMs = connectTimeoutMs;
  }

  async ask(question: Question, watch: CommandWatch, signal: AbortSignal): Promise<Finding> {
    this.#survey ??= this.#begin(watch, signal);
    const { firstLook, whole } = this.#survey;
    if (question.kind === 'tools') return whole;
    const look = await firstLook;
    const tools = look?.tools ?? toolsOf(await whole);
    if (tools === null) return whole;
    const soFar = look === null ? {} : { firstLook: { isOpen: look.isOpen, allTools: async () => toolsOf(await whole) } };
    const limits = { connectTimeoutMs: this.#connectTimeoutMs, commandTimeoutMs: commandTimeoutMs(question, this.#connectTimeoutMs, this.#surveyMs) };
    const context: ProbeContext = { vantage: this.vantage, tools, limits, signal, watch, ...soFar };
    const finding = await askVantage(question, context);
    return question.kind === 'counters' ? this.#compared(finding) : finding;
  }

  /** A later reading of the counters says what was added since the first one. */
  #compared(finding: Finding): Finding {
    const first = this.#firstCounters;
    const read = finding.facts.find((fact): fact is CountersFact => fact.kind === 'counters') ?? null;
    if (first === null) this.#firstCounters = read;
    if (first === null || read === null) return finding;
    return { ...finding, facts: finding.facts.map((fact) => (fact === read ? { ...read, changes: counterChanges(first, read) } : fact)) };
  }

  /** The next question looks up anew what is there. */
  forgetTools(): void {
    this.#survey = null;
  }

  #begin(watch: CommandWatch, signal: AbortSignal): Survey {
    const startedAt = performance.now();
    const firstLook = Promise.withResolvers<FirstLook | null>();
    const whole = surveyTools(this.vantage, watch, signal, (look) => {
      this.#surveyMs = (performance.now() - startedAt) * FIRST_LOOK_SHARE;
      firstLook.resolve(look);
    }).finally(() => {
      this.#surveyMs = performance.now() - startedAt;
      firstLook.resolve(null);
    });
    return { firstLook: firstLook.promise, whole };
  }
}
