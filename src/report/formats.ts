import { mapStrings } from '../domain/plain-data.ts';
import { cleanText } from '../domain/sanitise.ts';
import type { Messages } from '../i18n/index.ts';
import { escalationLines } from './escalation.ts';
import { htmlPage } from './html/page.ts';
import { runJson } from './json.ts';
import { junitXml } from './junit.ts';
import { markdownLines } from './markdown.ts';
import type { MadeFormat } from './format-names.ts';
import { hasStarted, type RunSummary, type StartedRun } from './run-summary.ts';

export type Report = { readonly kind: 'json'; readonly value: unknown } | { readonly kind: 'text'; readonly text: string };

/** A finished run in a format that is made at once; text is made event by event (text.ts). null when it never started. */
export function renderReport(format: MadeFormat, run: RunSummary, messages: Messages): Report | null {
  if (!hasStarted(run)) return null;
  return format === 'json' ? { kind: 'json', value: runJson(run, messages) } : { kind: 'text', text: renderText(format, mapStrings(run, cleanText), messages) };
}

function renderText(format: Exclude<MadeFormat, 'json'>, run: StartedRun, messages: Messages): string {
  switch (format) {
    case 'markdown':
      return markdownLines(run, messages).join('\n');
    case 'html':
      return htmlPage(run, messages);
    case 'junit':
      return junitXml(run, messages);
    case 'escalation':
      return escalationLines(run, messages).join('\n');
  }
}
