/** A forward proxy: CONNECT, and requests with a whole URL (RFC 9110 9.3.6, RFC 9112 3.2.2). */
import net from 'node:net';
import type { Talk } from './spec.ts';
import { replyOctets, type Conversation } from './talks.ts';

type ProxyTalk = Extract<Talk, { kind: 'proxy' }>;

export function proxyTalk(talk: ProxyTalk): Conversation {
  return (client) => {
    let head = '';
    const onData = (chunk: Buffer): void => {
      head += chunk.toString('latin1');
      if (!head.includes('\r\n\r\n')) return;
      client.off('data', onData);
      decide(client, talk, head);
    };
    client.on('data', onData);
  };
}

function decide(client: net.Socket, talk: ProxyTalk, head: string): void {
  const refuse = (status: number, reason: string, headers: Record<string, string> = {}): void => {
    client.end(replyOctets({ status, reason, headers: { server: 'squid/5.7', via: '1.1 proxy (squid/5.7)', connection: 'close', ...headers }, body: `<title>ERROR: ${reason}</title>` }));
  };
  switch (talk.rule) {
    case 'silent':
      client.resume();
      return;
    case 'denies':
      refuse(talk.status ?? 403, 'Forbidden', { 'x-squid-error': 'ERR_ACCESS_DENIED 0' });
      return;
    case 'gateway-error':
      refuse(talk.status ?? 503, 'Service Unavailable', { 'x-squid-error': 'ERR_CONNECT_FAIL 110' });
      return;
    case 'asks-password':
      if (isAuthorized(head, talk.password)) forward(client, talk, head, refuse);
      else refuse(407, 'Proxy Authentication Required', { 'proxy-authenticate': 'Basic realm="proxy"' });
      return;
    case 'open':
      forward(client, talk, head, refuse);
  }
}

function isAuthorized(head: string, password: string | undefined): boolean {
  const given = /^proxy-authorization: *Basic +(\S+)/imu.exec(head)?.[1];
  return given !== undefined && password !== undefined && Buffer.from(given, 'base64').toString() === password;
}

function forward(client: net.Socket, talk: ProxyTalk, head: string, refuse: (status: number, reason: string) => void): void {
  const [, method = '', where = ''] = /^(\S+) (\S+)/u.exec(head) ?? [];
  const url = new URL(method === 'CONNECT' ? `connect://${where}` : where);
  const host = url.hostname.replace(/^\[|\]$/gu, '');
  const port = Number(url.port) || 80;
  const server = net.connect({ host: talk.addresses?.[host] ?? host, port });
  server.once('connect', () => {
    if (method === 'CONNECT') client.write('HTTP/1.1 200 Connection established\r\n\r\n');
    else server.write(`${method} ${url.pathname}${url.search}${head.slice(head.indexOf(' HTTP/'))}`);
    client.pipe(server).pipe(client);
  });
  server.once('error', () => { refuse(502, 'Bad Gateway'); });
  client.on('error', () => server.destroy()).on('close', () => server.destroy());
}
