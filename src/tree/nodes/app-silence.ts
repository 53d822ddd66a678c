import type { Decision, TreeNode } from '../node.ts';
import { fault, inconclusive, WAIT } from '../node.ts';
import type { Look } from '../look.ts';
import { connections, exchangeQuestion, httpAnswer, tlsQuestion } from '../reading.ts';
import { largePacketsVanish } from '../large-packets.ts';
import { acceptsAnyPort } from '../fake-accept.ts';

/** Connected, and then no whole answer. */
export const appSilence: TreeNode = {
  id: 'app.silence',
  layer: 'application',
  branches: [
    { id: 'closed', goto: null, causes: ['app.connection-closed'] },
    { id: 'slow', goto: null, causes: ['app.slow-response'] },
    { id: 'other-protocol', goto: null, causes: ['app.protocol-mismatch', 'tls.expected-on-port'] },
    { id: 'large-packets', goto: null, causes: ['ip.pmtu-blackhole'] },
    { id: 'nobody-there', goto: null, causes: ['tcp.fake-accept'] },
    { id: 'cannot-tell', goto: null, causes: [] },
  ],
  decide(look) {
    const open = connections(look).find((one) => one.fact.outcome === 'connected');
    if (open !== undefined) {
      const fake = acceptsAnyPort(look, open.address);
      if (fake === 'wait') return WAIT;
      if (fake !== null) return fault(look, 'nobody-there', 'tcp.fake-accept', 'likely', [...fake, ...open.ids], { address: open.address });
    }
    const http = httpAnswer(look)?.fact('http') ?? null;
    if (open !== undefined && (http?.outcome === 'no-answer' || http?.outcome === 'partial')) {
      const large = largePacketsVanish(look, open.address);
      if (large === 'wait') return WAIT;
      if (large !== null) return fault(look, 'large-packets', 'ip.pmtu-blackhole', 'likely', [...large, ...open.ids], { address: open.address });
    }
    return readRequest(look) ?? readExchange(look, open?.address ?? null) ?? inconclusive(look, 'cannot-tell', null, []);
  },
};

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

/** Plain HTTP got no answer: does the port complete a TLS handshake instead? Evidence ids, null for no. */
function speaksTls(look: Look): readonly string[] | null | 'wait' {
  const open = connections(look).find((one) => one.fact.outcome === 'connected');
  if (look.dependency.tls || open === undefined) return null;
  const answer = look.need(tlsQuestion(look, open.address));
  if (answer === null) return 'wait';
  const fact = answer.fact('tls');
  return fact !== null && (fact.established || fact.alert !== null) ? answer.ids('tls') : null;
}

function readExchange(look: Look, address: string | null): Decision | null {
  if (address === null) return null;
  const answer = look.peek(exchangeQuestion(look, address));
  const fact = answer?.fact('exchange') ?? null;
  if (answer === null || fact === null) return null;
  const ids = answer.ids();
  switch (fact.outcome) {
    case 'closed':
    case 'reset':
      return fault(look, 'closed', 'app.connection-closed', 'likely', ids, { address });
    case 'silent':
      return fault(look, 'slow', 'app.slow-response', 'likely', ids, { address });
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
