/**
 * The survey's fixed POSIX script: which tools are on the PATH, and what those say of themselves whose name alone does not tell
 * what they are. It takes no data, starts no tool that could send a packet, and runs in dash, bash and busybox ash.
 *
 * `--help` comes first for every tool that may be busybox's: busybox answers it before the applet reads its arguments, while a
 * small busybox takes `telnet --version` or `ping -V` for a host name and asks a nameserver for it (tried: 1.35.0 allnoconfig).
 * nc is asked with -h: traditional nc says nothing useful to --help. curl is not asked at all: with OpenLDAP in it, `curl --version` looks
 * up this machine's own name (libldap's ldap_pvt_get_fqdn), which takes seconds where the nameserver is the very thing that fails
 * (tried: 7.88.1 of Debian 12).
 *
 * What needs no long questions comes first, up to the line `netdiag-survey named`: what is there, and what bash and timeout are. Most questions can be put
 * then, while the others are asked who they are, half of them at once: what the second half says waits in the pipe until the first half has
 * spoken; its `end` comes last, or not at all when it was cut off.
 *
 * BusyBox's timeout is not used: it leaves its watcher to process 1 of the container, which often does not reap (see vantage/remote-command).
 * The survey's own limit then ends a tool that hangs.
 *
 * The PATH is searched by hand, because a busybox shell may take its own applets for commands that no exec would find.
 *
 * Output, line by line: `netdiag-survey 1`; `have TOOL PATH`; `said TOOL` or `said busybox APPLET`, then the tool's own words up to the next line that
 * starts with `said `, `netdiag-survey named` or `netdiag-survey end`.
 */

export const SURVEYED_TOOLS = [
  ...['sh', 'bash', 'busybox', 'python3', 'python', 'perl', 'node', 'curl', 'wget', 'nc', 'ncat', 'netcat', 'telnet', 'socat'],
  ...['openssl', 'getent', 'dig', 'nslookup', 'host', 'ping', 'ping6', 'traceroute', 'traceroute6', 'mtr', 'tracepath', 'arping'],
  ...['ip', 'ss', 'ifconfig', 'route', 'netstat', 'arp', 'timeout', 'cat', 'od', 'base64', 'dd', 'head', 'sleep', 'env', 'date', 'stdbuf'],
] as const;

/** Tools that are busybox's under the same name, and the argument with which the others tell their version (`-` for none). */
const AMBIGUOUS: readonly (readonly [tool: string, versionFlag: string])[] = [
  ['ping', '-V'],
  ['traceroute', '--version'],
  ['telnet', '--version'],
  ['wget', '--version'],
  ['nslookup', '-'],
  ['ip', '-V'],
  ['netstat', '-'],
  ['ifconfig', '-'],
  ['route', '-'],
  ['arping', '-'],
];

/** The line after which most questions can be put. */
export const NAMED_LINE = 'netdiag-survey named';

/** Half of the tools are asked while the other half is. */
const HALF = 5;

export const SURVEY_SCRIPT = `
[ -e /dev/null ] && exec </dev/null
LC_ALL=C; export LC_ALL
echo netdiag-survey 1
find_tool() {
  IFS=:
  for d in $PATH; do
    if [ -f "\${d:-.}/$1" ] && [ -x "\${d:-.}/$1" ]; then IFS=' '; found=\${d:-.}/$1; return 0; fi
  done
  IFS=' '
  return 1
}
for t in ${SURVEYED_TOOLS.join(' ')}; do
  if find_tool "$t"; then echo "have $t $found"; fi
done
T=
if find_tool timeout; then
  h=$("$found" --help 2>&1)
  echo "said timeout"
  printf '%s\\n' "$h"
  case $h in
    *'BusyBox v'*) ;;
    *) if timeout 5 sh -c : 2>/dev/null; then T='timeout 5'; fi ;;
  esac
fi
says() {
  find_tool "$1" || return 0
  echo "said $1"
  shift
  $T "$found" "$@" 2>&1
  echo
}
ambiguous() {
  find_tool "$1" || return 0
  echo "said $1"
  h=$($T "$found" --help 2>&1)
  case $h in *'BusyBox v'*) printf '%s\\n' "$h"; return 0 ;; esac
  if [ "$2" = - ]; then printf '%s\\n' "$h"; else $T "$found" "$2" 2>&1; fi
}
says bash -c 'echo "bash $BASH_VERSION"'
echo ${NAMED_LINE}
said_first() {
${asked(AMBIGUOUS.slice(0, HALF))}
}
said_second() {
says nc -h
says netcat -h
${asked(AMBIGUOUS.slice(HALF))}
says openssl version
find_tool python3 || says python --version
if find_tool busybox; then
  b=$found
  says busybox --list
  for a in nc telnet wget ping traceroute nslookup ip timeout; do
    find_tool "$a" || { echo "said busybox $a"; $T "$b" "$a" --help 2>&1; echo; }
  done
fi
echo netdiag-survey end
}
exec 3<&0
said_second | {
  said_first <&3
  while IFS= read -r line; do printf '%s\\n' "$line"; done
}
`;

function asked(tools: typeof AMBIGUOUS): string {
  return tools.map(([tool, flag]) => `ambiguous ${tool} ${flag}`).join('\n');
}
