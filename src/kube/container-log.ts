import type { ClusterResult, ContainerLog, LogOptions, PodLogLine } from '../domain/cluster.ts';
import { keyBodiesHidden } from '../domain/redact.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Api } from './api.ts';
import { ok, type ApiSubject } from './failure.ts';
import { apiPath } from './wire.ts';

/** More than this of a log is no longer read: lines may be long. */
const LIMIT_BYTES = 2_000_000;

export function logPath(namespace: string, pod: string): string {
  return apiPath('api', 'v1', 'namespaces', namespace, 'pods', pod, 'log');
}

/** The end of a container's log, with the stamps of the container runtime. */
export async function readContainerLog(
  api: Api,
  namespace: string,
  pod: string,
  container: string,
  { previous, tailLines }: LogOptions,
  signal: AbortSignal,
): Promise<ClusterResult<ContainerLog>> {
  const subject: ApiSubject = { verb: 'get', resource: 'pods/log', namespace, name: pod };
  const query = { container, timestamps: 'true', tailLines: String(tailLines), limitBytes: String(LIMIT_BYTES), ...(previous ? { previous: 'true' } : {}) };
  const answer = await api.get({ path: logPath(namespace, pod), query, accept: '*/*', subject, signal });
  if (!answer.ok) return answer;
  const { text, serverDateMs, receivedAtMs } = answer.value;
  return ok({ lines: text.split('\n').filter((line) => line !== '').map(logLineOf).map(withoutKeys()), readAtMs: serverDateMs ?? receivedAtMs });
}

// 2026-11-25T18:19:01.123456789Z 2026/11/25 18:19:01 ERROR ...
const STAMPED = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2})) ?(.*)$/su;

export function logLineOf(line: string): PodLogLine {
  const [, at, text] = STAMPED.exec(line) ?? [];
  return at === undefined ? { at: null, text: cleanLine(line) } : { at, text: cleanLine(text ?? '') };
}

function withoutKeys(): (line: PodLogLine) => PodLogLine {
  const hide = keyBodiesHidden();
  return ({ at, text }) => ({ at, text: hide(text) });
}

/**
 * What a container writes after `since`. The API counts whole seconds, so it gives some lines again: those with a stamp that is not
 * younger are left out.
 */
export async function followContainerLog(
  api: Api,
  { namespace, pod, container }: { readonly namespace: string; readonly pod: string; readonly container: string },
  since: string | null,
  onLine: (line: PodLogLine) => void,
  signal: AbortSignal,
): Promise<ClusterResult<null>> {
  const subject: ApiSubject = { verb: 'get', resource: 'pods/log', namespace, name: pod };
  const from = since === null ? { tailLines: '0' } : { sinceTime: since };
  const query = { container, timestamps: 'true', follow: 'true', ...from };
  const hide = withoutKeys();
  const line = (text: string): void => {
    const own = hide(logLineOf(text));
    if (since === null || own.at === null || compareStamps(own.at, since) > 0) onLine(own);
  };
  // A quiet application is no broken connection.
  return api.follow({ path: logPath(namespace, pod), query, accept: '*/*', subject, signal, silentMs: 0 }, { open: () => undefined, line });
}

/** RFC 3339 with up to nine digits of a second, which Date cannot hold; the runtime leaves trailing zeros out. */
function compareStamps(a: string, b: string): number {
  const digits = (stamp: string): string => (/\.(\d+)/u.exec(stamp)?.[1] ?? '').padEnd(9, '0');
  return Date.parse(a) - Date.parse(b) || digits(a).localeCompare(digits(b));
}
