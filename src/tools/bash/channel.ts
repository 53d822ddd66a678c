import type { ChannelDialect } from '../../domain/dialect.ts';
import { copyTool } from '../channel/copy.ts';
import { CHANNEL_LINGER_SECONDS, parseChannelReport } from '../channel/report.ts';

/**
 * bash opens the connection, two copiers carry the bytes: dd or cat, or bash itself where it is alone. It cannot keep NUL in a variable, so it
 * reads up to each NUL and writes one behind it; what has no NUL is passed on after 50 ms. The first copier to end decides: the one that reads
 * the peer ends the channel; the one that reads standard input leaves the peer some seconds to answer. bash cannot close half
 * a connection, so the peer sees our end only when all is over.
 * `wait -n` would miss a copier that ends before it is called, so both are looked at in turn.
 * A connect that gets no answer is ended by the vantage, not here. The copiers are waited for: process 1 of a container often reaps nobody.
 */
const SCRIPT = `
copy() {
  case $1 in dd) exec dd bs=65536 2>/dev/null ;; cat) exec cat ;; esac
  while :; do
    IFS= read -r -d '' -t 0.05 chunk
    case $? in
      0) printf '%s\\0' "$chunk" || exit ;;
      1) printf '%s' "$chunk"; exit ;;
      *) printf '%s' "$chunk" || exit ;;
    esac
  done
}
pause() { read -r -t 0.1 -u 9 _; [ $? -gt 128 ] || sleep 0.1 2>/dev/null || wait "$reader"; }
LC_ALL=C
IFS= read -r hello || exit 1
printf '%s\\n' "$hello" >&2
echo "netdiag-connect to $1 $2 $3" >&2
if ! exec 3<>"/dev/$3/$1/$2"; then exit 1; fi
echo netdiag-connected >&2
exec 5<&0
exec 9<> <(:)
trap 'kill "$reader" "$writer" 2>/dev/null; wait' EXIT
trap 'exit 1' TERM HUP INT PIPE
copy "$5" <&3 5<&- &
reader=$!
copy "$5" <&5 >&3 &
writer=$!
exec 5<&- 1>&- 3>&-
while kill -0 "$reader" 2>/dev/null && kill -0 "$writer" 2>/dev/null; do pause; done
tries=$(( $4 * 10 ))
while kill -0 "$reader" 2>/dev/null && [ "$tries" -gt 0 ]; do pause; tries=$(( tries - 1 )); done
`;

export const bashChannel: ChannelDialect = {
  id: 'bash',
  tool: 'bash',
  implementation: 'bash',
  tellsConnected: true,
  argv: ({ address, port, transport, segmentBytes }, _limits, tools) => {
    if (segmentBytes !== undefined) return null;
    const copy = copyTool(tools) ?? 'read';
    // bash reads a byte at a time, and the rest of a datagram is lost with its first byte.
    if (copy === 'read' && transport === 'udp') return null;
    return ['bash', '-c', SCRIPT, 'bash', address, String(port), transport, String(CHANNEL_LINGER_SECONDS), copy];
  },
  parse: parseChannelReport,
};
