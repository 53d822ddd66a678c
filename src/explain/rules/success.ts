import type { Rule } from '../rule.ts';

/** Lines that a tool prints when a step worked. Any failure in the same text outweighs them. */
export const SUCCESS_RULES: readonly Rule[] = [
  // Connection to 10.96.0.10 53 port [udp/domain] succeeded!      nc (OpenBSD): printed whenever no ICMP error came, so it proves nothing
  { says: [/\[udp\/[^\]]{0,40}\] succeeded!/u], means: 'other', rank: 'success', confidence: 'likely', layer: 'transport', causes: { 'udp.no-answer': 'possible' } },
  {
    says: [
      // Connection to 10.0.0.5 443 port [tcp/https] succeeded!           nc (OpenBSD)
      /(?<!\[udp\/[^\]]{0,40}\] )succeeded!/u,
      // Ncat: Connected to 10.0.0.5:443.      Connected to api (10.0.0.5) port 443      Connected to api.        telnet
      /\bConnected to \S+/u,
      /\bEstablished connection to \S+/u,
      /^CONNECTED\([\da-f]{8}\)/mu,
      /\.\.\. connected\./u,
      // api.example.com [10.0.0.5] 443 (https) open          nc traditional;   10.0.0.5 (10.0.0.5:443) open    busybox nc
      /(?:\[[\da-f.:]+\] \d{1,5} \([\w?-]+\)|\([\da-f.:]+:\d{1,5}\)) open\b/u,
      'tcp connect ok',
      /^connection succeeded/imu,
      'escape character is',
      'netdiag-connected',
      /^Ncat: \d+ bytes sent/mu,
      /^sent \d+, rcvd \d+/mu,
      /\bconectado a \S+/iu,
      /(?<!\bno )\bconnection (?:established|successful|accepted)\b/iu,
      /(?:successfully|éxito al) (?:connected|conectar)/iu,
      'tcptestsucceeded : true',
    ],
    means: 'ok',
    rank: 'success',
    confidence: 'likely',
    layer: 'transport',
  },
  {
    says: [
      'verify return code: 0 (ok)',
      'ssl certificate verify ok',
      /^HTTP request sent, awaiting response\.*$/u,
      'tunnel established',
      /^\s*(?:HTTP request sent[^\n]*)?200 OK$/mu,
      /\bSSL connection using TLS/u,
      'the certificate is trusted',
      /\bPONG\b/u,
      'accepting connections',
    ],
    means: 'ok',
    rank: 'success',
    confidence: 'likely',
    layer: 'application',
  },
  {
    says: [/status: NOERROR/u, /\bNOERROR\b/u, /\bhas (?:IPv6 )?address [\da-f.:]+/u, 'non-authoritative answer', /^Name:\s+\S+\s+Address(?: \d+)?:/mu, /\bis an alias for\b/u, /^\S+\.\s+\d+\s+IN\s+(?:A|AAAA|CNAME)\s/mu],
    means: 'ok',
    rank: 'success',
    confidence: 'likely',
    layer: 'internet',
  },
  { says: [/^\s*reached\s*$/u, 'trace complete', 'destination reached'], means: 'ok', rank: 'success', confidence: 'likely', layer: 'internet' },
];
