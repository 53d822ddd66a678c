import type { CommandOutput } from '../../domain/command.ts';

/** Lines by file name. */
export type Tables = ReadonlyMap<string, readonly string[]>;

// /proc/net/dev	    lo:    1652      20    0 ...
const NAMED_LINE = /^(\/(?:proc\/net|sys\/class\/net)\/[^\t]+)\t(.*)$/u;

/**
 * Reads what script.ts prints, and what `cat` of the same files prints: those are told apart by their first lines. Empty when the
 * script did not come to its end: a route that is missing from a cut list is no missing route.
 */
export function readTables(output: CommandOutput): Tables {
  const files = new Map<string, string[]>();
  const add = (name: string, line: string): void => {
    const lines = files.get(name);
    if (lines === undefined) files.set(name, [line]);
    else lines.push(line);
  };
  let scripted = false;
  let current: string | null = null;
  for (const { text, stream } of output.lines) {
    if (stream === 'stderr') continue;
    const named = NAMED_LINE.exec(text);
    if (named !== null) {
      scripted = true;
      add(named[1] ?? '', named[2] ?? '');
    } else {
      current = fileOf(text) ?? current;
      if (current !== null) add(current, text);
    }
  }
  return scripted && output.lines.at(-1)?.text !== 'netdiag-done' ? new Map() : files;
}

/** The file that a line can only come from, when nothing but cat prints it. */
const FIRST_LINES: readonly (readonly [RegExp, string])[] = [
  [/^Inter-\|\s+Receive /u, '/proc/net/dev'],
  [/^Iface\tDestination\tGateway /u, '/proc/net/route'],
  [/^Main:$/u, '/proc/net/fib_trie'],
  [/^IP address +HW type /u, '/proc/net/arp'],
  //   sl  local_address rem_address   st tx_queue ...          tcp;  tcp6 names its second column remote_address
  [/^ +sl +local_address +rem_address +st /u, '/proc/net/tcp'],
  [/^ +sl +local_address +remote_address +st /u, '/proc/net/tcp6'],
  [/^Ip: Forwarding /u, '/proc/net/snmp'],
  [/^TcpExt: SyncookiesSent /u, '/proc/net/netstat'],
  [/^Ip6InReceives\s/u, '/proc/net/snmp6'],
  [/^sockets: used \d/u, '/proc/net/sockstat'],
  [/^[\da-f]{32} [\da-f]{2} [\da-f]{2} [\da-f]{2} [\da-f]{2} +\S+$/u, '/proc/net/if_inet6'],
  [/^[\da-f]{32} [\da-f]{2} [\da-f]{32} [\da-f]{2} [\da-f]{32} /u, '/proc/net/ipv6_route'],
];

function fileOf(line: string): string | null {
  return FIRST_LINES.find(([pattern]) => pattern.test(line))?.[1] ?? null;
}
