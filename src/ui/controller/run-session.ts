import type { ConsolePorts, RunHandle } from '../../domain/console-ports.ts';
import type { Target } from '../../domain/target.ts';
import { FIRST_RUN_VIEW } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { cleanData } from '../../store/ingest.ts';
import type { PanelLog } from '../../store/panel-log.ts';
import { followRun } from '../../store/run-feed.ts';
import { IDLE_RUN, type RunState } from '../../store/run-state.ts';

/** The one run that is on the screen. */
export class RunSession {
  readonly #store: ConsoleStore;
  readonly #ports: ConsolePorts;
  readonly #panels: PanelLog;
  #current: { readonly handle: RunHandle; readonly following: AbortController } | null = null;
  #lastConcluded: RunState | null = null;

  constructor(store: ConsoleStore, ports: ConsolePorts, panels: PanelLog) {
    this.#store = store;
    this.#ports = ports;
    this.#panels = panels;
  }

  /** True from the start until it tells that it has ended; what tidying up then still takes is nothing to wait for. */
  get isGoingOn(): boolean {
    return this.#current !== null && this.#store.getState().run.phase !== 'ended';
  }

  /** The last run that reached a verdict in this session; null when none did. */
  get lastConcluded(): RunState | null {
    return this.#lastConcluded;
  }

  start(target: Target, dependencyText: string): void {
    this.cancel();
    this.#panels.clear();
    const nowMs = Date.now();
    this.#store.setState({ run: IDLE_RUN, runView: FIRST_RUN_VIEW, runError: null, runStartedAtMs: nowMs, nowMs });
    void this.#follow(target, dependencyText);
  }

  /** Ends the run and its commands; what it showed stays. */
  cancel(): void {
    const current = this.#current;
    this.#current = null;
    if (current === null) return;
    current.following.abort();
    current.handle.cancel();
    this.#store.setState(({ run }) => (run.phase === 'ended' ? {} : { run: { ...run, phase: 'ended', endReason: 'interrupted', waitingFor: [] } }));
  }

  async #follow(target: Target, dependencyText: string): Promise<void> {
    const following = new AbortController();
    try {
      const handle = this.#ports.startRun({ target, dependencyText });
      this.#current = { handle, following };
      await followRun(handle.events, this.#panels, { show: (run) => { this.#show(run); } }, following.signal);
    } catch (error) {
      if (!following.signal.aborted) this.#store.setState({ runError: cleanData(error instanceof Error ? error.message : String(error)) });
    } finally {
      if (this.#current?.following === following) this.#current = null;
    }
  }

  #show(run: RunState): void {
    if (run.conclusion !== null) this.#lastConcluded = run;
    this.#store.setState((state) => ({ run, outputVersion: state.outputVersion + 1, nowMs: Date.now() }));
  }
}
