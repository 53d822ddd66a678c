import type { LayerStatus } from '../../domain/layer.ts';
import type { Messages } from '../../i18n/index.ts';
import { reportContent, type ReportContent, type ShownObservation } from '../content.ts';
import type { StartedRun } from '../run-summary.ts';
import { html, Markup, sentence } from './markup.ts';
import { pathSvg } from './path-svg.ts';
import { STYLE } from './style.ts';

const MARKS: Readonly<Record<LayerStatus, string>> = { pass: '✓', fail: '✗', warn: '!', unknown: '?', skipped: '–' };

/** No script, and no request to anywhere even if something got past the escaping (CSP 3). */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/** A run as one file: readable on a phone and on paper, with everything in it that was asked. */
export function htmlPage(run: StartedRun, messages: Messages): string {
  const { document } = messages;
  const content = reportContent(run, messages);
  const { tool, runId } = run.started;
  return html`<!DOCTYPE html>
<html lang="${document.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${document.title(run.started.dependency.url)}</title>
<style>${new Markup(STYLE)}
</style>
</head>
<body>
<header class="${content.verdict.status}"><h1>${content.heading}</h1><p>${content.summary}</p></header>
${head(content, messages)}
<main>
${body(content, messages)}
</main>
<footer>${document.madeBy(tool.name, tool.version)} ${document.run} <code>${runId}</code></footer>
</body>
</html>`.html;
}

function head({ from, to, startedAt, durationSeconds, contrasts }: ReportContent, { document, report }: Messages): Markup {
  return html`<dl>
<dt>${document.from}</dt><dd>${from}</dd>
<dt>${document.to}</dt><dd>${to}</dd>
<dt>${document.when}</dt><dd>${startedAt}, ${document.took(durationSeconds)}</dd>
${contrasts.length === 0 ? null : html`<dt>${report.contrast}</dt><dd>${contrasts.join(', ')}</dd>`}
</dl>`;
}

function body(content: ReportContent, messages: Messages): readonly Markup[] {
  const { report, document } = messages;
  return [
    section(document.path, [pathSvg(content.picture, messages)]),
    section(report.nextSteps, content.nextSteps.length === 0 ? [] : [html`<ol>${content.nextSteps.map((step) => html`<li>${sentence(step)}</li>`)}</ol>`]),
    section(report.layersTitle, layerTable(content, messages)),
    section(report.evidence, content.evidence.map((one) => observation(one, messages))),
    section(report.commands, content.commands.map(({ line }) => html`<pre class="command">${line}</pre>`)),
    section(report.notes, list(content.notes)),
    section(report.changes, content.changes.length === 0 ? [] : [html`<pre>${content.changes.join('\n')}</pre>`]),
    section(document.remarks, content.remarks.map(({ by, writtenAt, text }) => html`<p><strong>${by}</strong> <span class="dim">${writtenAt}</span><br>${text}</p>`)),
    section(report.ruledOut, content.ruledOut.length === 0 ? [] : [html`<ul>${content.ruledOut.map(({ title, cause, because }) => html`<li>${title} <code>${cause}</code> <span class="dim">${because.join(', ')}</span></li>`)}</ul>`]),
    section(report.untestable, list(content.untestable)),
    section(document.timeline, timeline(content, messages)),
  ];
}

/** A titled part, or nothing when it would be empty. */
function section(title: string, parts: readonly Markup[]): Markup {
  return parts.length === 0 ? html`` : html`<section><h2>${title}</h2>${parts}</section>`;
}

function list(items: readonly string[]): readonly Markup[] {
  return items.length === 0 ? [] : [html`<ul>${items.map((item) => html`<li>${item}</li>`)}</ul>`];
}

function layerTable({ layers }: ReportContent, { document }: Messages): readonly Markup[] {
  if (layers.length === 0) return [];
  const rows = layers.map(({ name, status, word, summary }) => html`<tr><td>${name}</td><td class="${status}">${MARKS[status]} ${word}</td><td>${summary}</td></tr>`);
  return [html`<table><thead><tr><th>${document.layer}</th><th>${document.state}</th><th>${document.finding}</th></tr></thead><tbody>${rows}</tbody></table>`];
}

function observation(one: ShownObservation, messages: Messages): Markup {
  return html`<details><summary>${title(one)}</summary>${said(one, messages)}</details>`;
}

function title({ id, place, question, outcome, isUnavailable }: ShownObservation): Markup {
  const answer = outcome === '' ? null : html` → <span class="${isUnavailable ? 'dim' : 'answer'}">${outcome}</span>`;
  return html`<span class="id">${id}</span>${question}${answer} <span class="dim">· ${place}</span>`;
}

function said({ command, lines, more }: ShownObservation, { document }: Messages): Markup {
  const shown = [...(command === '' ? [] : [`$ ${command}`]), ...lines, ...(more > 0 ? [`… ${document.more(more)}`] : [])];
  return shown.length === 0 ? html`<p class="dim">${document.nothingRead}</p>` : html`<pre>${shown.join('\n')}</pre>`;
}

/** Each question with a bar for its time within the run. */
/** Answers and notes in the order in which they came. */
function timeline({ timeline: all, remarks }: ReportContent, messages: Messages): readonly Markup[] {
  const answers = answerRows(all, messages).map((row, index) => ({ atMs: all[index]?.startedAtMs ?? 0, row }));
  const notes = remarks.map(({ by, text, atMs }) => ({ atMs, row: html`<p><strong>${by}</strong> <span class="dim">· ${messages.document.milliseconds(Math.round(atMs).toString())}</span> ${text}</p>` }));
  return [...answers, ...notes].toSorted((a, b) => a.atMs - b.atMs).map(({ row }) => row);
}

function answerRows(all: ReportContent['timeline'], messages: Messages): readonly Markup[] {
  const end = Math.max(1, ...all.map(({ startedAtMs, durationMs }) => startedAtMs + durationMs));
  return all.map((one) => {
    const from = (one.startedAtMs / end) * 1000;
    const width = Math.max(3, (one.durationMs / end) * 1000);
    const times = `${Math.round(one.startedAtMs).toString()}–${messages.document.milliseconds(Math.round(one.startedAtMs + one.durationMs).toString())}`;
    const bar = html`<svg class="bar" viewBox="0 0 1000 8" preserveAspectRatio="none" aria-hidden="true"><rect x="${from.toFixed(1)}" y="0" width="${Math.min(width, 1000 - from).toFixed(1)}" height="8"/></svg>`;
    return html`<details><summary>${title(one)} <span class="dim">· ${times}</span>${bar}</summary>${said(one, messages)}</details>`;
  });
}
