import { isIP } from 'node:net';

/** What one line of `curl -v` says. Lines that say nothing of the network give no event. */
export type CurlEvent =
  | { readonly kind: 'pinned' }
  | { readonly kind: 'uses-proxy'; readonly proxy: string }
  | { readonly kind: 'addresses'; readonly addresses: readonly string[] }
  | { readonly kind: 'trying'; readonly address: string; readonly port: number | null }
  | { readonly kind: 'connected'; readonly host: string; readonly address: string; readonly port: number }
  | { readonly kind: 'connect-failed'; readonly host: string | null; readonly port: number | null; readonly reason: string; readonly elapsedMs: number | null }
  | { readonly kind: 'tls-began' }
  | { readonly kind: 'certificate-requested' }
  | { readonly kind: 'tls-alert'; readonly text: string }
  | { readonly kind: 'tls-established'; readonly version: string | null; readonly cipher: string | null }
  | { readonly kind: 'alpn'; readonly protocol: string }
  | { readonly kind: 'certificate'; readonly field: 'subject' | 'issuer' | 'start' | 'expire' | 'name'; readonly value: string }
  | { readonly kind: 'tls-verified' }
  | { readonly kind: 'tls-problem'; readonly text: string }
  | { readonly kind: 'tunnel-asked'; readonly host: string; readonly port: number }
  | { readonly kind: 'tunnel-made' }
  | { readonly kind: 'request'; readonly method: string; readonly target: string }
  | { readonly kind: 'request-header'; readonly name: string; readonly value: string }
  | { readonly kind: 'status'; readonly status: number }
  | { readonly kind: 'header'; readonly name: string; readonly value: string }
  | { readonly kind: 'error'; readonly exitCode: number; readonly message: string };

type Groups = readonly (string | undefined)[];
interface Rule {
  readonly pattern: RegExp;
  readonly event: (groups: Groups) => CurlEvent;
}

const text = (groups: Groups, index: number): string => groups[index] ?? '';
const number = (groups: Groups, index: number): number | null => (groups[index] === undefined ? null : Number(groups[index]));
const bare = (address: string): string => address.replace(/^\[|\]$/gu, '').replace(/%\w+$/u, '');

const CONNECTION: readonly Rule[] = [
  // * Added web.test:8443:192.0.2.2 to DNS cache        (7.88)
  { pattern: /^\* Added \S+ to DNS cache/u, event: () => ({ kind: 'pinned' }) },
  // * Uses proxy env variable https_proxy == 'http://192.0.2.2:3129'   (7.58)
  { pattern: /^\* Uses proxy env variable (?!no_proxy|NO_PROXY)\S+ == '([^']*)'/u, event: (m) => ({ kind: 'uses-proxy', proxy: text(m, 1) }) },
  // * IPv4: 192.0.2.2, 192.0.2.3                         (8.7)
  { pattern: /^\* IPv[46]: (?!\(none\))(.+)$/u, event: (m) => ({ kind: 'addresses', addresses: text(m, 1).split(/,\s*/u).map(bare).filter((one) => isIP(one) !== 0) }) },
  // *   Trying 192.0.2.2:8443...   (7.69)   *   Trying [2001:db8::2]:81...   (7.87)   *   Trying 2001:db8::2:81...   (7.69 to 7.86)   *   Trying 192.0.2.2...   (older)
  { pattern: /^\* +Trying (\S+?)\.\.\.(?: connected)?$/u, event: (m) => trying(text(m, 1)) },
  // * About to connect() to web.test port 81 (#0), then *   Trying 192.0.2.2...      (7.29)
  // * Connected to web.test (192.0.2.2) port 8443 (#0)                                   (7.29 to 8.1)
  { pattern: /^\* Connected to (\S+) \(([^)]*)\) port (\d+)/u, event: connected },
  // * Established connection to web.test (192.0.2.2 port 8443) from 192.0.2.1 port 40112   (8.16)
  { pattern: /^\* Established connection to (\S+) \((\S+) port (\d+)\)/u, event: connected },
  // * connect to 192.0.2.2 port 444 failed: Connection refused                           (7.88)
  // * connect to 192.0.2.2 port 444 from 192.0.2.1 port 38044 failed: Connection refused   (8.6)
  { pattern: /^\* connect to (\S+) port (\d+)(?: from \S+ port \d+)? failed: (.+)$/u, event: (m) => failed(text(m, 1), number(m, 2), text(m, 3)) },
  // * Immediate connect fail for 198.51.100.1: Network is unreachable
  { pattern: /^\* +Immediate connect fail for (\S+): (.+)$/u, event: (m) => failed(text(m, 1), null, text(m, 2)) },
  // * ipv4 connect timeout after 2000ms, move on!    * After 1998ms connect time, move on!   (7.5x)
  { pattern: /^\* (?:ipv[46] connect timeout after (\d+)ms|After (\d+)ms connect time), move on!/u, event: (m) => failed(null, null, 'connect timeout', number(m, 1) ?? number(m, 2)) },
  // * Connection refused        (7.29: alone on its line)
  { pattern: /^\* (Connection refused|Connection timed out|No route to host|Network is unreachable|Permission denied|Operation not permitted)$/u, event: (m) => failed(null, null, text(m, 1)) },
  // * Failed to connect to web.test port 444 after 0 ms: Couldn't connect to server        (7.80)    ... port 444: Connection refused    (older)
  { pattern: /^(?:\* |curl: \(\d+\) )Failed to connect to (\S+) port (\d+)(?: after (\d+) ms)?: (.+)$/u, event: (m) => failed(text(m, 1), number(m, 2), text(m, 4), number(m, 3)) },
  // curl: (7) Failed to connect to web.test:444 after 0 ms: Could not connect to server   (8.2x)
  { pattern: /^(?:\* |curl: \(\d+\) )Failed to connect to (\S+):(\d+)(?: via \S+)? after (\d+) ms: (.+)$/u, event: (m) => failed(text(m, 1), number(m, 2), text(m, 4), number(m, 3)) },
  // * Failed connect to web.test:444; Connection refused     (7.29)
  { pattern: /^(?:\* |curl: \(\d+\) )Failed connect to (\S+):(\d+); (.+)$/u, event: (m) => failed(text(m, 1), number(m, 2), text(m, 3)) },
];

const TLS: readonly Rule[] = [
  // * TLSv1.2 (IN), TLS handshake, Request CERT (13):        (OpenSSL)
  { pattern: /^\* TLSv[\d.]+ \(IN\), TLS (?:handshake|header), Request CERT \(13\)/u, event: () => ({ kind: 'certificate-requested' }) },
  // * TLSv1.2 (IN), TLS alert, handshake failure (552):
  { pattern: /^\* ((?:TLSv|SSLv)[\d.]+ \(IN\), TLS alert, (?!close notify).*)$/u, event: (m) => ({ kind: 'tls-alert', text: text(m, 1) }) },
  // * TLSv1.3 (OUT), TLS handshake, Client hello (1):
  { pattern: /^\* (?:TLSv|SSLv)[\d.]+ \(OUT\), TLS handshake, Client hello/iu, event: () => ({ kind: 'tls-began' }) },
  // * ALPN: offers h2,http/1.1 (7.87)  * ALPN, offering h2 (older)  * schannel: SSL/TLS connection with web.test port 443 (step 1/3)  * found 140 certificates in /etc/ssl... (GnuTLS)  * Initializing NSS with certpath
  { pattern: /^\* (?:ALPN(?::|,) (?:curl )?offer|schannel: |found \d+ certificates in|Initializing NSS|mbedTLS: Connecting|ALPN: curl offers)/iu, event: () => ({ kind: 'tls-began' }) },
  // * SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384 / x25519 / RSASSA-PSS  (OpenSSL)   * SSL connection using TLS1.3 / ECDHE_RSA_AES_256_GCM_SHA384  (GnuTLS)
  { pattern: /^\* SSL connection using (?:(TLSv?[\d.]+|SSLv\d) ?\/ ?)?([\w-]+)/u, event: (m) => ({ kind: 'tls-established', version: m[1]?.replace(/^TLS(?=\d)/u, 'TLSv') ?? null, cipher: text(m, 2) }) },
  // * mbedTLS: Handshake complete, cipher is TLS-ECDHE-RSA-WITH-AES-256-GCM-SHA384   * rustls: handshake complete, proto=h2
  { pattern: /^\* (?:mbedTLS: Handshake complete(?:, cipher is (\S+))?|rustls: handshake complete|wolfSSL: connected)/iu, event: (m) => ({ kind: 'tls-established', version: null, cipher: m[1] ?? null }) },
  // * ALPN: server accepted h2   (7.87)     * ALPN, server accepted to use http/1.1   (older)
  { pattern: /^\* ALPN(?::|,) server accepted (?:to use )?([\w./-]+)/u, event: (m) => ({ kind: 'alpn', protocol: text(m, 1) }) },
  // *  subject: CN=web.test   *  start date: Jan  1 00:00:00 2024 GMT   *  issuer: CN=Lab Intermediate 1; O=Lab Trust
  { pattern: /^\* +(subject|issuer): (.*)$/u, event: (m) => ({ kind: 'certificate', field: m[1] === 'subject' ? 'subject' : 'issuer', value: text(m, 2) }) },
  { pattern: /^\* +(start|expire) date: (.*)$/u, event: (m) => ({ kind: 'certificate', field: m[1] === 'start' ? 'start' : 'expire', value: text(m, 2) }) },
  // *  subjectAltName: host "web.test" matched cert's "*.web.test"
  { pattern: /^\* +subjectAltName: (?:host )?"[^"]*" (?:is )?matched cert's "([^"]*)"/u, event: (m) => ({ kind: 'certificate', field: 'name', value: text(m, 1) }) },
  // *  SSL certificate verify ok.   * SSL certificate verified via OpenSSL.  (8.1x)   *   server certificate verification OK  (GnuTLS)
  { pattern: /^\* +(?:SSL certificate verify ok|SSL certificate verified via|server certificate verification OK|Certificate verified)/u, event: () => ({ kind: 'tls-verified' }) },
  // *  SSL certificate verify result: self-signed certificate (18), continuing anyway.
  { pattern: /^\* +(SSL certificate verify result: .*)$/u, event: (m) => ({ kind: 'tls-problem', text: text(m, 1) }) },
];

const HTTP: readonly Rule[] = [
  // * Establish HTTP proxy tunnel to web.test:8443
  { pattern: /^\* Establish HTTP(?:\/2)? proxy tunnel to (\S+):(\d+)$/u, event: (m) => ({ kind: 'tunnel-asked', host: bare(text(m, 1)), port: Number(m[2]) }) },
  // * CONNECT tunnel established, response 200  (7.85)    * Proxy replied 200 to CONNECT request  (older)   * Proxy replied OK to CONNECT request
  { pattern: /^\* (?:CONNECT tunnel established|Proxy replied (?:2\d\d|OK) to CONNECT request)/u, event: () => ({ kind: 'tunnel-made' }) },
  // > GET /health HTTP/1.1
  { pattern: /^> ([A-Z]+) (\S+) HTTP\/[\d.]+$/u, event: (m) => ({ kind: 'request', method: text(m, 1), target: text(m, 2) }) },
  { pattern: /^> ([\w-]+): (.*)$/u, event: (m) => ({ kind: 'request-header', name: text(m, 1).toLowerCase(), value: text(m, 2) }) },
  // < HTTP/1.1 200 OK      < HTTP/2 200
  { pattern: /^< HTTP\/[\d.]+ (\d{3})(?: |$)/u, event: (m) => ({ kind: 'status', status: Number(m[1]) }) },
  { pattern: /^< ([\w-]+): (.*)$/u, event: (m) => ({ kind: 'header', name: text(m, 1), value: text(m, 2) }) },
];

// curl: (60) SSL certificate problem: self-signed certificate
const ERROR = /^curl: \((\d{1,3})\) ?(.*)$/u;

/** The events of one line: an error line may tell of a failed connection too. */
export function eventsOfLine(line: string): readonly CurlEvent[] {
  const clean = withoutProgress(line).trimEnd();
  const found = [...CONNECTION, ...TLS, ...HTTP].flatMap(({ pattern, event }) => {
    const match = pattern.exec(clean);
    return match === null ? [] : [event(match)];
  });
  const error = ERROR.exec(clean);
  return [...found.slice(0, 1), ...(error === null ? [] : [{ kind: 'error', exitCode: Number(error[1]), message: error[2] ?? '' } as const])];
}

/** Without -s the progress meter shares lines with messages: `  0     0    0     0    0     0      0      0 --:--:--  0:00:01 --:--:--     0* connect to ...` */
function withoutProgress(line: string): string {
  const last = line.split('\r').findLast((part) => part !== '') ?? '';
  return last.replace(/^ *\d[^*<>{}]*?--:--:-- +[\d.]+[kMGT]?(?=[*<>{}] |curl: )/u, '');
}

function trying(addressAndPort: string): CurlEvent {
  const match = /^\[([^\]]+)\]:(\d+)$/u.exec(addressAndPort) ?? /^([\d.]+):(\d+)$/u.exec(addressAndPort);
  if (match !== null) return { kind: 'trying', address: match[1] ?? '', port: Number(match[2]) };
  if (isIP(bare(addressAndPort)) === 4) return { kind: 'trying', address: addressAndPort, port: null };
  // 7.69 to 7.86 put the port behind an IPv6 address with nothing to tell it apart: `2001:db8::2:81`. An address without a port (before 7.69) looks the
  // same, so the port is left to the lines that follow.
  const open = /^(.+:.+):(\d{1,5})$/u.exec(addressAndPort);
  const address = open !== null && isIP(open[1] ?? '') === 6 ? (open[1] ?? '') : bare(addressAndPort);
  return { kind: 'trying', address, port: null };
}

function connected(groups: Groups): CurlEvent {
  return { kind: 'connected', host: bare(text(groups, 1)), address: bare(text(groups, 2)), port: Number(groups[3]) };
}

function failed(host: string | null, port: number | null, reason: string, elapsedMs: number | null = null): CurlEvent {
  return { kind: 'connect-failed', host: host === null ? null : bare(host), port, reason, elapsedMs };
}
