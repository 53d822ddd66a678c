import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printableStart } from '../../../src/tools/protocol/printable.ts';
import { recogniseProtocol } from '../../../src/tools/protocol/recognise.ts';
import { speakerOf } from '../../../src/tools/protocol/speakers.ts';

const PROTOCOLS = ['postgres', 'mysql', 'redis', 'mongodb', 'amqp', 'kafka', 'smtp', 'grpc', 'http'];

describe('first bytes', () => {
  it.each([
    ['HTTP/1.1 400 Bad Request\r\n', 'http'],
    ['SSH-2.0-OpenSSH_9.2p1\r\n', 'ssh'],
    ['220 ProFTPD Server (x) [192.0.2.2]\r\n', 'ftp'],
    ['220 mail.example ESMTP Postfix\r\n', 'smtp'],
    ['+OK Dovecot ready.\r\n', 'pop3'],
    ['* OK [CAPABILITY IMAP4rev1] ready.\r\n', 'imap'],
    ["-ERR unknown command 'GET'\r\n", 'redis'],
    ['AMQP\0\0\x09\x01', 'amqp'],
    ['\x15\x03\x03\0\x02\x02\x46', 'tls'],
    ['\x16\x03\x01\0\x50\x02\0\0', 'tls'],
    ['\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64', 'http2'],
    ['\x4a\0\0\0\n8.0.36\0aaaaaaa', 'mysql'],
    ['E\0\0\0\x66SFATAL\0', 'postgres'],
    ['\x03\0\0\x13\x0e\xd0\0\0\x12\x34\0', 'rdp'],
    ['RFB 003.008\n', 'vnc'],
    ['\xff\xfd\x18\xff\xfd\x20', 'telnet'],
    ['\0\x01\x02 what is this', null],
    ['', null],
  ])('%j is %s', (bytes, protocol) => {
    expect(recogniseProtocol(Buffer.from(bytes, 'latin1'))).toBe(protocol);
  });
  it('any bytes are looked at without a crash', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => { recogniseProtocol(bytes); }));
  });
});

describe('a dialogue', () => {
  it.each(PROTOCOLS)('%s is never answered by bytes that are not its own', (protocol) => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), fc.nat(2), (bytes, turn) => {
        const step = speakerOf(protocol)?.read(Buffer.from(bytes), turn);
        expect(step).toBeDefined();
        expect(step?.kind === 'done' && step.outcome === 'answered').toBe(false);
      }),
      { numRuns: 300 },
    );
  });
  it.each(PROTOCOLS)('%s is not answered by the first words of the others', (protocol) => {
    const others = ['HTTP/1.1 200 OK\r\n\r\n', 'SSH-2.0-x\r\n', '220 a ESMTP\r\n', '+PONG\r\n', "-ERR unknown command\r\n", '\x15\x03\x03\0\x02\x02\x46', 'AMQP\0\0\x09\x01'];
    for (const bytes of others.filter((other) => !(protocol === 'http' && other.startsWith('HTTP')) && !(protocol === 'redis' && other === '+PONG\r\n'))) {
      expect(speakerOf(protocol)?.read(Buffer.from(bytes, 'latin1'), 0)).not.toMatchObject({ kind: 'done', outcome: 'answered' });
    }
  });
});

it('a PostgreSQL pooler that misses only the database has answered', () => {
  // PostgreSQL 15.18's words, to a StartupMessage of the user postgres and the database netdiag (there, after `R`: AuthenticationOk)
  const words = 'E\0\0\0\\SFATAL\0VFATAL\0C3D000\0Mdatabase "netdiag" does not exist\0Fpostinit.c\0L948\0RInitPostgres\0\0';
  expect(speakerOf('postgres')?.read(Buffer.from(words, 'latin1'), 1)).toEqual({ kind: 'done', outcome: 'answered' });
});

it('printable text holds no control characters and no direction marks', () => {
  expect(printableStart('a\x1b[31mb\u202ec\u0000\r\nd')).toBe('a.[31mb.c. d');
  fc.assert(fc.property(fc.uint8Array({ maxLength: 600 }), (bytes) => {
    const text = printableStart(bytes);
    expect(text).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect([...text].length).toBeLessThanOrEqual(200);
  }));
});
