import type { CommandWatch, Finding } from '../probes/probe.ts';
import type { Question } from '../domain/question.ts';
import { counterChanges } from '../domain/counter-changes.ts';
import type { CountersFact, ToolsFact } from '../domain/facts.ts';
import type { Vantage } from '../domain/vantage.ts';
import { askVantage, surveyTools, commandTimeoutMs } from '../probes/ask.ts';

/** One vantage with what is known of it: its tools are looked up once, at the first question. */
export class Prober {
  readonly vantage: Vantage;
  readonly #connectTimeoutMs: number;
  #survey: Promise<Finding> | null = null;
  #surveyMs = 0;
  #firstCounters: CountersFact | null = null;

  constructor(vantage: Vantage, connectTimeoutMs: number) {
    this.vantage = vantage;
    this.#connectTimeoutMs = connectTimeoutMs;
  }

  async ask(question: Question, watch: CommandWatch, signal: AbortSignal): Promise<Finding> {
    const survey = await this.survey(watch, signal);
    if (question.kind === 'tools') return survey;
    const tools = survey.facts.find((fact): fact is ToolsFact => fact.kind === 'tools');
    if (tools === undefined) return survey;
    const limits = { connectTimeoutMs: this.#connectTimeoutMs, commandTimeoutMs: commandTimeoutMs(question, this.#connectTimeoutMs, this.#surveyMs) };
    const finding = await askVantage(question, { vantage: this.vantage, tools, limits, signal, watch });
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

  survey(watch: CommandWatch, signal: AbortSignal): Promise<Finding> {
    if (this.#survey === null) {
      const startedAt = performance.now();
      this.#survey = surveyTools(this.vantage, watch, signal).finally(() => { this.#surveyMs = performance.now() - startedAt; });
    }
    return this.#survey;
  }
}
