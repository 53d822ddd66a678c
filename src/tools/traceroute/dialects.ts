/**
 * Ways to trace a path. A verdict waits about four seconds: those that send all probes at once wait a little longer than the three
 * seconds that a router needs to give up on ARP and say "host unreachable"; those that go hop by hop get few hops.
 */
import type { Dialect, Limits } from '../../domain/dialect.ts';
import { familyOf } from '../address-family.ts';
import { parseTracepath } from '../tracepath/parse.ts';
import { parseMtr } from '../mtr/parse.ts';
import { tracerouteParser } from './parse.ts';
import { parsePythonTrace } from './python3.ts';
import { PYTHON_TRACE_SCRIPT } from './python3-script.ts';

const HOPS = '20';
const SEQUENTIAL_HOPS = '8';

/** Seconds for one answer: the connect limit and half a second more, so that the last ARP failure is still heard. */
function waitSeconds(limits: Limits): string {
  return String(limits.connectTimeoutMs / 1000 + 0.5);
}

function wholeWaitSeconds(limits: Limits): string {
  return String(Math.max(1, Math.ceil(limits.connectTimeoutMs / 1000)));
}

function debian(limits: Limits): readonly string[] {
  return ['traceroute', '-n', '-q', '1', '-w', waitSeconds(limits), '-m', HOPS, '-N', HOPS];
}

/** The very packets of the connection that fails, so a firewall for that port shows. Needs CAP_NET_RAW. */
export const tracerouteDebianTcp: Dialect<'trace'> = {
  id: 'traceroute-debian-tcp',
  tool: 'traceroute',
  implementation: 'debian',
  argv: ({ address, port }, limits) =>
    familyOf(address) === null || port === null ? null : [...debian(limits), '-T', '-p', String(port), address],
  parse: tracerouteParser('tcp'),
};

export const tracerouteDebianUdp: Dialect<'trace'> = {
  id: 'traceroute-debian',
  tool: 'traceroute',
  implementation: 'debian',
  argv: ({ address }, limits) => (familyOf(address) === null ? null : [...debian(limits), address]),
  parse: tracerouteParser('udp'),
};

/** TCP to the port when one is given, UDP else; needs no rights. */
export const tracePython3: Dialect<'trace'> = {
  id: 'python3-trace',
  tool: 'python3',
  implementation: 'python3',
  argv: ({ address, port }, limits) =>
    familyOf(address) === null
      ? null
      : ['python3', '-c', PYTHON_TRACE_SCRIPT, address, port === null ? '' : String(port), HOPS, waitSeconds(limits)],
  parse: parsePythonTrace,
};

/** One cycle takes a second and then the grace time, whatever answers. -i below 1 is for root only. */
export const traceMtr: Dialect<'trace'> = {
  id: 'mtr',
  tool: 'mtr',
  implementation: 'mtr',
  argv: ({ address, port }, limits) =>
    familyOf(address) === null
      ? null
      : ['mtr', '-n', '-j', '-c', '1', '-G', wholeWaitSeconds(limits), '-m', HOPS, ...(port === null ? [] : ['-T', '-P', String(port)]), address],
  parse: parseMtr,
};

/** Hop by hop, a second for a silent one. Needs CAP_NET_RAW. IPv4 only. */
export const tracerouteInetutils: Dialect<'trace'> = {
  id: 'traceroute-inetutils',
  tool: 'traceroute',
  implementation: 'inetutils',
  argv: ({ address }) => (familyOf(address) === 4 ? ['traceroute', '-q', '1', '-w', '1', '-m', SEQUENTIAL_HOPS, address] : null),
  parse: tracerouteParser('udp'),
};

/** Hop by hop, a second for a silent one. Needs CAP_NET_RAW. */
function busyboxTraceroute(id: string, tool: string, program: readonly string[]): Dialect<'trace'> {
  return {
    id,
    tool,
    implementation: 'busybox',
    argv: ({ address }) => (familyOf(address) === null ? null : [...program, '-n', '-q', '1', '-w', '1', '-m', SEQUENTIAL_HOPS, address]),
    parse: tracerouteParser('udp'),
  };
}

export const tracerouteBusybox = busyboxTraceroute('traceroute-busybox', 'traceroute', ['traceroute']);
/** busybox without links for its applets. */
export const tracerouteBusyboxApplet = busyboxTraceroute('busybox-traceroute', 'busybox', ['busybox', 'traceroute']);

/**
 * Needs no rights and shows the path's MTU, but takes three seconds for each silent hop and prints nothing before its end when it writes
 * to a pipe: on a path that dies it is rarely done in time.
 */
export const traceTracepath: Dialect<'trace'> = {
  id: 'tracepath',
  tool: 'tracepath',
  implementation: 'tracepath',
  argv: ({ address }) => (familyOf(address) === null ? null : ['tracepath', '-n', '-m', SEQUENTIAL_HOPS, address]),
  parse: parseTracepath,
};
