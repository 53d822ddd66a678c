import ipaddr from 'ipaddr.js';
import type { ToolsFact } from '../domain/facts.ts';
import type { Question } from '../domain/question.ts';
import { busyboxArgv } from '../tools/survey/busybox.ts';

/**
 * The command that a person would type in the vantage to see an answer again: short, well known, and made of tools that are
 * there. null when what the probe itself ran is already that, or nothing shorter exists.
 */
export function repeatArgv(question: Question, tools: ToolsFact): readonly string[] | null {
  switch (question.kind) {
    case 'resolve':
      return resolveArgv(question.name, tools);
    case 'query':
      return queryArgv(question, tools);
    case 'connect':
      return connectArgv(question.address, question.port, tools);
    case 'request':
      return requestArgv(question, tools);
    case 'tls':
      return tlsArgv(question, tools);
    case 'exchange':
      // A TCP connect says nothing of a datagram.
      return question.protocol === 'udp' ? null : connectArgv(question.address, question.port, tools);
    default:
      return null;
  }
}

function has(tools: ToolsFact, tool: string, implementation?: string): boolean {
  const found = tools.tools[tool];
  return found !== undefined && (implementation === undefined || found === implementation);
}

function resolveArgv(name: string, tools: ToolsFact): readonly string[] | null {
  if (has(tools, 'getent')) return ['getent', 'ahosts', name];
  return has(tools, 'nslookup') ? busyboxArgv(tools, 'nslookup', [name]) : null;
}

function queryArgv({ name, nameserver, recordType, transport }: Extract<Question, { kind: 'query' }>, tools: ToolsFact): readonly string[] | null {
  if (has(tools, 'dig')) return ['dig', ...(transport === 'tcp' ? ['+tcp'] : []), `@${nameserver}`, name, recordType];
  const knowsType = has(tools, 'nslookup', 'bind') || has(tools, 'nslookup', 'busybox');
  if (knowsType && transport === 'udp') return busyboxArgv(tools, 'nslookup', [`-type=${recordType}`, name, nameserver]);
  return has(tools, 'host') && transport === 'udp' ? ['host', '-t', recordType, name, nameserver] : null;
}

function connectArgv(address: string, port: number, tools: ToolsFact): readonly string[] | null {
  if (has(tools, 'nc', 'openbsd')) return ['nc', '-vz', '-w', '4', address, String(port)];
  if (has(tools, 'bash', 'bash')) return ['bash', '-c', 'exec 3<>"/dev/tcp/$0/$1" && echo connected', address, String(port)];
  return null;
}

function requestArgv({ url, direct }: Extract<Question, { kind: 'request' }>, tools: ToolsFact): readonly string[] | null {
  if (has(tools, 'curl')) return ['curl', '-sv', '--max-time', '10', '-o', '/dev/null', ...(direct ? ['--noproxy', '*'] : []), url];
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const host = hostname.replace(/^\[|\]$/gu, '');
  if (protocol === 'https:') {
    return tlsArgv({ address: host, port: Number(port === '' ? '443' : port), serverName: ipaddr.isValid(host) ? null : host }, tools);
  }
  if (has(tools, 'wget', 'gnu')) return ['wget', '-O', '-', '-T', '10', ...(direct ? ['--no-proxy'] : []), url];
  const script = 'exec 3<>"/dev/tcp/$0/$1" && printf "GET %s HTTP/1.0\\r\\nHost: %s\\r\\n\\r\\n" "$2" "$0" >&3 && cat <&3';
  return has(tools, 'bash', 'bash') && has(tools, 'cat') ? ['bash', '-c', script, host, port === '' ? '80' : port, `${pathname}${search}`] : null;
}

type Handshake = Pick<Extract<Question, { kind: 'tls' }>, 'address' | 'port' | 'serverName'>;

function tlsArgv({ address, port, serverName }: Handshake, tools: ToolsFact): readonly string[] | null {
  if (!has(tools, 'openssl')) return null;
  const host = address.includes(':') ? `[${address}]` : address;
  return ['openssl', 's_client', '-connect', `${host}:${String(port)}`, ...(serverName === null ? [] : ['-servername', serverName])];
}
