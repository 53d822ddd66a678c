import type { ChannelDialect } from '../../domain/dialect.ts';
import { CHANNEL_LINGER_SECONDS, parseChannelReport } from '../channel/report.ts';

/**
 * bash opens the connection, two `cat` carry the bytes: bash itself would lose NUL. The first `cat` to end decides: the one that reads
 * the peer ends the channel; the one that reads standard input leaves the peer some seconds to answer. bash cannot close half
 * a connection, so the peer sees our end only when all is over. `wait -n` is bash 4.3; before, only the peer's end counts.
 * A connect that gets no answer is ended by the vantage, not here.
 */
const SCRIPT = `
LC_ALL=C
IFS= read -r hello || exit 1
printf '%s\\n' "$hello" >&2
echo "netdiag-connect to $1 $2 $3" >&2
if ! exec 3<>"/dev/$3/$1/$2"; then exit 1; fi
echo netdiag-connected >&2
exec 5<&0
trap 'kill "$reader" "$writer" 2>/dev/null' EXIT
trap 'exit 1' TERM HUP INT PIPE
cat <&3 5<&- &
reader=$!
cat <&5 >&3 &
writer=$!
exec 5<&- 1>&- 3>&-
wait -n 2>/dev/null || wait "$reader"
tries=$(( $4 * 5 ))
while kill -0 "$reader" 2>/dev/null && [ "$tries" -gt 0 ]; do sleep 0.2; tries=$(( tries - 1 )); done
`;

export const bashChannel: ChannelDialect = {
  id: 'bash',
  tool: 'bash',
  implementation: 'bash',
  tellsConnected: true,
  argv: ({ address, port, transport }, _limits, tools) => {
    if (tools.tools['cat'] === undefined || tools.tools['sleep'] === undefined) return null;
    return ['bash', '-c', SCRIPT, 'bash', address, String(port), transport, String(CHANNEL_LINGER_SECONDS)];
  },
  parse: parseChannelReport,
};
