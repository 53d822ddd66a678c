import type { Rule } from '../rule.ts';

/** ping, traceroute, tracepath, mtr and `ip`: single lines of their output, when the whole is not there to be parsed. */
export const ICMP_RULES: readonly Rule[] = [
  // From 10.0.0.1 icmp_seq=1 Destination Host Unreachable        iputils ping
  {
    says: [/Destination (?:Host|Net) Unreachable/iu, 'destination host inaccessible', 'red de destino inaccesible', 'host de destino inaccesible'],
    means: 'unreachable',
    rank: 'cause',
    confidence: 'certain',
    causes: { 'link.gateway-unreachable': 'likely', 'ip.unreachable': 'likely', 'ip.no-route': 'possible' },
  },
  // 3 packets transmitted, 0 received, +3 errors, 100% packet loss     iputils ping: somebody answered, with an error
  { says: [/, \+\d+ errors\b/u], means: 'unreachable', rank: 'sentence', confidence: 'likely', causes: { 'ip.unreachable': 'likely', 'link.gateway-unreachable': 'possible' } },
  // 64 bytes from 10.0.0.5: icmp_seq=1 ttl=63 time=0.412 ms
  { says: [/\b\d+ bytes from [^\n]{1,255}: .{0,20}seq=\d+/u, /Reply from [^\n]{1,64}: bytes=/u, /Respuesta desde [^\n]{1,64}: bytes=/u], means: 'ok', rank: 'success', confidence: 'likely', layer: 'internet' },
  { says: [/(?:^|[^\d.])0(?:\.0+)?% (?:packet )?loss/u, /\(0% perdidos\)/u, 'rtt min/avg/max', 'round-trip min/avg/max'], means: 'ok', rank: 'success', confidence: 'likely', layer: 'internet' },
  {
    says: [/\b100(?:\.0+)?% (?:packet )?loss/u, /\(100% perdidos\)/u, 'no answer yet for icmp_seq', 'request timeout for icmp_seq', 'tiempo de espera agotado'],
    means: 'timeout',
    rank: 'cause',
    confidence: 'likely',
    layer: 'internet',
    causes: { 'tcp.host-silent': 'likely', 'ip.path-dead-after': 'possible', 'policy.egress-denied': 'possible', 'ip.prohibited': 'possible' },
  },
  // Part of the packets came back: loss, not silence.
  { says: [/\b[1-9]\d?(?:\.\d+)?% (?:packet )?loss/u], means: 'other', rank: 'cause', confidence: 'likely', layer: 'internet', causes: { 'ip.packet-loss': 'likely', 'tcp.intermittent': 'possible' } },
  { says: [/\bTime to live exceeded\b/iu, /\bTTL expired in transit/iu, 'hop limit exceeded', 'time exceeded: hop limit', 'too many hops'], means: 'unreachable', rank: 'cause', confidence: 'possible', causes: { 'ip.routing-loop': 'likely' } },
  { says: ['frag needed', 'frag reassembly', 'fragmentation needed', 'packet too big', 'local error: message too long', /!F\b/u], means: 'other', rank: 'cause', confidence: 'likely', layer: 'internet', causes: { 'ip.pmtu-blackhole': 'likely', 'link.mtu-mismatch': 'possible' } },
  // traceroute annotations: !H !N !P !X (Butskoy), !A !C !Z (busybox, inetutils), !<13>, !13
  { says: [/(?:^|\s)![HNPXACUZQITV](?:\s|$)/u, /(?:^|\s)!<?\d{1,3}(?:-\d+)?>?(?:\s|$)/u], means: 'unreachable', rank: 'cause', confidence: 'likely', causes: { 'ip.unreachable': 'likely', 'ip.prohibited': 'possible' } },
  { says: [/(?:^|\s)!S(?:\s|$)/u], means: 'other', rank: 'cause', confidence: 'possible' },
  // " 3  * * *"  traceroute;  " 2:  no reply"  tracepath;  "  2.|-- ???  100.0"  mtr
  {
    says: [/^\s*\d{1,3}:?\s+\*(?:\s+\*)*\s*$/mu, /:\s+no reply\b/u, /\|--\s+\?\?\?/u],
    means: 'timeout',
    rank: 'hint',
    confidence: 'possible',
    layer: 'internet',
    causes: { 'ip.path-dead-after': 'possible' },
  },
  // Neighbour states of `ip neigh`
  { says: [/\b(?:FAILED|INCOMPLETE)$/mu, /\bdev \S{1,15} {1,4}(?:FAILED|INCOMPLETE)\b/u, /\(incomplete\)/u], means: 'unreachable', rank: 'symptom', confidence: 'likely', layer: 'network-access', causes: { 'link.gateway-unreachable': 'likely' } },
  { says: [/\b(?:REACHABLE|PERMANENT|STALE|DELAY|PROBE|NOARP)$/mu], means: 'ok', rank: 'success', confidence: 'possible', layer: 'network-access' },
  { says: [/\bNO-CARRIER\b/u, /\bstate DOWN\b/u, 'lowerlayerdown', 'no carrier', /^linkdown$/u], means: 'unreachable', rank: 'symptom', confidence: 'likely', layer: 'network-access', causes: { 'link.interface-down': 'likely' } },
  { says: ['unreachable default', /^(?:unreachable|prohibit|blackhole) [\da-f.:]/mu], means: 'unreachable', rank: 'symptom', confidence: 'likely', causes: { 'ip.no-route': 'likely' } },
  // BIND's isc_result words, lower case
  { says: [/(?:^|: )(?:network|host|net) unreachable\.?$/mu], means: 'unreachable', rank: 'cause', confidence: 'certain' },
];
