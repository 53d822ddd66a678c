import type { Screen } from '../../store/console-state.ts';
import type { ConsoleApp } from '../console-app.ts';

/** Leaves everything that is open for these screens, which stand on the list of namespaces; the last one is loaded and shown. */
export function goTo(app: ConsoleApp, screens: readonly Screen[]): void {
  app.afterRun(app.context.messages.ui.dialogs.leaveRun, () => {
    app.journey.goHome();
    for (const screen of screens) app.journey.open(screen);
  });
}
