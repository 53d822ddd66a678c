import { ANSWERED, ERROR, FOREIGN, WAIT, prefixStep, type Speaker } from './speaker.ts';

/** Protocol header of AMQP 0-9-1; Connection.Start comes back, or a header with the version that the server wants. */
export const amqp: Speaker = {
  opening: Buffer.from('AMQP\0\0\x09\x01', 'latin1'),
  read(received) {
    if (received[0] === 0x41) return prefixStep(received, 'AMQP') ?? (received.length < 8 ? WAIT : ERROR);
    // frame type 1, channel 0, size, class 10, method 10
    if (received.length < 11) return received.length === 0 || received[0] === 1 ? WAIT : FOREIGN;
    const isStart = received[0] === 1 && received.readUInt16BE(1) === 0 && received.readUInt16BE(7) === 10 && received.readUInt16BE(9) === 10;
    return isStart ? ANSWERED : FOREIGN;
  },
};

const KAFKA_CORRELATION_ID = 0x6e_64_74_31;

/** ApiVersions request, version 0 (Kafka protocol guide): every broker answers it before authentication. */
export const kafka: Speaker = {
  opening: apiVersionsRequest(),
  read(received) {
    if (received.length < 8) return received.length >= 4 && !isKafkaSize(received.readInt32BE(0)) ? FOREIGN : WAIT;
    return isKafkaSize(received.readInt32BE(0)) && received.readInt32BE(4) === KAFKA_CORRELATION_ID ? ANSWERED : FOREIGN;
  },
};

function isKafkaSize(size: number): boolean {
  return size >= 6 && size <= 1_048_576;
}

function apiVersionsRequest(): Buffer {
  const client = Buffer.from('netdiag');
  const message = Buffer.alloc(14 + client.length);
  message.writeInt32BE(10 + client.length, 0);
  message.writeInt16BE(18, 4); // ApiKey ApiVersions
  message.writeInt16BE(0, 6); //  version
  message.writeInt32BE(KAFKA_CORRELATION_ID, 8);
  message.writeInt16BE(client.length, 12);
  client.copy(message, 14);
  return message;
}

/** The server greets with 220; EHLO is then answered with 250 (RFC 5321). 4xx and 5xx are its own errors. */
export const smtp: Speaker = {
  opening: null,
  read(received, turn) {
    const text = received.toString('latin1');
    if (text === '') return WAIT;
    // 220 mail.example ESMTP Postfix      250-mail.example      250 STARTTLS
    if (!/^\d{1,3}(?:$|[ -])/u.test(text) || text.length > 8192) return FOREIGN;
    const last = /^(\d{3}) [^\r\n]*\r?\n$/mu.exec(text)?.[1];
    if (last === undefined || !text.endsWith('\n')) return WAIT;
    if (last.startsWith('4') || last.startsWith('5')) return ERROR;
    if (turn === 0) return last === '220' ? { kind: 'send', bytes: Buffer.from('EHLO netdiag.invalid\r\n') } : FOREIGN;
    return last === '250' ? ANSWERED : FOREIGN;
  },
};

/** HTTP/2 preface and an empty SETTINGS frame; the server's SETTINGS come back first (RFC 9113 section 3.4). */
export const grpc: Speaker = {
  opening: Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1'),
  read(received) {
    if (received.length < 9) return received.length >= 4 && received[3] !== 4 ? FOREIGN : WAIT;
    const length = received.readUIntBE(0, 3);
    const isSettings = received[3] === 4 && (received[4] === 0 || received[4] === 1) && received.readUInt32BE(5) === 0 && length % 6 === 0 && length <= 240;
    return isSettings ? ANSWERED : FOREIGN;
  },
};

/** A request that any HTTP server answers, for a dependency of which only the protocol is known. */
export const http: Speaker = {
  opening: Buffer.from('HEAD / HTTP/1.1\r\nHost: netdiag.invalid\r\nConnection: close\r\n\r\n'),
  read(received) {
    const step = prefixStep(received, 'HTTP/');
    if (step !== null) return step;
    if (received.length < 13) return WAIT;
    return /^HTTP\/\d(?:\.\d)? [1-5]\d\d[ \r\n]/u.test(received.toString('latin1')) ? ANSWERED : FOREIGN;
  },
};
