import type { Layer } from './layer.ts';

/**
 * The closed catalogue of causes: every verdict names one of these ids. Ids are stable, because reports, tests and
 * users' scripts depend on them. Texts live in i18n; the order is the guide's, application first.
 */
export const CAUSE_LAYER = {
  'app.not-network': 'application',
  'app.wrong-endpoint': 'application',
  'app.timeout-too-short': 'application',
  'app.slow-response': 'application',
  'app.http-client-error': 'application',
  'app.auth-rejected': 'application',
  'app.rate-limited': 'application',
  'app.http-server-error': 'application',
  'app.connection-closed': 'application',
  'app.protocol-mismatch': 'application',
  'app.connections-exhausted': 'application',
  'app.stale-address': 'application',
  'tls.expired': 'application',
  'tls.not-yet-valid': 'application',
  'tls.clock-skew': 'application',
  'tls.self-signed': 'application',
  'tls.unknown-ca': 'application',
  'tls.incomplete-chain': 'application',
  'tls.intercepted': 'application',
  'tls.hostname-mismatch': 'application',
  'tls.sni-required': 'application',
  'tls.version-unsupported': 'application',
  'tls.no-shared-cipher': 'application',
  'tls.client-certificate-required': 'application',
  'tls.plaintext-port': 'application',
  'tls.expected-on-port': 'application',
  'proxy.required': 'application',
  'proxy.unreachable': 'application',
  'proxy.denied': 'application',
  'proxy.auth-required': 'application',
  'proxy.no-proxy-gap': 'application',
  'mesh.blocked': 'application',
  'mesh.proxy-not-ready': 'application',
  'tcp.refused': 'transport',
  'tcp.rejected-on-path': 'transport',
  'tcp.filtered': 'transport',
  'tcp.host-silent': 'transport',
  'tcp.filtered-from-pods': 'transport',
  'tcp.fake-accept': 'transport',
  'tcp.some-addresses-fail': 'transport',
  'tcp.intermittent': 'transport',
  'tcp.ports-exhausted': 'transport',
  'tcp.conntrack-full': 'transport',
  'tcp.idle-timeout': 'transport',
  'udp.no-answer': 'transport',
  'policy.egress-denied': 'internet',
  'policy.dns-denied': 'internet',
  'policy.ingress-denied': 'internet',
  'policy.cni-denied': 'internet',
  'policy.not-enforced': 'internet',
  'policy.allowed-but-dropped': 'internet',
  'dns.nxdomain': 'internet',
  'dns.no-address': 'internet',
  'dns.servfail': 'internet',
  'dns.refused': 'internet',
  'dns.resolver-unreachable': 'internet',
  'dns.cluster-dns-down': 'internet',
  'dns.forward-loop': 'internet',
  'dns.wrong-resolver': 'internet',
  'dns.search-hijack': 'internet',
  'dns.split-horizon': 'internet',
  'dns.stale-hosts': 'internet',
  'dns.tcp-blocked': 'internet',
  'dns.slow': 'internet',
  'dns.external-name': 'internet',
  'ip.no-route': 'internet',
  'ip.ipv6-unroutable': 'internet',
  'ip.unreachable': 'internet',
  'ip.prohibited': 'internet',
  'ip.routing-loop': 'internet',
  'ip.path-dead-after': 'internet',
  'ip.pmtu-blackhole': 'internet',
  'ip.cidr-overlap': 'internet',
  'ip.not-masqueraded': 'internet',
  'ip.packet-loss': 'internet',
  'link.interface-down': 'network-access',
  'link.gateway-unreachable': 'network-access',
  'link.mtu-mismatch': 'network-access',
  'node.not-ready': 'network-access',
  'node.network-unavailable': 'network-access',
  'node.cni-agent-failing': 'network-access',
  'node.single-node-fault': 'network-access',
  'pod.not-running': 'network-access',
  'pod.sandbox-failed': 'network-access',
  'service.not-found': 'transport',
  'service.no-endpoints': 'transport',
  'service.wrong-port': 'transport',
  'service.proxy-broken': 'transport',
} as const satisfies Record<string, Layer>;

export type CauseId = keyof typeof CAUSE_LAYER;

export const CAUSE_IDS = Object.keys(CAUSE_LAYER) as readonly CauseId[];

export function isCauseId(text: string): text is CauseId {
  return Object.hasOwn(CAUSE_LAYER, text);
}

export function layerOfCause(cause: CauseId): Layer {
  return CAUSE_LAYER[cause];
}

/**
 * certain: the evidence excludes every neighbour in the catalogue; likely: one less probable neighbour is left;
 * possible: several are left.
 */
export type Confidence = 'certain' | 'likely' | 'possible';
