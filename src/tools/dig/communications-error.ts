/**
 * What dig, nslookup and host of BIND say when no answer came; all three print these lines through the same dighost.c.
 */
import type { ResolveOutcome } from '../../domain/facts.ts';
import { recogniseErrno } from '../errno/strerror.ts';

export interface CommunicationsError {
  /** Address of the nameserver; null when the line does not name it. */
  readonly nameserver: string | null;
  /** Name as asked; null when the line does not name it. */
  readonly name: string | null;
  readonly transport: 'udp' | 'tcp' | null;
  readonly outcome: Extract<ResolveOutcome, 'timeout' | 'unreachable' | 'failed'>;
}

// dig 9.18.49: `;; communications error to 10.77.0.53#53: timed out`, `...: connection refused`, `...: end of file`
const COMMUNICATIONS = /^;; communications error to (\S+?)#\d+(?:\([^)]*\))?: (.+)$/u;
// dig 9.18.49 +tcp: `;; Connection to 10.77.0.55#53(10.77.0.55) for api.lab.example. failed: connection refused.`
// dig 9.18.49: `;; UDP setup with 192.0.2.53#53(192.0.2.53) for api.lab.example. failed: network unreachable.`
const SETUP = /^;; (Connection to|UDP setup with) (\S+?)#\d+(?:\([^)]*\))? for (\S+) failed: (.+?)\.?$/u;
// busybox nslookup 1.35.0, and BIND before 9.18: `;; connection timed out; no servers could be reached`
const TIMED_OUT = /^;; connection timed out; no servers could be reached$/u;
// dig 9.18.49: `;; no servers could be reached`, after one of the lines above
const NO_SERVERS = /^;; no servers could be reached$/u;

/** The reason that no nameserver answered, or null when these lines do not say so. The first line that names a reason decides. */
export function readCommunicationsError(lines: readonly string[]): CommunicationsError | null {
  const errors = lines.map(readLine).filter((error) => error !== null);
  return errors.find((error) => error.outcome !== 'failed' || error.nameserver !== null) ?? errors[0] ?? null;
}

function readLine(line: string): CommunicationsError | null {
  const communications = COMMUNICATIONS.exec(line);
  if (communications !== null) {
    const [, nameserver = null, reason = ''] = communications;
    return { nameserver, name: null, transport: null, outcome: outcomeOf(reason) };
  }
  const setup = SETUP.exec(line);
  if (setup !== null) {
    const [, what, nameserver = null, name = null, reason = ''] = setup;
    return { nameserver, name, transport: what === 'Connection to' ? 'tcp' : 'udp', outcome: outcomeOf(reason) };
  }
  if (TIMED_OUT.test(line)) return { nameserver: null, name: null, transport: null, outcome: 'timeout' };
  if (NO_SERVERS.test(line)) return { nameserver: null, name: null, transport: null, outcome: 'failed' };
  return null;
}

function outcomeOf(reason: string): CommunicationsError['outcome'] {
  const errno = recogniseErrno(reason)?.outcome;
  if (errno === undefined || errno === 'reset') return 'failed';
  return errno === 'timeout' ? 'timeout' : 'unreachable';
}
