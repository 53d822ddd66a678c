import type { Fact, ToolsFact } from '../../domain/facts.ts';
import type { Question } from '../../domain/question.ts';
import { busyboxArgv } from '../../tools/survey/busybox.ts';
import { has, shellOf } from './has.ts';

/** ip(8) of iproute2 or busybox; null without either. */
function ip(tools: ToolsFact, args: readonly string[]): readonly string[] | null {
  if (has(tools, 'ip', 'iproute2')) return ['ip', ...args];
  return has(tools, 'ip', 'busybox') ? busyboxArgv(tools, 'ip', args) : null;
}

/** The kernel's own files, where no tool shows what is in them. */
function proc(tools: ToolsFact, files: readonly string[]): readonly string[] | null {
  if (has(tools, 'cat')) return ['cat', ...files];
  if (has(tools, 'busybox')) return ['busybox', 'cat', ...files];
  return has(tools, 'python3') ? ['python3', '-c', 'import sys; [print(open(f).read()) for f in sys.argv[1:]]', ...files] : null;
}

export function interfacesArgv(tools: ToolsFact): readonly string[] | null {
  const ifconfig = has(tools, 'ifconfig', 'ifconfig') ? ['ifconfig', '-a'] : null;
  return ip(tools, ['addr']) ?? ifconfig ?? proc(tools, ['/proc/net/dev', '/proc/net/fib_trie', '/proc/net/if_inet6']);
}

export function routesArgv(fact: Fact, tools: ToolsFact): readonly string[] | null {
  const ipv6 = fact.kind === 'routes' && fact.family === 6;
  return ip(tools, [ipv6 ? '-6' : '-4', 'route']) ?? proc(tools, [ipv6 ? '/proc/net/ipv6_route' : '/proc/net/route']);
}

export function neighboursArgv(tools: ToolsFact): readonly string[] | null {
  return ip(tools, ['neigh']) ?? proc(tools, ['/proc/net/arp']);
}

export function socketsArgv(tools: ToolsFact): readonly string[] | null {
  return has(tools, 'ss') ? ['ss', '-tan'] : proc(tools, ['/proc/net/tcp', '/proc/net/tcp6']);
}

/** The probe's own command where a traceroute is there; a script of ours is nothing to type, so tracepath stands in for it. */
export function traceArgv({ address }: Extract<Question, { kind: 'trace' }>, tools: ToolsFact): readonly string[] | null {
  if (has(tools, 'traceroute') || has(tools, 'mtr') || has(tools, 'busybox traceroute') || !has(tools, 'tracepath')) return null;
  return ['tracepath', '-n', address];
}

/** The connections that were listed, or else how full the table is, and what it could not take. */
export function conntrackArgv({ address }: Extract<Question, { kind: 'conntrack' }>, fact: Fact, tools: ToolsFact): readonly string[] | null {
  if (fact.kind === 'conntrack' && (fact.flows ?? []).length > 0) return ['grep', '-F', ` dst=${address} `, '/proc/net/nf_conntrack'];
  return proc(tools, ['/proc/sys/net/netfilter/nf_conntrack_count', '/proc/sys/net/netfilter/nf_conntrack_max', '/proc/net/stat/nf_conntrack']);
}

/** nstat(8) hides what is zero and remembers its last call, which hides the rest: the files say it all. */
export function countersArgv(tools: ToolsFact): readonly string[] | null {
  return proc(tools, ['/proc/net/snmp', '/proc/net/netstat']);
}

/** Counts by the shell's own words: an image that holds an application may have no ls and no wc. */
const COUNT_FILES = 'set -- "/proc/$0/fd/"*; echo "open files: $#"; while read -r line; do case $line in "Max open files"*) echo "$line" ;; esac; done < "/proc/$0/limits"';

/** The files of the process that is nearest to its limit. */
export function processesArgv(fact: Fact, tools: ToolsFact): readonly string[] | null {
  const shell = shellOf(tools);
  if (fact.kind !== 'processes' || shell === null) return null;
  const share = ({ openFiles, openFilesLimit }: (typeof fact.processes)[number]): number => (openFilesLimit === null ? 0 : openFiles / openFilesLimit);
  const [nearest] = fact.processes.toSorted((a, b) => share(b) - share(a));
  return nearest === undefined ? null : [...shell, COUNT_FILES, String(nearest.pid)];
}
