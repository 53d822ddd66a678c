import { askedText, parseDependency } from '../../domain/dependency.ts';
import { concludeFanOut, withFanOutEvent, type FanOutMember } from '../../domain/fan-out.ts';
import type { FanOutHandle } from '../../domain/console-ports.ts';
import { errorText } from '../../domain/error-text.ts';
import { LAYERS, LAYER_NUMBER } from '../../domain/layer.ts';
import type { Target } from '../../domain/target.ts';
import { conclusionWords, memberWords } from '../../i18n/fan-out-words.ts';
import type { DialogLine, ProgressItem } from '../../store/dialog.ts';
import { currentScreen } from '../../store/navigate.ts';
import { line } from '../access/change-lines.ts';
import { accessDialogue } from '../access/dialogue.ts';
import type { ConsoleApp } from '../console-app.ts';
import { podTarget } from '../pod-pages/container-of.ts';
import { podHere } from '../pod-pages/pod-place.ts';
import type { ProgressHandle } from '../dialogs/dialogs.ts';

/** Those that go on: another key press then starts nothing. */
const going = new WeakSet<ConsoleApp>();

/** Asks this run's question, or one that is asked for, from all replicas of the pod, and shows who fails in which layer as they find it. */
export async function askAll(app: ConsoleApp): Promise<void> {
  const words = app.context.messages.fanOut.console;
  const screen = currentScreen(app.store.getState());
  const asked = screen.kind === 'run' ? { target: screen.target, dependencyText: screen.dependencyText } : await askWhere(app);
  if (asked === null) return;
  const { target, dependencyText } = asked;
  if (target.kind !== 'pod') {
    app.notify('warn', words.onlyForPods);
    return;
  }
  if (going.has(app)) {
    app.notify('accent', words.goesOn);
    return;
  }
  going.add(app);
  app.notify('accent', words.planning);
  const handle = app.ports.startFanOut({ target, dependencyText, dialogue: accessDialogue(app) });
  try {
    await follow(app, handle, dependencyText);
  } catch (error) {
    app.notify('fail', words.failed(errorText(error)));
  } finally {
    going.delete(app);
  }
}

/** From a list: the pod under the cursor, and a destination that is typed. null when that was given up. */
async function askWhere(app: ConsoleApp): Promise<{ readonly target: Target; readonly dependencyText: string } | null> {
  const { podPages, fanOut, ui } = app.context.messages;
  const place = podHere(app);
  if (place === null) {
    app.notify('warn', fanOut.console.onlyForPods);
    return null;
  }
  const target = await podTarget(app, place, null);
  if (target === null) return null;
  const typed = await app.dialogs.prompt({
    title: podPages.askAllTitle(place.pod),
    lines: [{ text: ui.input.hint, emphasis: 'dim' }],
    refuse: (text) => {
      const parsed = parseDependency(text);
      return parsed.ok ? null : ui.dependencyError(parsed.code, parsed.detail);
    },
  });
  const parsed = typed === null ? null : parseDependency(typed);
  return typed === null || parsed?.ok !== true ? null : { target, dependencyText: askedText(parsed.dependency, typed) };
}

/** Closing the matrix ends the runs that still go on. */
async function follow(app: ConsoleApp, { events, cancel }: FanOutHandle, dependencyText: string): Promise<void> {
  const words = app.context.messages.fanOut.console;
  const askedAt = app.dialogs.keyCount;
  let members: readonly FanOutMember[] = [];
  let shown: ProgressHandle | null = null;
  for await (const event of events) {
    const before = members;
    members = withFanOutEvent(members, event);
    if (shown === null) {
      shown = app.dialogs.progress({ title: words.title(dependencyText), askedAt, lines: [line(words.closing)], items: members.map((member) => ({ key: member.place.pod, label: label(app, member, members) })) });
      void shown.closed.then(cancel);
    }
    for (const [index, member] of members.entries()) {
      if (member !== before[index]) shown.update(member.place.pod, item(app, member, members));
    }
  }
  remember(app, members, dependencyText);
  if (shown?.isOpen === true) tell(app, members, shown);
  else app.notify('warn', words.stopped(members.filter(({ verdict }) => verdict !== null).length, members.length));
}

/** A row of the matrix: `orders-98d985fb9-rlc44  n1  4 ✓  3 ✓  2 ✗  1 ✓`. */
function label({ context }: ConsoleApp, { place, layers }: FanOutMember, all: readonly FanOutMember[]): string {
  const { theme, messages } = context;
  const width = (of: (member: FanOutMember) => string): number => Math.max(...all.map((one) => of(one).length));
  const node = (member: FanOutMember): string => member.place.node ?? messages.fanOut.noNode;
  const cells = LAYERS.map((layer) => `${String(LAYER_NUMBER[layer])} ${theme.glyphs.status[layers[layer]]}`);
  return [place.pod.padEnd(width((one) => one.place.pod)), (place.node ?? messages.fanOut.noNode).padEnd(width(node)), ...cells].join('  ');
}

function item(app: ConsoleApp, member: FanOutMember, all: readonly FanOutMember[]): Omit<ProgressItem, 'key'> {
  const isKnown = member.verdict !== null || member.state === 'not-run';
  return { label: label(app, member, all), state: stateOf(member), detail: isKnown ? memberWords(member, app.context.messages) : '' };
}

function stateOf({ state, verdict }: FanOutMember): ProgressItem['state'] {
  if (verdict !== null) return verdict.status === 'reachable' ? 'done' : verdict.status === 'fault' ? 'failed' : 'open';
  return state === 'ended' || state === 'not-run' ? 'open' : state;
}

/** What each of them found out is known of its pod from now on. */
function remember({ store }: ConsoleApp, members: readonly FanOutMember[], url: string): void {
  const found = members.flatMap(({ place, verdict }) => (verdict === null ? [] : [[`${place.namespace}/${place.pod}`, { status: verdict.status, cause: verdict.cause, url }] as const]));
  store.setState(({ connectivity }) => ({ connectivity: { ...connectivity, ...Object.fromEntries(found) } }));
}

/** What they say together. */
function tell(app: ConsoleApp, members: readonly FanOutMember[], shown: ProgressHandle): void {
  const conclusion = concludeFanOut(members);
  const { heading, sentences } = conclusionWords(conclusion, members, app.context.messages);
  const emphasis = conclusion.status === 'reachable' ? 'pass' : conclusion.status === 'fault' ? 'fail' : 'warn';
  const lines: readonly DialogLine[] = [line(heading, emphasis), ...sentences.map((sentence) => line(sentence)), line('')];
  shown.finish(lines);
}
