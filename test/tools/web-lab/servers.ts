/**
 * The servers that requests and handshakes are tried against, each on a port of its own: in tests on the loopback address, and for captures
 * in a network namespace (`node test/tools/web-lab/servers.ts 192.0.2.2`).
 */
import { readFileSync } from 'node:fs';
import { createServer as createTcpServer, connect, type Server, type Socket } from 'node:net';
import process from 'node:process';
import { createSecureContext, createServer as createTlsServer, type TlsOptions } from 'node:tls';

export const PORTS = {
  good: 8443, incomplete: 8444, expired: 8445, 'not-yet': 8446, 'wrong-name': 8447, 'self-signed': 8448, 'private-ca': 8449, 'private-ca-chain': 8450,
  'tls12-only': 8451, 'tls13-only': 8452, 'tls10-only': 8453, 'one-cipher': 8454, 'client-cert-12': 8455, 'client-cert-13': 8456, 'sni-required': 8457,
  'client-cert-optional': 8458,
  ok: 8080, 'error-503': 8081, redirect: 8082, 'too-many': 8083, partial: 8084, silent: 8085, slam: 8086, reset: 8087, garbage: 8088, ssh: 8089,
  'tls-port-400': 8090, 'stalled-body': 8091, 'slow-headers': 8092, listening: 8093,
  proxy: 3128, 'proxy-403': 3129, 'proxy-407': 3130, 'proxy-502': 3131, 'proxy-silent': 3132,
  postgres: 5432, 'postgres-rejects': 5433, 'postgres-tls': 5434, mysql: 3306, 'mysql-rejects': 3307, redis: 6379, 'redis-noauth': 6380,
  amqp: 5672, mongodb: 27017, kafka: 9092, smtp: 2525, grpc: 50051,
} as const;
export type LabServer = keyof typeof PORTS;

export const PKI = new URL('./pki/', import.meta.url);
export const pem = (name: string): string => readFileSync(new URL(`${name}.crt`, PKI), 'utf8');
const tlsOf = (name: string, key: string, more: TlsOptions = {}): TlsOptions => ({ cert: pem(name), key: readFileSync(new URL(`${key}.key`, PKI), 'utf8'), ...more });

const withIntermediate = (name: string): TlsOptions => ({ ...tlsOf(name, name), cert: pem(name) + pem('intermediate') });

const reply = (status: string, body: string, headers = ''): string =>
  `HTTP/1.1 ${status}\r\nServer: lab\r\nContent-Type: text/plain\r\n${headers}Content-Length: ${String(body.length)}\r\nConnection: close\r\n\r\n${body}`;
const http = (text: string) => (socket: Socket): void => {
  socket.once('data', () => socket.end(text));
};
const banner = (bytes: string | Buffer) => (socket: Socket): void => { socket.write(bytes); };
const ok = http(reply('200 OK', '{"ok":true}\n'));

/** Answers each whole request of a client by the first rule that fits. */
const dialogue = (rules: readonly (readonly [RegExp, string | Buffer])[]) => (socket: Socket): void => {
  socket.on('data', (data) => {
    const text = data.toString('latin1');
    const found = rules.find(([pattern]) => pattern.test(text));
    if (found !== undefined) socket.write(found[1]);
  });
};

function tunnelling(socket: Socket): void {
  socket.once('data', (data) => {
    const target = /^CONNECT ([^: ]+):(\d+) /u.exec(data.toString('latin1'));
    if (target === null) { socket.end(reply('200 OK', 'through the proxy\n', 'Via: 1.1 lab-proxy\r\n')); return; }
    const onward = connect({ host: target[1] === 'web.test' ? (socket.localAddress ?? '127.0.0.1') : (target[1] ?? ''), port: Number(target[2]) });
    onward.on('connect', () => { socket.write('HTTP/1.1 200 Connection established\r\n\r\n'); socket.pipe(onward).pipe(socket); });
    onward.on('error', () => socket.end(reply('502 Bad Gateway', 'no way\n')));
    socket.on('error', () => onward.destroy());
  });
}

const mysqlPacket = (payload: Buffer): Buffer => Buffer.concat([Buffer.from([payload.length, 0, 0, 0]), payload]);
const MYSQL_GREETING = mysqlPacket(Buffer.concat([Buffer.from('\n8.0.36\0', 'latin1'), Buffer.alloc(40, 1)]));
const MYSQL_REJECTS = mysqlPacket(Buffer.concat([Buffer.from([0xff, 0x6a, 0x04]), Buffer.from("Host '192.0.2.1' is not allowed to connect to this MySQL server")]));
const POSTGRES_ASKS = Buffer.concat([Buffer.from('R\0\0\0\x0c\0\0\0\x05', 'latin1'), Buffer.from('salt')]);
const postgresError = (code: string, text: string): Buffer => {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${text}\0\0`, 'latin1');
  const head = Buffer.from('E\0\0\0\0', 'latin1');
  head.writeUInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
};
const POSTGRES_REJECTS = postgresError('28000', 'no pg_hba.conf entry for host "192.0.2.1", user "netdiag", database "netdiag", no encryption');
const SSL_REQUEST = /^\0\0\0\x08\x04\xd2\x16\x2f$/u;
const AMQP_START = Buffer.from('\x01\0\0\0\0\0\x04\0\x0a\0\x0a\xce', 'latin1');
const KAFKA_VERSIONS = (data: Buffer): Buffer => { const out = Buffer.alloc(14); out.writeInt32BE(10, 0); data.copy(out, 4, 8, 12); return out; };
const MONGO_REPLY = (data: Buffer): Buffer => { const out = Buffer.alloc(26); out.writeInt32LE(26, 0); out.writeInt32LE(9, 4); data.copy(out, 8, 4, 8); out.writeInt32LE(2013, 12); out.writeInt32LE(5, 21); return out; };

const PLAIN: Readonly<Partial<Record<LabServer, (socket: Socket) => void>>> = {
  ok,
  'error-503': http(reply('503 Service Unavailable', 'upstream down\n')),
  redirect: http(reply('301 Moved Permanently', '', 'Location: https://web.test/login?token=abc\r\n')),
  'too-many': http(reply('429 Too Many Requests', 'slow down\n', 'Retry-After: 30\r\n')),
  partial: http('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nonly this'),
  silent: () => undefined,
  slam: (socket) => socket.end(),
  reset: (socket) => { socket.once('data', () => socket.resetAndDestroy()); },
  garbage: http('\x00\x01\x02 what is this \x1b[31m'),
  ssh: banner('SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n'),
  'tls-port-400': http(reply('400 Bad Request', '<html>The plain HTTP request was sent to HTTPS port</html>')),
  'stalled-body': (socket) => { socket.once('data', () => socket.write('HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\nbegin')); },
  'slow-headers': (socket) => { socket.once('data', () => setTimeout(() => socket.end(reply('200 OK', 'late\n')), 1500)); },
  proxy: tunnelling,
  'proxy-403': http(reply('403 Forbidden', 'policy\n', 'Via: 1.1 lab-proxy\r\n')),
  'proxy-407': http(reply('407 Proxy Authentication Required', 'who?\n', 'Proxy-Authenticate: Basic realm="lab"\r\n')),
  'proxy-502': http(reply('502 Bad Gateway', 'no way\n')),
  'proxy-silent': () => undefined,
  listening: () => undefined,
  postgres: dialogue([[SSL_REQUEST, 'N'], [/user/u, POSTGRES_ASKS]]),
  'postgres-rejects': dialogue([[SSL_REQUEST, 'N'], [/user/u, POSTGRES_REJECTS]]),
  mysql: banner(MYSQL_GREETING),
  'mysql-rejects': (socket) => socket.end(MYSQL_REJECTS),
  redis: dialogue([[/PING/iu, '+PONG\r\n']]),
  'redis-noauth': dialogue([[/./u, '-NOAUTH Authentication required.\r\n']]),
  amqp: dialogue([[/^AMQP/u, AMQP_START]]),
  mongodb: (socket) => socket.on('data', (data) => socket.write(MONGO_REPLY(data as Buffer))),
  kafka: (socket) => socket.on('data', (data) => socket.write(KAFKA_VERSIONS(data as Buffer))),
  smtp: (socket) => { socket.write('220 mail.test ESMTP lab\r\n'); dialogue([[/^EHLO/u, '250-mail.test\r\n250 STARTTLS\r\n'], [/^QUIT/u, '221 bye\r\n']])(socket); },
  grpc: dialogue([[/^PRI/u, Buffer.from('\0\0\0\x04\0\0\0\0\0', 'latin1')]]),
};

const mutual = { requestCert: true, rejectUnauthorized: true, ca: pem('company') };
const SECURE: Readonly<Partial<Record<LabServer, TlsOptions>>> = {
  good: tlsOf('good-chain', 'good'),
  incomplete: tlsOf('good', 'good'),
  expired: withIntermediate('expired'),
  'not-yet': withIntermediate('not-yet'),
  'wrong-name': withIntermediate('wrong-name'),
  'self-signed': tlsOf('self-signed', 'self-signed'),
  'private-ca': tlsOf('company-leaf', 'company-leaf'),
  'private-ca-chain': { ...tlsOf('company-leaf', 'company-leaf'), cert: pem('company-leaf') + pem('company') },
  'tls12-only': tlsOf('good-chain', 'good', { maxVersion: 'TLSv1.2' }),
  'tls13-only': tlsOf('good-chain', 'good', { minVersion: 'TLSv1.3' }),
  'tls10-only': tlsOf('good-chain', 'good', { minVersion: 'TLSv1', maxVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' }),
  'one-cipher': tlsOf('good-chain', 'good', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-CAMELLIA128-SHA256:ECDHE-ECDSA-ARIA128-GCM-SHA256' }),
  'client-cert-12': tlsOf('good-chain', 'good', { ...mutual, maxVersion: 'TLSv1.2' }),
  'client-cert-13': tlsOf('good-chain', 'good', { ...mutual, minVersion: 'TLSv1.3' }),
  'client-cert-optional': tlsOf('good-chain', 'good', { ...mutual, rejectUnauthorized: false }),
  // Without a name there is no certificate to send.
  'sni-required': { SNICallback: (name, done) => { if (name === 'web.test') done(null, createSecureContext(SECURE.good)); else done(new Error('unknown name')); } },
};

/** Starts one server; port 0 lets the system choose. */
export function startServer(name: LabServer, address: string, port: number = PORTS[name]): Promise<{ server: Server; port: number }> {
  const plain = PLAIN[name];
  const server =
    name === 'postgres-tls'
      ? postgresWithTls()
      : plain !== undefined
        ? createTcpServer((socket) => { socket.on('error', () => undefined); plain(socket); })
        : createTlsServer(SECURE[name] ?? {}, (socket) => { socket.on('error', () => undefined); ok(socket); });
  server.on('tlsClientError', () => undefined);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, address, () => {
      const bound = server.address();
      resolve({ server, port: typeof bound === 'object' && bound !== null ? bound.port : port });
    });
  });
}

/** Answers S to an SSLRequest, then asks for a password inside TLS. */
function postgresWithTls(): Server {
  const inner = createTlsServer(SECURE.good ?? {}, (socket) => { socket.on('error', () => undefined); dialogue([[/user/u, POSTGRES_ASKS]])(socket); });
  return createTcpServer((socket) => {
    socket.on('error', () => undefined);
    socket.once('data', () => { socket.write('S'); inner.emit('connection', socket); });
  });
}

if (import.meta.main) {
  for (const name of Object.keys(PORTS) as LabServer[]) await startServer(name, process.argv[2] ?? '127.0.0.1');
  process.stdout.write('serving\n');
}
