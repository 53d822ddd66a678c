import type { ConsoleApp } from '../console-app.ts';
import { cleanUpAll } from '../access/clean-up.ts';
import { openShellHere } from '../access/shell.ts';
import { showWaysIn } from '../access/ways-in.ts';
import { askAll } from '../fan-out/ask-all.ts';
import { exportRun } from '../recordings/export-run.ts';
import { copyPage, saveScreen } from '../copy/save-screen.ts';
import { showLog } from '../pod-pages/log-page.ts';
import { describePod, showYaml } from '../pod-pages/pod-page.ts';
import type { Action } from '../key-bindings.ts';

/** Actions that mean the same on every screen. A subject's own ones are in a file of it here, one entry each. */
export const ACTIONS: Readonly<Partial<Record<Action, (app: ConsoleApp) => void>>> = {
  quit: (app) => { app.quit(); },
  help: ({ dialogs }) => { void dialogs.showHelp(); },
  cleanUp: (app) => { void cleanUpAll(app); },
  shell: (app) => { void openShellHere(app); },
  askAll: (app) => { void askAll(app); },
  export: (app) => { void exportRun(app); },
  logs: (app) => { void showLog(app, 'current'); },
  previousLog: (app) => { void showLog(app, 'previous'); },
  describe: (app) => { void describePod(app); },
  yaml: (app) => { void showYaml(app); },
  historyBack: ({ journey }) => { journey.goTo('back'); },
  historyForward: ({ journey }) => { journey.goTo('forward'); },
  lastView: ({ journey }) => { journey.goTo('last'); },
  save: (app) => { void saveScreen(app); },
  redraw: (app) => { app.redraw(); },
  waysIn: (app) => { void showWaysIn(app); },
  command: ({ store }) => { store.setState({ commandLine: { text: '', typed: '', offered: null } }); },
};

/** Actions that mean the same while something stands over the screen. */
export const OVER_DIALOGS: Readonly<Partial<Record<Action, (app: ConsoleApp) => void>>> = {
  copy: copyPage,
  save: (app) => { void saveScreen(app); },
  redraw: (app) => { app.redraw(); },
};
