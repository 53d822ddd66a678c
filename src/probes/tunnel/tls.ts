import { constants, X509Certificate } from 'node:crypto';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type DetailedPeerCertificate, type SecureVersion, type TLSSocket } from 'node:tls';
import type { TlsFact, TlsFailure } from '../../domain/facts.ts';
import { printableStart } from '../../tools/protocol/printable.ts';
import { recogniseProtocol } from '../../tools/protocol/recognise.ts';
import { failureOfAlert } from '../../tools/tls/alerts.ts';
import { certificatesInPem, describeCertificate } from '../../tools/tls/certificate.ts';
import { tlsFailureInText } from '../../tools/tls/error-text.ts';
import { judgeChain, type ChainJudgement } from '../../tools/tls/judge.ts';
import { readTlsRecords } from '../../tools/tls/records.ts';
import { tapStream } from './channel-stream.ts';
import { within } from './deadline.ts';

export interface TlsQuestion {
  /** Name or address that the certificate must be for; null when the name is not to be judged. */
  readonly host: string | null;
  /** SNI; null sends none. An address is never sent (RFC 6066 section 3). */
  readonly serverName: string | null;
  /** PEM text of the vantage's trust store; null when it could not be read: the chain is then described, not verified. */
  readonly trustRoots: string | null;
  /** Trusted time, milliseconds since the epoch, by which dates are judged. */
  readonly nowMs: number;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  readonly address: string | null;
  readonly port: number | null;
  readonly alpn?: readonly string[];
  /** Default TLSv1.2. A version below that also allows what old servers speak (security level 0). */
  readonly minVersion?: SecureVersion;
  readonly maxVersion?: SecureVersion;
  /** Tells a reset from a close once the stream has ended. */
  readonly ending?: () => Promise<'closed' | 'reset'>;
}

export interface TlsResult {
  readonly fact: TlsFact;
  /** The secured stream, when the handshake completed and nothing is wrong; null otherwise, and the stream is then closed. */
  readonly secure: TLSSocket | null;
}

/** A server that wants a client certificate says so (TLS 1.3) only after the handshake. */
const AFTERMATH_MS = 1_000;
const KEPT_BYTES = 65_536;
/** What OpenSSL's own clients offer: node's list holds more, and a server that shares only those would look well here and fail for the application. */
const CIPHERS = 'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:DEFAULT';

/** A handshake over any stream, described and judged. Never throws for what the network or the peer did. */
export async function tlsOverStream(stream: Duplex, question: TlsQuestion): Promise<TlsResult> {
  const startedAt = performance.now();
  const wire = { received: Buffer.alloc(0), sent: Buffer.alloc(0) };
  const keep = (side: 'received' | 'sent') => (bytes: Uint8Array): void => {
    if (wire[side].length < KEPT_BYTES) wire[side] = Buffer.concat([wire[side], bytes]);
  };
  const socket = startHandshake(tapStream(stream, { received: keep('received'), sent: keep('sent') }), question);
  const failure = new Promise<string>((resolve) => {
    socket.on('error', (error: NodeJS.ErrnoException) => { resolve(`${error.code ?? ''} ${error.message}`.trim()); });
    socket.on('close', () => { resolve('closed before the handshake ended: ECONNCLOSED'); });
    socket.on('end', () => { resolve('closed before the handshake ended: ECONNCLOSED'); });
  });
  const done = new Promise<'established'>((resolve) => socket.once('secureConnect', () => { resolve('established'); }));
  const ended = await within(question.timeoutMs, question.signal, done, failure);
  const elapsedMs = Math.round(performance.now() - startedAt);
  const established = ended === 'established';
  // Read before the socket is closed: afterwards node:tls has forgotten it.
  const session = established ? describeSession(socket) : NO_SESSION;
  const records = (): ReturnType<typeof readTlsRecords> => readTlsRecords(wire.received, wire.sent);
  const words = established ? await aftermath(records().certificateRequested, failure, question.signal) : ended;
  const judgement = judgeChain({ chain: session.certificates, host: question.host, roots: rootsOf(question), nowMs: question.nowMs });
  const base: TlsFact = {
    kind: 'tls',
    host: question.host,
    address: question.address,
    port: question.port,
    serverName: sniOf(question),
    established,
    failure: null,
    verified: established && (judgement.verified || judgement.failure !== null),
    verifyCode: judgement.verifyCode,
    alert: records().alert,
    version: session.version,
    cipher: session.cipher,
    alpn: session.alpn,
    chain: session.certificates.map(describeCertificate),
    clientCertificateRequested: established || records().certificateRequested ? records().certificateRequested : null,
    detail: null,
    elapsedMs,
  };
  const trouble = words === null ? unfinished(established, question.signal) : await readTrouble(words, wire.received, base, question);
  const fact = withFailure(base, trouble, judgement);
  if (fact.failure !== null) socket.destroy();
  return { fact, secure: fact.failure === null && established ? socket : null };
}

function startHandshake(stream: Duplex, question: TlsQuestion): TLSSocket {
  const old = question.minVersion === 'TLSv1' || question.minVersion === 'TLSv1.1' || question.maxVersion === 'TLSv1' || question.maxVersion === 'TLSv1.1';
  return connect({
    socket: stream,
    servername: sniOf(question) ?? '',
    rejectUnauthorized: false,
    checkServerIdentity: () => undefined,
    // No roots: getPeerCertificate then shows what the server sent and nothing of ours. We judge ourselves.
    ca: [],
    minVersion: question.minVersion ?? 'TLSv1.2',
    ...(question.maxVersion === undefined ? {} : { maxVersion: question.maxVersion }),
    ciphers: old ? `${CIPHERS}:@SECLEVEL=0` : CIPHERS,
    ...(old ? { secureOptions: constants.SSL_OP_LEGACY_SERVER_CONNECT } : {}),
    ...(question.alpn === undefined ? {} : { ALPNProtocols: [...question.alpn] }),
  });
}

function sniOf(question: TlsQuestion): string | null {
  const name = question.serverName?.replace(/\.$/u, '') ?? null;
  return name === null || name === '' || isIP(name) !== 0 ? null : name;
}

function rootsOf(question: TlsQuestion): readonly X509Certificate[] | null {
  return question.trustRoots === null ? null : certificatesInPem(question.trustRoots);
}

interface Session {
  readonly version: string | null;
  readonly cipher: string | null;
  readonly alpn: string | null;
  readonly certificates: readonly X509Certificate[];
}
const NO_SESSION: Session = { version: null, cipher: null, alpn: null, certificates: [] };

function describeSession(socket: TLSSocket): Session {
  return {
    version: socket.getProtocol(),
    cipher: socket.getCipher().name,
    alpn: socket.alpnProtocol === false ? null : socket.alpnProtocol,
    certificates: sentChain(socket.getPeerCertificate(true)),
  };
}

/** The issuer of a root is the root itself, so the walk stops at what it has seen. */
function sentChain(leaf: DetailedPeerCertificate): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  const seen = new Set<string>();
  for (let current: DetailedPeerCertificate | undefined = leaf; current?.raw !== undefined && !seen.has(current.fingerprint256); ) {
    seen.add(current.fingerprint256);
    chain.push(new X509Certificate(current.raw));
    current = current.issuerCertificate;
  }
  return chain;
}

async function aftermath(certificateRequested: boolean, failure: Promise<string>, signal: AbortSignal): Promise<string | null> {
  return certificateRequested ? within(AFTERMATH_MS, signal, failure) : null;
}

interface Trouble {
  readonly failure: TlsFailure;
  readonly alert: number | null;
  readonly detail: string;
}

/** No word at all: after the handshake that is well; before, the peer kept silent (or we were stopped). */
function unfinished(established: boolean, signal: AbortSignal): Trouble | null {
  if (established) return null;
  return { failure: 'timeout', alert: null, detail: signal.aborted ? 'stopped' : 'no answer to the ClientHello within the limit' };
}

async function readTrouble(words: string, received: Buffer, fact: TlsFact, question: TlsQuestion): Promise<Trouble> {
  const meaning = tlsFailureInText(words, true);
  const alert = fact.alert ?? meaning?.alert ?? null;
  const byAlert = alert === null ? null : failureOfAlert(alert);
  const requested = fact.clientCertificateRequested === true;
  const ending = await endingOf(words, question);
  const detail = printableStart(words.replace(/^ECONN\w+ /u, ''));
  if (received.length > 0 && !readTlsRecords(received, Buffer.alloc(0)).peerSpeaksTls) {
    return { failure: 'plaintext', alert: null, detail: `${recogniseProtocol(received) ?? 'unknown protocol'}: ${printableStart(received)}` };
  }
  const said = byAlert ?? (meaning === null || meaning.failure === 'closed' || meaning.failure === 'reset' || meaning.failure === 'timeout' ? ending : meaning.failure);
  const wantsCertificate = requested && (said === 'no-shared-cipher' || said === 'handshake' || said === 'closed' || said === 'reset');
  return { failure: wantsCertificate ? 'client-certificate-required' : said, alert, detail };
}

async function endingOf(words: string, question: TlsQuestion): Promise<'closed' | 'reset'> {
  if (/\bECONNRESET read\b|reset by peer/u.test(words)) return 'reset';
  return question.ending === undefined ? 'closed' : await question.ending();
}

/** The peer's own refusal comes before what we think of its certificate. */
function withFailure(fact: TlsFact, trouble: Trouble | null, judgement: ChainJudgement): TlsFact {
  if (trouble !== null) return { ...fact, failure: trouble.failure, alert: trouble.alert, detail: trouble.detail };
  if (judgement.failure === null) return fact;
  return { ...fact, failure: judgement.failure, detail: judgementDetail(fact, judgement.failure) };
}

function judgementDetail(fact: TlsFact, failure: TlsFailure): string | null {
  const leaf = fact.chain[0];
  if (leaf === undefined) return null;
  if (failure === 'expired') return `notAfter ${leaf.notAfter ?? '?'}`;
  if (failure === 'not-yet-valid') return `notBefore ${leaf.notBefore ?? '?'}`;
  if (failure === 'hostname-mismatch') return leaf.names.length > 0 ? leaf.names.slice(0, 8).join(', ') : leaf.subject;
  return `issuer ${leaf.issuer}`;
}
