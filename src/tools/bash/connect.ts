import type { Dialect } from '../../domain/dialect.ts';
import { connectLimitSeconds, connectLimitWholeSeconds } from '../connect/limit.ts';
import { parseScriptReport } from '../connect/script-report.ts';

/**
 * bash alone, no other program. connect(2) blocks in a child whose lines come through a pipe, and `read -t` is the limit, because an
 * image may have no `timeout`. A child that is still there when the limit has passed is a timeout; one that died without a word is not.
 * The child is waited for: process 1 of a container often reaps nobody.
 * EPOCHREALTIME is bash 5 (before it the lines' arrival is the clock); fractions of a second need bash 4.
 */
const SCRIPT = `
LC_ALL=C
limit=$3
[ "\${BASH_VERSINFO[0]}" -ge 4 ] || limit=$4
echo "netdiag-connect to $1 $2"
exec 4< <(
  exec 2>&1
  started=$EPOCHREALTIME
  : 3<>"/dev/tcp/$1/$2"
  status=$?
  ended=$EPOCHREALTIME elapsed=-
  [ -n "$started" ] && elapsed=$(( \${ended/./} - \${started/./} ))
  echo "netdiag-status $status $elapsed"
)
child=$!
message=
finish() { wait "$child" 2>/dev/null; exit "$1"; }
while IFS= read -r -t "$limit" -u 4 line; do
  case $line in
    'netdiag-status 0 '*) echo "netdiag-connect connected \${line##* }"; finish 0 ;;
    'netdiag-status '*) echo "netdiag-connect failed \${line##* } $message"; finish 1 ;;
    *) message=\${message:-$line} ;;
  esac
done
kill "$child" 2>/dev/null && echo 'netdiag-connect timeout -'
finish 1
`;

/** bash's /dev/tcp: the errno's text of the C locale, and a clock of its own from bash 5 on. Tries the name's first address. */
export const bashConnect: Dialect<'connect'> = {
  id: 'bash',
  tool: 'bash',
  implementation: 'bash',
  argv: (question, limits) => [
    ...['bash', '-c', SCRIPT, 'bash', question.address, String(question.port)],
    ...[connectLimitSeconds(limits), connectLimitWholeSeconds(limits)],
  ],
  parse: parseScriptReport,
};
