import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { ClusterChange } from '../domain/cluster.ts';
import type { Api, ApiRequest } from './api.ts';
import { AS_TABLE, cellsOf, type TableRow, type ToRow } from './table.ts';

/*
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#efficient-detection-of-changes: a watch begins at the list's
 * resourceVersion, bookmarks move that on while nothing changes, and 410 (Gone) means that the list has to be read again.
 */
const EVENT = z.object({
  type: z.string(),
  object: z.object({
    kind: z.string().optional(),
    code: z.number().optional(),
    message: z.string().optional(),
    columnDefinitions: z.array(z.object({ name: z.string() })).nullish(),
    rows: z
      .array(
        z.object({
          cells: z.array(z.unknown()),
          object: z.object({ metadata: z.object({ name: z.string().optional(), namespace: z.string().optional(), resourceVersion: z.string().optional() }) }).nullish(),
        }),
      )
      .nullish(),
  }),
});

const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 30_000;
/** A watch that lasted this long was a good one: the next pause is short again. */
const GOOD_MS = 10_000;

/** Changes after `version`, for as long as the signal lets it; reconnects by itself with growing pauses. Ends after `expired`. */
export async function* watchTable<Row>(api: Api, request: Pick<ApiRequest, 'path' | 'subject' | 'signal'>, version: string, toRow: ToRow<Row>): AsyncGenerator<ClusterChange<Row>> {
  const { signal } = request;
  const watch = new Watch(version, toRow);
  for (let pauseMs = FIRST_PAUSE_MS; !signal.aborted; pauseMs = Math.min(LONGEST_PAUSE_MS, pauseMs * 2)) {
    const startedAtMs = performance.now();
    const query = { watch: 'true', allowWatchBookmarks: 'true', includeObject: 'Metadata', resourceVersion: watch.version };
    let wake = Promise.withResolvers<undefined>();
    const done = api.follow({ ...request, accept: AS_TABLE, query }, {
      open: () => {
        watch.isOpen = true;
        wake.resolve(undefined);
      },
      line: (line) => {
        watch.read(line);
        wake.resolve(undefined);
      },
    });
    let outcome: Awaited<typeof done> | null = null;
    void done.then((result) => {
      outcome = result;
      wake.resolve(undefined);
    });
    while (outcome === null) {
      await wake.promise;
      wake = Promise.withResolvers();
      if (watch.isOpen) yield { kind: 'live' };
      watch.isOpen = false;
      yield* watch.taken();
    }
    if (signal.aborted) return;
    const ended = await done;
    if (watch.isExpired || (!ended.ok && ended.failure.kind === 'failed' && ended.failure.status === 410)) {
      yield { kind: 'expired' };
      return;
    }
    if (!ended.ok) yield { kind: 'lost', failure: ended.failure };
    // The server ends every watch after some minutes: that is no loss.
    if (performance.now() - startedAtMs > GOOD_MS) pauseMs = FIRST_PAUSE_MS / 2;
    await sleep(ended.ok ? FIRST_PAUSE_MS / 2 : pauseMs * (0.75 + Math.random() / 2), undefined, { signal }).catch(() => undefined);
  }
}

class Watch<Row> {
  version: string;
  isExpired = false;
  /** Set when the server accepts the watch, taken back when that was told. */
  isOpen = false;
  readonly #toRow: ToRow<Row>;
  #columns: readonly string[] = [];
  #changed: Row[] = [];
  #removed: { readonly namespace: string; readonly name: string }[] = [];

  constructor(version: string, toRow: ToRow<Row>) {
    this.version = version;
    this.#toRow = toRow;
  }

  read(line: string): void {
    const event = EVENT.safeParse(jsonOf(line));
    if (!event.success) return;
    const { type, object } = event.data;
    if (type === 'ERROR') {
      this.isExpired ||= object.code === 410;
      return;
    }
    const defined = object.columnDefinitions ?? [];
    if (defined.length > 0) this.#columns = defined.map(({ name }) => name.toLowerCase());
    for (const row of object.rows ?? []) {
      this.version = row.object?.metadata.resourceVersion ?? this.version;
      if (type === 'DELETED') this.#removed.push({ namespace: row.object?.metadata.namespace ?? '', name: row.object?.metadata.name ?? '' });
      else if (type === 'ADDED' || type === 'MODIFIED') this.#changed.push(this.#toRow(cellsOf(this.#columns, row as TableRow), row.object?.metadata.namespace ?? ''));
    }
  }

  *taken(): Generator<ClusterChange<Row>> {
    const [rows, names] = [this.#changed, this.#removed];
    this.#changed = [];
    this.#removed = [];
    if (rows.length > 0) yield { kind: 'changed', rows };
    if (names.length > 0) yield { kind: 'removed', names };
  }
}

function jsonOf(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return null;
  }
}
