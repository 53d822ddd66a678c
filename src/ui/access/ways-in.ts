import type { RunState } from '../../store/run-state.ts';
import type { ConsoleApp } from '../console-app.ts';
import { BY_ITSELF } from '../dialogs/dialogs.ts';
import { accessLines, line } from './change-lines.ts';

/** After a run that could not get in: what the ways are, and what each takes. Nothing is said while another dialog is open. */
export function offerWaysIn(app: ConsoleApp, run: RunState): void {
  const { dialogs } = app.store.getState();
  if (run.access === null || run.access.used !== null || dialogs.length > 0) return;
  void showWaysIn(app, BY_ITSELF);
}

/** How the pod of the last run was entered, or could be. */
export async function showWaysIn(app: ConsoleApp, askedAt = app.dialogs.keyCount): Promise<void> {
  const { messages } = app.context;
  const { access } = app.store.getState().run;
  if (access === null) {
    app.notify('warn', messages.access.console.noRun);
    return;
  }
  const isOffered = access.rungs.some(({ refusal }) => refusal?.kind === 'read-only');
  const hint = isOffered ? [line(messages.access.console.armHint, 'dim')] : [];
  await app.dialogs.showPage({ title: messages.access.title, lines: [...accessLines(access, messages), ...hint], askedAt });
}
