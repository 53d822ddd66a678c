/**
 * Ways to trace a path. A verdict waits about four seconds: those that send all probes at once wait a little longer than the three
 * seconds that a router needs to give up on ARP and say "host unreachable"; those that go hop by hop get few hops.
 */
import type { Dialect, Limits } from '../../domain/dialect.ts';
import type { Question } from '../../domain/question.ts';
import { familyOf } from '../address-family.ts';
import { parseTracepath } from '../tracepath/parse.ts';
import { parseMtr } from '../mtr/parse.ts';
import { tracerouteParser } from './parse.ts';
import { parsePythonTrace } from './python3.ts';
import { PERL_TRACE_SCRIPT } from './perl-script.ts';
import { PYTHON_TRACE_SCRIPT } from './python3-script.ts';

/** How far large packets get is asked where short ones are answered at once. */
const LARGE_WAIT_SECONDS = '1.5';

const HOPS = '20';
const SEQUENTIAL_HOPS = '8';
/** Large packets are traced to see whether they get past the first routers: more hops would only cost time. */
const SIZED_HOPS = '3';

/** Seconds for one answer: the connect limit and half a second more, so that the last ARP failure is still heard. */
function waitSeconds(limits: Limits, sizeBytes?: number): string {
  return sizeBytes === undefined ? String(limits.connectTimeoutMs / 1000 + 0.5) : LARGE_WAIT_SECONDS;
}

function wholeWaitSeconds(limits: Limits): string {
  return String(Math.max(1, Math.ceil(limits.connectTimeoutMs / 1000)));
}

/**
 * A Linux router earns one ICMP error a second for each receiver, and a route of type prohibit or unreachable pays two for one
 * (icmp_ratelimit in icmp(7); ip_error in net/ipv4/route.c).
 */
const SPARING_WAIT_SECONDS = '2.2';

function debian(limits: Limits, sparing: true | undefined, sizeBytes?: number): readonly string[] {
  const pace = sparing === true ? ['-w', SPARING_WAIT_SECONDS, '-m', SEQUENTIAL_HOPS, '-N', '1'] : ['-w', waitSeconds(limits, sizeBytes), '-m', HOPS, '-N', HOPS];
  return ['traceroute', '-n', '-q', '1', ...pace];
}

/** The very packets of the connection that fails, so a firewall for that port shows. Needs CAP_NET_RAW. */
export const tracerouteDebianTcp: Dialect<'trace'> = {
  id: 'traceroute-debian-tcp',
  tool: 'traceroute',
  implementation: 'debian',
  argv: ({ address, port, sparing }, limits) =>
    familyOf(address) === null || port === null ? null : [...debian(limits, sparing), '-T', '-p', String(port), address],
  parse: tracerouteParser('tcp'),
};

export const tracerouteDebianUdp: Dialect<'trace'> = {
  id: 'traceroute-debian',
  tool: 'traceroute',
  implementation: 'debian',
  argv: ({ address, sizeBytes, sparing }, limits) =>
    familyOf(address) === null ? null : [...debian(limits, sparing, sizeBytes), ...(sizeBytes === undefined ? [address] : ['-F', address, String(sizeBytes)])],
  parse: tracerouteParser('udp'),
};

/** Arguments of the scripts of ours: address, port, hops, seconds to wait, length of the packets, seconds from one probe to the next. */
function scriptArguments({ address, port, sparing, sizeBytes }: Extract<Question, { kind: 'trace' }>, limits: Limits): readonly string[] | null {
  if (familyOf(address) === null) return null;
  const pace = sparing === true ? [SEQUENTIAL_HOPS, SPARING_WAIT_SECONDS] : [HOPS, waitSeconds(limits, sizeBytes)];
  return [address, port === null ? '' : String(port), ...pace, String(sizeBytes ?? 0), sparing === true ? SPARING_WAIT_SECONDS : '0.03'];
}

function scriptTrace(id: string, tool: string, program: readonly string[]): Dialect<'trace'> {
  return {
    id,
    tool,
    implementation: tool,
    argv: (question, limits) => {
      const given = scriptArguments(question, limits);
      return given === null ? null : [...program, ...given];
    },
    parse: parsePythonTrace,
  };
}

/** TCP to the port when one is given, UDP else; needs no rights. */
export const tracePython3 = scriptTrace('python3-trace', 'python3', ['python3', '-c', PYTHON_TRACE_SCRIPT]);
/** The same where there is no python3. */
export const tracePerl = scriptTrace('perl-trace', 'perl', ['perl', '-e', PERL_TRACE_SCRIPT]);

/** One cycle takes a second and then the grace time, whatever answers. -i below 1 is for root only. */
export const traceMtr: Dialect<'trace'> = {
  id: 'mtr',
  tool: 'mtr',
  implementation: 'mtr',
  argv: ({ address, port, sparing, sizeBytes }, limits) =>
    familyOf(address) === null || sparing === true || sizeBytes !== undefined
      ? null
      : ['mtr', '-n', '-j', '-c', '1', '-G', wholeWaitSeconds(limits), '-m', HOPS, ...(port === null ? [] : ['-T', '-P', String(port)]), address],
  parse: parseMtr,
};

/** Hop by hop, a second for a silent one. Needs CAP_NET_RAW. IPv4 only. */
export const tracerouteInetutils: Dialect<'trace'> = {
  id: 'traceroute-inetutils',
  tool: 'traceroute',
  implementation: 'inetutils',
  argv: ({ address, sparing, sizeBytes }) =>
    familyOf(address) === 4 && sparing !== true && sizeBytes === undefined ? ['traceroute', '-q', '1', '-w', '1', '-m', SEQUENTIAL_HOPS, address] : null,
  parse: tracerouteParser('udp'),
};

/** Hop by hop, a second for a silent one. Needs CAP_NET_RAW. */
function busyboxTraceroute(id: string, tool: string, program: readonly string[]): Dialect<'trace'> {
  return {
    id,
    tool,
    implementation: 'busybox',
    argv: ({ address, sparing, sizeBytes }) => {
      if (familyOf(address) === null || sparing === true) return null;
      const options = [...program, '-n', '-q', '1', '-w', '1', '-m'];
      return sizeBytes === undefined ? [...options, SEQUENTIAL_HOPS, address] : [...options, SIZED_HOPS, '-F', address, String(sizeBytes)];
    },
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
  argv: ({ address, sparing, sizeBytes }) =>
    familyOf(address) === null || sparing === true || sizeBytes !== undefined ? null : ['tracepath', '-n', '-m', SEQUENTIAL_HOPS, address],
  parse: parseTracepath,
};
