import type { Dialect } from '../domain/dialect.ts';
import {
  traceMtr, tracePerl, tracePython3, traceTracepath, tracerouteBusybox, tracerouteBusyboxApplet, tracerouteDebianTcp, tracerouteDebianUdp, tracerouteInetutils,
} from './traceroute/dialects.ts';

/**
 * In order of preference: all probes at once before hop by hop, those that print ICMP errors before those that don't. Several need
 * CAP_NET_RAW and say so in `unavailable: not-permitted`; the next one is then to be tried.
 */
export const traceDialects: readonly Dialect<'trace'>[] = [
  tracerouteDebianTcp,
  tracerouteDebianUdp,
  tracePython3,
  tracePerl,
  traceMtr,
  tracerouteInetutils,
  tracerouteBusybox,
  tracerouteBusyboxApplet,
  traceTracepath,
];
