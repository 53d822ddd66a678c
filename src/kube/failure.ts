import { cleanText } from '../domain/sanitise.ts';
import type { ClusterFailure, ClusterResult } from '../domain/cluster.ts';

export function ok<T>(value: T): ClusterResult<T> {
  return { ok: true, value };
}

export function failed<T>(failure: ClusterFailure): ClusterResult<T> {
  return { ok: false, failure };
}

/** What was asked of the API, for the words of a failure. */
export interface ApiSubject {
  readonly verb: 'get' | 'list' | 'watch' | 'create' | 'patch' | 'delete';
  /** `pods`, `deployments.apps`, `pods/exec`. */
  readonly resource: string;
  readonly namespace: string | null;
  readonly name: string | null;
}

interface StatusBody {
  readonly message?: string;
}

/** The failure that a response with this status stands for. `body` is a Status object or whatever a proxy answered. */
export function failureOfStatus(status: number, body: string, subject: ApiSubject): ClusterFailure {
  const detail = messageOf(body, status);
  switch (status) {
    case 401:
      return { kind: 'unauthorized', detail };
    case 403:
      return { kind: 'forbidden', verb: subject.verb, resource: subject.resource, namespace: subject.namespace, detail };
    case 404:
      return { kind: 'not-found', resource: subject.resource, name: subject.name ?? '', namespace: subject.namespace, detail };
    default:
      return { kind: 'failed', status, detail };
  }
}

function messageOf(body: string, status: number): string {
  try {
    const { message } = JSON.parse(body) as StatusBody;
    if (typeof message === 'string' && message !== '') return cleanText(message);
  } catch {
    // Not a Status: an HTML page of a proxy, or nothing.
  }
  const text = cleanText(body).trim().slice(0, 300);
  return text === '' ? `HTTP status ${String(status)}` : text;
}

/** A request that got no response at all. undici and ws put the reason into `cause`, sometimes several, one for each address. */
export function failureOfError(error: unknown, server: string, signal: AbortSignal): ClusterFailure {
  if (signal.aborted) return { kind: 'cancelled', detail: 'cancelled' };
  return { kind: 'unreachable', detail: `${server}: ${reasonOf(error)}` };
}

export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return cleanText(String(error));
  if (error.name === 'TimeoutError') return 'no answer within the time limit';
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  if (error.cause instanceof Error) return reasonOf(error.cause);
  return cleanText(error.message === '' ? error.name : error.message);
}
