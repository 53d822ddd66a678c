/** Places that go through a proxy which the target does not know. */
import { proxyVariable } from '../domain/proxy.ts';
import type { Look } from './look.ts';
import { requestQuestion } from './reading.ts';

/** The proxy that a place to compare with has for the dependency: null when it has none, undefined while that is not known. */
export function proxyAt(look: Look, contrast: string): string | null | undefined {
  const files = look.need({ kind: 'files' }, contrast);
  return files === null ? undefined : proxyVariable(look.dependency, files.fact('environment')?.proxies ?? {});
}

/** Before the walk comes to it: who has one, and what it gets through it. */
export function askEarlyForOthersProxies(look: Look): void {
  if (look.dependency.application !== 'http') return;
  for (const { id } of look.situation.contrasts) if ((proxyAt(look, id) ?? null) !== null) look.need(requestQuestion(look), id);
}
