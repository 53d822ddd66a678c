import { EXPORTED_FILES } from '../../domain/exported.ts';
import { currentScreen } from '../../store/navigate.ts';
import { line } from '../access/change-lines.ts';
import type { ConsoleApp } from '../console-app.ts';

/** Asks where to, and writes the run on the screen in every format; says where everything is. */
export async function exportRun(app: ConsoleApp): Promise<void> {
  const { exported } = app.context.messages;
  const screen = currentScreen(app.store.getState());
  const recording = screen.kind === 'run' ? (screen.recording ?? screen.live ?? null) : null;
  const offered = app.ports.exportFolder(recording);
  if (offered === null) {
    app.notify('warn', exported.notRecorded);
    return;
  }
  const which = await app.dialogs.ask({
    title: exported.title,
    lines: [line(exported.what(Object.values(EXPORTED_FILES).join(', '))), line(exported.secrets), ...(app.journey.run.isGoingOn ? [line(exported.soFar, 'warn')] : [])],
    choices: [
      { id: 'names', label: exported.withNames, key: exported.withNamesKey },
      { id: 'tokens', label: exported.withoutNames, key: exported.withoutNamesKey },
    ],
  });
  if (which === null) return;
  const isWithoutNames = which === 'tokens';
  // The name of a recording holds a run's id and time, and nobody's name; one that a user gave may.
  const folder = await app.dialogs.prompt({ title: exported.folder, text: offered, refuse: (text) => (text.trim() === '' ? exported.noFolder : null) });
  if (folder !== null) await write(app, { folder: folder.trim(), isWithoutNames, recording });
}

async function write(app: ConsoleApp, request: Parameters<ConsoleApp['ports']['exportRun']>[0]): Promise<void> {
  const { exported } = app.context.messages;
  const files = Object.values<string>(EXPORTED_FILES);
  const progress = app.dialogs.progress({ title: exported.going, items: files.map((file) => ({ key: file, label: file })) });
  const finish = (emphasis: 'pass' | 'fail', text: string): void => {
    if (progress.isOpen) progress.finish([line(text, emphasis)]);
    else app.notify(emphasis, text);
  };
  let failed = 0;
  for await (const { file, problem } of app.ports.exportRun(request)) {
    if (!files.includes(file)) {
      for (const key of files) progress.update(key, { state: 'skipped' });
      finish('fail', exported.failed(file, problem ?? ''));
      return;
    }
    progress.update(file, problem === null ? { state: 'done' } : { state: 'failed', detail: problem });
    if (problem !== null) failed += 1;
  }
  finish(failed === 0 ? 'pass' : 'fail', failed === 0 ? exported.done(request.folder) : exported.someFailed(failed, request.folder));
}
