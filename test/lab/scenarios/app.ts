/** The dependency is reached, and answers badly; or a proxy stands in between. */
import type { CauseId } from '../../../src/domain/cause.ts';
import type { LabCase } from '../lab-case.ts';
import { alsoFrom, scenarios, type Scenario } from '../scenario.ts';
import type { HttpReply, ProtocolName, Talk } from '../servers/spec.ts';

function status(expected: CauseId, label: string, why: string, reply: HttpReply): Scenario {
  return {
    id: `${expected}-${label}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const secure = lab.random.next() < 0.5;
      const port = lab.port(secure ? 443 : 80);
      if (secure) await lab.https(site, port, {}, reply);
      else await lab.http(site, port, reply);
      return `http${secure ? 's' : ''}://${site.name}:${String(port)}/v1/items`;
    },
  };
}

function protocol(expected: CauseId, label: string, why: string, name: ProtocolName, talk: Talk, more: Partial<Scenario> = {}, secure = false): Scenario {
  return {
    id: `${expected}-${label}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.random.between(1500, 30_000);
      await lab.serve(site.v4, port, talk, secure ? { tls: await lab.goodTls([site.name]) } : {});
      return `${name}://${site.name}:${String(port)}`;
    },
    ...more,
  };
}

const json = { 'content-type': 'application/json' };

const statuses = scenarios(
  alsoFrom(
    status('app.http-server-error', '500', 'the dependency answers 500 by itself', { status: 500, reason: 'Internal Server Error', headers: { server: 'gunicorn' }, body: 'Internal Server Error' }),
    ['busybox', 'python3', 'bash', 'ncat', 'nothing'],
  ),
  status('app.http-server-error', '503-without-retry-after', 'unavailable by its own word, no limit named', { status: 503, reason: 'Service Unavailable', headers: { server: 'Jetty(11.0.20)' }, body: '{"error":"maintenance"}' }),
  status('app.http-server-error', '501', 'not implemented', { status: 501, reason: 'Not Implemented' }),
  {
    id: 'app.http-server-error-by-turns',
    expected: 'app.http-server-error',
    why: 'every other answer is 502: one of two servers behind a balancer is dead',
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.port(80);
      await lab.serve(site.v4, port, { kind: 'http', replies: [{ status: 200, body: 'ok' }, { status: 502, reason: 'Bad Gateway' }] });
      return `http://${site.name}:${String(port)}/`;
    },
  },
  status('app.http-client-error', '404', 'no such path', { status: 404, reason: 'Not Found', headers: json, body: '{"error":"not found"}' }),
  status('app.http-client-error', '405', 'the method is not allowed', { status: 405, reason: 'Method Not Allowed', headers: { allow: 'POST' } }),
  status('app.http-client-error', '422', 'the payload is not understood', { status: 422, reason: 'Unprocessable Entity', headers: json, body: '{}' }),
  status('app.auth-rejected', '401', 'credentials wanted', { status: 401, reason: 'Unauthorized', headers: { 'www-authenticate': 'Bearer realm="api"' } }),
  status('app.auth-rejected', '403', 'the dependency itself forbids', { status: 403, reason: 'Forbidden', headers: { ...json, server: 'nginx' }, body: '{"message":"Forbidden"}' }),
  status('app.rate-limited', '429', 'too many requests', { status: 429, reason: 'Too Many Requests', headers: { 'retry-after': '30' } }),
  status('app.rate-limited', '503-retry-after', '503 that says when to come back', { status: 503, reason: 'Service Unavailable', headers: { 'retry-after': '120' } }),
  status('mesh.blocked', '502-envoy', 'an Envoy answers itself: no upstream time, no body', { status: 502, reason: 'Bad Gateway', headers: { server: 'envoy' } }),
  status('mesh.blocked', '403-rbac', 'an Envoy denies by policy, in its own words', { status: 403, reason: 'Forbidden', headers: { server: 'envoy', 'content-type': 'text/plain' }, body: 'RBAC: access denied' }),
  {
    id: 'mesh.blocked-sidecar-blackhole',
    expected: 'mesh.blocked' as const,
    why: 'a sidecar in the pod takes every connection and answers 502 for hosts that it does not know',
    inject: async (lab: LabCase) => {
      const site = await lab.site();
      await lab.http(site, 80);
      await lab.topology.agent('pod').serve({ kind: 'stream', address: '127.0.0.1', port: 15_001, talk: { kind: 'http', replies: [{ status: 502, reason: 'Bad Gateway', headers: { server: 'envoy' } }] } });
      await lab.filter('pod', '-t nat -A OUTPUT -p tcp ! -d 127.0.0.0/8 -j REDIRECT --to-ports 15001');
      return `http://${site.name}/`;
    },
  },
);

const protocols = scenarios(
  protocol('app.auth-rejected', 'postgres', 'SQLSTATE 28000', 'postgres', { kind: 'protocol', name: 'postgres', state: 'rejects' }),
  protocol('app.auth-rejected', 'mysql', 'error 1130: host not allowed', 'mysql', { kind: 'protocol', name: 'mysql', state: 'rejects' }),
  protocol('app.auth-rejected', 'redis', '-NOAUTH', 'redis', { kind: 'protocol', name: 'redis', state: 'rejects' }),
  protocol('app.protocol-mismatch', 'postgres-to-redis', 'Redis answers', 'postgres', { kind: 'protocol', name: 'redis', state: 'ok' }),
  protocol('app.protocol-mismatch', 'redis-to-http', 'a web server answers', 'redis', { kind: 'says', text: 'HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n', then: 'closes', when: 'after-request' }),
  protocol('app.protocol-mismatch', 'mysql-to-ssh', 'an SSH server greets', 'mysql', { kind: 'says', text: 'SSH-2.0-OpenSSH_9.6\r\n', then: 'stays', when: 'at-once' }),
  {
    id: 'app.protocol-mismatch-http-to-smtp',
    expected: 'app.protocol-mismatch' as const,
    why: 'a mail server greets where HTTP is asked',
    inject: async (lab: LabCase) => {
      const site = await lab.site();
      await lab.serve(site.v4, 8025, { kind: 'says', text: '220 mx.example ESMTP Postfix\r\n', then: 'stays', when: 'at-once' });
      return `http://${site.name}:8025/`;
    },
  },
  {
    id: 'app.protocol-mismatch-postgres-to-line-protocol',
    expected: 'app.protocol-mismatch' as const,
    why: 'a server that waits for a whole line is silent at PostgreSQL’s first words, and hangs up on a line of HTTP',
    inject: async (lab: LabCase) => {
      const site = await lab.site();
      await lab.serve(site.v4, 6300, { kind: 'line', text: '-ERR wrong number of arguments\r\n' });
      return `postgres://${site.name}:6300`;
    },
  },
  ...(['redis', 'amqp', 'kafka'] as const).map((name) =>
    protocol('tls.expected-on-port', name, `${name} in plain text on a port that wants TLS: it hangs up, and completes a handshake`, name, { kind: 'protocol', name, state: 'ok' }, {}, true)),
  protocol('app.connection-closed', 'postgres-slam', 'accepts and closes at once, from everywhere', 'postgres', { kind: 'hang-up', how: 'close', when: 'at-once' }, { contrasts: ['outside'] }),
  protocol('app.connection-closed', 'redis-reset', 'accepts and resets after the first words', 'redis', { kind: 'hang-up', how: 'reset', when: 'after-request' }, { contrasts: ['node'] }),
  protocol('app.slow-response', 'postgres-silent', 'the port opens, the server says nothing', 'postgres', { kind: 'silent' }, { contrasts: ['outside'], tolerable: ['tcp.fake-accept'] }),
);

function web(id: string, expected: CauseId, why: string, talk: Talk, secure: boolean, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `${expected}-${id}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      const port = lab.port(secure ? 443 : 80);
      await lab.serve(site.v4, port, talk, secure ? { tls: await lab.goodTls([site.name]) } : {});
      return `http${secure ? 's' : ''}://${site.name}:${String(port)}/`;
    },
    ...more,
  };
}

const silence = scenarios(
  alsoFrom(web('http-silent', 'app.slow-response', 'connects at once, no byte comes', { kind: 'silent' }, false, { tolerable: ['tcp.fake-accept'] }), ['busybox', 'python3', 'bash']),
  web('https-silent', 'app.slow-response', 'the handshake is done, no byte comes', { kind: 'silent' }, true),
  web('first-byte-60s', 'app.slow-response', 'the answer comes long after anybody waits', { kind: 'http', replies: [{ status: 200, delayMs: 60_000 }] }, true),
  web('http-close', 'app.connection-closed', 'closes after the request (curl 52)', { kind: 'hang-up', how: 'close', when: 'after-request' }, false, { contrasts: ['outside'] }),
  web('http-reset', 'app.connection-closed', 'resets after the request (curl 56)', { kind: 'hang-up', how: 'reset', when: 'after-request' }, false),
  web('https-close', 'app.connection-closed', 'closes after the handshake', { kind: 'hang-up', how: 'close', when: 'at-once' }, true),
  web('http-slam', 'app.connection-closed', 'accepts and closes', { kind: 'hang-up', how: 'close', when: 'at-once' }, false),
);

interface ProxyCase {
  readonly secure: boolean;
  readonly address: 'listens' | 'closed-port' | 'vacant' | 'unknown-name';
  readonly talk?: Talk;
}

function proxied(id: string, expected: CauseId, why: string, how: ProxyCase, more: Partial<Scenario> = {}): Scenario {
  return {
    id: `${expected}-${id}`,
    expected,
    why,
    inject: async (lab) => {
      const site = await lab.site();
      if (how.secure) await lab.https(site, 443);
      else await lab.http(site, 80);
      const proxy = how.address === 'vacant' ? `${lab.plan.services.v4}252` : await lab.serviceAddress();
      const port = lab.random.pick([3128, 8080, 8888, 1080 + lab.random.between(1, 900)]);
      if (how.talk !== undefined) await lab.serve([proxy], port, how.talk, {}, 'lan');
      const host = how.address === 'unknown-name' ? `proxy-old.${lab.plan.zone}` : proxy;
      lab.environment[how.secure ? 'HTTPS_PROXY' : 'http_proxy'] = `http://${host}:${String(port)}`;
      return `http${how.secure ? 's' : ''}://${site.name}/`;
    },
    ...more,
  };
}

const proxies = scenarios(
  proxied('closed-port', 'proxy.unreachable', 'the proxy refuses the connection', { secure: true, address: 'closed-port' }),
  proxied('vacant', 'proxy.unreachable', 'nobody has the proxy address', { secure: false, address: 'vacant' }),
  proxied('unknown-name', 'proxy.unreachable', 'the proxy has a name that does not resolve', { secure: true, address: 'unknown-name' }),
  proxied('takes-and-is-silent', 'proxy.unreachable', 'the proxy takes connections and says nothing', { secure: true, address: 'listens', talk: { kind: 'silent' } }),
  proxied('hangs-up', 'proxy.unreachable', 'the proxy hangs up on everybody', { secure: true, address: 'listens', talk: { kind: 'hang-up', how: 'close', when: 'after-request' } }),
  proxied('resets-plain-http', 'proxy.unreachable', 'the proxy resets every connection', { secure: false, address: 'listens', talk: { kind: 'hang-up', how: 'reset', when: 'after-request' } }),
  proxied('another-service', 'proxy.unreachable', 'an SSH server listens where the proxy should', { secure: true, address: 'listens', talk: { kind: 'says', text: 'SSH-2.0-OpenSSH_9.6\r\n', then: 'stays', when: 'at-once' } }),
  proxied('hangs-up-on-connect', 'proxy.denied', 'the proxy hangs up on CONNECT, and answers others', { secure: true, address: 'listens', talk: { kind: 'line', text: 'HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\nconnection: close\r\n\r\n', hangsUpOn: 'CONNECT' } }),
  alsoFrom(proxied('connect-403', 'proxy.denied', '403 to CONNECT', { secure: true, address: 'listens', talk: { kind: 'proxy', rule: 'denies' } }, { tolerable: ['proxy.no-proxy-gap'] }), ['curl+openssl', 'python3', 'busybox']),
  proxied('get-403', 'proxy.denied', 'the proxy answers 403 in the place of the dependency, and says who it is', { secure: false, address: 'listens', talk: { kind: 'proxy', rule: 'denies' } }, { tolerable: ['proxy.no-proxy-gap'] }),
  proxied('connect-503', 'proxy.denied', '503 to CONNECT', { secure: true, address: 'listens', talk: { kind: 'proxy', rule: 'gateway-error' } }, { tolerable: ['proxy.no-proxy-gap'] }),
  proxied('connect-407', 'proxy.auth-required', '407 to CONNECT', { secure: true, address: 'listens', talk: { kind: 'proxy', rule: 'asks-password', password: 'a:b' } }, { tolerable: ['proxy.no-proxy-gap'] }),
  proxied('get-407', 'proxy.auth-required', '407 to GET', { secure: false, address: 'listens', talk: { kind: 'proxy', rule: 'asks-password', password: 'a:b' } }, { tolerable: ['proxy.no-proxy-gap'] }),
);

/** A server of the cluster's own network, which the proxy knows nothing of. */
function gap(id: string, why: string, talk: Talk): Scenario {
  return {
    id: `proxy.no-proxy-gap-${id}`,
    expected: 'proxy.no-proxy-gap',
    notYet: true,
    tolerable: ['proxy.denied', 'proxy.unreachable'],
    why,
    inject: async (lab) => {
      const name = `${lab.freshName().split('.')[0] ?? ''}.shop.svc.cluster.local`;
      const [address, proxy] = [await lab.serviceAddress(), await lab.serviceAddress()];
      lab.resolves(name, [address]);
      await lab.serve([address], 8080, { kind: 'http', replies: [{ status: 200, reason: 'OK', body: 'ok' }] }, {}, 'lan');
      await lab.serve([proxy], 3128, talk, {}, 'lan');
      lab.environment['http_proxy'] = `http://${proxy}:3128`;
      lab.environment['no_proxy'] = 'localhost,127.0.0.1';
      return `http://${name}:8080/`;
    },
  };
}

function required(id: string, why: string, rule: string): Scenario {
  return {
    id: `proxy.required-${id}`,
    expected: 'proxy.required',
    notYet: true,
    tolerable: ['tcp.filtered', 'tcp.filtered-from-pods', 'tcp.rejected-on-path'],
    contrasts: ['pod', 'node'],
    why,
    inject: async (lab) => {
      const site = await lab.site();
      await lab.https(site, 443);
      const proxy = await lab.serviceAddress();
      await lab.serve([proxy], 3128, { kind: 'proxy', rule: 'open', addresses: { [site.name]: site.v4[0] ?? '' } }, {}, 'lan');
      lab.contrastEnvironment['https_proxy'] = `http://${proxy}:3128`;
      await lab.filter(1, rule);
      return `https://${site.name}/`;
    },
  };
}

const proxyGaps = scenarios(
  gap('denied', 'the proxy denies an internal name that connects directly', { kind: 'proxy', rule: 'denies' }),
  gap('gateway-error', 'the proxy cannot reach an internal name that connects directly', { kind: 'proxy', rule: 'gateway-error' }),
  required('drop', 'direct times out, and a sibling gets through with its proxy variable', '-A FORWARD -o wan0 -p tcp -m multiport --dports 80,443 -s 172.16.0.0/16 -j DROP'),
  required('reject', 'direct is rejected, and a sibling gets through with its proxy variable', '-A FORWARD -o wan0 -p tcp -m multiport --dports 80,443 -s 172.16.0.0/16 -j REJECT'),
);

export const appScenarios = scenarios(statuses, protocols, silence, proxies, proxyGaps);
