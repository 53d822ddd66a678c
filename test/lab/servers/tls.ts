/** TLS in front of a conversation, as badly as the spec wants it. */
import type net from 'node:net';
import tls from 'node:tls';
import { replyOctets, type Conversation } from './talks.ts';
import type { TlsSpec } from './spec.ts';

const HANDSHAKE = 0x16;

/** Looks at the first octets, and then goes on as TLS, as a refusal, or in the way that the spec breaks off. */
export function secured(socket: net.Socket, spec: TlsSpec, converse: Conversation): void {
  socket.once('data', (hello: Buffer) => {
    socket.pause();
    if (hello[0] !== HANDSHAKE) {
      refusePlainText(socket, spec);
      return;
    }
    if (spec.needsName !== undefined && !hello.includes(spec.needsName.name)) {
      socket.end(Buffer.from([21, 3, 3, 0, 2, 2, spec.needsName.alert]));
      return;
    }
    if (spec.breaksOff !== undefined) {
      breakOff(socket, spec.breaksOff);
      return;
    }
    setTimeout(() => {
      socket.unshift(hello);
      handshake(socket, spec, converse);
    }, spec.helloDelayMs ?? 0);
  });
  socket.resume();
}

function breakOff(socket: net.Socket, how: NonNullable<TlsSpec['breaksOff']>): void {
  if (how === 'reset') socket.resetAndDestroy();
  else if (how === 'close') socket.end();
  else socket.resume();
}

/** nginx: ngx_http_ssl_module's own code 497. */
function refusePlainText(socket: net.Socket, spec: TlsSpec): void {
  if (spec.toPlainText !== '400') {
    socket.destroy();
    return;
  }
  const body = '<html>\r\n<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>\r\n<body>\r\n<center><h1>400 Bad Request</h1></center>\r\n<center>The plain HTTP request was sent to HTTPS port</center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
  socket.end(replyOctets({ status: 400, reason: 'Bad Request', headers: { server: 'nginx', 'content-type': 'text/html', connection: 'close' }, body }));
}

function handshake(socket: net.Socket, spec: TlsSpec, converse: Conversation): void {
  const context: tls.SecureContextOptions = { key: spec.key, cert: spec.certificate };
  if (spec.minVersion !== undefined) context.minVersion = spec.minVersion;
  if (spec.maxVersion !== undefined) context.maxVersion = spec.maxVersion;
  if (spec.ciphers !== undefined) context.ciphers = spec.ciphers;
  if (spec.curves !== undefined) context.ecdhCurve = spec.curves;
  if (spec.clientAuthority !== undefined) context.ca = spec.clientAuthority;
  const secure = new tls.TLSSocket(socket, {
    isServer: true,
    secureContext: tls.createSecureContext(context),
    requestCert: spec.clientAuthority !== undefined,
    rejectUnauthorized: spec.clientAuthority !== undefined,
    ...(spec.alpn === undefined ? {} : { ALPNProtocols: [...spec.alpn] }),
  });
  secure.on('error', () => undefined);
  secure.once('secure', () => {
    // A server socket made by hand does not turn away by itself those whom tls.Server would.
    if (spec.clientAuthority !== undefined && secure.getPeerX509Certificate() === undefined) {
      secure.destroy();
      return;
    }
    converse(secure);
  });
}
