import ipaddr from 'ipaddr.js';
import type { Fact, ToolsFact } from '../../domain/facts.ts';
import type { Question } from '../../domain/question.ts';
import { busyboxArgv } from '../../tools/survey/busybox.ts';
import { connectArgv } from './connections.ts';
import { handshakeArgv } from './handshakes.ts';
import { has, limited } from './has.ts';

type Request = Extract<Question, { kind: 'request' }>;

interface Parts {
  readonly host: string;
  readonly port: string;
  readonly path: string;
}

function partsOf(url: string): Parts {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const host = hostname.replace(/^\[|\]$/gu, '');
  return { host, port: port === '' ? (protocol === 'https:' ? '443' : '80') : port, path: `${pathname}${search}` };
}

export function requestArgv(question: Request, fact: Fact, tools: ToolsFact): readonly string[] | null {
  const { url, direct, address } = question;
  const { host, port, path } = partsOf(url);
  if (has(tools, 'curl')) {
    // A name that takes longer than the probe waited is only seen to be slow by who waits no longer.
    const slowName = fact.kind === 'resolve' && fact.outcome === 'timeout' ? ['--connect-timeout', '3'] : [];
    return ['curl', '-sSv', '--max-time', '10', ...slowName, '-o', '/dev/null', ...(direct ? ['--noproxy', '*'] : []), ...pinned(question, host, port), url];
  }
  if (url.startsWith('https:')) return secureRequestArgv(question, fact, tools);
  if (has(tools, 'wget', 'gnu')) return ['wget', '-S', '-O', '-', '-T', '5', '--tries', '1', ...(direct ? ['--no-proxy'] : []), url];
  if (has(tools, 'bash', 'bash') && has(tools, 'cat')) return limited(tools, 10, ['bash', '-c', BY_BASH, address ?? host, port, path, host]);
  if (has(tools, 'wget', 'busybox')) return limited(tools, 10, busyboxArgv(tools, 'wget', ['-S', '-O', '-', ...(direct ? ['-Y', 'off'] : []), url]));
  if (has(tools, 'python3')) return byPython(url, direct);
  return has(tools, 'bash', 'bash') ? ['bash', '-c', BY_BASH_ALONE, address ?? host, port, path, host] : null;
}

const BY_BASH = 'exec 3<>"/dev/tcp/$0/$1" && printf "GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n" "$2" "$3" >&3 && { cat <&3; echo; echo "(connection closed)"; }';
/** Without cat and timeout: what comes is read line by line, and printed quoted. */
const BY_BASH_ALONE =
  'exec 3<>"/dev/tcp/$0/$1" && printf "GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n" "$2" "$3" >&3 && while :; do IFS= read -r -t 8 -u 3 line; s=$?; [ "$s" = 0 ] || break; printf "%q\\n" "$line"; done; ' +
  '[ "$s" -gt 128 ] && echo "(nothing more in 8 s)" || echo "(connection closed)"';
const BY_PYTHON = 'import sys, urllib.request as r; print(r.urlopen(sys.argv[1], timeout=8).status)';
const BY_PYTHON_DIRECT = 'import sys, urllib.request as r; print(r.build_opener(r.ProxyHandler({})).open(sys.argv[1], timeout=8).status)';

function byPython(url: string, direct: boolean): readonly string[] {
  return ['python3', '-c', direct ? BY_PYTHON_DIRECT : BY_PYTHON, url];
}

/** Without a client for HTTPS the handshake is all that can be shown of it, and that only where no proxy stands before it. */
function secureRequestArgv({ url, address, direct }: Request, fact: Fact, tools: ToolsFact): readonly string[] | null {
  if (has(tools, 'python3')) return byPython(url, direct);
  const { host, port } = partsOf(url);
  if (fact.kind === 'http' && fact.proxy !== null) return null;
  if (fact.kind === 'connect' && fact.address !== null && fact.port !== null && fact.port !== Number(port)) return connectArgv({ address: fact.address, port: fact.port }, tools);
  const seen = 'address' in fact ? fact.address : null;
  return handshakeArgv({ address: address ?? seen ?? host, port: Number(port), serverName: ipaddr.isValid(host) ? null : host }, tools);
}

/** curl looks the name up itself unless it is told the address. */
function pinned({ address }: Request, host: string, port: string): readonly string[] {
  if (address === null || address === host) return [];
  return ['--resolve', `${host}:${port}:${address.includes(':') ? `[${address}]` : address}`];
}
