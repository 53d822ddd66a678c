/** A proxy that takes the connection, and through which nothing comes back: is it the proxy, or what is behind it? */
import type { Question } from '../domain/question.ts';
import { proxyOf } from '../domain/proxy.ts';
import type { Look } from './look.ts';
import { proxyFor } from './reading.ts';
import { helpful } from './silence.ts';

export interface ProxyItself {
  /** It says something of its own: any status, "400 Bad Request" usually (RFC 9112 3.2.2). */
  readonly answers: boolean;
  readonly evidence: readonly string[];
}

/** What the proxy says when it is asked as a server. null where it speaks something other than HTTP, or could not be asked. */
export function proxyItself(look: Look): ProxyItself | null | 'wait' {
  const question = proxyItselfQuestion(look);
  if (question === null) return null;
  const answer = helpful(look, question);
  if (answer === null) return 'wait';
  if (answer === 'late') return { answers: false, evidence: [] };
  const http = answer.fact('http');
  return answer.unavailable ? null : { answers: http?.outcome === 'response', evidence: answer.ids() };
}

/** null without a proxy, and for one that is spoken to in TLS or SOCKS. */
export function proxyItselfQuestion(look: Look): Question | null {
  const variable = proxyFor(look);
  const proxy = proxyOf(look.dependency, look.peek({ kind: 'files' })?.fact('environment')?.proxies ?? {});
  if (variable === null || proxy === null || /^(?!http:)[a-z0-9+.-]+:\/\//iu.test(variable)) return null;
  const host = proxy.host.includes(':') ? `[${proxy.host}]` : proxy.host;
  return { kind: 'request', url: `http://${host}:${String(proxy.port)}/`, address: null, direct: true, attempt: 0 };
}
