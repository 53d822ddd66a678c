import type { Target } from '../../domain/target.ts';
import { currentScreen } from '../../store/navigate.ts';
import type { ConsoleApp } from '../console-app.ts';
import { accessDialogue } from './dialogue.ts';
import { podTarget } from '../pod-pages/container-of.ts';
import { podHere } from '../pod-pages/pod-place.ts';
import { accessLines } from './change-lines.ts';

/** A shell in the pod of this screen; the terminal comes back to the very same screen when it ends. A run goes on beside it. */
export async function openShellHere(app: ConsoleApp): Promise<void> {
  const { messages } = app.context;
  const words = messages.access.console;
  const target = await targetOf(app);
  if (target === null) return;
  if (target.kind !== 'pod') {
    app.notify('warn', words.noPod);
    return;
  }
  app.notify('accent', words.entering);
  const prepared = await app.ports.prepareShell(target, accessDialogue(app), new AbortController().signal);
  if (!prepared.ok) {
    app.notify('fail', words.shellFailed('detail' in prepared.failure ? prepared.failure.detail : prepared.failure.kind));
    return;
  }
  const { access, open } = prepared.value;
  if (open === null) {
    await app.dialogs.showPage({ title: words.noShell, lines: accessLines(access, messages) });
    return;
  }
  await app.handOver(async (leaving) => {
    const { exitCode, detail } = await open(leaving);
    if (detail !== null) app.notify('fail', words.shellFailed(detail));
    else if (exitCode !== null) app.notify(exitCode === 0 ? 'pass' : 'warn', words.shellEnded(exitCode));
  });
}

/** That of this screen, or the pod under the cursor; null when there is none, which was told. */
async function targetOf(app: ConsoleApp): Promise<Target | null> {
  const screen = currentScreen(app.store.getState());
  if (screen.kind === 'dependencies' || screen.kind === 'run') return screen.target;
  const place = podHere(app);
  if (place === null) {
    app.notify('warn', app.context.messages.access.console.noPod);
    return null;
  }
  return podTarget(app, place, screen.kind === 'containers' ? screen.node : null);
}
