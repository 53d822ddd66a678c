import type { Asked } from '../../domain/question.ts';
import { askedKey } from '../../domain/question.ts';
import type { PathStep } from '../../domain/verdict.ts';
import type { PickItem } from '../../store/dialog.ts';
import type { RunState } from '../../store/run-state.ts';
import { observationsOf } from '../../store/select.ts';
import type { ConsoleApp } from '../console-app.ts';
import { nodeAnswer, nodeQuestion } from '../panels/path/tree-text.ts';

const WHOLE_RUN = '';

/** The whole run again, or one node of the way, or all from there on. */
export async function askAgain(app: ConsoleApp): Promise<void> {
  const { messages } = app.context;
  const { run } = app.store.getState();
  const steps = run.path.filter((step) => step.answer !== null);
  if (steps.length === 0) {
    runAgain(app);
    return;
  }
  const whole: PickItem = { key: WHOLE_RUN, label: messages.wishes.wholeRun, detail: '' };
  const node = await app.dialogs.pick({ title: messages.wishes.againTitle, items: [whole, ...steps.map((step) => itemOf(app, step))] });
  if (node === null) return;
  if (node === WHOLE_RUN) runAgain(app);
  else await askNodeAgain(app, steps, node);
}

export function runAgain(app: ConsoleApp): void {
  app.afterRun(app.context.messages.ui.dialogs.runAgain, () => { app.journey.load(); });
}

async function askNodeAgain(app: ConsoleApp, steps: readonly PathStep[], node: string): Promise<void> {
  const { wishes } = app.context.messages;
  const { run } = app.store.getState();
  const index = steps.findIndex((step) => step.node === node);
  const answer = await app.dialogs.ask({
    title: wishes.howMuch(nodeQuestion(app.context.messages, node)),
    choices: [
      { id: 'this', label: wishes.onlyThis, key: wishes.onlyThisKey },
      { id: 'on', label: wishes.fromHere, key: wishes.fromHereKey },
    ],
  });
  if (answer === null || index === -1) return;
  const questions = questionsOf(run, answer === 'this' ? steps.slice(index, index + 1) : steps.slice(index));
  tell(app, app.journey.run.wish(questions.length > 0 ? { kind: 'ask-again', questions } : { kind: 'ask-node', node }));
}

/** What the answers of these steps rest on, each once. */
function questionsOf(run: RunState, steps: readonly PathStep[]): readonly Asked[] {
  const observations = observationsOf(run, steps.flatMap((step) => step.observations));
  const asked = observations.map(({ vantage, question }): Asked => ({ vantage, question }));
  return [...new Map(asked.map((one) => [askedKey(one), one])).values()];
}

/** Any node of the tree, wherever the walk is. */
export async function askNode(app: ConsoleApp): Promise<void> {
  const { messages } = app.context;
  const passed = new Set(app.store.getState().run.path.map((step) => step.node));
  const items = Object.keys(messages.tree.nodes).map((node) => ({ key: node, label: nodeQuestion(messages, node), detail: passed.has(node) ? messages.wishes.passed : '' }));
  const node = await app.dialogs.pick({ title: messages.wishes.askTitle, items });
  if (node !== null) tell(app, app.journey.run.wish({ kind: 'ask-node', node }));
}

/** Another place is asked what the target was asked. */
export async function compare(app: ConsoleApp): Promise<void> {
  const { wishes, ui } = app.context.messages;
  const text = await app.dialogs.prompt({
    title: wishes.compareTitle,
    lines: [{ text: wishes.compareHint, emphasis: 'dim' }],
    refuse: (given) => (given.trim() === '' ? wishes.compareFault(given) : null),
  });
  if (text === null) return;
  const result = await app.journey.run.compareWith(text);
  if (result === null) tell(app, false);
  else if (result.ok) app.notify('accent', wishes.comparing(result.value));
  else app.notify('fail', result.failure.kind === 'failed' ? result.failure.detail : ui.failure(result.failure));
}

function tell(app: ConsoleApp, isAsked: boolean): void {
  if (!isAsked) app.notify('warn', app.context.messages.wishes.notOpen);
}

function itemOf({ context: { messages } }: ConsoleApp, { node, answer }: PathStep): PickItem {
  return { key: node, label: nodeQuestion(messages, node), detail: answer === null ? '' : nodeAnswer(messages, node, answer) };
}
