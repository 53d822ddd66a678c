import { z } from 'zod';
import type { ClusterFailure, DependencySources } from '../domain/cluster.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { apiPath, getJson } from './wire.ts';

const GROUP = 'networking.istio.io';
const GROUPS = z.object({ groups: z.array(z.object({ name: z.string(), preferredVersion: z.object({ version: z.string() }).optional() })) });
const ENTRIES = z.object({
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string(), namespace: z.string() }),
      spec: z.object({ hosts: z.array(z.string()).optional(), ports: z.array(z.object({ number: z.number(), protocol: z.string().optional() })).optional() }).optional(),
    }),
  ),
});

/** What a mesh lets through by name. A cluster without the kind has none; a list that may not be read is told to `unreadable`. */
export async function readServiceEntries(
  api: Api,
  namespace: string,
  unreadable: (failure: ClusterFailure) => void,
  signal: AbortSignal,
): Promise<DependencySources['serviceEntries']> {
  const groups = await getJson<unknown>(api, { path: '/apis', subject: { verb: 'get', resource: 'apis', namespace: null, name: null }, signal });
  const known = groups.ok ? GROUPS.safeParse(groups.value) : null;
  const version = known?.data?.groups.find(({ name }) => name === GROUP)?.preferredVersion?.version;
  if (version === undefined) return [];
  const list = (within: readonly string[]): ReturnType<typeof getJson<unknown>> => {
    const subject = { verb: 'list', resource: `serviceentries.${GROUP}`, namespace: within[1] ?? null, name: null } as const;
    return getJson<unknown>(api, { path: apiPath('apis', GROUP, version, ...within, 'serviceentries'), subject, signal });
  };
  const everywhere = await list([]);
  const answer = !everywhere.ok && everywhere.failure.kind === 'forbidden' ? await list(['namespaces', namespace]) : everywhere;
  if (!answer.ok) {
    if (answer.failure.kind !== 'not-found') unreadable(answer.failure);
    return [];
  }
  return (ENTRIES.safeParse(answer.value).data?.items ?? []).map(({ metadata, spec }) => ({
    name: cleanLine(`${metadata.namespace}/${metadata.name}`),
    hosts: (spec?.hosts ?? []).map(cleanLine),
    ports: (spec?.ports ?? []).map(({ number, protocol }) => ({ port: number, protocol: cleanLine(protocol ?? 'TCP').toUpperCase() })),
  }));
}
