import type { HttpFact } from '../../domain/facts.ts';
import { onlySmallSegmentsAnswer } from '../large-packets.ts';
import { meshProxyFault } from '../mesh-proxy.ts';
import { isAlive, nameserversOf, outcomeOf, queryQuestion, silentNameservers } from '../nameservers.ts';
import { follow, WAIT, type Decision, type TreeNode } from '../node.ts';
import type { Answer, Look } from '../look.ts';
import {
  addressesOf,
  connectQuestion,
  connections,
  evidenceOf,
  exchangeQuestion,
  idsOf,
  isName,
  nameToResolve,
  pinnedRequestQuestion,
  proxyFor,
  requestQuestion,
  resolveQuestion,
  tlsQuestion,
  type Connection,
} from '../reading.ts';

/** The guide's first step: ask the dependency as the application does (curl, or the protocol's own first words). */
export const appRequest: TreeNode = {
  id: 'app.request',
  layer: 'application',
  branches: [
    { id: 'answers', goto: 'app.everywhere', causes: [] },
    { id: 'status', goto: 'app.status', causes: [] },
    { id: 'tls-fails', goto: 'tls.handshake', causes: [] },
    { id: 'no-answer', goto: 'app.silence', causes: [] },
    { id: 'proxy', goto: 'proxy.connect', causes: [] },
    { id: 'name', goto: 'dns.resolve', causes: [] },
    { id: 'no-connection', goto: 'dns.answer', causes: [] },
    { id: 'comes-and-goes', goto: 'tcp.repeat', causes: [] },
    { id: 'no-datagram', goto: 'udp.answer', causes: [] },
    { id: 'cannot-ask', goto: 'tcp.connect', causes: [] },
    { id: 'mesh-proxy', goto: null, causes: ['mesh.proxy-not-ready'] },
  ],
  decide(look) {
    const decision = askAsApplication(look);
    return (decision.kind === 'wait' ? null : meshProxyFault(look, decision.branch, decision.observations)) ?? decision;
  },
};

function askAsApplication(look: Look): Decision {
  const files = look.need({ kind: 'files' });
  if (look.dependency.transport === 'udp') return follow('no-datagram');
  const web = look.dependency.application === 'http';
  if (web && files === null) return WAIT;
  const proxied = proxyFor(look) !== null;
  if (!proxied) {
    const early = nameOrConnection(look);
    if (early !== 'go-on') return early;
  }
  return web ? readRequest(look, proxied) : readExchange(look);
}

/** A resolver asks again after 5 s (resolv.conf(5)); one that has not answered a second later has lost two questions. */
const PATIENCE_WITH_RESOLVER_MS = 6000;

/** Nameservers that answer only by TCP, which is closed, will say no more to the resolver than they said to us. */
const PATIENCE_WITHOUT_TCP_MS = 3500;

/** The system's look-up takes too long, and the nameservers have told us what they tell: evidence ids, null while there is hope. */
function lateLookup(look: Look, silent: readonly string[] | null): readonly string[] | null {
  const waitingMs = look.waitingMs(resolveQuestion(look));
  const answers = (nameserversOf(look) ?? []).map((nameserver) => look.need(queryQuestion(nameToResolve(look), nameserver)));
  const tcpOnly = answers.length === 1 && byTcpOnly(look);
  if (waitingMs < (tcpOnly ? PATIENCE_WITHOUT_TCP_MS : PATIENCE_WITH_RESOLVER_MS)) return null;
  if (silent !== null) return silent;
  return answers.some((answer) => isAlive(outcomeOf(answer))) ? evidenceOf(...answers) : null;
}

function byTcpOnly(look: Look): boolean {
  const [nameserver] = nameserversOf(look) ?? [];
  if (nameserver === undefined || look.peek(queryQuestion(nameToResolve(look), nameserver))?.fact('resolve')?.truncated !== true) return false;
  const byTcp = outcomeOf(look.need(queryQuestion(nameToResolve(look), nameserver, 'A', 'tcp')));
  return byTcp === 'timeout' || byTcp === 'unreachable';
}

/** What resolution and plain connects say already, before the request itself has ended. */
function nameOrConnection(look: Look): Decision | 'go-on' {
  if (isName(look)) {
    const resolve = look.need(resolveQuestion(look));
    const outcome = resolve?.fact('resolve')?.outcome;
    if (resolve !== null && outcome !== undefined && outcome !== 'answered') return follow('name', resolve.ids('resolve'));
    const silent = silentNameservers(look);
    // A system resolver that is never heard of, and nameservers that answer nobody: they are what there is to ask about.
    if (resolve !== null && resolve.unavailable && silent !== null) return follow('name', [...resolve.ids(), ...silent]);
    const told = resolve === null ? lateLookup(look, silent) : null;
    if (told !== null) return follow('name', told);
    if (resolve === null) {
      if (look.dependency.application === 'http') look.need(requestQuestion(look));
      return WAIT;
    }
  }
  const addresses = addressesOf(look) ?? [];
  const answers = addresses.map((address) => look.need(connectQuestion(address, look.dependency.port)));
  if (addresses.length === 0 || answers.some((answer) => answer === null || answer.unavailable)) return 'go-on';
  const seen = connections(look);
  if (seen.some((one) => one.fact.outcome === 'connected')) return 'go-on';
  return follow('no-connection', idsOf(seen));
}

function readRequest(look: Look, proxied: boolean): Decision {
  const answer = look.need(requestQuestion(look));
  const handshake = proxied ? null : handshakeOf(look);
  const refused = handshake?.fact('tls')?.failure ?? null;
  if (answer === null) {
    // A handshake that fails by itself need not be waited for once more.
    if (refused !== null) return follow('tls-fails', handshake?.ids('tls'));
    const silent = proxied ? undefined : connections(look).find((one) => one.fact.outcome === 'connected' && onlySmallSegmentsAnswer(look, one.address));
    return silent === undefined ? WAIT : follow('no-answer', silent.ids);
  }
  const http = answer.fact('http');
  if (http !== null) return readHttp(http, answer);
  const tls = answer.fact('tls');
  if ((tls?.failure ?? null) !== null) {
    // Of a proxy that is spoken to in TLS: the certificate of the dependency has not been seen yet.
    if (proxied && /^https:/iu.test(proxyFor(look) ?? '') && tls?.chain.length === 0) return follow('proxy', evidenceOf(answer));
    if (handshake !== null && handshake.fact('tls')?.established === true && refused === null) return readAgain(look, answer);
    return follow('tls-fails', answer.ids('tls'));
  }
  if (proxied) return follow('proxy', evidenceOf(answer));
  const open = connections(look).find((one) => one.fact.outcome === 'connected' && one.ids.some((id) => !answer.ids().includes(id)));
  if (open !== undefined) return failsWhereOthersConnect(answer, open) ? follow('comes-and-goes', [...answer.ids('connect'), ...open.ids]) : readPinned(look, open.address, answer);
  // The client gave up on a name that the system's own look-up found: the look-up is slow, and the connects are still to come.
  if (isName(look) && look.peek(resolveQuestion(look))?.fact('resolve')?.outcome === 'answered' && connectsPending(look)) return WAIT;
  const resolved = answer.fact('resolve');
  if (resolved !== null && resolved.outcome !== 'answered') return follow('name', answer.ids('resolve'));
  const connect = answer.fact('connect');
  if (connect !== null && connect.outcome === 'name-not-resolved') return follow('name', answer.ids('connect'));
  if (connect !== null && connect.outcome !== 'connected') return follow('no-connection', answer.ids('connect'));
  return follow('cannot-ask', answer.ids());
}

function connectsPending(look: Look): boolean {
  return (addressesOf(look) ?? []).some((address) => look.need(connectQuestion(address, look.dependency.port)) === null);
}

/** The client did not connect to the very address where another connect succeeded. */
function failsWhereOthersConnect(answer: Answer, open: Connection): boolean {
  const connect = answer.fact('connect');
  return connect !== null && connect.address === open.address && connect.outcome !== 'connected';
}

/** The client gave up over a name that is slow or an address that is dead, while another connect succeeded: the request itself goes there. */
function readPinned(look: Look, address: string, first: Answer): Decision {
  const pinned = look.need(pinnedRequestQuestion(look, address));
  if (pinned === null) return WAIT;
  const http = pinned.fact('http');
  if (http !== null) return readHttp(http, pinned);
  const connect = pinned.fact('connect');
  if (connect !== null && connect.outcome !== 'connected' && pinned.fact('tls') === null) return follow('comes-and-goes', [...pinned.ids('connect'), ...first.ids()]);
  return (pinned.fact('tls')?.failure ?? null) === null ? follow('cannot-ask', [...first.ids(), ...pinned.ids()]) : follow('tls-fails', pinned.ids('tls'));
}

/** The answer to the handshake that is made beside the request, where there is one. */
function handshakeOf(look: Look): Answer | null {
  const open = connections(look).find((one) => one.fact.outcome === 'connected');
  return open === undefined || !look.dependency.tls ? null : look.peek(tlsQuestion(look, open.address));
}

/** One handshake failed and another one did not: only a second request tells what is the rule and what the exception. */
function readAgain(look: Look, first: Answer): Decision {
  const again = look.need(requestQuestion(look, 1));
  if (again === null) return WAIT;
  const http = again.fact('http');
  return http === null ? follow('tls-fails', [...first.ids('tls'), ...again.ids('tls')]) : readHttp(http, again);
}

function readHttp(http: HttpFact, answer: Answer): Decision {
  const ids = answer.ids('http');
  switch (http.outcome) {
    case 'response':
      return http.status !== null && http.status >= 400 ? follow('status', ids) : follow('answers', ids);
    case 'proxy-refused':
      return follow('proxy', ids);
    case 'no-answer':
    case 'closed':
    case 'reset':
    case 'partial':
    case 'not-http':
      return follow('no-answer', ids);
  }
}

/** Protocols other than HTTP: a handshake where it is TLS, then the protocol's first words. */
function readExchange(look: Look): Decision {
  const pending = (addressesOf(look) ?? []).some((address) => look.need(connectQuestion(address, look.dependency.port)) === null);
  const open = connections(look).find((one) => one.fact.outcome === 'connected');
  if (open === undefined) return pending ? WAIT : follow('cannot-ask', idsOf(connections(look)));
  const exchange = look.need(exchangeQuestion(look, open.address));
  if (look.dependency.tls) {
    const tls = look.need(tlsQuestion(look, open.address));
    if (tls === null) return onlySmallSegmentsAnswer(look, open.address) ? follow('no-answer', open.ids) : WAIT;
    const fact = tls.fact('tls');
    if ((fact?.failure ?? null) !== null) return follow('tls-fails', tls.ids('tls'));
    if (look.dependency.application === null) return fact === null ? follow('cannot-ask', tls.ids()) : follow('answers', tls.ids('tls'));
  }
  if (exchange === null) return WAIT;
  const fact = exchange.fact('exchange');
  const ids = exchange.ids();
  if (fact === null && (exchange.fact('tls')?.failure ?? null) !== null) return follow('no-answer', ids);
  if (fact === null && failsWhereOthersConnect(exchange, open)) return follow('comes-and-goes', [...ids, ...open.ids]);
  if (fact === null) return follow(look.dependency.application === null ? 'answers' : 'cannot-ask', [...ids, ...open.ids]);
  switch (fact.outcome) {
    case 'answered':
    case 'open':
      return follow('answers', [...ids, ...open.ids]);
    case 'rejected':
    case 'error':
      return follow('status', ids);
    case 'silent':
    case 'closed':
    case 'reset':
    case 'other-protocol':
      return follow('no-answer', ids);
  }
}
