/**
 * Which protocol speaks, from the first bytes that a peer sends. Pure. Only marks that a stranger is unlikely to send by
 * chance count; null means that nothing was recognised.
 */
interface Mark {
  readonly protocol: string;
  matches(bytes: Uint8Array, text: string): boolean;
}

/** In order: a mark that is part of another stands first. */
const MARKS: readonly Mark[] = [
  // HTTP/1.1 400 Bad Request     (RFC 9112 section 4); ICY is shoutcast's
  { protocol: 'http', matches: (_, text) => /^(?:HTTP\/\d(?:\.\d)? \d{3}|<!doctype html|<html[\s>])/iu.test(text) },
  // TLS record: alert (21) or handshake (22), version 3.0-3.4, length below 2^14+2048 (RFC 8446 section 5.1)
  { protocol: 'tls', matches: (bytes) => isTlsRecord(bytes) },
  // HTTP/2 SETTINGS frame on stream 0, length a multiple of 6 (RFC 9113 section 6.5)
  { protocol: 'http2', matches: (bytes) => isHttp2Settings(bytes) },
  // SSH-2.0-OpenSSH_9.2p1        (RFC 4253 section 4.2)
  { protocol: 'ssh', matches: (_, text) => /^SSH-\d\.\d+-/u.test(text) },
  // 220 ftp.example FTP server (vsFTPd 3.0.3)
  { protocol: 'ftp', matches: (_, text) => /^220[ -][^\n]*\b(?:ftp|ftpd|filezilla|vsftpd|proftpd)\b/iu.test(text) },
  // 220 mail.example ESMTP Postfix     (RFC 5321 section 4.2); 554 no service
  { protocol: 'smtp', matches: (_, text) => /^(?:220|554|421)[ -][^\n]*/u.test(text) },
  // +OK POP3 ready               (RFC 1939); Redis answers "+OK" alone
  { protocol: 'pop3', matches: (_, text) => /^\+OK [^\r\n]+/u.test(text) },
  // * OK [CAPABILITY IMAP4rev1 ...] ready.   (RFC 3501 section 7.1)
  { protocol: 'imap', matches: (_, text) => /^\* (?:OK|PREAUTH|BYE)\b/u.test(text) },
  // -ERR unknown command 'GET', -NOAUTH Authentication required.   (RESP, redis.io/docs/reference/protocol-spec)
  { protocol: 'redis', matches: (_, text) => /^(?:-(?:ERR|NOAUTH|WRONGPASS|DENIED|NOPERM|LOADING|MISCONF|MOVED)\b|\+PONG\r?\n|\+OK\r\n)/u.test(text) },
  // AMQP 0 0 9 1                 (AMQP 0-9-1 section 4.2.2) or a Connection.Start frame
  { protocol: 'amqp', matches: (bytes, text) => /^AMQP[\0-\x03]/u.test(text) || isConnectionStart(bytes) },
  { protocol: 'mysql', matches: (bytes) => isMysqlPacket(bytes) },
  // ErrorResponse: 'E' length 'S' "FATAL" (PostgreSQL, Message Formats)
  { protocol: 'postgres', matches: (bytes, text) => isPostgresError(bytes, text) || isPostgresAuthentication(bytes) },
  // TPKT version 3, then an X.224 Connection Confirm (0xd0) (MS-RDPBCGR 2.2.1.2)
  { protocol: 'rdp', matches: (bytes) => bytes[0] === 3 && bytes[1] === 0 && bytes[5] === 0xd0 },
  // RFB 003.008                  (RFC 6143 section 7.1.1)
  { protocol: 'vnc', matches: (_, text) => /^RFB \d{3}\.\d{3}\n/u.test(text) },
  // OP_REPLY (1) or OP_MSG (2013) in the header's fourth word (MongoDB wire protocol)
  { protocol: 'mongodb', matches: (bytes) => isMongoMessage(bytes) },
  // IAC WILL/WONT/DO/DONT        (RFC 854)
  { protocol: 'telnet', matches: (bytes) => bytes[0] === 0xff && (bytes[1] ?? 0) >= 0xfb && (bytes[1] ?? 0) <= 0xfe && bytes.length >= 3 },
];

/** The protocol whose mark stands at the start of `bytes`, or null. */
export function recogniseProtocol(bytes: Uint8Array): string | null {
  if (bytes.length === 0) return null;
  const text = latin1(bytes.subarray(0, 256));
  return MARKS.find((mark) => mark.matches(bytes, text))?.protocol ?? null;
}

export function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

function isTlsRecord(bytes: Uint8Array): boolean {
  const [type = 0, major = 0, minor = 0, high = 0, low = 0] = bytes;
  if (bytes.length < 5 || major !== 3 || minor > 4) return false;
  const length = high * 256 + low;
  // An alert in the clear is two bytes (level, description); an encrypted one never comes first.
  if (type === 21) return length === 2 && (bytes[5] === undefined || bytes[5] === 1 || bytes[5] === 2);
  return type === 22 && length > 3 && length <= 18_432;
}

function isHttp2Settings(bytes: Uint8Array): boolean {
  if (bytes.length < 9) return false;
  const length = ((bytes[0] ?? 0) << 16) | ((bytes[1] ?? 0) << 8) | (bytes[2] ?? 0);
  const flags = bytes[4] ?? 0;
  const onStreamZero = bytes.subarray(5, 9).every((byte) => byte === 0);
  return bytes[3] === 4 && onStreamZero && length % 6 === 0 && length <= 240 && flags === 0;
}

function isConnectionStart(bytes: Uint8Array): boolean {
  // frame type 1 (method), channel 0, size, class 10 (connection), method 10 (start)
  return bytes.length >= 11 && bytes[0] === 1 && bytes[1] === 0 && bytes[2] === 0 && bytes[7] === 0 && bytes[8] === 10 && bytes[9] === 0 && bytes[10] === 10;
}

function isMysqlPacket(bytes: Uint8Array): boolean {
  if (bytes.length < 6 || bytes[3] !== 0) return false;
  const length = (bytes[0] ?? 0) | ((bytes[1] ?? 0) << 8) | ((bytes[2] ?? 0) << 16);
  if (length < 8 || length > 1024) return false;
  // Protocol::HandshakeV10: 0x0a and the server's version, NUL-terminated, which begins with a digit.
  if (bytes[4] === 10) return /^\d+\.\d+[\x20-\x7e]*\0/u.test(latin1(bytes.subarray(5, 80)));
  // ERR_Packet before the handshake: 0xff, error code 1000-4999, message
  const code = (bytes[5] ?? 0) | ((bytes[6] ?? 0) << 8);
  return bytes[4] === 0xff && code >= 1000 && code < 5000 && /^[\x20-\x7e]/u.test(latin1(bytes.subarray(7, 8)));
}

function isPostgresError(bytes: Uint8Array, text: string): boolean {
  return bytes[0] === 0x45 && bytes[1] === 0 && bytes[2] === 0 && /^E[\s\S]{4}S(?:FATAL|ERROR|PANIC)\0/u.test(text);
}

function isPostgresAuthentication(bytes: Uint8Array): boolean {
  // 'R', length 8-64, authentication request code 0-12
  if (bytes.length < 9 || bytes[0] !== 0x52) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return view.getUint32(1) >= 8 && view.getUint32(1) <= 64 && view.getUint32(5) <= 12;
}

function isMongoMessage(bytes: Uint8Array): boolean {
  if (bytes.length < 16) return false;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getInt32(0, true);
  const code = view.getInt32(12, true);
  return length >= 21 && length < 48_000_000 && (code === 1 || code === 2013);
}
