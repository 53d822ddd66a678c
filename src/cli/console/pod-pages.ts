import type { ClusterResult, PodLogLine } from '../../domain/cluster.ts';
import type { ConsolePorts, PortResult } from '../../domain/console-ports.ts';
import type { LogPageLine, LogUpdate, PodPlace } from '../../domain/pod-pages.ts';
import type { ClusterConnection } from '../../kube/client.ts';
import { shownLogLine } from '../log-line.ts';
import { portFailure } from './port-failure.ts';

const BACKLOG_LINES = 500;

type OpenCluster = () => Promise<ClusterResult<ClusterConnection>>;

export type PodPages = Pick<ConsolePorts, 'followLog' | 'describePod' | 'podYaml'>;

/** What is read of a pod to be shown as a page. */
export function podPages(open: OpenCluster): PodPages {
  return {
    followLog: (place, previous, signal) => followLog(open, place, previous, signal),
    describePod: async ({ namespace, pod }, signal) => asPort(await withCluster(open, ({ reader }) => reader.describePod(namespace, pod, signal))),
    podYaml: async ({ namespace, pod }, signal) => asPort(await withCluster(open, ({ reader }) => reader.podYaml(namespace, pod, signal))),
  };
}

async function withCluster<T>(open: OpenCluster, ask: (connection: ClusterConnection) => Promise<ClusterResult<T>>): Promise<ClusterResult<T>> {
  const opened = await open();
  return opened.ok ? ask(opened.value) : opened;
}

function asPort<T>(result: ClusterResult<T>): PortResult<T> {
  return result.ok ? result : { ok: false, failure: portFailure(result.failure) };
}

interface Backlog {
  readonly container: string;
  readonly lines: readonly PodLogLine[];
}

async function* followLog(open: OpenCluster, place: PodPlace, previous: boolean, signal: AbortSignal): AsyncGenerator<LogUpdate> {
  const { namespace, pod } = place;
  const read = await withCluster(open, (connection) => readBacklog(connection, place, previous, signal));
  if (!read.ok) {
    yield { kind: 'failed', failure: portFailure(read.failure) };
    return;
  }
  const { container, lines } = read.value;
  yield { kind: 'lines', container, lines: lines.map(pageLine) };
  if (previous) return;
  const since = lines.findLast(({ at }) => at !== null)?.at ?? null;
  const incoming = new Incoming();
  const followed = withCluster(open, ({ reader }) => reader.followLog(namespace, pod, container, since, (line) => { incoming.add(pageLine(line)); }, signal));
  void followed.finally(() => { incoming.end(); });
  for await (const more of incoming.batches()) yield { kind: 'lines', container, lines: more };
  const ended = await followed;
  if (!ended.ok && !signal.aborted) yield { kind: 'failed', failure: portFailure(ended.failure) };
}

async function readBacklog({ reader }: ClusterConnection, { namespace, pod, container }: PodPlace, previous: boolean, signal: AbortSignal): Promise<ClusterResult<Backlog>> {
  const detail = container === null ? await reader.getPod(namespace, pod, signal) : null;
  if (detail?.ok === false) return detail;
  const name = container ?? detail?.value.defaultContainer ?? '';
  const log = await reader.containerLog(namespace, pod, name, { previous, tailLines: BACKLOG_LINES }, signal);
  return log.ok ? { ok: true, value: { container: name, lines: log.value.lines } } : log;
}

/** Lines that come one by one, given out together as often as somebody takes them. */
class Incoming {
  #lines: LogPageLine[] = [];
  #hasEnded = false;
  #wake = Promise.withResolvers<undefined>();

  add(line: LogPageLine): void {
    this.#lines.push(line);
    this.#wake.resolve(undefined);
  }

  end(): void {
    this.#hasEnded = true;
    this.#wake.resolve(undefined);
  }

  async *batches(): AsyncGenerator<readonly LogPageLine[]> {
    for (;;) {
      await this.#wake.promise;
      this.#wake = Promise.withResolvers();
      const lines = this.#lines;
      this.#lines = [];
      if (lines.length > 0) yield lines;
      else if (this.#hasEnded) return;
      if (this.#hasEnded) this.#wake.resolve(undefined);
    }
  }
}

function pageLine(line: PodLogLine): LogPageLine {
  return shownLogLine({ ...line, previous: false });
}
