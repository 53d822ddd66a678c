import type { Dialect, Parse } from '../../domain/dialect.ts';
import { isAddress, isAskable, notUnderstood, resolveFact, wholeDuration, wholeSeconds } from '../dns-message/resolve-fact.ts';
import { wholeLines } from '../whole-lines.ts';

// curl 7.88.1: `*   Trying 203.0.113.10:9...`, `*   Trying [2001:db8::10]:9...`
const TRYING = /^\*\s+Trying (?:\[([0-9a-f:]+)\]|([0-9.]+)):\d+\.\.\.$/u;
// curl 7.88.1: `* Could not resolve host: nope`
const UNRESOLVED = /^\* Could not resolve host: (\S+)$/u;

const parseCurlResolve: Parse = (output) => {
  const lines = wholeLines(output);
  const elapsedMs = wholeDuration(output);
  const tried = lines.map((line) => TRYING.exec(line)).filter((match) => match !== null);
  const addresses = tried.map((match) => match[1] ?? match[2] ?? '').filter(isAddress);
  if (addresses.length > 0) return [resolveFact({ outcome: 'answered', addresses, elapsedMs })];
  const unresolved = lines.map((line) => UNRESOLVED.exec(line)?.[1]).find((name) => name !== undefined);
  return [unresolved === undefined ? notUnderstood(output) : resolveFact({ outcome: 'failed', name: unresolved, elapsedMs })];
};

/**
 * curl tells the addresses that it is about to try. Bound to the loopback address, the kernel refuses every connect (EINVAL) before
 * a packet leaves, so all addresses are named and none is contacted (measured with curl 7.88.1). Its failure says nothing of why.
 */
export const curlResolve: Dialect<'resolve'> = {
  id: 'curl',
  tool: 'curl',
  implementation: 'curl',
  argv: ({ name }, limits) => {
    if (!isAskable(name) || !/^[\w.-]+$/u.test(name)) return null;
    const seconds = wholeSeconds(limits.commandTimeoutMs);
    return ['curl', '-q', '-sS', '-v', '--noproxy', '*', '--interface', 'host!127.0.0.1', '--max-time', seconds, `telnet://${name}:9`];
  },
  parse: parseCurlResolve,
};
