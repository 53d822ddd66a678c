/** One file, because the pings differ in options only: their outputs share `parse.ts`. */
import type { Dialect, Limits } from '../../domain/dialect.ts';
import { familyOf } from '../address-family.ts';
import { parsePing } from './parse.ts';

/** Whether large ones come back at all is asked where small ones do, soon. */
const LARGE_WAIT_SECONDS = 1;

/** Whole seconds, because iputils before 20180629 and busybox take no fractions for -W. At least 1. */
function waitSeconds(limits: Limits, sizeBytes?: number): string {
  const seconds = Math.max(1, Math.ceil(limits.connectTimeoutMs / 1000));
  return String(sizeBytes === undefined ? seconds : Math.min(seconds, LARGE_WAIT_SECONDS));
}

/**
 * As fast as iputils lets anybody send: below 0.2 s it wants root. Three packets and then a wait of the connect limit: at the usual 3 s that includes
 * the kernel's own "Host Unreachable" after three failed ARP or ND requests a second apart, and is over before a connect that began with it.
 */
function pace(many: true | undefined): readonly string[] {
  return ['-c', many === true ? '10' : '3', '-i', '0.2'];
}

/** -s is the payload's size in all of them. */
function sizeArgs(sizeBytes: number | undefined): readonly string[] {
  return sizeBytes === undefined ? [] : ['-s', String(sizeBytes)];
}

export const pingIputils: Dialect<'ping'> = {
  id: 'ping-iputils',
  tool: 'ping',
  implementation: 'iputils',
  argv: ({ address, sizeBytes, many }, limits) =>
    familyOf(address) === null ? null : ['ping', '-n', ...pace(many), '-W', waitSeconds(limits, sizeBytes), ...sizeArgs(sizeBytes), address],
  parse: parsePing,
};

export const pingInetutils: Dialect<'ping'> = {
  id: 'ping-inetutils',
  tool: 'ping',
  implementation: 'inetutils',
  // inetutils ping speaks IPv4 only; its IPv6 half is the program ping6.
  argv: ({ address, sizeBytes, many }, limits) =>
    familyOf(address) === 4 ? ['ping', '-n', ...pace(many), '-W', waitSeconds(limits, sizeBytes), ...sizeArgs(sizeBytes), address] : null,
  parse: parsePing,
};

/** The separate IPv6 program of inetutils: `-i 0.3` is "invalid value" to it, so two packets a second apart; it has no -W, so -w ends the whole run. */
export const ping6Inetutils: Dialect<'ping'> = {
  id: 'ping6-inetutils',
  tool: 'ping6',
  implementation: 'inetutils',
  argv: ({ address, sizeBytes }, limits) => (familyOf(address) === 6 ? ['ping6', '-n', '-c', '2', '-w', String(Number(waitSeconds(limits, sizeBytes)) + 1), ...sizeArgs(sizeBytes), address] : null),
  parse: parsePing,
};

/** The separate IPv6 program of iputils before 20150815; later versions have one program for both. */
export const ping6Iputils: Dialect<'ping'> = {
  id: 'ping6-iputils',
  tool: 'ping6',
  implementation: 'iputils',
  argv: ({ address, sizeBytes, many }, limits) =>
    familyOf(address) === 6 ? ['ping6', '-n', ...pace(many), '-W', waitSeconds(limits, sizeBytes), ...sizeArgs(sizeBytes), address] : null,
  parse: parsePing,
};

/**
 * busybox prints no ICMP errors: an unreachable host looks like a silent one. `-i` is new in 1.32, and some builds have no fractions: they
 * say so ("invalid number '0.2'", "invalid option -- 'i'"), and are asked again at the second that they send at by themselves, two packets only.
 */
function busyboxPing(id: string, tool: string, program: readonly string[], rate: 'fast' | 'a-second'): Dialect<'ping'> {
  return {
    id,
    tool,
    implementation: 'busybox',
    argv: ({ address, sizeBytes, many }, limits) => {
      const count = rate === 'fast' ? pace(many) : ['-c', many === true ? '4' : '2'];
      return familyOf(address) === null ? null : [...program, ...count, '-W', waitSeconds(limits, sizeBytes), ...sizeArgs(sizeBytes), address];
    },
    parse: parsePing,
  };
}

const pingBusybox = busyboxPing('ping-busybox', 'ping', ['ping'], 'fast');
const pingBusyboxSlow = busyboxPing('ping-busybox-slow', 'ping', ['ping'], 'a-second');
/** busybox without links for its applets. */
export const pingBusyboxApplet = busyboxPing('busybox-ping', 'busybox', ['busybox', 'ping'], 'fast');
const pingBusyboxAppletSlow = busyboxPing('busybox-ping-slow', 'busybox', ['busybox', 'ping'], 'a-second');

export const busyboxPings: readonly Dialect<'ping'>[] = [pingBusybox, pingBusyboxSlow, pingBusyboxApplet, pingBusyboxAppletSlow];
