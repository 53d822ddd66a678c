import type { Rule } from '../rule.ts';

/**
 * The words for errno of connect(2), read(2) and write(2), whoever wraps them: strerror of glibc 2.36, musl 1.2, BSD and
 * macOS; Go's syscall table; libuv's names; WSA names and sentences (Winsock error codes, learn.microsoft.com).
 */

/** Linux numbers (asm-generic/errno.h) as wrappers print them. */
function numbered(number: number): RegExp {
  // `[Errno 111] ...` Python   `(os error 111)` Rust   `errno: -111` Node   `errno = 111` Dart   `write:errno=104` openssl
  // `Error 111 connecting to` redis-py   `system error: 104` MySQL   `[system:111 at` Boost   `(111)` MySQL   `(111: ` nginx
  return new RegExp(`(?:\\berrno[ =:]{0,3}-?|\\bos error |\\berror:? |\\[system:|delayed connect error: )${number}\\b|\\(${number}(?:\\)|: )|\\w\\(${number}, `, 'iu');
}

/** Winsock numbers. They stand behind a word or in parentheses: 10061 alone may be a port. */
function winsock(number: number): RegExp {
  // `SocketException (10060)` .NET   `[WinError 10061]` Python   `(os error 10060)` Rust   `error code 10054`   `server on 'db' (10060)` MySQL
  return new RegExp(`(?:\\b(?:WinError|os error|errno|error|code)[ :=#]{1,3}|\\()${number}\\b`, 'iu');
}

const REFUSED: Rule = {
  says: ['connection refused', 'econnrefused', 'connectionrefused', 'actively refused', 'connection was refused', 'connection_refused', numbered(111), winsock(10061)],
  means: 'refused',
  rank: 'cause',
  confidence: 'certain',
};

const TIMEOUT: Rule = {
  says: [
    'connection timed out',
    'operation timed out',
    'connect timed out',
    'etimedout',
    'esockettimedout',
    'i/o timeout',
    'did not properly respond after a period of time',
    'connection_timed_out',
    // timeout: sending signal TERM to command 'bash'        timeout(1) -v, coreutils 8.29 on
    /^timeout: sending signal \w+ to command/mu,
    numbered(110),
    winsock(10060),
  ],
  means: 'timeout',
  rank: 'cause',
  confidence: 'certain',
};

const NETWORK_UNREACHABLE: Rule = {
  says: ['network is unreachable', 'network unreachable', 'networkunreachable', 'enetunreach', 'unreachable network', 'network is down', 'machine is not on the network', 'enetdown', 'err_internet_disconnected', numbered(101), winsock(10051), winsock(10050)],
  means: 'unreachable',
  rank: 'cause',
  confidence: 'certain',
  causes: { 'ip.no-route': 'likely', 'ip.ipv6-unroutable': 'possible', 'ip.unreachable': 'possible', 'policy.egress-denied': 'possible' },
};

const HOST_UNREACHABLE: Rule = {
  says: [
    'no route to host',
    'ehostunreach',
    'host is unreachable',
    'host unreachable',
    'hostunreachable',
    'host is down',
    'host down',
    'ehostdown',
    'unreachable host',
    'err_address_unreachable',
    numbered(113),
    winsock(10065),
  ],
  means: 'unreachable',
  rank: 'cause',
  confidence: 'certain',
  causes: { 'ip.unreachable': 'likely', 'link.gateway-unreachable': 'possible', 'ip.prohibited': 'possible', 'ip.no-route': 'possible', 'policy.egress-denied': 'possible' },
};

const RESET: Rule = {
  says: [
    'connection reset',
    'connectionreset',
    'econnreset',
    'connection_reset',
    'broken pipe',
    'brokenpipe',
    /\bEPIPE\b/u,
    'econnaborted',
    'connection aborted',
    'connectionaborted',
    'caused connection abort',
    'connection was aborted',
    'connection abort',
    'network dropped connection',
    'forcibly closed by the remote host',
    'forcibly closed',
    'eshutdown',
    numbered(104),
    winsock(10054),
    winsock(10053),
  ],
  means: 'reset',
  rank: 'cause',
  confidence: 'certain',
};

/** errno that says nothing about the other side. */
const LOCAL: readonly Rule[] = [
  {
    says: ['cannot assign requested address', "can't assign requested address", 'address not available', 'eaddrnotavail', winsock(10049)],
    means: 'other',
    rank: 'cause',
    confidence: 'likely',
    layer: 'transport',
    causes: { 'tcp.ports-exhausted': 'likely', 'ip.ipv6-unroutable': 'possible' },
  },
  {
    says: ['too many open files', 'emfile', 'enfile'],
    means: 'other',
    rank: 'cause',
    confidence: 'certain',
    layer: 'application',
    causes: { 'app.connections-exhausted': 'certain' },
  },
  { says: ['address already in use', 'eaddrinuse', 'address in use', winsock(10048)], means: 'other', rank: 'cause', confidence: 'likely', layer: 'transport', causes: { 'tcp.ports-exhausted': 'possible' } },
  { says: ['message too long', 'message too large', 'emsgsize'], means: 'other', rank: 'cause', confidence: 'likely', layer: 'internet', causes: { 'ip.pmtu-blackhole': 'possible', 'link.mtu-mismatch': 'possible' } },
  { says: ['operation not permitted', 'permission denied', 'no buffer space available'], means: 'other', rank: 'cause', confidence: 'likely' },
  { says: ['table full, dropping packet'], means: 'other', rank: 'sentence', confidence: 'certain', layer: 'transport', causes: { 'tcp.conntrack-full': 'certain' } },
  { says: ['unix socket', 'through socket', /\.sock\b/u, /\[2002\] No such file/u], means: 'other', rank: 'sentence', confidence: 'likely', layer: 'application', causes: { 'app.wrong-endpoint': 'likely' } },
];

/** EAGAIN is what a socket's own receive timeout gives; .NET on Linux prints the same words for EAI_AGAIN. */
const AGAIN: readonly Rule[] = [
  { says: ['resource temporarily unavailable', numbered(11)], means: 'timeout', rank: 'symptom', confidence: 'likely' },
  // Resource temporarily unavailable (api.example.com:443)     System.Net.Http, .NET 6-8 on Linux
  { says: [/Resource temporarily unavailable \([^()\s]{1,255}:\d{1,5}\)/u], means: 'dns', rank: 'sentence', confidence: 'likely', causes: { 'dns.resolver-unreachable': 'likely', 'dns.servfail': 'possible' } },
];

export const ERRNO_RULES: readonly Rule[] = [REFUSED, TIMEOUT, NETWORK_UNREACHABLE, HOST_UNREACHABLE, RESET, ...LOCAL, ...AGAIN];
