import { z } from 'zod';
import type { ClusterResult } from '../domain/cluster.ts';
import type { Api } from './api.ts';
import { ok } from './failure.ts';
import { apiPath, getJson } from './wire.ts';

/*
 * https://kubernetes.io/docs/reference/using-api/api-concepts/#metadata-only-fetches: the object without its data. Who wrote which field
 * stands in its metadata (server-side apply's managedFields), and so do the names of the keys, without a value:
 *   "fieldsV1": {"f:data": {".": {}, "f:DATABASE_URL": {}}}
 */
const METADATA_ONLY = 'application/json;as=PartialObjectMetadata;g=meta.k8s.io;v=v1';

const FIELDS = z.record(z.string(), z.unknown());
const METADATA = z.object({
  metadata: z.object({ managedFields: z.array(z.object({ fieldsV1: z.object({ 'f:data': FIELDS.optional(), 'f:stringData': FIELDS.optional() }).optional() })).optional() }),
});

/** Names of a Secret's keys; its values are not asked for. null: the object does not tell who wrote it. */
export async function readSecretNames(api: Api, namespace: string, secret: string, signal: AbortSignal): Promise<ClusterResult<readonly string[] | null>> {
  const subject = { verb: 'get', resource: 'secrets', namespace, name: secret } as const;
  const path = apiPath('api', 'v1', 'namespaces', namespace, 'secrets', secret);
  const answer = await getJson<unknown>(api, { path, accept: METADATA_ONLY, subject, signal });
  if (!answer.ok) return answer;
  const read = METADATA.safeParse(answer.value);
  const fields = read.success ? (read.data.metadata.managedFields ?? []) : [];
  const names = fields.flatMap(({ fieldsV1 }) => [...Object.keys(fieldsV1?.['f:data'] ?? {}), ...Object.keys(fieldsV1?.['f:stringData'] ?? {})]);
  const keys = names.filter((name) => name.startsWith('f:')).map((name) => name.slice(2));
  return ok(keys.length === 0 ? null : [...new Set(keys)].toSorted());
}
