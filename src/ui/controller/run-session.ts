import type { AccessDialogue } from '../../domain/access.ts';
import type { ConsolePorts, PortResult, RunHandle } from '../../domain/console-ports.ts';
import { errorText } from '../../domain/error-text.ts';
import type { LiveRun } from '../../domain/pairing.ts';
import type { Playback } from '../../domain/playback.ts';
import type { RunEventOf } from '../../domain/run-event.ts';
import type { DriverView } from '../../domain/run-panel.ts';
import type { Target } from '../../domain/target.ts';
import { FIRST_RUN_VIEW, type ConsoleState } from '../../store/console-state.ts';
import type { ConsoleStore } from '../../store/index.ts';
import { cleanData } from '../../store/ingest.ts';
import type { PanelLog } from '../../store/panel-log.ts';
import { followRun } from '../../store/run-feed.ts';
import { mirrored } from '../pairing/mirror-driver.ts';
import { IDLE_RUN, type RunState } from '../../store/run-state.ts';

export interface RunHooks {
  readonly dialogue: AccessDialogue;
  /** Its verdict, or its end without one, was shown; again each time that it was asked for more. */
  readonly ended: (run: RunState) => void;
  /** The driver of a run that is followed has left it. */
  readonly left: () => void;
  /** Somebody left a note. */
  readonly noted: (note: RunEventOf<'note-left'>) => void;
}

/** A recording can be watched and asked nothing. */
type Followed = Pick<RunHandle, 'events' | 'cancel'> & Partial<Omit<RunHandle, 'note'>>;

/** The one run that is on the screen. */
export class RunSession {
  readonly #store: ConsoleStore;
  readonly #ports: ConsolePorts;
  readonly #panels: PanelLog;
  readonly #hooks: RunHooks;
  #current: { readonly handle: Followed; readonly following: AbortController } | null = null;
  #playback: Playback | null = null;
  #live: LiveRun | null = null;
  #note: ((text: string) => string | null) | null = null;
  #lastConcluded: RunState | null = null;

  constructor(store: ConsoleStore, ports: ConsolePorts, panels: PanelLog, hooks: RunHooks) {
    this.#hooks = hooks;
    this.#store = store;
    this.#ports = ports;
    this.#panels = panels;
  }

  /** True from the start until it tells that it has ended; what tidying up then still takes is nothing to wait for. */
  get isGoingOn(): boolean {
    return this.#current !== null && this.#isOwn && this.#store.getState().run.phase !== 'ended';
  }

  /** The last run that reached a verdict in this session; null when none did. */
  get lastConcluded(): RunState | null {
    return this.#lastConcluded;
  }

  /** What is being played; null while a run of our own is on the screen, or none. */
  get playback(): Playback | null {
    return this.#playback;
  }

  start(target: Target, dependencyText: string): void {
    this.#begin(null, null);
    void this.#follow(() => {
      const handle = this.#ports.startRun({ target, dependencyText, dialogue: this.#hooks.dialogue });
      this.#note = (text) => {
        handle.note(text);
        return null;
      };
      return handle;
    });
  }

  /** Plays a recording in the place of a run. */
  play(playback: Playback): void {
    this.#begin(playback, null);
    playback.onChange(() => {
      if (this.#playback === playback) this.#store.setState({ playback: playback.state });
    });
    void this.#follow(() => playback);
  }

  /** Follows somebody else's run. */
  watch(live: LiveRun): void {
    this.#begin(null, live);
    this.#note = (text) => live.note(text);
    live.onChange(() => {
      if (this.#live !== live) return;
      this.#store.setState({ live: live.state });
      if (live.state.heard === 'closed') this.#hooks.left();
    });
    void this.#follow(() => live);
  }

  get #isOwn(): boolean {
    return this.#playback === null && this.#live === null;
  }

  #begin(playback: Playback | null, live: LiveRun | null): void {
    this.cancel();
    this.#panels.clear();
    this.#playback = playback;
    this.#live = live;
    const nowMs = Date.now();
    this.#store.setState({ run: IDLE_RUN, runView: FIRST_RUN_VIEW, runError: null, runStartedAtMs: nowMs, nowMs, playback: playback?.state ?? null, live: live?.state ?? null });
  }

  /** False: there is no run that could be asked. */
  wish(wish: Parameters<RunHandle['wish']>[0]): boolean {
    this.#current?.handle.wish?.(wish);
    return this.#current?.handle.wish !== undefined;
  }

  /** null: there is no run that could be asked. */
  async compareWith(text: string): Promise<PortResult<string> | null> {
    return (await this.#current?.handle.compareWith?.(text)) ?? null;
  }

  /** Whether there is a record that a note can enter. */
  get takesNotes(): boolean {
    return this.#note !== null;
  }

  /** null, or why the note could not be left. */
  note(text: string): string | null {
    return this.#note?.(text) ?? null;
  }

  /** Tells those who follow where one looks. */
  look(view: DriverView): void {
    this.#current?.handle.look?.(view);
  }

  /** Ends the run and its commands; what it showed stays. */
  cancel(): void {
    const current = this.#current;
    this.#current = null;
    this.#note = null;
    if (current === null) return;
    current.following.abort();
    current.handle.cancel();
    this.#store.setState(({ run }) => (run.phase === 'ended' ? {} : { run: { ...run, phase: 'ended', endReason: 'interrupted', waitingFor: [] } }));
  }

  async #follow(begin: () => Followed): Promise<void> {
    const following = new AbortController();
    try {
      const handle = begin();
      this.#current = { handle, following };
      await followRun(handle.events, this.#panels, { show: (run) => { this.#show(run); } }, following.signal);
    } catch (error) {
      if (!following.signal.aborted) this.#store.setState({ runError: cleanData(errorText(error)) });
    } finally {
      if (this.#current?.following === following) {
        this.#current = null;
        if (this.#live === null) this.#note = null;
      }
    }
  }

  #show(run: RunState): void {
    if (run.conclusion !== null) this.#lastConcluded = run;
    const before = this.#store.getState().run;
    const nowMs = Date.now();
    // The run's clock stands still between a verdict and what it is asked then; somebody else's began before we came.
    const isResumed = before.phase === 'ended' && run.phase === 'running';
    const clock = this.#live !== null ? { runStartedAtMs: nowMs - run.lastEventAtMs } : isResumed ? { runStartedAtMs: nowMs - before.lastEventAtMs } : {};
    this.#store.setState((state) => ({
      run,
      outputVersion: state.outputVersion + 1,
      nowMs,
      playback: this.#playback?.state ?? null,
      ...clock,
      ...(before.driver === run.driver ? {} : { runView: mirrored({ run, runView: state.runView }) }),
      ...(this.#isOwn ? learnt(state, run) : {}),
    }));
    const note = run.remarks.at(-1);
    if (note !== undefined && run.remarks.length > before.remarks.length) this.#hooks.noted(note);
    if (before.phase !== 'ended' && run.phase === 'ended' && this.#isOwn) this.#hooks.ended(run);
  }
}

/** With a new verdict, what is known of its pod from then on. */
function learnt({ run: before, connectivity }: ConsoleState, { conclusion, target, dependency }: RunState): Partial<ConsoleState> {
  if (conclusion === null || before.conclusion === conclusion || target?.kind !== 'pod') return {};
  const { status, cause } = conclusion.verdict;
  return { connectivity: { ...connectivity, [`${target.namespace}/${target.pod}`]: { status, cause, url: dependency?.url ?? '' } } };
}
