import type { RunEvent } from '../../src/domain/run-event.ts';
import { REQUEST, FILTERED_RUN, commandEnded, commandStarted, output, started } from '../store/run-events.ts';

type Run = (request: unknown, signal: AbortSignal) => AsyncIterable<RunEvent>;

/** A whole run at `speed` times its own pace; 0: without waiting. Cancelled, it ends as the engine does. */
export function pacedRun(speed: number, events: readonly RunEvent[] = FILTERED_RUN): Run {
  return async function* paced(_request, signal) {
    let atMs = 0;
    for (const event of events) {
      if (speed > 0) await pause((event.atMs - atMs) / speed, signal);
      atMs = event.atMs;
      if (signal.aborted) {
        yield { kind: 'run-ended', atMs, reason: 'interrupted' };
        return;
      }
      yield event;
    }
  };
}

/** A whole run that takes `tidyMs` to clean up after its last event. */
export function slowlyTidyingRun(tidyMs: number): Run {
  return async function* tidying(request, signal) {
    yield* pacedRun(0)(request, signal);
    await pause(tidyMs);
  };
}

/** A run that never concludes, with a line every `everyMs`, until it is cancelled. */
export async function* streamingRun(everyMs: number, signal?: AbortSignal): AsyncIterable<RunEvent> {
  yield started();
  yield commandStarted('c1', REQUEST, 'application', ['curl', '-v', 'https://slam.payments.example:8080/'], 1);
  for (let line = 1; signal?.aborted !== true; line += 1) {
    await pause(everyMs, signal);
    yield output('c1', line * everyMs, `* line ${line.toString()} of what curl says while it waits for an answer that does not come`);
  }
  yield commandEnded('c1', 1_000, null);
  yield { kind: 'run-ended', atMs: 1_000, reason: 'interrupted' };
}

function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, Math.max(0, ms));
    signal?.addEventListener('abort', () => { clearTimeout(timer); resolve(); }, { once: true });
  });
}

/** What a name, a log line or a certificate may carry: each would do something to a terminal that believed it. */
export const HOSTILE: readonly string[] = [
  'csi-\u001b[2J\u001b[H\u001b[31mred',
  'title-\u001b]0;owned\u0007after',
  'clipboard-\u001b]52;c;b3duZWQ=\u0007after',
  'link-\u001b]8;;http://evil.example\u001b\\text',
  'unterminated-\u001b]8;;http://evil.example',
  'dcs-\u001bPq#0;2;0;0;0\u001b\\after',
  'apc-\u001b_Gf=100;AAAA\u001b\\after',
  'c1-\u009b2J\u009d0;owned\u009cafter',
  'reset-\u001bcafter',
  'bidi-\u202egnp.exe\u202c-\u2066x\u2069',
  'zero-\u200b\u200d\ufeffwidth',
  'cr-first\rsecond\nthird\bfourth',
  'wide-漢字かな交じり文-🧨🧨',
  `long-${'x'.repeat(1_000_000)}`,
];
