import type { ConsoleApp } from '../console-app.ts';
import { goTo } from '../commands/go-to.ts';

/** Lets pick one of the runs that somebody drives now, and follows it. */
export async function chooseLive(app: ConsoleApp): Promise<void> {
  const { pairing } = app.context.messages;
  const rows = app.ports.listLive();
  if (rows.length === 0) {
    app.notify('warn', pairing.nothingLive);
    return;
  }
  const path = await app.dialogs.pick({ title: pairing.chooseTitle, items: rows.map(({ path: key, name, driver }) => ({ key, label: name, detail: driver })) });
  if (path !== null) await followLive(app, path, false);
}

/** Follows somebody's run; says why when it cannot be followed. */
export async function followLive(app: ConsoleApp, path: string, mirrorsDriver: boolean): Promise<void> {
  const opened = await app.ports.openLive(path);
  if (!opened.ok) {
    app.notify('fail', opened.failure.kind === 'failed' ? opened.failure.detail : path);
    return;
  }
  const { target, dependencyText } = opened.value;
  goTo(app, [{ kind: 'run', target, dependencyText, live: path }]);
  if (mirrorsDriver) app.store.setState(({ runView }) => ({ runView: { ...runView, mirrorsDriver } }));
}
