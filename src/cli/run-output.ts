import type { RunEvent } from '../domain/run-event.ts';
import type { Messages } from '../i18n/index.ts';
import type { ReportFormat } from '../report/format-names.ts';
import { EMPTY_RUN, withEvent, type RunSummary } from '../report/run-summary.ts';
import { textLines } from '../report/text.ts';
import { writeJson, writeLines, type Streams } from './streams.ts';

/** Prints a run in one format, live or recorded: text as the events come, everything else at the end. */
export class RunOutput {
  readonly #format: ReportFormat;
  readonly #streams: Streams;
  readonly #messages: Messages;
  #run: RunSummary = EMPTY_RUN;

  constructor(format: ReportFormat, { streams, messages }: { readonly streams: Streams; readonly messages: Messages }) {
    this.#format = format;
    this.#streams = streams;
    this.#messages = messages;
  }

  /** The run as far as it was taken. */
  get run(): RunSummary {
    return this.#run;
  }

  take(event: RunEvent): void {
    if (this.#format === 'text') writeLines(this.#streams.stdout, textLines(event, this.#run, this.#messages));
    this.#run = withEvent(this.#run, event);
  }

  /** Call once, after the last event. Prints nothing of a run that never started. */
  async finish(): Promise<void> {
    if (this.#format === 'text') return;
    const { renderReport } = await import('../report/formats.ts');
    const report = renderReport(this.#format, this.#run, this.#messages);
    if (report === null) return;
    if (report.kind === 'json') writeJson(this.#streams.stdout, report.value);
    else writeLines(this.#streams.stdout, [report.text]);
  }
}
