import { isIP } from 'node:net';
import type { X509Certificate } from 'node:crypto';
import type { TlsFailure } from '../../domain/facts.ts';
import { isSelfSigned } from './certificate.ts';

export interface ChainJudgement {
  /** null: nothing wrong was found; see `verified` for whether trust was looked at. */
  readonly failure: TlsFailure | null;
  /** X509_V_ERR_* that OpenSSL gives for the same; 0 when nothing is wrong and the store was asked; null when it was not. */
  readonly verifyCode: number | null;
  /** True when the chain was checked against trust roots. False: no roots were given. */
  readonly verified: boolean;
}

export interface ChainQuestion {
  /** Leaf first, as the server sent it. */
  readonly chain: readonly X509Certificate[];
  /** Name or address that the client wants to talk to; null skips the name check. */
  readonly host: string | null;
  /** The pod's trust store; null when it could not be read. */
  readonly roots: readonly X509Certificate[] | null;
  /** The client's clock, milliseconds since the epoch. */
  readonly nowMs: number;
}

/**
 * Judges a chain as a client would, without a network. When several things are wrong, the first of this list is told, because
 * it stays after the later ones are mended and names what must be replaced:
 *  1. a self-signed leaf that no root vouches for (18): its dates and name are beside the point, nobody trusts it;
 *  2. the leaf's dates (10, 9), the most common fault and certain without any store;
 *  3. the issuer: an incomplete chain (20/21) or an unknown authority (19/20), or an expired intermediate (10);
 *  4. the name (62; 64 for an address), which OpenSSL too checks last.
 * With no roots only 1, 2 and 4 can be told, and `verified` is false.
 */
export function judgeChain(question: ChainQuestion): ChainJudgement {
  const { chain, host, roots, nowMs } = question;
  const verified = roots !== null;
  const leaf = chain[0];
  if (leaf === undefined) return { failure: null, verifyCode: null, verified: false };
  const trustedLeaf = roots?.some((root) => root.fingerprint256 === leaf.fingerprint256) ?? false;
  if (isSelfSigned(leaf) && !trustedLeaf) return { failure: 'self-signed', verifyCode: 18, verified };
  const dates = dateFailure(leaf, nowMs);
  if (dates !== null) return { ...dates, verified };
  const issuer = trustedLeaf || roots === null ? null : issuerFailure(chain, roots, nowMs);
  if (issuer !== null) return { ...issuer, verified };
  if (host !== null && !matchesHost(leaf, host)) {
    return { failure: 'hostname-mismatch', verifyCode: isIP(host) === 0 ? 62 : 64, verified };
  }
  return { failure: null, verifyCode: verified ? 0 : null, verified };
}

type Failure = Pick<ChainJudgement, 'failure' | 'verifyCode'>;

function dateFailure(certificate: X509Certificate, nowMs: number): Failure | null {
  if (nowMs > Date.parse(certificate.validTo)) return { failure: 'expired', verifyCode: 10 };
  if (nowMs < Date.parse(certificate.validFrom)) return { failure: 'not-yet-valid', verifyCode: 9 };
  return null;
}

/** Walks from the leaf up through the certificates that were sent, in any order, to a root. */
function issuerFailure(chain: readonly X509Certificate[], roots: readonly X509Certificate[], nowMs: number): Failure | null {
  const left = new Set(chain.slice(1));
  for (let current = chain[0]; current !== undefined; ) {
    const child = current;
    const root = roots.find((candidate) => candidate.fingerprint256 === child.fingerprint256 || issued(candidate, child));
    if (root !== undefined) return dateFailure(root, nowMs);
    const sent = [...left].find((candidate) => issued(candidate, child));
    if (sent === undefined) return brokenChain(child, chain, roots);
    left.delete(sent);
    const dates = dateFailure(sent, nowMs);
    if (dates !== null) return dates;
    current = sent;
  }
  return null;
}

/**
 * Where the walk ends without a root. A self-signed top is a complete chain of an unknown authority (19). Otherwise the issuer was
 * not sent: OpenSSL says 20, and 21 as well when the leaf came alone.
 */
function brokenChain(top: X509Certificate, chain: readonly X509Certificate[], roots: readonly X509Certificate[]): Failure {
  if (isSelfSigned(top)) return { failure: 'unknown-ca', verifyCode: 19 };
  const verifyCode = chain.length === 1 ? 21 : 20;
  return { failure: issuerIsIntermediate(top, roots) ? 'incomplete-chain' : 'unknown-ca', verifyCode };
}

/**
 * Whether the issuer that a server did not send is an intermediate (the server forgot it) and not an authority's root (never sent; the
 * client lacks it). Nothing proves it, three things show it: an address for the issuer's certificate (Authority Information Access
 * caIssuers, RFC 5280 4.2.2.1), which public authorities put on what their intermediates sign; an issuer that calls itself an
 * intermediate; an issuer of the same organization as a trusted root.
 */
export function issuerIsIntermediate(certificate: X509Certificate, roots: readonly X509Certificate[] = []): boolean {
  if (/CA Issuers - URI:/u.test(certificate.infoAccess ?? '')) return true;
  // CN=Example Intermediate CA 1, CN=Example Issuing CA 02, CN=Example Sub-CA, CN=Example Subordinate CA
  if (/\b(?:intermediate|issuing|subordinate|sub[- ]?ca)\b/iu.test(certificate.issuer)) return true;
  // CN=Example TLS RSA SHA256 2020 CA1, CN=Example Secure Server CA, CN=Example DV SSL CA - G3: named by what they sign, unlike roots
  if (/\b(?:TLS|SSL|DV|OV|EV|domain validation|secure server)\b/iu.test(certificate.issuer) && !/\broot\b/iu.test(certificate.issuer)) return true;
  const organization = organizationOf(certificate.issuer);
  return organization !== null && roots.some((root) => organizationOf(root.subject) === organization);
}

function organizationOf(name: string): string | null {
  return /^O=(.+)$/mu.exec(name)?.[1] ?? null;
}

function issued(issuer: X509Certificate, child: X509Certificate): boolean {
  try {
    return child.checkIssued(issuer) && child.verify(issuer.publicKey);
  } catch {
    return false;
  }
}

function matchesHost(leaf: X509Certificate, host: string): boolean {
  if (isIP(host) !== 0) return leaf.checkIP(host) !== undefined;
  return leaf.checkHost(host.replace(/\.$/u, ''), { subject: 'default' }) !== undefined;
}
