import { z } from 'zod';
import type { ClusterFailure, ClusterNamespaceRow, ClusterPage, ClusterPodRow, ClusterResult } from '../domain/cluster.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import type { ApiSubject } from './failure.ts';
import { getJson } from './wire.ts';

/*
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#receiving-resources-as-tables: the server makes the rows that kubectl
 * prints. Without the objects (includeObject=None) ten thousand pods are 1.5 MB instead of 48.8 MB.
 */
const AS_TABLE = 'application/json;as=Table;v=v1;g=meta.k8s.io';
const PAGE_SIZE = 500;

const TABLE = z.object({
  kind: z.literal('Table'),
  metadata: z.object({ continue: z.string().optional(), remainingItemCount: z.number().optional() }).optional(),
  columnDefinitions: z.array(z.object({ name: z.string() })),
  rows: z.array(z.object({ cells: z.array(z.unknown()) })).nullish(),
});

/** A row's cells by their column's name, in lower case. */
type Cells = (column: string) => string;

export function listNamespaces(api: Api, signal: AbortSignal): AsyncIterable<ClusterPage<ClusterNamespaceRow>> {
  const subject: ApiSubject = { verb: 'list', resource: 'namespaces', namespace: null, name: null };
  return pages(api, '/api/v1/namespaces', subject, signal, (cell) => ({ name: cell('name'), status: cell('status'), age: cell('age') }));
}

export function listPods(api: Api, namespace: string, signal: AbortSignal): AsyncIterable<ClusterPage<ClusterPodRow>> {
  const subject: ApiSubject = { verb: 'list', resource: 'pods', namespace, name: null };
  return pages(api, `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods`, subject, signal, (cell) => ({
    name: cell('name'),
    ready: cell('ready'),
    status: cell('status'),
    restarts: cell('restarts'),
    age: cell('age'),
    node: present(cell('node')),
    ip: present(cell('ip')),
  }));
}

function present(cell: string): string | null {
  return cell === '' || cell === '<none>' ? null : cell;
}

async function* pages<Row>(
  api: Api,
  path: string,
  subject: ApiSubject,
  signal: AbortSignal,
  toRow: (cell: Cells) => Row,
): AsyncGenerator<ClusterPage<Row>> {
  let next: string | null = '';
  while (next !== null) {
    const query = { limit: String(PAGE_SIZE), includeObject: 'None', ...(next === '' ? {} : { continue: next }) };
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
    const columns = table.data.columnDefinitions.map(({ name }) => name.toLowerCase());
    const rows = (table.data.rows ?? []).map(({ cells }) => toRow((column) => cellText(cells[columns.indexOf(column)])));
    next = present(table.data.metadata?.continue ?? '');
    yield { kind: 'rows', rows, remaining: next === null ? 0 : (table.data.metadata?.remainingItemCount ?? null) };
  }
}

function cellText(cell: unknown): string {
  return cell === undefined || cell === null ? '' : cleanLine(typeof cell === 'string' ? cell : JSON.stringify(cell));
}

function notATable(): ClusterFailure {
  return { kind: 'failed', status: 200, detail: 'the server does not answer as a Table' };
}
