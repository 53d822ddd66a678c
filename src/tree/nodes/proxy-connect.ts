import { isInternalHost } from '../../domain/network.ts';
import { fault, inconclusive, WAIT, type TreeNode } from '../node.ts';
import { directRequestQuestion, proxyFor, requestQuestion } from '../reading.ts';

/** The application goes through a proxy that its environment names: does the proxy let it? */
export const proxyConnect: TreeNode = {
  id: 'proxy.connect',
  layer: 'application',
  branches: [
    { id: 'unreachable', goto: null, causes: ['proxy.unreachable'] },
    { id: 'denied', goto: null, causes: ['proxy.denied'] },
    { id: 'password', goto: null, causes: ['proxy.auth-required'] },
    { id: 'not-needed', goto: null, causes: ['proxy.no-proxy-gap'] },
    { id: 'cannot-tell', goto: null, causes: [] },
  ],
  decide(look) {
    const files = look.peek({ kind: 'files' });
    const proxy = proxyFor(look) ?? undefined;
    const request = look.peek(requestQuestion(look));
    const http = request?.fact('http') ?? null;
    const ids = [...(request?.ids() ?? []), ...(files?.ids('environment') ?? [])];
    if (http !== null && http.status === 407) return fault(look, 'password', 'proxy.auth-required', 'certain', ids, { detail: proxy });
    const direct = http !== null && isInternalHost(look.dependency.host) ? look.need(directRequestQuestion(look)) : undefined;
    if (direct === null) return WAIT;
    const answered = direct?.fact('http') ?? null;
    if (direct !== undefined && answered?.outcome === 'response' && (answered.status ?? 500) < 400) {
      return fault(look, 'not-needed', 'proxy.no-proxy-gap', 'certain', [...ids, ...direct.ids('http')], { detail: proxy });
    }
    if (http !== null) {
      const detail = `${proxy ?? http.proxy ?? ''} HTTP ${String(http.status)}`.trim();
      // 403 is the proxy's own will. With 5xx it says that it could not get there: the name or the destination may be at fault as well.
      return fault(look, 'denied', 'proxy.denied', (http.status ?? 500) < 500 ? 'certain' : 'likely', ids, { detail });
    }
    const connect = request?.fact('connect') ?? null;
    const resolve = request?.fact('resolve') ?? null;
    const dead = (connect !== null && connect.outcome !== 'connected') || (resolve !== null && resolve.outcome !== 'answered');
    const tls = request?.fact('tls')?.failure ?? null;
    if (tls !== null) return fault(look, 'unreachable', 'proxy.unreachable', 'likely', ids, { detail: proxy });
    if (dead) return fault(look, 'unreachable', 'proxy.unreachable', 'certain', ids, { detail: proxy });
    return inconclusive(look, 'cannot-tell', null, ids, { detail: proxy });
  },
};
