/**
 * What TLS records tell without keys (RFC 8446 section 5, RFC 5246 section 6.2): alerts in the clear, and whether the server asked for a client
 * certificate. Pure.
 */
export interface RecordsReading {
  /** The peer's first bytes are a TLS record, or nothing came. */
  readonly peerSpeaksTls: boolean;
  /** Description of a fatal alert that the peer sent in the clear; null when none. */
  readonly alert: number | null;
  readonly certificateRequested: boolean;
}

interface TlsRecord {
  readonly type: number;
  readonly payload: Uint8Array;
  readonly length: number;
}

const CHANGE_CIPHER_SPEC = 20;
const ALERT = 21;
const HANDSHAKE = 22;
const APPLICATION_DATA = 23;
const CERTIFICATE_REQUEST = 13;

/**
 * In TLS 1.2 the CertificateRequest stands in the clear. In TLS 1.3 it is encrypted, but its answer shows: a client without a certificate then sends an
 * empty Certificate message (4 + 1 + 3 bytes, a content type, a 16-byte tag: a record of 25 bytes) before its Finished, which is never that short.
 */
export function readTlsRecords(received: Uint8Array, sent: Uint8Array): RecordsReading {
  const incoming = splitRecords(received);
  const clear = incoming.slice(0, indexOrLength(incoming, (record) => record.type === CHANGE_CIPHER_SPEC || record.type === APPLICATION_DATA));
  const alerts = clear.filter((record) => record.type === ALERT && record.length === 2 && record.payload[0] === 2);
  const firstEncrypted = splitRecords(sent).find((record) => record.type === APPLICATION_DATA);
  return {
    peerSpeaksTls: received.length === 0 || isRecordStart(received),
    alert: alerts.at(-1)?.payload[1] ?? null,
    certificateRequested: handshakeTypes(clear).includes(CERTIFICATE_REQUEST) || firstEncrypted?.length === 25,
  };
}

function isRecordStart(bytes: Uint8Array): boolean {
  const [type = 0, major = 0] = bytes;
  return type >= CHANGE_CIPHER_SPEC && type <= APPLICATION_DATA && (bytes.length < 2 || major === 3);
}

/** Whole records only; stops at what is no record. */
function splitRecords(bytes: Uint8Array): readonly TlsRecord[] {
  const records: TlsRecord[] = [];
  for (let at = 0; at + 5 <= bytes.length; ) {
    const header = bytes.subarray(at, at + 5);
    const length = (header[3] ?? 0) * 256 + (header[4] ?? 0);
    if (!isRecordStart(header) || at + 5 + length > bytes.length) break;
    records.push({ type: header[0] ?? 0, payload: bytes.subarray(at + 5, at + 5 + length), length });
    at += 5 + length;
  }
  return records;
}

/** Types of the handshake messages in these records; a message may span records. */
function handshakeTypes(records: readonly TlsRecord[]): readonly number[] {
  const bytes = Buffer.concat(records.filter((record) => record.type === HANDSHAKE).map((record) => record.payload));
  const types: number[] = [];
  for (let at = 0; at + 4 <= bytes.length; ) {
    types.push(bytes[at] ?? 0);
    at += 4 + bytes.readUIntBE(at + 1, 3);
  }
  return types;
}

function indexOrLength<T>(items: readonly T[], test: (item: T) => boolean): number {
  const index = items.findIndex(test);
  return index < 0 ? items.length : index;
}
