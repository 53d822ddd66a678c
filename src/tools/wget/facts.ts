import { isIP } from 'node:net';
import type { ConnectFact, HttpFact, ResolveFact, TlsFact } from '../../domain/facts.ts';
import type { TlsErrorMeaning } from '../tls/error-text.ts';

/** Facts as wget's texts fill them: no times, no certificates, no addresses of a proxy's target. */
export function resolveFact(name: string, outcome: ResolveFact['outcome'], addresses: readonly string[] = []): ResolveFact {
  return {
    kind: 'resolve', name, nameserver: null, recordType: 'any', transport: null, outcome, addresses,
    canonicalNames: [], answeredName: null, truncated: false, elapsedMs: null,
  };
}

export function connectFact(host: string | null, address: string | null, port: number | null, outcome: ConnectFact['outcome'], detail: string | null): ConnectFact {
  return { kind: 'connect', host, address, port, transport: 'tcp', outcome, elapsedMs: null, detail };
}

export interface Peer {
  readonly host: string | null;
  readonly address: string | null;
  readonly port: number | null;
}

/** `meaning` null: the handshake completed and the certificate was accepted. */
export function tlsFact(peer: Peer, meaning: TlsErrorMeaning | null, detail: string | null): TlsFact {
  const failure = meaning?.failure ?? null;
  const judged = failure === null || ['expired', 'not-yet-valid', 'self-signed', 'unknown-ca', 'hostname-mismatch', 'untrusted'].includes(failure);
  return {
    kind: 'tls',
    ...peer,
    serverName: peer.host === null || isIP(peer.host) !== 0 ? null : peer.host,
    // GNU wget checks the certificate after the handshake.
    established: judged,
    failure,
    verified: judged,
    verifyCode: meaning?.verifyCode ?? null,
    alert: meaning?.alert ?? null,
    version: null,
    cipher: null,
    alpn: null,
    chain: [],
    clientCertificateRequested: null,
    detail,
    elapsedMs: null,
  };
}

export function httpFact(
  peer: Peer,
  answer: Pick<HttpFact, 'url' | 'proxy' | 'outcome' | 'status' | 'headers' | 'bodyStart'>,
): HttpFact {
  return { kind: 'http', remoteAddress: peer.address, ...answer, connectMs: null, tlsMs: null, firstByteMs: null, totalMs: null };
}

/** The indented header lines that -S prints. */
export function fieldsOf(head: string): readonly (readonly [string, string])[] {
  return head.split('\n').filter((line) => line.includes(': ')).map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).trim(), line.slice(colon + 1).trim()] as const;
  });
}
