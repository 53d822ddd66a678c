import type { Fact, FactOf, ToolsFact } from '../../domain/facts.ts';
import type { Question } from '../../domain/question.ts';
import { busyboxArgv } from '../../tools/survey/busybox.ts';
import { has, shellOf } from './has.ts';

/** A look-up that takes longer is slow: then the command shows how long it takes. */
const SLOW_MS = 3000;
/** Opening a UDP socket resolves the name and sends nothing. bash says why that fails, and no address when it does not. */
const BY_BASH = ': 3<>"/dev/udp/$0/9" && echo "it resolves"';
const SHOW_TIME = 'date +%T; "$@"; date +%T';

export function resolveArgv(name: string, fact: Fact, tools: ToolsFact): readonly string[] | null {
  const failed = fact.kind === 'resolve' && fact.outcome !== 'answered';
  const lookUp = plainResolveArgv(name, tools) ?? (failed && has(tools, 'bash', 'bash') ? ['bash', '-c', BY_BASH, name] : null);
  const slow = fact.kind === 'resolve' && (fact.elapsedMs ?? 0) >= SLOW_MS;
  const shell = shellOf(tools);
  return slow && lookUp !== null && shell !== null && has(tools, 'date') ? [...shell, SHOW_TIME, 'sh', ...lookUp] : lookUp;
}

/**
 * As the application looks it up: search list and hosts file included. getent is silent about a failure and says it with its status
 * (getent(1): 2, one or more supplied keys could not be found), so a tool that says it in words comes before it.
 */
function plainResolveArgv(name: string, tools: ToolsFact): readonly string[] | null {
  const shell = shellOf(tools);
  if (has(tools, 'getent')) return shell === null ? ['getent', 'ahosts', name] : [...shell, 'getent ahosts "$0" || echo "not found, status $?"', name];
  if (has(tools, 'python3')) return ['python3', '-c', 'import socket, sys; print(*{a[4][0] for a in socket.getaddrinfo(sys.argv[1], None)})', name];
  return has(tools, 'nslookup') ? busyboxArgv(tools, 'nslookup', [name]) : null;
}

type Query = Extract<Question, { kind: 'query' }>;

export function queryArgv({ name, nameserver, recordType, transport }: Query, tools: ToolsFact): readonly string[] | null {
  // Without EDNS (RFC 6891), as it was asked: with it, a large answer is another one.
  if (has(tools, 'dig')) return ['dig', '+tries=1', '+time=3', transport === 'tcp' ? '+tcp' : '+noedns', `@${nameserver}`, name, recordType];
  const knowsType = has(tools, 'nslookup', 'bind') || has(tools, 'nslookup', 'busybox');
  if (knowsType && transport === 'udp') return busyboxArgv(tools, 'nslookup', [`-type=${recordType}`, name, nameserver]);
  return has(tools, 'host') ? ['host', ...(transport === 'tcp' ? ['-T'] : []), '-t', recordType, name, nameserver] : null;
}

/** Each of the things that one look at a vantage shows has a command of its own. */
export function filesArgv(fact: Fact, tools: ToolsFact): readonly string[] | null {
  const shell = shellOf(tools);
  switch (fact.kind) {
    case 'resolv-conf':
      return fileArgv('/etc/resolv.conf', tools);
    case 'hosts-file':
      return fileArgv('/etc/hosts', tools);
    case 'environment':
      return environmentArgv(fact, shell, tools);
    case 'clock':
      return clockArgv(tools);
    default:
      return null;
  }
}

function clockArgv(tools: ToolsFact): readonly string[] | null {
  if (has(tools, 'date')) return ['date', '-u'];
  if (has(tools, 'bash', 'bash')) return ['bash', '-c', 'printf "%(%F %T %Z)T\\n" -1'];
  return has(tools, 'python3') ? ['python3', '-c', 'import time; print(time.strftime("%F %T UTC", time.gmtime()))'] : null;
}

function fileArgv(file: string, tools: ToolsFact): readonly string[] | null {
  if (has(tools, 'cat')) return ['cat', file];
  if (has(tools, 'busybox')) return ['busybox', 'cat', file];
  if (has(tools, 'bash', 'bash')) return ['bash', '-c', 'echo "$(<"$0")"', file];
  return has(tools, 'python3') ? ['python3', '-c', 'import sys; print(open(sys.argv[1]).read())', file] : null;
}

/** The variables that are set, and no other: an environment holds secrets. */
function environmentArgv({ proxies }: FactOf<'environment'>, shell: readonly string[] | null, tools: ToolsFact): readonly string[] | null {
  const names = Object.keys(proxies).length === 0 ? ['http_proxy', 'https_proxy', 'all_proxy'] : Object.keys(proxies).sort();
  if (shell !== null) return [...shell, names.map((name) => `echo "${name}=\${${name}:-$${name.toUpperCase()}}"`).join('; ')];
  return has(tools, 'python3') ? ['python3', '-c', 'import os; print({n: v for n, v in os.environ.items() if n.lower().endswith("_proxy")})'] : null;
}
