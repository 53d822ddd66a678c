import type { ConnectOutcome, FactOf, ResolveOutcome } from '../domain/facts.ts';
import { reading, type FactReading } from './from-facts.ts';

const RESOLVE: Readonly<Record<Exclude<ResolveOutcome, 'answered' | 'unreachable'>, FactReading>> = {
  nxdomain: reading('dns', 'certain', { 'dns.nxdomain': 'likely', 'dns.search-hijack': 'possible' }),
  'no-data': reading('dns', 'likely', { 'dns.no-address': 'likely' }),
  servfail: reading('dns', 'certain', { 'dns.servfail': 'likely' }),
  refused: reading('dns', 'certain', { 'dns.refused': 'likely' }),
  timeout: reading('timeout', 'likely', { 'dns.resolver-unreachable': 'likely', 'policy.dns-denied': 'possible', 'dns.cluster-dns-down': 'possible' }, 'internet'),
  'not-found': reading('dns', 'certain'),
  'try-again': reading('dns', 'certain', { 'dns.resolver-unreachable': 'likely', 'dns.servfail': 'possible', 'policy.dns-denied': 'possible' }),
  failed: reading('dns', 'certain'),
};

/** Of several answers one with an address is enough: the missing AAAA beside it is no fault. null: the words say it better. */
export function readResolve(facts: readonly FactOf<'resolve'>[]): FactReading | null {
  if (facts.some(({ outcome }) => outcome === 'answered')) return reading('ok', 'certain', null, 'internet');
  const outcome = facts.at(-1)?.outcome;
  return outcome === undefined || outcome === 'answered' || outcome === 'unreachable' ? null : RESOLVE[outcome];
}

const CONNECT: Readonly<Record<Exclude<ConnectOutcome, 'failed'>, FactReading>> = {
  connected: reading('ok', 'certain', null, 'transport'),
  refused: reading('refused', 'certain'),
  timeout: reading('timeout', 'certain'),
  reset: reading('reset', 'certain'),
  'network-unreachable': reading('unreachable', 'certain', { 'ip.no-route': 'likely', 'ip.unreachable': 'possible' }),
  'host-unreachable': reading('unreachable', 'certain', { 'ip.unreachable': 'likely', 'link.gateway-unreachable': 'possible', 'ip.prohibited': 'possible' }),
  'protocol-unreachable': reading('unreachable', 'certain', { 'tcp.rejected-on-path': 'likely' }, 'transport'),
  'not-permitted': reading('other', 'likely', { 'policy.cni-denied': 'possible', 'ip.prohibited': 'possible' }, 'transport'),
  'address-not-available': reading('other', 'likely', { 'tcp.ports-exhausted': 'likely', 'ip.ipv6-unroutable': 'possible' }, 'transport'),
  'name-not-resolved': reading('dns', 'certain'),
};

/** One address that connected is a connection; otherwise the last failure decides. null: the words say it better. */
export function readConnect(facts: readonly FactOf<'connect'>[]): FactReading | null {
  if (facts.some(({ outcome }) => outcome === 'connected')) return CONNECT.connected;
  const outcome = facts.at(-1)?.outcome;
  return outcome === undefined || outcome === 'failed' ? null : CONNECT[outcome];
}
