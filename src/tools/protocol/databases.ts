import { ANSWERED, ERROR, FOREIGN, REJECTED, WAIT, type Speaker, type Step } from './speaker.ts';

/** SSLRequest: length 8, code 80877103 (PostgreSQL, Message Formats). */
const SSL_REQUEST = Buffer.from([0, 0, 0, 8, 4, 0xd2, 0x16, 0x2f]);
/** StartupMessage, protocol 3.0, for a user and database that need not exist: the server asks for a password all the same. */
export const STARTUP = startupMessage('user\0netdiag\0database\0netdiag\0\0');

function startupMessage(parameters: string): Buffer {
  const body = Buffer.from(parameters, 'latin1');
  const message = Buffer.alloc(8);
  message.writeUInt32BE(8 + body.length, 0);
  message.writeUInt32BE(196_608, 4);
  return Buffer.concat([message, body]);
}

/** SSLRequest, then the StartupMessage, inside TLS where the server offers it: many accept nothing else. */
export const postgres: Speaker = {
  opening: SSL_REQUEST,
  read(received, turn) {
    if (received.length === 0) return WAIT;
    if (turn === 0 && received.length === 1 && received[0] === 0x4e) return { kind: 'send', bytes: STARTUP }; //    'N': no TLS here
    if (turn === 0 && received.length === 1 && received[0] === 0x53) return { kind: 'upgrade', bytes: STARTUP }; // 'S': go on in TLS
    if (received[0] === 0x45) return readPostgresError(received);
    return turn === 0 ? FOREIGN : readAuthentication(received);
  },
};

/** 'R', length, kind of authentication: 0 ok, 3 clear text, 5 MD5, 10 SASL, ... 12. */
function readAuthentication(received: Buffer): Step {
  if (received[0] !== 0x52) return FOREIGN;
  if (received.length < 9) return WAIT;
  const length = received.readUInt32BE(1);
  return length >= 8 && length <= 4096 && received.readUInt32BE(5) <= 12 ? ANSWERED : FOREIGN;
}

/**
 * 'E', length, fields of a letter and a text each; C is the SQLSTATE, class 28 is about authorization (PostgreSQL, appendix A). A pooler
 * that only misses the database (3D000), which we made up, answers well enough.
 */
function readPostgresError(received: Buffer): Step {
  if (received.length < 5) return WAIT;
  const length = received.readUInt32BE(1);
  if (length < 8 || length > 65_536) return FOREIGN;
  if (received.length < 1 + length) return WAIT;
  const fields = received.subarray(5, 1 + length).toString('latin1').split('\0');
  const state = fields.find((field) => /^C[0-9A-Z]{5}$/u.test(field))?.slice(1);
  if (state === undefined) return FOREIGN;
  if (state === '3D000') return ANSWERED;
  return state.startsWith('28') ? REJECTED : ERROR;
}

/** 1045 access denied, 1130 host not allowed, 1129 host blocked (MySQL, Server Error Message Reference). */
const MYSQL_REJECTIONS: ReadonlySet<number> = new Set([1044, 1045, 1129, 1130, 1698]);

/** The server speaks first: HandshakeV10, or an ERR_Packet. */
export const mysql: Speaker = {
  opening: null,
  read(received) {
    if (received.length < 4) return WAIT;
    const length = received.readUIntLE(0, 3);
    if (received[3] !== 0 || length < 8 || length > 4096) return FOREIGN;
    if (received.length < 4 + length) return WAIT;
    if (received[4] === 10) return /^\d+\.\d+[\x20-\x7e]*\0/u.test(received.subarray(5, 4 + length).toString('latin1')) ? ANSWERED : FOREIGN;
    if (received[4] !== 0xff) return FOREIGN;
    const code = received.readUInt16LE(5);
    if (code < 1000 || code > 4999) return FOREIGN;
    return MYSQL_REJECTIONS.has(code) ? REJECTED : ERROR;
  },
};

/** Inline PING (RESP). An error about credentials is -NOAUTH, -WRONGPASS or -NOPERM; protected mode is -DENIED. */
export const redis: Speaker = {
  opening: Buffer.from('PING\r\n'),
  read(received) {
    const text = received.toString('latin1');
    const line = /^([^\r\n]*)\r\n/u.exec(text)?.[1];
    if (line === undefined) return /^[+-][\x20-\x7e\r]*$/u.test(text) && text.length < 1024 ? WAIT : text === '' ? WAIT : FOREIGN;
    if (line === '+PONG') return ANSWERED;
    if (/^-(?:NOAUTH|WRONGPASS|NOPERM)\b/u.test(line)) return REJECTED;
    return /^-[A-Z]{3,}\b/u.test(line) ? ERROR : FOREIGN;
  },
};

const MONGO_REQUEST_ID = 7;
const OP_MSG = 2013;

/** `{ hello: 1, $db: "admin" }` as an OP_MSG (MongoDB wire protocol); answered without credentials. */
export const mongodb: Speaker = {
  opening: helloMessage(),
  read(received) {
    if (received.length < 16) return received.length >= 4 && !isMongoLength(received.readInt32LE(0)) ? FOREIGN : WAIT;
    const code = received.readInt32LE(12);
    const ours = isMongoLength(received.readInt32LE(0)) && received.readInt32LE(8) === MONGO_REQUEST_ID;
    return ours && (code === OP_MSG || code === 1) ? ANSWERED : FOREIGN;
  },
};

function isMongoLength(length: number): boolean {
  return length >= 21 && length <= 48_000_000;
}

function helloMessage(): Buffer {
  const document = Buffer.concat([
    Buffer.from('\0\0\0\0\x10hello\0\x01\0\0\0\x02$db\0\x06\0\0\0admin\0\0', 'latin1'),
  ]);
  document.writeInt32LE(document.length, 0);
  const header = Buffer.alloc(21);
  header.writeInt32LE(21 + document.length, 0);
  header.writeInt32LE(MONGO_REQUEST_ID, 4);
  header.writeInt32LE(OP_MSG, 12);
  return Buffer.concat([header, document]);
}
