/**
 * The last resorts: ping resolves its argument and prints the address before anything else. One echo request goes out; the name took
 * what is left when its answer, or the wait for one, is taken off.
 */
import type { CommandOutput } from '../../domain/command.ts';
import type { Dialect, Parse } from '../../domain/dialect.ts';
import { isAddress, isAskable, notUnderstood, resolveFact, wholeDuration } from '../dns-message/resolve-fact.ts';
import { readPingLine } from '../ping/lines.ts';
import { wholeLines } from '../whole-lines.ts';
import { outcomeOfGaiText } from './wording.ts';

// busybox 1.35.0: `PING api (203.0.113.10): 56 data bytes`
const BUSYBOX_START = /^PING (\S+) \(([0-9a-f.:]+)\): \d+ data bytes$/u;
// busybox 1.35.0: `ping: bad address 'nope'`
const BUSYBOX_FAILED = /^ping: bad address '([^']+)'$/u;
// iputils 20221126 -n: `PING api.lab.example (203.0.113.10) 56(84) bytes of data.`, `PING v6only(2001:db8::10) 56 data bytes`; without -n:
// `PING v6only(2001:db8::10 (2001:db8::10)) 56 data bytes`
const IPUTILS_START = /^PING (\S+?) ?\(([0-9a-f.:]+)(?: \(\S+\))?\) (?:from .+: )?\d+(?:\(\d+\))? (?:data bytes|bytes of data\.)$/u;
// iputils 20221126: `ping: nope: Name or service not known`, `ping: empty.lab.example.: No address associated with hostname`
const IPUTILS_FAILED = /^ping: (\S+): ([^:]+)$/u;

/** `-W 1`: a ping that nobody answers waits for a second. */
const ECHO_WAIT_MS = 1000;

/** Time of the look-up alone, an upper bound as the start of the command is in it; null when nobody knows how long the command took. */
function lookupDuration(output: CommandOutput, lines: readonly string[]): number | null {
  const wholeMs = wholeDuration(output);
  if (wholeMs === null) return null;
  const echo = lines.map(readPingLine).find((line) => line?.kind === 'reply');
  return Math.max(0, Math.round(wholeMs - (echo?.rttMs ?? ECHO_WAIT_MS)));
}

const parseBusyboxPing: Parse = (output) => {
  const lines = wholeLines(output);
  for (const line of lines) {
    const [, name, address] = BUSYBOX_START.exec(line) ?? [];
    if (name !== undefined && address !== undefined && isAddress(address)) return [resolveFact({ outcome: 'answered', name, addresses: [address], elapsedMs: lookupDuration(output, lines), incomplete: true })];
    const failed = BUSYBOX_FAILED.exec(line)?.[1];
    if (failed !== undefined) return [resolveFact({ outcome: 'failed', name: failed, elapsedMs: wholeDuration(output) })];
  }
  return [notUnderstood(output)];
};

/** iputils prints the canonical name in place of the one that was asked. */
const parseIputilsPing: Parse = (output) => {
  const lines = wholeLines(output);
  for (const line of lines) {
    const [, canonical, address] = IPUTILS_START.exec(line) ?? [];
    if (canonical !== undefined && address !== undefined && isAddress(address)) {
      return [resolveFact({ outcome: 'answered', addresses: [address], canonicalNames: [canonical], elapsedMs: lookupDuration(output, lines), incomplete: true })];
    }
    const [, name, text] = IPUTILS_FAILED.exec(line) ?? [];
    const outcome = text === undefined ? null : outcomeOfGaiText(text);
    if (name !== undefined && outcome !== null) return [resolveFact({ outcome, name, elapsedMs: wholeDuration(output) })];
  }
  return [notUnderstood(output)];
};

export const pingBusybox: Dialect<'resolve'> = {
  id: 'ping-busybox',
  tool: 'ping',
  implementation: 'busybox',
  argv: ({ name }) => (isAskable(name) ? ['ping', '-c', '1', '-W', '1', name] : null),
  parse: parseBusyboxPing,
};

export const pingIputils: Dialect<'resolve'> = {
  id: 'ping-iputils',
  tool: 'ping',
  implementation: 'iputils',
  argv: ({ name }) => (isAskable(name) ? ['ping', '-n', '-c', '1', '-W', '1', name] : null),
  parse: parseIputilsPing,
};
