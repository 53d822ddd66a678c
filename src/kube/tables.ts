import { z } from 'zod';
import type { ClusterChange, ClusterFailure, ClusterNamespaceRow, ClusterPage, ClusterPodRow, ClusterResult } from '../domain/cluster.ts';
import type { Api } from './api.ts';
import type { ApiSubject } from './failure.ts';
import { AS_TABLE, cellsOf, isTableRow, type Cells, type TableRow, type ToRow } from './table.ts';
import { watchTable } from './watch.ts';
import { apiPath, getJson } from './wire.ts';

const PAGE_SIZE = 500;

const TABLE = z.object({
  kind: z.literal('Table'),
  metadata: z.object({ continue: z.string().optional(), remainingItemCount: z.number().optional(), resourceVersion: z.string().optional() }).optional(),
  columnDefinitions: z.array(z.object({ name: z.string() })),
  // Looked at here and not copied: there are ten thousand.
  rows: z.custom<readonly TableRow[] | null | undefined>((rows) => rows === undefined || rows === null || (Array.isArray(rows) && rows.every(isTableRow))),
});

interface Listing<Row> {
  readonly path: string;
  readonly resource: string;
  readonly namespace: string | null;
  readonly toRow: ToRow<Row>;
}

const NAMESPACES: Listing<ClusterNamespaceRow> = {
  path: '/api/v1/namespaces',
  resource: 'namespaces',
  namespace: null,
  toRow: (cell) => ({ name: cell('name'), status: cell('status'), age: cell('age') }),
};

/** The pods of one namespace; of all when it is null, which only a watch can tell apart. */
function podsOf(namespace: string | null): Listing<ClusterPodRow> {
  return {
    path: namespace === null ? '/api/v1/pods' : apiPath('api', 'v1', 'namespaces', namespace, 'pods'),
    resource: 'pods',
    namespace,
    toRow: (cell, rowNamespace) => podRow(cell, namespace ?? rowNamespace),
  };
}

export function listNamespaces(api: Api, signal: AbortSignal): AsyncIterable<ClusterPage<ClusterNamespaceRow>> {
  return pages(api, NAMESPACES, signal);
}

export function listPods(api: Api, namespace: string, signal: AbortSignal): AsyncIterable<ClusterPage<ClusterPodRow>> {
  return pages(api, podsOf(namespace), signal);
}

/**
 * A whole namespace in one page, from the server's own copy: it asks etcd nothing for that, which for many namespaces is most of the time.
 * What it has may be older than the newest; its version says how old, and a watch from there brings the rest (API concepts, "Resource versions").
 */
export function listPodsAsKnown(api: Api, namespace: string, signal: AbortSignal): AsyncIterable<ClusterPage<ClusterPodRow>> {
  return pages(api, podsOf(namespace), signal, { resourceVersion: '0' });
}

export function watchNamespaces(api: Api, version: string, signal: AbortSignal): AsyncIterable<ClusterChange<ClusterNamespaceRow>> {
  return changes(api, NAMESPACES, version, signal);
}

export function watchPods(api: Api, namespace: string | null, version: string, signal: AbortSignal): AsyncIterable<ClusterChange<ClusterPodRow>> {
  return changes(api, podsOf(namespace), version, signal);
}

function changes<Row>(api: Api, { path, resource, namespace, toRow }: Listing<Row>, version: string, signal: AbortSignal): AsyncIterable<ClusterChange<Row>> {
  return watchTable(api, { path, subject: { verb: 'watch', resource, namespace, name: null }, signal }, version, toRow);
}

function podRow(cell: Cells, namespace: string): ClusterPodRow {
  return {
    namespace,
    name: cell('name'),
    ready: cell('ready'),
    status: cell('status'),
    restarts: cell('restarts'),
    age: cell('age'),
    node: present(cell('node')),
    ip: present(cell('ip')),
  };
}

function present(cell: string): string | null {
  return cell === '' || cell === '<none>' ? null : cell;
}

async function* pages<Row>(api: Api, { path, resource, namespace, toRow }: Listing<Row>, signal: AbortSignal, from: Readonly<Record<string, string>> = { limit: String(PAGE_SIZE) }): AsyncGenerator<ClusterPage<Row>> {
  const subject: ApiSubject = { verb: 'list', resource, namespace, name: null };
  let next: string | null = '';
  while (next !== null) {
    const query = { ...from, includeObject: 'None', ...(next === '' ? {} : { continue: next }) };
    const answer: ClusterResult<unknown> = await getJson(api, { path, query, accept: AS_TABLE, subject, signal });
    if (!answer.ok) {
      yield { kind: 'failed', failure: answer.failure };
      return;
    }
    const table = TABLE.safeParse(answer.value);
    if (!table.success) {
      yield { kind: 'failed', failure: notATable() };
      return;
    }
    const { columnDefinitions, metadata } = table.data;
    const columns = columnDefinitions.map(({ name }) => name.toLowerCase());
    const rows = (table.data.rows ?? []).map((row) => toRow(cellsOf(columns, row), ''));
    next = present(metadata?.continue ?? '');
    yield { kind: 'rows', rows, remaining: next === null ? 0 : (metadata?.remainingItemCount ?? null), version: present(metadata?.resourceVersion ?? '') };
  }
}

function notATable(): ClusterFailure {
  return { kind: 'failed', status: 200, detail: 'the server does not answer as a Table' };
}
