import type { ConsoleApp } from '../console-app.ts';
import { goTo } from '../commands/go-to.ts';

/** Lets pick one of what was recorded, and plays it. */
export async function chooseRecording(app: ConsoleApp, which: 'all' | 'demos'): Promise<void> {
  const { recordings } = app.context.messages;
  const rows = await app.ports.listRecordings(which);
  if (rows.length === 0) {
    app.notify('warn', recordings.console.none);
    return;
  }
  const path = await app.dialogs.pick({
    title: which === 'demos' ? recordings.demo.title : recordings.console.title,
    items: rows.map((row) => ({ key: row.path, label: row.name, detail: row.about })),
  });
  if (path !== null) await playRecording(app, path);
}

/** Reads a recording and plays it; says what is wrong with it when it cannot be read. */
export async function playRecording(app: ConsoleApp, path: string): Promise<void> {
  const opened = await app.ports.openRecording(path);
  if (!opened.ok) {
    app.notify('fail', opened.failure.kind === 'failed' ? opened.failure.detail : path);
    return;
  }
  const { target, dependencyText, gaps } = opened.value;
  goTo(app, [{ kind: 'run', target, dependencyText, recording: path }]);
  if (gaps.length > 0) app.notify('warn', gaps.join(' '));
}
