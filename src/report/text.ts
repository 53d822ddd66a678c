import { cleanLine } from '../domain/sanitise.ts';
import type { RunEvent, RunEventOf } from '../domain/run-event.ts';
import type { PathStep } from '../domain/verdict.ts';
import type { Messages } from '../i18n/index.ts';
import { accessLines } from './access-text.ts';
import { targetName } from './content.ts';
import type { RunSummary } from './run-summary.ts';
import { hasStarted, withEvent } from './run-summary.ts';
import { shellGist } from './shell-quote.ts';
import { nodeQuestion, stepAnswer } from './tree-text.ts';
import { conclusionLines } from './verdict-block.ts';
import { shownName } from './verdict-text.ts';

/** Lines shown of one command's output, and characters of a line; the JSON report and the console have all of them. */
const SHOWN_LINES = 12;
const SHOWN_CHARACTERS = 300;

/**
 * The lines that one event adds to a report that is read while it grows. `before` is the fold of the events before it.
 * Commands run side by side, so each line of output carries its command's number: `c3 |`.
 */
export function textLines(event: RunEvent, before: RunSummary, messages: Messages): readonly string[] {
  return lines(event, before, messages).map(cleanLine);
}

function lines(event: RunEvent, before: RunSummary, messages: Messages): readonly string[] {
  const { report } = messages;
  switch (event.kind) {
    case 'run-started':
      return startLines(event, messages);
    case 'entered':
      return accessLines(event.access, messages);
    case 'dependency-chosen':
      return [messages.dependencies.chosen(event.url, event.reason, event.others), ...event.foundIn.map((found) => `  ${messages.dependencies.foundIn(found)}`), ''];
    case 'vantage-joined':
      return event.vantage.role === 'contrast' ? [`${report.contrast}: ${shownName(event.vantage, messages)}`] : [];
    case 'vantage-unusable':
      return [report.unusable(event.vantage, event.reason)];
    case 'question-asked':
    case 'driver-moved':
      return [];
    case 'observed':
      return worthALine(event, before, messages);
    case 'command-started':
      return [`${event.command} $ ${shellGist(event.argv)}${atContrast(event.vantage, before, messages)}`];
    case 'output':
      return outputLines(event, before, messages);
    case 'command-ended':
      return [...droppedLines(event, before), `${event.command} = ${endingWords(event, messages)}`];
    case 'tree-moved':
      return newSteps(before.path, event.path).flatMap((step) => stepLines(step, messages));
    case 'wished':
      return ['', messages.wishes.said(event.wish)];
    case 'concluded': {
      const run = withEvent(before, event);
      const steps = newSteps(before.path, event.conclusion.path).flatMap((step) => stepLines(step, messages));
      return hasStarted(run) ? [...steps, '', ...conclusionLines(run, messages)] : steps;
    }
    case 'run-ended':
      return endLines(event, before, messages);
    case 'note-left':
      return [report.remark(event.by, event.writtenAt, event.text)];
  }
}

function startLines(event: RunEventOf<'run-started'>, messages: Messages): readonly string[] {
  const { report } = messages;
  const { target, dependency } = event;
  const picked = target.kind === 'pod' && target.pickedFrom !== null ? [report.picked(target.pod, target.pickedFrom)] : [];
  return [...picked, `${report.from}: ${targetName(target, messages)}`, `${report.to}: ${dependency.url} (${dependency.host}:${String(dependency.port)})`, ''];
}

/** How much of a command's output is shown: nothing of the tool survey, which quotes the help of every tool it finds. */
function shownLines(command: string, run: RunSummary): number {
  return run.commands[command]?.kind === 'tools' ? 0 : SHOWN_LINES;
}

function outputLines({ command, lines: said }: RunEventOf<'output'>, before: RunSummary, messages: Messages): readonly string[] {
  const room = Math.max(0, shownLines(command, before) - (before.commands[command]?.lines ?? 0));
  return said.slice(0, room).flatMap(({ text, meaning }) => [
    `${command} |   ${text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text}`,
    ...(meaning === undefined ? [] : [`${command} |   ^ ${messages.dependencies.meanings[meaning]}`]),
  ]);
}

function droppedLines({ command }: RunEventOf<'command-ended'>, before: RunSummary): readonly string[] {
  const limit = shownLines(command, before);
  const dropped = (before.commands[command]?.lines ?? 0) - limit;
  return dropped > 0 && limit > 0 ? [`${command} |   … (+${String(dropped)})`] : [];
}

/** What is worth a line although no line of output says it: what the survey found, what the kernel has counted. */
function worthALine({ observation }: RunEventOf<'observed'>, run: RunSummary, messages: Messages): readonly string[] {
  const { fact, vantage } = observation;
  if (fact.kind === 'counters') return counterLines(fact.changes, atContrast(vantage, run, messages), messages);
  if (fact.kind !== 'tools') return [];
  const tools = Object.entries(fact.tools).map(([name, implementation]) => (name === implementation ? name : `${name} (${implementation})`));
  return [`${messages.report.tools}${atContrast(vantage, run, messages)}: ${tools.length === 0 ? messages.report.noTools : tools.join(', ')}`];
}

/** What the kernel has counted since the first reading; nothing when nothing was added. */
function counterLines(changes: Readonly<Record<string, number>> | null, where: string, { report }: Messages): readonly string[] {
  const added = Object.entries(changes ?? {}).map(([name, by]) => `${name} +${String(by)}`);
  return added.length === 0 ? [] : [`${report.counted}${where}: ${added.join(', ')}`];
}

/** Commands at the target need no name; others say where they run. */
function atContrast(vantage: string, run: RunSummary, messages: Messages): string {
  const identity = run.vantages.find(({ id }) => id === vantage);
  return identity === undefined || identity.role === 'target' ? '' : `   (${shownName(identity, messages)})`;
}

function endingWords(event: RunEventOf<'command-ended'>, messages: Messages): string {
  if (event.failure !== null) return messages.ui.commandFailure(event.failure);
  return event.exitCode === null ? '' : messages.report.exit(event.exitCode);
}

/** Steps that were answered since: a walk only grows, but it is made anew each time and may take another branch. */
function newSteps(before: readonly PathStep[], after: readonly PathStep[]): readonly PathStep[] {
  const known = new Set(before.filter(({ answer }) => answer !== null).map(stepKey));
  return after.filter((step) => step.answer !== null && !known.has(stepKey(step)));
}

function stepKey(step: PathStep): string {
  return `${step.node} ${step.answer ?? ''}`;
}

function stepLines(step: PathStep, messages: Messages): readonly string[] {
  const seen = step.observations.length === 0 ? '' : ` [${step.observations.join(', ')}]`;
  return [`> ${messages.report.layers[step.layer]}: ${nodeQuestion(messages, step.node)} → ${stepAnswer(messages, step) ?? ''}${seen}`];
}

function endLines(event: RunEventOf<'run-ended'>, before: RunSummary, messages: Messages): readonly string[] {
  const run = withEvent(before, event);
  const verdict = hasStarted(run) && run.conclusion === null ? ['', ...conclusionLines(run, messages)] : [];
  return [...verdict, '', messages.report.ended[event.reason]((event.atMs / 1000).toFixed(1))];
}
