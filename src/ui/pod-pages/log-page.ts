import type { LogPageLine } from '../../domain/pod-pages.ts';
import type { DialogLine } from '../../store/dialog.ts';
import { line } from '../access/change-lines.ts';
import type { ConsoleApp } from '../console-app.ts';
import { podHere } from './pod-place.ts';

/** What is kept while a log is open. */
const LINES_KEPT = 1_000;
const SHOW_EVERY_MS = 100;

/** The log of the pod under the cursor as it is written, or that of its container before the last restart. */
export async function showLog(app: ConsoleApp, which: 'current' | 'previous'): Promise<void> {
  const { podPages, ui } = app.context.messages;
  const place = podHere(app);
  if (place === null) {
    app.notify('warn', podPages.noPod);
    return;
  }
  const title = (container: string | null): string => podPages.logTitle([place.namespace, place.pod, container].filter((name) => name !== null).join('/'), which === 'previous');
  const page = app.dialogs.openPage({ title: title(place.container), lines: [line(ui.lists.loading, 'dim')] });
  const closed = new AbortController();
  void page.closed.then(() => { closed.abort(); });
  let lines: readonly DialogLine[] = [];
  let timer: NodeJS.Timeout | null = null;
  const show = (): void => {
    timer = null;
    page.update({ lines: lines.length === 0 ? [line(podPages.noLines, 'dim')] : lines });
  };
  for await (const update of app.ports.followLog(place, which === 'previous', closed.signal)) {
    if (update.kind === 'lines') page.update({ title: title(update.container) });
    lines = update.kind === 'failed' ? [...lines, line(ui.failure(update.failure), 'fail')] : [...lines, ...update.lines.map((one) => toLine(app, one))].slice(-LINES_KEPT);
    timer ??= setTimeout(show, SHOW_EVERY_MS);
  }
  if (timer !== null) clearTimeout(timer);
  show();
}

/** An error says what it means, as in the application's panel. */
function toLine({ context: { messages, theme } }: ConsoleApp, { text, meaning }: LogPageLine): DialogLine {
  return meaning === null ? line(text) : line(`${theme.glyphs.status.fail} ${messages.dependencies.meanings[meaning]}: ${text}`, 'fail');
}
