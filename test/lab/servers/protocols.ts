/** The first answers of servers that are no web servers, as their protocols' documents have them. */
import { randomBytes } from 'node:crypto';
import type net from 'node:net';
import type { ProtocolName } from './spec.ts';
import type { Conversation } from './talks.ts';

type State = 'ok' | 'rejects' | 'errs';

export function protocolTalk(name: ProtocolName, state: State): Conversation {
  return TALKS[name](state);
}

const TALKS: Readonly<Record<ProtocolName, (state: State) => Conversation>> = {
  postgres: (state) => (socket) => {
    each(socket, (octets) => {
      // SSLRequest 80877103, GSSENCRequest 80877104
      if (octets.length === 8 && [80_877_103, 80_877_104].includes(octets.readUInt32BE(4))) socket.write('N');
      else if (octets.length >= 8 && octets.readUInt32BE(4) === 196_608) answerStartup(socket, state);
      else socket.end();
    });
  },
  mysql: (state) => (socket) => {
    socket.resume();
    if (state === 'ok') socket.write(mysqlPacket(handshakeV10()));
    else if (state === 'rejects') socket.end(mysqlPacket(mysqlError(1130, "Host '10.1.2.3' is not allowed to connect to this MySQL server")));
    else socket.end(mysqlPacket(mysqlError(1040, 'Too many connections')));
  },
  redis: (state) => (socket) => {
    if (state === 'errs') {
      socket.end('-ERR max number of clients reached\r\n');
      return;
    }
    each(socket, (octets) => {
      const ping = /^(?:PING\r\n|\*1\r\n\$4\r\nPING\r\n)/iu.test(octets.toString('latin1'));
      if (state === 'rejects') socket.write('-NOAUTH Authentication required.\r\n');
      else socket.write(ping ? '+PONG\r\n' : `-ERR unknown command '${octets.toString('latin1').split(/\s/u)[0] ?? ''}', with args beginning with: \r\n`);
    });
  },
  amqp: (state) => (socket) => {
    each(socket, (octets) => {
      if (octets.subarray(0, 4).toString() !== 'AMQP' || state === 'errs') socket.end(Buffer.from('AMQP\0\0\x09\x01', 'latin1'));
      else socket.write(connectionStart());
    });
  },
  smtp: (state) => (socket) => {
    if (state !== 'ok') {
      socket.end('554 5.7.1 Service unavailable; client host blocked\r\n');
      return;
    }
    socket.write('220 mx.example ESMTP Postfix\r\n');
    each(socket, (octets) => {
      const command = octets.toString('latin1').slice(0, 4).toUpperCase();
      if (command === 'EHLO' || command === 'HELO') socket.write('250-mx.example\r\n250-PIPELINING\r\n250-SIZE 10240000\r\n250 8BITMIME\r\n');
      else if (command === 'QUIT') socket.end('221 2.0.0 Bye\r\n');
      else socket.write('502 5.5.2 Error: command not recognized\r\n');
    });
  },
  mongodb: () => (socket) => {
    each(socket, (octets) => {
      if (octets.length < 16 || octets.readInt32LE(0) !== octets.length) socket.end();
      else socket.write(mongoReply(octets.readInt32LE(4)));
    });
  },
  kafka: () => (socket) => {
    each(socket, (octets) => {
      if (octets.length < 12 || octets.readInt32BE(0) !== octets.length - 4) {
        socket.end();
        return;
      }
      const reply = Buffer.alloc(20);
      reply.writeInt32BE(16, 0);
      octets.copy(reply, 4, 8, 12); // correlation id
      reply.writeInt32BE(1, 10); //    one api: Produce, versions 0-9
      reply.writeInt16BE(9, 18);
      socket.write(reply);
    });
  },
  // SETTINGS, then the acknowledgement of the client's (RFC 9113 6.5).
  grpc: () => (socket) => {
    each(socket, (octets) => {
      if (octets.toString('latin1').startsWith('PRI * HTTP/2.0')) socket.write(Buffer.from([0, 0, 6, 4, 0, 0, 0, 0, 0, 0, 3, 0, 0, 0, 128, 0, 0, 0, 4, 1, 0, 0, 0, 0]));
      else socket.end();
    });
  },
};

function each(socket: net.Socket, handle: (octets: Buffer) => void): void {
  socket.on('data', handle);
}

function answerStartup(socket: net.Socket, state: State): void {
  if (state === 'ok') socket.write(Buffer.from('R\0\0\0\x17\0\0\0\x0aSCRAM-SHA-256\0\0', 'latin1'));
  else if (state === 'rejects') socket.end(postgresError('28000', 'no pg_hba.conf entry for host "10.1.2.3", user "netdiag", database "netdiag", no encryption'));
  else socket.end(postgresError('53300', 'sorry, too many clients already'));
}

function postgresError(state: string, message: string): Buffer {
  const body = Buffer.from(`SFATAL\0VFATAL\0C${state}\0M${message}\0\0`, 'latin1');
  const head = Buffer.alloc(5);
  head.write('E');
  head.writeUInt32BE(4 + body.length, 1);
  return Buffer.concat([head, body]);
}

function mysqlPacket(payload: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUIntLE(payload.length, 0, 3);
  return Buffer.concat([head, payload]);
}

/** Protocol::HandshakeV10 (MySQL internals). */
function handshakeV10(): Buffer {
  const salt = randomBytes(20).map((octet) => (octet % 90) + 33);
  return Buffer.concat([
    Buffer.from('\x0a8.0.36\0', 'latin1'),
    Buffer.from([12, 0, 0, 0]),
    salt.subarray(0, 8),
    Buffer.from([0, 0xff, 0xff, 0xff, 2, 0, 0xff, 0xdf, 21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    salt.subarray(8),
    Buffer.from('\0caching_sha2_password\0'),
  ]);
}

function mysqlError(code: number, message: string): Buffer {
  const head = Buffer.from([0xff, 0, 0]);
  head.writeUInt16LE(code, 1);
  return Buffer.concat([head, Buffer.from(message)]);
}

/** Connection.Start of AMQP 0-9-1: version 0-9, no properties, mechanisms, locales. */
function connectionStart(): Buffer {
  const long = (text: string): Buffer => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(text.length);
    return Buffer.concat([length, Buffer.from(text)]);
  };
  const payload = Buffer.concat([Buffer.from([0, 10, 0, 10, 0, 9, 0, 0, 0, 0]), long('PLAIN AMQPLAIN'), long('en_US')]);
  const head = Buffer.alloc(7);
  head[0] = 1;
  head.writeUInt32BE(payload.length, 3);
  return Buffer.concat([head, payload, Buffer.from([0xce])]);
}

/** OP_MSG with `{ ok: 1.0, isWritablePrimary: true, maxWireVersion: 21 }`. */
function mongoReply(requestId: number): Buffer {
  const document = Buffer.concat([
    Buffer.from('\0\0\0\0\x01ok\0', 'latin1'),
    Buffer.from([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]),
    Buffer.from('\x08isWritablePrimary\0\x01\x10maxWireVersion\0\x15\0\0\0\0', 'latin1'),
  ]);
  document.writeInt32LE(document.length, 0);
  const head = Buffer.alloc(21);
  head.writeInt32LE(21 + document.length, 0);
  head.writeInt32LE(requestId + 1, 4);
  head.writeInt32LE(requestId, 8);
  head.writeInt32LE(2013, 12);
  return Buffer.concat([head, document]);
}
