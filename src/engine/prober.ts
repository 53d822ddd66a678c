import type { CommandWatch, Finding } from '../probes/probe.ts';
import type { Question } from '../domain/question.ts';
import type { ToolsFact } from '../domain/facts.ts';
import type { Vantage } from '../domain/vantage.ts';
import { askVantage, surveyTools, commandTimeoutMs } from '../probes/ask.ts';

/** One vantage with what is known of it: its tools are looked up once, at the first question. */
export class Prober {
  readonly vantage: Vantage;
  readonly #connectTimeoutMs: number;
  #survey: Promise<Finding> | null = null;
  #tools: ToolsFact | null = null;
  #surveyMs = 0;

  constructor(vantage: Vantage, connectTimeoutMs: number) {
    this.vantage = vantage;
    this.#connectTimeoutMs = connectTimeoutMs;
  }

  async ask(question: Question, watch: CommandWatch, signal: AbortSignal): Promise<Finding> {
    const survey = await this.survey(watch, signal);
    if (question.kind === 'tools') return survey;
    const tools = survey.facts.find((fact): fact is ToolsFact => fact.kind === 'tools');
    if (tools === undefined) return survey;
    this.#tools = tools;
    const limits = { connectTimeoutMs: this.#connectTimeoutMs, commandTimeoutMs: commandTimeoutMs(question, this.#connectTimeoutMs, this.#surveyMs) };
    return askVantage(question, { vantage: this.vantage, tools, limits, signal, watch });
  }

  /** null until a question has been asked here. */
  get tools(): ToolsFact | null {
    return this.#tools;
  }

  survey(watch: CommandWatch, signal: AbortSignal): Promise<Finding> {
    if (this.#survey === null) {
      const startedAt = performance.now();
      this.#survey = surveyTools(this.vantage, watch, signal).finally(() => { this.#surveyMs = performance.now() - startedAt; });
    }
    return this.#survey;
  }
}
