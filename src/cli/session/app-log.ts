import type { ClusterReader, ClusterResult, PodLogLine } from '../../domain/cluster.ts';
import type { LogFact } from '../../domain/facts.ts';
import type { LogError } from '../../domain/found-dependency.ts';
import type { Question } from '../../domain/question.ts';
import { logErrors, type LogLine } from '../../dependencies/index.ts';
import type { CommandWatch } from '../../probes/probe.ts';
import { shownLogLine } from '../log-line.ts';

type LogQuestion = Extract<Question, { kind: 'log' }>;
type Place = { readonly namespace: string; readonly pod: string; readonly container: string };

const BACKLOG_LINES = 1_000;
/** Lines from before the run that are shown with the live ones. */
const SHOWN_LINES = 20;
const ERRORS_KEPT = 60;

/** The log of the target's container through one run: its end is read once, and followed from there until the run ends. */
export class AppLog {
  readonly #reader: ClusterReader;
  readonly #place: Place;
  #backlog: Promise<ClusterResult<LogFact>> | null = null;
  readonly #live: LogLine[] = [];
  #broken: ClusterResult<never> | null = null;
  #wake: (() => void)[] = [];

  constructor(reader: ClusterReader, place: Place) {
    this.#reader = reader;
    this.#place = place;
  }

  async ask({ watchMs, about }: LogQuestion, signal: AbortSignal, watch: CommandWatch | undefined): Promise<ClusterResult<LogFact>> {
    this.#backlog ??= this.#start(signal, watch);
    const backlog = await this.#backlog;
    if (!backlog.ok || watchMs === 0) return backlog;
    return this.#watchFor(watchMs, new Set(about.split(' ')), signal);
  }

  get command(): readonly string[] {
    return this.#commandWith('-f');
  }

  #commandWith(option: '-f' | '--previous'): readonly string[] {
    const { namespace, pod, container } = this.#place;
    return ['kubectl', 'logs', '-n', namespace, pod, '-c', container, '--timestamps', `--tail=${String(SHOWN_LINES)}`, option];
  }

  async #start(signal: AbortSignal, watch: CommandWatch | undefined): Promise<ClusterResult<LogFact>> {
    const { namespace, pod, container } = this.#place;
    const read = (previous: boolean): ReturnType<ClusterReader['containerLog']> => this.#reader.containerLog(namespace, pod, container, { previous, tailLines: BACKLOG_LINES }, signal);
    const [current, state] = await Promise.all([read(false), this.#reader.podState(namespace, pod, container, signal)]);
    if (!current.ok) return current;
    const before = state.ok && state.value.restarts > 0 ? await read(true) : null;
    const { lines, readAtMs } = current.value;
    const own = [...(before?.ok === true ? before.value.lines.map(stamp(true)) : []), ...lines.map(stamp(false))];
    if (before?.ok === true) this.#showPrevious(before.value.lines, watch);
    this.#follow(lines, signal, watch);
    return { ok: true, value: factOf(own.length, logErrors(own, readAtMs)) };
  }

  /** What the container wrote before it was restarted. */
  #showPrevious(lines: readonly PodLogLine[], watch: CommandWatch | undefined): void {
    const id = watch?.started(this.#commandWith('--previous')) ?? '';
    lines.slice(-SHOWN_LINES).map(stamp(true)).forEach(shower(watch, id));
    watch?.ended(id, { exitCode: 0, failure: null });
  }

  /** Runs until the signal: what comes is shown with what it says, and kept. */
  #follow(lines: readonly PodLogLine[], signal: AbortSignal, watch: CommandWatch | undefined): void {
    const { namespace, pod, container } = this.#place;
    const id = watch?.started(this.command) ?? '';
    const show = shower(watch, id);
    lines.slice(-SHOWN_LINES).map(stamp(false)).forEach(show);
    const since = lines.findLast(({ at }) => at !== null)?.at ?? null;
    const onLine = (line: PodLogLine): void => {
      const own = stamp(false)(line);
      this.#live.push(own);
      show(own);
      this.#wakeAll();
    };
    void this.#reader.followLog(namespace, pod, container, since, onLine, signal).then((ended) => {
      // One that ends by itself is that of a container that has ended: it is not quiet either.
      this.#broken = ended.ok ? { ok: false, failure: { kind: 'failed', status: null, detail: 'the container has ended' } } : ended;
      watch?.ended(id, { exitCode: ended.ok ? 0 : null, failure: ended.ok ? null : signal.aborted ? 'cancelled' : 'vantage-lost' });
      this.#wakeAll();
    });
  }

  /** What is written from now on: for so long, or until an error names one of the hosts, or has one of the causes. */
  async #watchFor(watchMs: number, about: ReadonlySet<string>, signal: AbortSignal): Promise<ClusterResult<LogFact>> {
    const from = this.#live.length;
    const endsAt = performance.now() + watchMs;
    const found = (): readonly LogError[] => logErrors(this.#live.slice(from), Date.now());
    while (performance.now() < endsAt && !signal.aborted && this.#broken === null && !found().some(({ host, cause }) => about.has(host ?? '') || about.has(cause ?? ''))) {
      await this.#woken(endsAt - performance.now());
    }
    // A log that broke off is no quiet log.
    if (this.#broken !== null && !signal.aborted) return this.#broken;
    return { ok: true, value: factOf(this.#live.length - from, found()) };
  }

  async #woken(limitMs: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, limitMs);
      this.#wake.push(() => { clearTimeout(timer); resolve(); });
    });
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}

/** Shows lines as output of a command, each with its time and, when it is an error, with what it says. */
function shower(watch: CommandWatch | undefined, id: string): (line: LogLine) => void {
  const startedAt = performance.now();
  return (line) => {
    const { text, meaning } = shownLogLine(line);
    watch?.line(id, { stream: 'stdout', text, atMs: performance.now() - startedAt, ...(meaning === null ? {} : { meaning }) });
  };
}

function stamp(previous: boolean): (line: PodLogLine) => LogLine {
  return (line) => ({ ...line, previous });
}

function factOf(linesRead: number, errors: readonly LogError[]): LogFact {
  return { kind: 'log', linesRead, errors: errors.slice(-ERRORS_KEPT) };
}
