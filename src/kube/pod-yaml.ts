import { stringify } from 'yaml';
import type { ClusterResult } from '../domain/cluster.ts';
import { REDACTED, redactData, redactText } from '../domain/redact.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { ok } from './failure.ts';
import { getWirePod, type WirePod } from './pods.ts';

/** The manifest as `kubectl get -o yaml` prints it, without what the server keeps for itself, and with what looks secret left out. */
export async function readPodYaml(api: Api, namespace: string, name: string, signal: AbortSignal): Promise<ClusterResult<readonly string[]>> {
  const answer = await getWirePod(api, namespace, name, signal);
  if (!answer.ok) return answer;
  return ok(stringify(redactData(manifestOf(answer.value)), { lineWidth: 0 }).trimEnd().split('\n').map(cleanLine));
}

/** The manifest that was applied last stands in an annotation once more. */
const APPLIED = 'kubectl.kubernetes.io/last-applied-configuration';

function manifestOf({ apiVersion, kind, metadata, spec, status }: WirePod): unknown {
  const annotations = Object.fromEntries(Object.entries(metadata?.annotations ?? {}).filter(([name]) => name !== APPLIED));
  const kept = Object.fromEntries(Object.entries({ ...metadata, annotations }).filter(([name]) => name !== 'managedFields'));
  return { apiVersion, kind, metadata: kept, spec: spec === undefined ? undefined : { ...spec, containers: spec.containers.map(withoutSecretValues) }, status };
}

/** A variable whose name says that its value is a secret. */
function withoutSecretValues<C extends { readonly env?: readonly { readonly name: string; readonly value?: string }[] }>(container: C): C {
  if (container.env === undefined) return container;
  const env = container.env.map((one) => (one.value !== undefined && redactText(`${one.name}=${one.value}`).endsWith(REDACTED) ? { ...one, value: REDACTED } : one));
  return { ...container, env };
}
