import type { Dialect, Parse } from '../../domain/dialect.ts';
import { isAskable, notUnderstood, resolveFact, wholeDuration } from '../dns-message/resolve-fact.ts';
import { wholeLines } from '../whole-lines.ts';
import { outcomeOfGaiText } from './wording.ts';
import { kernelAddress } from './kernel-address.ts';

/**
 * Opening /dev/udp/NAME/PORT makes bash resolve the name and connect(2) a UDP socket, which sends nothing. The kernel then shows
 * the peer in /proc/net/udp; the port, made from the process id, tells the socket apart. One address is all that this can show:
 * the first that has a route.
 */
const SCRIPT = `LC_ALL=C; p=$((20000 + $$ % 40000)); printf -v h '%04X' "$p"
if exec 3<>"/dev/udp/$1/$p"; then
for f in /proc/net/udp /proc/net/udp6; do
while read -r _ _ r _; do case "$r" in *:"$h") printf 'netdiag peer %s\\n' "$r";; esac; done <"$f"
done 2>/dev/null
printf 'netdiag end\\n'
fi`;

// bash 5.2.15: `bash: line 2: nope: Name or service not known`, and below it `bash: line 2: /dev/udp/nope/21856: Invalid argument`
const UNRESOLVED = /^bash: line \d+: ([^/:]\S*): ([^:]+)$/u;

const parseBash: Parse = (output) => {
  const lines = wholeLines(output);
  const peers = lines.map((line) => /^netdiag peer (\S+):[0-9A-F]{4}$/u.exec(line)?.[1] ?? '').map(kernelAddress);
  const elapsedMs = wholeDuration(output);
  const addresses = peers.filter((address) => address !== null);
  if (addresses.length > 0) return [resolveFact({ outcome: 'answered', addresses, elapsedMs, incomplete: true })];
  for (const line of lines) {
    const [, name, text] = UNRESOLVED.exec(line) ?? [];
    const outcome = text === undefined ? null : outcomeOfGaiText(text);
    if (name !== undefined && outcome !== null) return [resolveFact({ outcome, name, elapsedMs })];
  }
  return [notUnderstood(output)];
};

export const bashUdp: Dialect<'resolve'> = {
  id: 'bash',
  tool: 'bash',
  implementation: 'bash',
  argv: ({ name }) => (isAskable(name) && !name.includes('/') ? ['bash', '-c', SCRIPT, 'bash', name] : null),
  parse: parseBash,
};
