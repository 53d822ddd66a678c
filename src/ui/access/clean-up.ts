import { leftoverName, type CleanedUp, type Leftover } from '../../domain/leftover.ts';
import type { FoundLeftovers, LeftoverSearch } from '../../domain/console-ports.ts';
import type { ConsoleApp } from '../console-app.ts';
import { line } from './change-lines.ts';

/** Clean-ups that go on: another key press then says so, and starts nothing. */
const going = new WeakSet<ConsoleApp>();
const END_SESSION_MS = 15_000;

/** Lists what is ours, asks with Cancel as the default, deletes, and tells each as the API server confirmed it. */
export async function cleanUpAll(app: ConsoleApp): Promise<void> {
  if (going.has(app)) {
    app.notify('accent', app.context.messages.toolkit.console.goesOn);
    return;
  }
  going.add(app);
  try {
    await cleanUp(app, 'mine');
  } finally {
    going.delete(app);
  }
}

async function cleanUp(app: ConsoleApp, who: LeftoverSearch['who']): Promise<void> {
  const askedAt = app.dialogs.keyCount;
  const { toolkit } = app.context.messages;
  app.notify('accent', toolkit.console.looking);
  const found = await app.ports.findLeftovers({ who, thorough: 'everything' }, new AbortController().signal);
  if (!found.ok) {
    app.notify('fail', toolkit.console.notLooked('detail' in found.failure ? found.failure.detail : found.failure.kind));
    return;
  }
  const { leftovers, owner } = found.value;
  if (leftovers.length === 0 && who === 'everybody') app.notify('pass', toolkit.nothingFound(null));
  const answer = leftovers.length === 0 && who === 'everybody' ? null : await askWhat(app, found.value, { who, askedAt });
  if (answer === 'others') await cleanUp(app, 'everybody');
  else if (answer === 'delete') await deleteAll(app, leftovers);
  else if (leftovers.length === 0 && who === 'mine') app.notify('pass', toolkit.nothingFound(owner));
}

function askWhat(app: ConsoleApp, { owner, session, leftovers, unread }: FoundLeftovers, { who, askedAt }: { readonly who: LeftoverSearch['who']; readonly askedAt: number }): Promise<string | null> {
  const { toolkit } = app.context.messages;
  const words = toolkit.console;
  const lines = [...leftovers.map((one) => line(toolkit.line(one, one.session === session))), ...unread.map((detail) => line(toolkit.unread(detail), 'warn'))];
  const others = who === 'mine' ? [{ id: 'others', label: words.others, key: words.othersKey }] : [];
  const title = leftovers.length === 0 ? toolkit.nothingFound(owner) : toolkit.found(leftovers.length);
  return app.dialogs.ask({ title, lines, askedAt, choices: [...(leftovers.length === 0 ? [] : [{ id: 'delete', label: words.delete, key: words.deleteKey }]), ...others] });
}

async function deleteAll(app: ConsoleApp, leftovers: readonly Leftover[]): Promise<void> {
  const { toolkit } = app.context.messages;
  const items = leftovers.map((one) => ({ key: leftoverName(one), label: leftoverName(one) }));
  const progress = app.dialogs.progress({ title: toolkit.console.deleting, items });
  for (const { key } of items) progress.update(key, { state: 'running' });
  const remaining: CleanedUp[] = [];
  for await (const cleaned of app.ports.cleanUp(leftovers, new AbortController().signal)) {
    const { leftover, end } = cleaned;
    const name = leftoverName(leftover);
    if (end.kind === 'remains') remaining.push(cleaned);
    progress.update(name, end.kind === 'gone' ? { state: 'done', detail: toolkit.console.confirmed } : { state: 'failed', detail: toolkit.remains(name, end) });
  }
  const summary = remaining.length === 0 ? toolkit.console.allGone : toolkit.console.someRemain(remaining.length);
  if (progress.isOpen) progress.finish([line(summary, remaining.length === 0 ? 'pass' : 'warn')]);
  else app.notify(remaining.length === 0 ? 'pass' : 'warn', summary);
}

/** Leaves; when this session made something that still runs, only after an answer to what shall become of it. */
export async function leaveTidy(app: ConsoleApp, leave: () => void): Promise<void> {
  const things = app.ports.sessionThings();
  if (things.length === 0) {
    leave();
    return;
  }
  const { toolkit, access } = app.context.messages;
  const words = toolkit.console;
  const answer = await app.dialogs.ask({
    title: words.leaveTitle,
    lines: things.map((thing) => line(`${thing.name} · ${access.created({ ...thing, stays: true })}`)),
    choices: [
      { id: 'delete', label: words.deleteAndLeave, key: words.deleteKey },
      { id: 'keep', label: words.keepAndLeave, key: words.keepKey },
    ],
  });
  if (answer === 'keep') app.ports.keepSession();
  if (answer === 'delete') await endSession(app);
  if (answer !== null) leave();
}

async function endSession(app: ConsoleApp): Promise<void> {
  const { toolkit } = app.context.messages;
  const things = app.ports.sessionThings();
  const progress = app.dialogs.progress({ title: toolkit.console.deleting, items: things.map(({ name }) => ({ key: name, label: name })) });
  for (const { name } of things) progress.update(name, { state: 'running' });
  const left = await app.ports.endSession(AbortSignal.timeout(END_SESSION_MS));
  for (const { name } of things) progress.update(name, left.some((one) => one.name === name) ? { state: 'failed' } : { state: 'done', detail: toolkit.console.confirmed });
  progress.finish();
}

/** What earlier sessions left is told once, in passing. */
export async function tellLeftovers(app: ConsoleApp): Promise<void> {
  const found = await app.ports.findLeftovers({ who: 'mine', thorough: 'glance' }, new AbortController().signal);
  if (found.ok && found.value.leftovers.length > 0) app.notify('warn', app.context.messages.toolkit.console.leftEarlier(found.value.leftovers.length));
}
