import type { ClusterResult, LogOptions } from '../domain/cluster.ts';
import type { Api } from './api.ts';
import { readContainerLog } from './container-log.ts';
import { ok } from './failure.ts';

/** The end of a container's log, without the runtime's stamps. */
export async function readLines(api: Api, namespace: string, pod: string, container: string, options: LogOptions, signal: AbortSignal): Promise<ClusterResult<readonly string[]>> {
  const log = await readContainerLog(api, namespace, pod, container, options, signal);
  return log.ok ? ok(log.value.lines.map(({ text }) => text)) : log;
}

/**
 * klog's E and F lines; level=error and "level":"error" (Cilium, Antrea, containerd style); [ERROR] (Calico, CoreDNS); ERROR as a word; a line
 * that begins with panic:, fatal: or error: (Go, scripts).
 */
const ERROR_LINE = /^[EF]\d{4} \d\d:|\b(?:level|severity)"?[=:] ?"?(?:error|fatal|panic|critical)\b|\[(?:error|fatal|crit|emerg)\]|^(?:\S+ )?(?:panic|fatal(?: error)?|error): /iu;
const ERROR_WORD = /\b(?:ERROR|FATAL)\b/u;

export function isErrorLine(line: string): boolean {
  return ERROR_LINE.test(line) || ERROR_WORD.test(line);
}
