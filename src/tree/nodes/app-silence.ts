import type { Confidence } from '../../domain/cause.ts';
import type { Decision, TreeNode } from '../node.ts';
import { fault, inconclusive, WAIT } from '../node.ts';
import type { Answer, Look } from '../look.ts';
import { connections, exchangeQuestion, httpAnswer, plainRequestQuestion, proxyFor, requestQuestion, tlsQuestion } from '../reading.ts';
import { branchOfLoss, lossOnPath } from '../loss.ts';
import { onlySmallSegmentsAnswer, sizeCliff } from '../large-packets.ts';
import { answersOthers } from '../again.ts';
import { acceptsAnyPort } from '../fake-accept.ts';
import { proxyItself } from '../proxy-itself.ts';

/** Connected, and then no whole answer. */
export const appSilence: TreeNode = {
  id: 'app.silence',
  layer: 'application',
  branches: [
    { id: 'closed', goto: null, causes: ['app.connection-closed'] },
    { id: 'sometimes', goto: null, causes: ['tcp.intermittent'] },
    { id: 'slow', goto: null, causes: ['app.slow-response'] },
    { id: 'other-protocol', goto: null, causes: ['app.protocol-mismatch', 'tls.expected-on-port'] },
    { id: 'loses-packets', goto: null, causes: ['ip.packet-loss'] },
    { id: 'large-packets', goto: null, causes: ['ip.pmtu-blackhole', 'link.mtu-mismatch'] },
    { id: 'nobody-there', goto: null, causes: ['tcp.fake-accept'] },
    { id: 'the-proxy', goto: null, causes: ['proxy.unreachable', 'proxy.denied'] },
    { id: 'cannot-tell', goto: null, causes: [] },
  ],
  decide(look) {
    // Through a proxy another way is taken than any of ours.
    const open = proxyFor(look) === null ? connections(look).find((one) => one.fact.outcome === 'connected') : undefined;
    if (open !== undefined) {
      const fake = acceptsAnyPort(look, open.address);
      if (fake === 'wait') return WAIT;
      if (fake !== null) return fault(look, 'nobody-there', 'tcp.fake-accept', 'likely', [...fake, ...open.ids], { address: open.address });
    }
    const turns = open !== undefined && wasBrokenOff(look, open.address) ? answersOthers(look, open.address) : null;
    if (turns === 'wait') return WAIT;
    if (turns !== null) return fault(look, 'sometimes', 'tcp.intermittent', 'likely', [...turns.evidence, ...(open?.ids ?? [])], { address: open?.address, detail: turns.detail });
    const http = httpAnswer(look)?.fact('http') ?? null;
    const stalls = http === null ? open !== undefined && onlySmallSegmentsAnswer(look, open.address) : http.outcome === 'no-answer' || http.outcome === 'partial';
    if (open !== undefined && stalls) {
      const loss = lossOnPath(look, open.address);
      if (loss === 'wait') return WAIT;
      if (loss !== null) return fault(look, branchOfLoss(loss), loss.cause, loss.confidence, [...loss.evidence, ...open.ids], { address: open.address, detail: loss.detail });
      const cliff = sizeCliff(look, open.address);
      if (cliff === 'wait') return WAIT;
      if (cliff !== null) return fault(look, 'large-packets', cliff.cause, 'likely', [...cliff.evidence, ...open.ids], { address: open.address, detail: cliff.detail });
    }
    return readProxy(look) ?? readRequest(look) ?? readExchange(look, open?.address ?? null) ?? inconclusive(look, 'cannot-tell', null, []);
  },
};

/** The first words were broken off, not left without an answer. */
function wasBrokenOff(look: Look, address: string): boolean {
  const outcome = look.peek(requestQuestion(look))?.fact('http')?.outcome ?? look.peek(exchangeQuestion(look, address))?.fact('exchange')?.outcome;
  return outcome === 'closed' || outcome === 'reset';
}

/** Nothing came back through the proxy, not even a handshake. One that says nothing of its own either is at fault; one that does, and hangs up on CONNECT, does not want to. */
function readProxy(look: Look): Decision | null {
  const request = httpAnswer(look);
  const outcome = request?.fact('http')?.outcome ?? null;
  if (request === null || outcome === null || outcome === 'response' || outcome === 'partial' || request.fact('tls') !== null) return null;
  const itself = proxyItself(look);
  if (itself === 'wait') return WAIT;
  if (itself === null) return null;
  const ids = [...request.ids(), ...itself.evidence, ...(look.peek({ kind: 'files' })?.ids('environment') ?? [])];
  const detail = proxyFor(look) ?? undefined;
  if (!itself.answers) return fault(look, 'the-proxy', 'proxy.unreachable', 'likely', ids, { detail });
  const hangsUp = outcome === 'closed' || outcome === 'reset';
  return look.dependency.tls && hangsUp ? fault(look, 'the-proxy', 'proxy.denied', 'likely', ids, { detail }) : null;
}

function readRequest(look: Look): Decision | null {
  const request = httpAnswer(look);
  const http = request?.fact('http') ?? null;
  if (request === null || http === null) return null;
  const ids = request.ids();
  switch (http.outcome) {
    case 'closed':
    case 'reset':
    case 'partial': {
      const tls = speaksTls(look);
      if (tls === 'wait') return WAIT;
      if (tls !== null) return fault(look, 'other-protocol', 'tls.expected-on-port', 'likely', [...tls, ...ids]);
      return fault(look, 'closed', 'app.connection-closed', 'likely', ids);
    }
    case 'no-answer':
      return fault(look, 'slow', 'app.slow-response', 'likely', ids);
    case 'not-http': {
      const tls = speaksTls(look);
      if (tls === 'wait') return WAIT;
      if (tls !== null) return fault(look, 'other-protocol', 'tls.expected-on-port', 'certain', [...tls, ...ids]);
      return fault(look, 'other-protocol', 'app.protocol-mismatch', 'likely', ids, { detail: http.bodyStart });
    }
    case 'response':
    case 'proxy-refused':
      return null;
  }
}

/** What is said in plain text got no answer: does the port complete a TLS handshake instead? Evidence ids, null for no. */
function speaksTls(look: Look): readonly string[] | null | 'wait' {
  const open = connections(look).find((one) => one.fact.outcome === 'connected');
  if (look.dependency.tls || open === undefined || proxyFor(look) !== null) return null;
  const answer = look.need(tlsQuestion(look, open.address));
  if (answer === null) return 'wait';
  const fact = answer.fact('tls');
  return fact !== null && (fact.established || fact.alert !== null) ? answer.ids('tls') : null;
}

/** Somebody who waits for a whole line is silent at other protocols' first words, and says something to a line of HTTP. */
function answersPlainHttp(look: Look, address: string): { readonly ids: readonly string[]; readonly detail: string | undefined; readonly confidence: Confidence } | null | 'wait' {
  if (look.dependency.tls) return null;
  const question = plainRequestQuestion(look, address);
  const answer = look.need(question);
  if (answer === null) return look.waitingMs(question) >= look.situation.connectTimeoutMs ? null : 'wait';
  const http = answer.fact('http');
  const ids = answer.ids('http');
  if (http?.outcome === 'response') return { ids, detail: 'http', confidence: 'likely' };
  if (http?.outcome === 'not-http') return { ids, detail: http.bodyStart === '' ? undefined : http.bodyStart, confidence: 'likely' };
  // Redis hangs up on whom it takes for a browser, and its words are lost with the reset.
  return http?.outcome === 'closed' || http?.outcome === 'reset' ? { ids, detail: undefined, confidence: 'possible' } : null;
}

/** The handshake succeeds, and fails when the protocol is named in it (ALPN, RFC 7301): the server speaks another one. */
function withoutAlpn(look: Look, address: string, exchange: Answer): Decision | null {
  const plain = look.peek(tlsQuestion(look, address));
  const named = exchange.fact('tls')?.failure ?? null;
  if (named === null || plain === null || plain.fact('tls')?.established !== true || plain.fact('tls')?.failure !== null) return null;
  return fault(look, 'other-protocol', 'app.protocol-mismatch', 'likely', [...exchange.ids('tls'), ...plain.ids('tls')], { address, detail: 'ALPN' });
}

function readExchange(look: Look, address: string | null): Decision | null {
  if (address === null) return null;
  const answer = look.peek(exchangeQuestion(look, address));
  const fact = answer?.fact('exchange') ?? null;
  if (answer === null || fact === null) return answer === null ? null : withoutAlpn(look, address, answer);
  const ids = answer.ids();
  switch (fact.outcome) {
    case 'closed':
    case 'reset': {
      const tls = speaksTls(look);
      if (tls === 'wait') return WAIT;
      if (tls !== null) return fault(look, 'other-protocol', 'tls.expected-on-port', 'likely', [...tls, ...ids], { address });
      return fault(look, 'closed', 'app.connection-closed', 'likely', ids, { address });
    }
    case 'silent': {
      const knock = answersPlainHttp(look, address);
      if (knock === 'wait') return WAIT;
      if (knock !== null) return fault(look, 'other-protocol', 'app.protocol-mismatch', knock.confidence, [...knock.ids, ...ids], { address, detail: knock.detail });
      return fault(look, 'slow', 'app.slow-response', 'likely', ids, { address });
    }
    case 'other-protocol': {
      const cause = fact.recognised === 'tls' ? 'tls.expected-on-port' : 'app.protocol-mismatch';
      return fault(look, 'other-protocol', cause, 'certain', ids, { address, detail: fact.recognised ?? fact.firstBytes });
    }
    case 'answered':
    case 'open':
    case 'rejected':
    case 'error':
      return null;
  }
}
