import type { ClusterResult } from '../domain/cluster.ts';
import type { Api, ApiRequest } from './api.ts';
import { failed, ok } from './failure.ts';

/** The client's types with times as they are on the wire: RFC 3339 text. */
export type Wire<T> = T extends Date
  ? string
  : T extends readonly (infer Item)[]
    ? readonly Wire<Item>[]
    : T extends object
      ? { readonly [Key in keyof T]: Wire<T[Key]> }
      : T;

export interface WireList<Item> {
  readonly items: readonly Item[];
}

export async function getJson<T>(api: Api, request: ApiRequest): Promise<ClusterResult<T>> {
  const answer = await api.get(request);
  if (!answer.ok) return answer;
  try {
    return ok(withItems(JSON.parse(answer.value.text)) as T);
  } catch {
    return failed({ kind: 'failed', status: 200, detail: 'the answer is not JSON' });
  }
}

/** Go writes a list of nothing as null. */
function withItems(value: unknown): unknown {
  const isEmptyList = typeof value === 'object' && value !== null && 'items' in value && value.items === null;
  return isEmptyList ? { ...value, items: [] } : value;
}

/** A path below the API's root, every part encoded. */
export function apiPath(...parts: readonly string[]): string {
  return `/${parts.map(encodeURIComponent).join('/')}`;
}
