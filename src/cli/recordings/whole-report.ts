import type { RunEvent } from '../../domain/run-event.ts';
import type { Messages } from '../../i18n/index.ts';
import type { RecordedFormat } from '../../report/format-names.ts';
import { renderReport } from '../../report/formats.ts';
import { EMPTY_RUN, withEvent } from '../../report/run-summary.ts';
import { textLines } from '../../report/text.ts';
import { encodeRecording, headerOf } from '../../run-file/encode.ts';
import { jsonText } from '../streams.ts';
import { TOOL } from '../version.ts';

/** A recorded run as a file of one format holds it, with the end of its last line. Empty when the run never started. */
export function wholeReport(format: RecordedFormat, events: readonly RunEvent[], isWithoutNames: boolean, messages: Messages): string {
  if (format === 'recording') return encodeRecording(headerOf(TOOL, isWithoutNames), events);
  if (format === 'text') return wholeText(events, messages);
  const report = renderReport(format, events.reduce(withEvent, EMPTY_RUN), messages);
  if (report === null) return '';
  return `${report.kind === 'json' ? jsonText(report.value) : report.text}\n`;
}

function wholeText(events: readonly RunEvent[], messages: Messages): string {
  let run = EMPTY_RUN;
  return events
    .flatMap((event) => {
      const lines = textLines(event, run, messages);
      run = withEvent(run, event);
      return lines;
    })
    .map((line) => `${line}\n`)
    .join('');
}
