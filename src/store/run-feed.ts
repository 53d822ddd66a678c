import type { RunEvent } from '../domain/run-event.ts';
import { cleanData } from './ingest.ts';
import type { PanelLog } from './panel-log.ts';
import { reduce } from './reduce.ts';
import { IDLE_RUN, type RunState } from './run-state.ts';

/** How long output may wait before it is shown: 12 frames a second. */
const SHOW_EVERY_MS = 80;
/** After this much folding in one go, keys get their turn. */
const TURN_MS = 8;

export interface RunFeedSink {
  /** Called at most every 80 ms while events arrive, and once after the last. */
  readonly show: (run: RunState) => void;
}

/**
 * Folds a run's events into `panels` and a RunState, and shows the state in steps that a terminal can follow. Resolves when the
 * events end; rejects with what the events threw, after the last state was shown. An aborted feed shows nothing more.
 */
export async function followRun(
  events: AsyncIterable<RunEvent>,
  panels: PanelLog,
  sink: RunFeedSink,
  signal: AbortSignal,
): Promise<void> {
  let run = IDLE_RUN;
  let shown: RunState | null = null;
  let timer: NodeJS.Timeout | null = null;
  const show = (): void => {
    timer = null;
    if (signal.aborted) return;
    shown = run;
    sink.show(run);
  };
  let turnStartedAtMs = performance.now();
  try {
    for await (const raw of events) {
      if (signal.aborted) return;
      const event = cleanData(raw);
      panels.apply(event);
      run = reduce(run, event);
      timer ??= setTimeout(show, SHOW_EVERY_MS);
      if (performance.now() - turnStartedAtMs > TURN_MS) {
        await new Promise((resolve) => setImmediate(resolve));
        turnStartedAtMs = performance.now();
      }
    }
  } finally {
    if (timer !== null) clearTimeout(timer);
    if (shown !== run || timer !== null) show();
  }
}
