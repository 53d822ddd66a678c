import type { ChannelDialect } from '../../domain/dialect.ts';
import { COPY_FUNCTION, copyTool } from '../channel/copy.ts';
import { CHANNEL_LINGER_SECONDS, parseChannelReport } from '../channel/report.ts';

/**
 * bash opens the connection, two copiers carry the bytes: bash itself would lose NUL. The first of them to end decides: the one that reads
 * the peer ends the channel; the one that reads standard input leaves the peer some seconds to answer. bash cannot close half
 * a connection, so the peer sees our end only when all is over. `wait -n` is bash 4.3; before, only the peer's end counts.
 * A connect that gets no answer is ended by the vantage, not here.
 */
const SCRIPT = `
${COPY_FUNCTION}
LC_ALL=C
IFS= read -r hello || exit 1
printf '%s\\n' "$hello" >&2
echo "netdiag-connect to $1 $2 $3" >&2
if ! exec 3<>"/dev/$3/$1/$2"; then exit 1; fi
echo netdiag-connected >&2
exec 5<&0
trap 'kill "$reader" "$writer" 2>/dev/null' EXIT
trap 'exit 1' TERM HUP INT PIPE
copy "$5" <&3 5<&- &
reader=$!
copy "$5" <&5 >&3 &
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
    const copy = copyTool(tools);
    if (copy === null || tools.tools['sleep'] === undefined) return null;
    return ['bash', '-c', SCRIPT, 'bash', address, String(port), transport, String(CHANNEL_LINGER_SECONDS), copy];
  },
  parse: parseChannelReport,
};
