/**
 * Reads files of /proc/net and /sys/class/net where `ip` and `ss` are missing. Each line is printed after the name of its file, so one
 * output holds several tables. Fixed scripts: file names are their arguments. A file that is missing or not readable is left out.
 *
 *     /proc/net/route<TAB>n0	00000000	01004D0A ...
 */

/** Needs a shell alone: no cat. `read` is a builtin everywhere; IFS= keeps the columns. */
export const SHELL_READ_SCRIPT = `for file in "$@"; do
  [ -f "$file" ] || continue
  while IFS= read -r line || [ -n "$line" ]; do printf '%s\\t%s\\n' "$file" "$line"; done <"$file"
done 2>/dev/null
echo netdiag-done`;

/** Shells leave a pattern as it is when nothing matches; python3 needs to be asked to expand one. */
export const PYTHON_READ_SCRIPT = `import glob, sys
for pattern in sys.argv[1:]:
    for name in sorted(glob.glob(pattern)):
        try:
            for line in open(name, errors='replace'): print(name + '\\t' + line.rstrip('\\n'))
        except OSError: pass
print('netdiag-done')`;

/** The patterns stand in the script's text, because a shell expands only what stands there; they are constants. */
export function shellScriptFor(files: readonly string[]): string {
  return `set -- ${files.join(' ')}\n${SHELL_READ_SCRIPT}`;
}

export const INTERFACE_FILES = [
  '/proc/net/dev', '/proc/net/if_inet6', '/proc/net/route', '/proc/net/fib_trie',
  '/sys/class/net/*/flags', '/sys/class/net/*/mtu', '/sys/class/net/*/carrier',
] as const;
export const ROUTE_FILES = ['/proc/net/route', '/proc/net/fib_trie', '/proc/net/ipv6_route'] as const;
export const NEIGHBOUR_FILES = ['/proc/net/arp'] as const;
export const SOCKET_FILES = ['/proc/net/tcp', '/proc/net/tcp6'] as const;
export const COUNTER_FILES = ['/proc/net/snmp', '/proc/net/netstat', '/proc/net/snmp6', '/proc/net/sockstat'] as const;
