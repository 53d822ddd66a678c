import type { CauseId } from '../../domain/cause.ts';
import type { HttpFact } from '../../domain/facts.ts';
import { isInternalHost } from '../../domain/network.ts';
import { fault, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Look } from '../look.ts';
import { answeredNearer } from '../answered-nearer.ts';
import { causeOfProtocolError } from '../protocol-error.ts';
import { connections, directRequestQuestion, exchangeQuestion, httpAnswer } from '../reading.ts';

/**
 * A mesh's proxy answers for the dependency: Envoy names itself, and adds the upstream's time only when there was an upstream. Its RBAC
 * filter has a body of its own (envoy, source/extensions/filters/http/rbac).
 */
function isMeshAnswer(http: HttpFact): boolean {
  if (/^RBAC: access denied/u.test(http.bodyStart)) return true;
  const isEnvoy = http.headers['server'] === 'envoy' || http.headers['server'] === 'istio-envoy';
  return isEnvoy && http.headers['x-envoy-upstream-service-time'] === undefined && http.bodyStart === '' && http.status === 502;
}

/**
 * What servers answer to plain HTTP on a TLS port: nginx "The plain HTTP request was sent to HTTPS port", Go's net/http "Client sent an
 * HTTP request to an HTTPS server.", Apache httpd "You're speaking plain HTTP to an SSL-enabled server port."
 */
const WANTS_HTTPS = /plain HTTP request was sent to HTTPS port|sent an HTTP request to an HTTPS server|speaking plain HTTP to an (?:SSL|TLS)-enabled server port/iu;

/** nginx: "No required SSL certificate was sent", "The SSL certificate error". */
const WANTS_CLIENT_CERTIFICATE = /No required SSL certificate was sent|The SSL certificate error/iu;

function causeOfStatus(http: HttpFact, status: number): CauseId | null {
  // RFC 6585, 6: 511 is never the origin server's; whoever intercepts the connection wants to know who we are.
  if (status === 407 || status === 511) return 'proxy.auth-required';
  if (status === 400 && WANTS_HTTPS.test(http.bodyStart)) return 'tls.expected-on-port';
  if (status === 400 && WANTS_CLIENT_CERTIFICATE.test(http.bodyStart)) return 'tls.client-certificate-required';
  if (isMeshAnswer(http)) return 'mesh.blocked';
  if (status === 401 || status === 403) return 'app.auth-rejected';
  if (status === 429 || (status === 503 && http.headers['retry-after'] !== undefined)) return 'app.rate-limited';
  if (status >= 500) return 'app.http-server-error';
  return status >= 400 ? 'app.http-client-error' : null;
}

/** The dependency was reached and answered with an error of its own. */
export const appStatus: TreeNode = {
  id: 'app.status',
  layer: 'application',
  branches: [
    { id: 'client-error', goto: null, causes: ['app.http-client-error'] },
    { id: 'credentials', goto: null, causes: ['app.auth-rejected'] },
    { id: 'rate', goto: null, causes: ['app.rate-limited'] },
    { id: 'server-error', goto: null, causes: ['app.http-server-error'] },
    { id: 'https-wanted', goto: null, causes: ['tls.expected-on-port'] },
    { id: 'certificate-wanted', goto: null, causes: ['tls.client-certificate-required'] },
    { id: 'proxy-password', goto: null, causes: ['proxy.auth-required'] },
    { id: 'only-by-proxy', goto: null, causes: ['proxy.no-proxy-gap', 'proxy.denied'] },
    { id: 'other-version', goto: null, causes: ['app.protocol-mismatch'] },
    { id: 'mesh', goto: null, causes: ['mesh.blocked'] },
    { id: 'other', goto: null, causes: [] },
  ],
  decide(look) {
    const request = httpAnswer(look);
    const http = request?.fact('http') ?? null;
    if (request !== null && http !== null && http.status !== null) {
      const ids = request.ids('http');
      const proxied = judgeProxy(look, http, ids);
      if (proxied === 'wait') return WAIT;
      if (proxied !== null) return proxied;
      const cause = causeOfStatus(http, http.status);
      if (cause === null) return inconclusive(look, 'other', null, ids);
      const filter = http.proxy === null && FILTERS_SAY.includes(http.status) ? answeredNearer(look) : null;
      if (filter === 'wait') return WAIT;
      if (filter?.kind === 'near') return fault(look, 'only-by-proxy', 'proxy.denied', 'likely', [...ids, ...filter.evidence], { detail: `${statusLine(http)}, ${filter.detail}` });
      const branch = BRANCH_OF[cause] ?? 'other';
      const confidence = cause === 'mesh.blocked' || isShared(http, cause) || filter?.kind === 'unknown' ? 'likely' : 'certain';
      return fault(look, branch, cause, confidence, ids, { detail: statusLine(http) });
    }
    for (const open of connections(look)) {
      const exchange = look.peek(exchangeQuestion(look, open.address));
      const fact = exchange?.fact('exchange') ?? null;
      if (exchange === null || fact === null) continue;
      const details = { detail: fact.firstBytes, address: open.address };
      // pg_hba.conf may have an entry for the application's own user and database, which we do not name.
      const confidence = /pg_hba\.conf/u.test(fact.firstBytes) ? 'likely' : 'certain';
      if (fact.outcome === 'rejected') return fault(look, 'credentials', 'app.auth-rejected', confidence, exchange.ids(), details);
      const told = causeOfProtocolError(fact);
      if (told !== null) return fault(look, told.branch, told.cause, 'likely', exchange.ids(), details);
      return inconclusive(look, 'other', null, exchange.ids(), details);
    }
    return inconclusive(look, 'other', null, []);
  },
};

/**
 * An error that came through a forward proxy: the proxy's own, or the dependency's? Without the proxy the same request tells.
 * null: it is the dependency's.
 */
function judgeProxy(look: Look, http: HttpFact, ids: readonly string[]): Decision | null | 'wait' {
  // Inside TLS nobody but the dependency answers.
  if (http.proxy === null || http.status === 407 || look.dependency.tls) return null;
  const direct = look.need(directRequestQuestion(look));
  if (direct === null) return 'wait';
  const answered = direct.fact('http');
  const details = { detail: `${http.proxy} HTTP ${String(http.status)}` };
  if (worksDirectly(answered) && isInternalHost(look.dependency.host)) {
    return fault(look, 'only-by-proxy', 'proxy.no-proxy-gap', 'certain', [...ids, ...direct.ids('http')], details);
  }
  // The dependency itself says the same without the proxy, or this is no answer that proxies give.
  if (answered?.status === http.status || !(isProxyStatus(http.status) || (namesProxy(http) && answered === null))) return null;
  return fault(look, 'only-by-proxy', 'proxy.denied', 'likely', [...ids, ...direct.ids()], details);
}

function worksDirectly(direct: HttpFact | null): boolean {
  return direct?.outcome === 'response' && (direct.status ?? 500) < 400;
}

/** What a proxy answers by itself when it will not or cannot pass a request on. */
function isProxyStatus(status: number | null): boolean {
  return status === 403 || status === 502 || status === 503 || status === 504;
}

/** Forward proxies that name themselves in what they answer by themselves. */
function namesProxy(http: HttpFact): boolean {
  return (http.status ?? 0) >= 500 && /\b(?:squid|tinyproxy|privoxy|3proxy|polipo|mitmproxy|zscaler|bluecoat|fortiproxy)\b/iu.test(`${http.headers['server'] ?? ''} ${http.headers['via'] ?? ''}`);
}

/** Forbidden, unavailable for legal reasons (RFC 7725): what a filter on the way answers, too. */
const FILTERS_SAY: readonly number[] = [403, 451];

/** 502 and 504 speak of somebody between us and the dependency's own server, and 511 of a network that wants a login first (RFC 6585, 6). */
function isShared(http: HttpFact, cause: CauseId): boolean {
  return http.status === 511 || (cause === 'app.http-server-error' && (http.status === 502 || http.status === 504));
}

function statusLine(http: HttpFact): string {
  const server = http.headers['server'] ?? http.headers['via'];
  return `HTTP ${String(http.status)}${server === undefined ? '' : ` (server: ${server})`}`;
}

const BRANCH_OF: Partial<Record<CauseId, string>> = {
  'app.http-client-error': 'client-error',
  'app.auth-rejected': 'credentials',
  'app.rate-limited': 'rate',
  'app.http-server-error': 'server-error',
  'tls.expected-on-port': 'https-wanted',
  'tls.client-certificate-required': 'certificate-wanted',
  'proxy.auth-required': 'proxy-password',
  'mesh.blocked': 'mesh',
};
