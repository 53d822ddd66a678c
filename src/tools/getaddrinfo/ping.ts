/**
 * The last resorts: ping resolves its argument and prints the address before anything else. One echo request goes out, and how long
 * its answer took says nothing of the name, so a resolved name has no time.
 */
import type { Dialect, Parse } from '../../domain/dialect.ts';
import { isAddress, isAskable, notUnderstood, resolveFact, wholeDuration } from '../dns-message/resolve-fact.ts';
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

const parseBusyboxPing: Parse = (output) => {
  const lines = wholeLines(output);
  for (const line of lines) {
    const [, name, address] = BUSYBOX_START.exec(line) ?? [];
    if (name !== undefined && address !== undefined && isAddress(address)) return [resolveFact({ outcome: 'answered', name, addresses: [address], incomplete: true })];
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
      return [resolveFact({ outcome: 'answered', addresses: [address], canonicalNames: [canonical], incomplete: true })];
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
