import type { CauseId, Confidence } from '../domain/cause.ts';
import type { Layer } from '../domain/layer.ts';
import type { Meaning, NextStepId } from './explanation.ts';

export interface MeaningDefaults {
  readonly layer: Layer | null;
  readonly causes: Partial<Readonly<Record<CauseId, Confidence>>>;
  readonly next: readonly NextStepId[];
}

const TLS_NEXT: readonly NextStepId[] = ['s-client', 'application-logs', 'tls-secrets', 'run'];

/** The guide's table "Common patterns and where to look": layer, usual causes and quick suggestion of each meaning. */
export const MEANING_DEFAULTS: Readonly<Record<Meaning, MeaningDefaults>> = {
  ok: { layer: null, causes: {}, next: ['application-logs'] },
  refused: {
    layer: 'transport',
    causes: { 'tcp.refused': 'likely', 'tcp.rejected-on-path': 'possible', 'service.wrong-port': 'possible' },
    next: ['check-port', 'destination-firewall', 'run'],
  },
  timeout: {
    layer: 'transport',
    causes: {
      'tcp.filtered': 'likely',
      'policy.egress-denied': 'possible',
      'tcp.host-silent': 'possible',
      'tcp.filtered-from-pods': 'possible',
      'app.slow-response': 'possible',
      'app.timeout-too-short': 'possible',
    },
    next: ['curl-verbose', 'check-port', 'ping', 'traceroute', 'network-policies', 'run'],
  },
  unreachable: {
    layer: 'internet',
    causes: { 'ip.no-route': 'likely', 'ip.unreachable': 'possible', 'ip.prohibited': 'possible', 'policy.egress-denied': 'possible' },
    next: ['ping', 'traceroute', 'routes', 'network-policies', 'run'],
  },
  reset: {
    layer: 'transport',
    causes: {
      'app.connection-closed': 'likely',
      'tcp.idle-timeout': 'possible',
      'app.protocol-mismatch': 'possible',
      'tcp.rejected-on-path': 'possible',
    },
    next: ['curl-verbose', 's-client', 'remote-logs', 'run'],
  },
  dns: {
    layer: 'internet',
    causes: {
      'dns.nxdomain': 'likely',
      'dns.resolver-unreachable': 'possible',
      'dns.servfail': 'possible',
      'policy.dns-denied': 'possible',
      'dns.cluster-dns-down': 'possible',
    },
    next: ['lookup', 'resolv-conf', 'coredns', 'run'],
  },
  'tls-expired': {
    layer: 'application',
    causes: { 'tls.expired': 'likely', 'tls.clock-skew': 'possible' },
    next: ['s-client', 'clock', 'tls-secrets', 'run'],
  },
  'tls-untrusted': {
    layer: 'application',
    causes: { 'tls.unknown-ca': 'likely', 'tls.incomplete-chain': 'possible', 'tls.self-signed': 'possible', 'tls.intercepted': 'possible' },
    next: TLS_NEXT,
  },
  'tls-hostname': {
    layer: 'application',
    causes: { 'tls.hostname-mismatch': 'likely', 'tls.sni-required': 'possible', 'dns.external-name': 'possible' },
    next: TLS_NEXT,
  },
  'tls-handshake': {
    layer: 'application',
    causes: {
      'tls.version-unsupported': 'possible',
      'tls.no-shared-cipher': 'possible',
      'tls.client-certificate-required': 'possible',
      'tls.plaintext-port': 'possible',
      'tls.unknown-ca': 'possible',
      'tls.expired': 'possible',
    },
    next: TLS_NEXT,
  },
  'http-status': {
    layer: 'application',
    causes: { 'app.http-server-error': 'possible', 'app.http-client-error': 'possible' },
    next: ['remote-logs', 'application-logs', 'curl-verbose'],
  },
  other: { layer: null, causes: {}, next: ['run', 'application-logs'] },
};
