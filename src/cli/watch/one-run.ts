import { errorText } from '../../domain/error-text.ts';
import { redactData } from '../../domain/redact.ts';
import { EMPTY_RUN, hasStarted, withEvent, type RunSummary, type StartedRun } from '../../report/run-summary.ts';
import { verdictOf } from '../../report/verdict-text.ts';
import type { Recorder } from '../../run-file/recorder.ts';
import type { Problem } from '../problem.ts';
import type { RunRequest, SessionOptions, StartSession } from '../run-request.ts';
import type { Seen } from './change.ts';

export type OneRun =
  | { readonly kind: 'ran'; readonly seen: Seen; readonly run: StartedRun }
  | { readonly kind: 'not-run'; readonly problem: Problem }
  /** It was cut short by a signal, and says nothing. */
  | { readonly kind: 'interrupted' };

/** Runs once to its end, and records it. Throws nothing: what goes wrong on the way is a run without a verdict. */
export async function runOnce(request: RunRequest, options: SessionOptions, startSession: StartSession, recorder: Recorder | null): Promise<OneRun> {
  let run: RunSummary = EMPTY_RUN;
  try {
    const session = await startSession(request, options);
    if (options.signal.aborted) return { kind: 'interrupted' };
    if (!session.ok) return { kind: 'not-run', problem: session.problem };
    for await (const event of session.value) {
      recorder?.record(event);
      run = withEvent(run, redactData(event));
    }
  } catch (error) {
    const detail = errorText(error);
    return { kind: 'not-run', problem: { code: 'internal', detail: detail.split('\n')[0] ?? '', suggestion: null } };
  } finally {
    recorder?.close();
  }
  if (options.signal.aborted || !hasStarted(run)) return { kind: 'interrupted' };
  return { kind: 'ran', seen: verdictOf(run).status, run };
}
