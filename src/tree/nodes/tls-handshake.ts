import type { CauseId, Confidence } from '../../domain/cause.ts';
import type { HttpFact, TlsFact, TlsFailure } from '../../domain/facts.ts';
import { fault, inconclusive, WAIT, type Decision, type TreeNode } from '../node.ts';
import { answersOthers } from '../again.ts';
import { acceptsAnyPort } from '../fake-accept.ts';
import { branchOfLoss, lossOnPath } from '../loss.ts';
import { sizeCliff, smallSegmentsAnswer } from '../large-packets.ts';
import { clockSkew } from '../clock-skew.ts';
import { cutOff } from '../cut-off.ts';
import { wrongAnswer } from '../name-answer.ts';
import type { Answer, Look } from '../look.ts';
import { serviceNamed } from '../service-name.ts';
import { connections, plainRequestQuestion, proxyFor, requestQuestion, tlsQuestion } from '../reading.ts';

/** A plain server answers a plain request at once. */
const PLAIN_ANSWER_MS = 2000;

const CAUSE_OF: Readonly<Record<TlsFailure, { cause: CauseId | null; confidence: Confidence }>> = {
  expired: { cause: 'tls.expired', confidence: 'certain' },
  'not-yet-valid': { cause: 'tls.not-yet-valid', confidence: 'certain' },
  'self-signed': { cause: 'tls.self-signed', confidence: 'certain' },
  'unknown-ca': { cause: 'tls.unknown-ca', confidence: 'certain' },
  'incomplete-chain': { cause: 'tls.incomplete-chain', confidence: 'likely' },
  'hostname-mismatch': { cause: 'tls.hostname-mismatch', confidence: 'certain' },
  plaintext: { cause: 'tls.plaintext-port', confidence: 'certain' },
  version: { cause: 'tls.version-unsupported', confidence: 'certain' },
  'no-shared-cipher': { cause: 'tls.no-shared-cipher', confidence: 'likely' },
  'client-certificate-required': { cause: 'tls.client-certificate-required', confidence: 'certain' },
  'unrecognized-name': { cause: 'tls.sni-required', confidence: 'likely' },
  untrusted: { cause: 'tls.unknown-ca', confidence: 'possible' },
  closed: { cause: 'app.connection-closed', confidence: 'likely' },
  reset: { cause: 'app.connection-closed', confidence: 'likely' },
  timeout: { cause: 'app.slow-response', confidence: 'likely' },
  handshake: { cause: null, confidence: 'possible' },
};

/** The guide's third curl outcome: "SSL handshake failed" or "certificate verify failed". */
export const tlsHandshake: TreeNode = {
  id: 'tls.handshake',
  layer: 'application',
  branches: [
    {
      id: 'certificate',
      goto: null,
      causes: [
        'tls.expired',
        'tls.not-yet-valid',
        'tls.clock-skew',
        'tls.self-signed',
        'tls.unknown-ca',
        'tls.incomplete-chain',
        'tls.hostname-mismatch',
        'tls.intercepted',
      ],
    },
    {
      id: 'negotiation',
      goto: null,
      causes: [
        'tls.plaintext-port',
        'tls.version-unsupported',
        'tls.no-shared-cipher',
        'tls.client-certificate-required',
        'tls.sni-required',
      ],
    },
    { id: 'wrong-address', goto: null, causes: ['dns.stale-hosts', 'dns.search-hijack', 'dns.split-horizon', 'dns.external-name'] },
    { id: 'loses-packets', goto: null, causes: ['ip.packet-loss'] },
    { id: 'large-packets', goto: null, causes: ['ip.pmtu-blackhole', 'link.mtu-mismatch'] },
    { id: 'nobody-there', goto: null, causes: ['tcp.fake-accept'] },
    { id: 'cut-off', goto: null, causes: ['tcp.rejected-on-path'] },
    { id: 'silence', goto: null, causes: ['app.connection-closed', 'app.slow-response'] },
    { id: 'sometimes', goto: null, causes: ['tcp.intermittent'] },
    { id: 'unexplained', goto: null, causes: [] },
  ],
  decide(look) {
    const seen = handshakes(look);
    // Through a proxy another way is taken than any of ours.
    const open = proxyFor(look) === null ? connections(look).find((one) => one.fact.outcome === 'connected') : undefined;
    const detailed = open === undefined ? null : look.need(tlsQuestion(look, open.address));
    if (open !== undefined && detailed === null) return beforeItsLimit(look, seen, open.address);
    const all = detailed === null ? seen : [detailed, ...seen];
    const best = mostTelling(all);
    const plain = open === undefined || best === null ? null : speaksPlainHttp(look, best.fact, open.address);
    if (plain === 'wait') return WAIT;
    if (plain !== null) return fault(look, 'negotiation', 'tls.plaintext-port', 'certain', [...plain, ...(best?.ids ?? [])], { address: open?.address });
    if (best === null) return inconclusive(look, 'unexplained', null, all.flatMap((answer) => answer.ids()));
    const { fact, ids } = best;
    const failure = fact.failure ?? 'handshake';
    const { cause, confidence } = withoutServerName(look, fact) ? SNI_MISSING : nameUnknown(look, failure) ? NAME_UNKNOWN : CAUSE_OF[failure];
    const alias = failure === 'hostname-mismatch' ? externalAlias(look) : null;
    if (alias === 'wait') return WAIT;
    if (alias !== null) return fault(look, 'wrong-address', 'dns.external-name', 'certain', [...ids, ...alias.ids], { address: open?.address, detail: alias.name });
    const mistaken = mistakenAddress(look, failure);
    if (mistaken === 'wait') return WAIT;
    if (mistaken !== null) {
      const because = [...mistaken.evidence, ...ids];
      return fault(look, 'wrong-address', mistaken.cause, 'likely', because, { detail: mistaken.detail, contrast: mistaken.contrast });
    }
    const loss = failure === 'timeout' && open !== undefined ? lossOnPath(look, open.address) : null;
    if (loss === 'wait') return WAIT;
    if (loss !== null) return fault(look, branchOfLoss(loss), loss.cause, loss.confidence, [...loss.evidence, ...ids], { address: open?.address, detail: loss.detail });
    const cliff = failure === 'timeout' && open !== undefined ? sizeCliff(look, open.address) : null;
    if (cliff === 'wait') return WAIT;
    if (cliff !== null) return fault(look, 'large-packets', cliff.cause, 'likely', [...cliff.evidence, ...ids], { address: open?.address, detail: cliff.detail });
    const fake = failure === 'timeout' && open !== undefined ? acceptsAnyPort(look, open.address) : null;
    if (fake === 'wait') return WAIT;
    if (fake !== null) return fault(look, 'nobody-there', 'tcp.fake-accept', 'likely', [...fake, ...ids], { address: open?.address });
    const turns = cause === 'app.connection-closed' && open !== undefined ? answersOthers(look, open.address) : null;
    if (turns === 'wait') return WAIT;
    if (turns !== null) return fault(look, 'sometimes', 'tcp.intermittent', 'likely', [...turns.evidence, ...ids], { address: open?.address, detail: turns.detail });
    const cut = open === undefined || branchOf(failure) !== 'silence' ? null : cutOff(look, open.address);
    if (cut === 'wait') return WAIT;
    if (cut !== null) return fault(look, 'cut-off', 'tcp.rejected-on-path', cut.confidence, [...ids, ...cut.evidence], { address: open?.address, detail: cut.detail, contrast: cut.contrast });
    const evidence = [...ids, ...all.flatMap((answer) => answer.ids('tls'))];
    const details = { address: open?.address, detail: describe(fact) };
    if (cause === null) return inconclusive(look, 'unexplained', null, evidence, { ...details, detail: fact.detail ?? undefined });
    const skew = clockSkew(look, failure, all.flatMap((answer) => answer.fact('tls')?.chain ?? []));
    if (skew !== null) return fault(look, 'certificate', 'tls.clock-skew', 'likely', [...skew.ids, ...evidence], { detail: skew.detail });
    const other = otherIssuer(look, fact, open?.address ?? null);
    if (other === 'wait') return WAIT;
    if (other !== null) return fault(look, 'certificate', 'tls.intercepted', 'likely', [...evidence, ...other.ids], { ...details, contrast: other.contrast });
    if (look.situation.hasOtherFiles && isTrust(failure)) return fault(look, 'certificate', cause, failure === 'self-signed' ? 'likely' : 'possible', evidence, { ...details, trustStore: 'other' });
    return fault(look, cause === SNI_MISSING.cause ? 'negotiation' : nameUnknown(look, failure) ? 'certificate' : branchOf(failure), cause, confidence, evidence, details);
  },
};

/** Failures that depend on whom the one who looks trusts. */
function isTrust(failure: TlsFailure): boolean {
  return failure === 'self-signed' || failure === 'unknown-ca' || failure === 'untrusted';
}

/** The name was sent, and the server has nothing for it (alert 112): it is not that server's. */
const NAME_UNKNOWN = { cause: 'tls.hostname-mismatch', confidence: 'possible' } as const;

function nameUnknown(look: Look, failure: TlsFailure): boolean {
  return failure === 'unrecognized-name' && look.dependency.hostKind === 'name';
}

const SNI_MISSING = { cause: 'tls.sni-required', confidence: 'possible' } as const;

/** The request's own handshake has timed out already, and this one may be silent to its limit: what is known by then decides. */
function beforeItsLimit(look: Look, seen: readonly Answer[], address: string): Decision {
  const timedOut = seen.find((answer) => answer.fact('tls')?.failure === 'timeout');
  const fact = timedOut?.fact('tls') ?? null;
  if (timedOut === undefined || fact === null) return WAIT;
  const ids = timedOut.ids('tls');
  const plain = speaksPlainHttp(look, fact, address);
  if (plain !== null && plain !== 'wait') return fault(look, 'negotiation', 'tls.plaintext-port', 'certain', [...plain, ...ids], { address });
  const fake = acceptsAnyPort(look, address);
  if (fake !== null && fake !== 'wait') return fault(look, 'nobody-there', 'tcp.fake-accept', 'likely', [...fake, ...ids], { address });
  const cliff = smallSegmentsAnswer(look, address) && lossOnPath(look, address) === null ? sizeCliff(look, address) : null;
  if (cliff === null || cliff === 'wait') return WAIT;
  return fault(look, 'large-packets', cliff.cause, 'likely', [...cliff.evidence, ...ids], { address, detail: cliff.detail });
}

/** An address has no name to send (RFC 6066 3): a server that needs one to choose a certificate ends the handshake with alert 40. */
function withoutServerName(look: Look, fact: TlsFact): boolean {
  return look.dependency.hostKind !== 'name' && !fact.established && (fact.failure === 'no-shared-cipher' || fact.failure === 'handshake') && fact.alert === 40;
}

/** The name is an alias that a Service gives another name: the server behind it knows only its own. */
function externalAlias(look: Look): { readonly name: string; readonly ids: readonly string[] } | null | 'wait' {
  const named = serviceNamed(look);
  if (named === null || !named.isSure) return null;
  const answer = look.need({ kind: 'service', namespace: named.namespace, name: named.name });
  if (answer === null) return 'wait';
  const name = answer.fact('service')?.externalName ?? null;
  return name === null ? null : { name, ids: answer.ids('service') };
}

/** Another server's certificate may mean that the name leads to another server. */
function mistakenAddress(look: Look, failure: TlsFailure): ReturnType<typeof wrongAnswer> {
  const another = failure === 'hostname-mismatch' || failure === 'self-signed' || failure === 'unknown-ca' || failure === 'untrusted';
  return another ? wrongAnswer(look) : null;
}

function branchOf(failure: TlsFailure): string {
  switch (failure) {
    case 'plaintext':
    case 'version':
    case 'no-shared-cipher':
    case 'client-certificate-required':
    case 'unrecognized-name':
      return 'negotiation';
    case 'closed':
    case 'reset':
    case 'timeout':
      return 'silence';
    case 'handshake':
      return 'unexplained';
    case 'expired':
    case 'not-yet-valid':
    case 'self-signed':
    case 'unknown-ca':
    case 'incomplete-chain':
    case 'hostname-mismatch':
    case 'untrusted':
      return 'certificate';
  }
}

function handshakes(look: Look): readonly Answer[] {
  const request = look.peek(requestQuestion(look));
  return request === null || request.fact('tls') === null ? [] : [request];
}

const VAGUE: ReadonlySet<TlsFailure> = new Set(['handshake', 'untrusted', 'closed', 'reset', 'timeout']);

/** The fact that says most: a named failure before a vague one, and one that shows the chain before one that does not. */
function mostTelling(answers: readonly Answer[]): { fact: TlsFact; ids: readonly string[] } | null {
  const facts = answers.flatMap((answer) => {
    const fact = answer.fact('tls');
    return fact === null || fact.failure === null ? [] : [{ fact, ids: answer.ids('tls') }];
  });
  const weight = ({ fact }: { fact: TlsFact }): number =>
    (fact.failure !== null && VAGUE.has(fact.failure) ? 0 : 2) + (fact.chain.length > 0 ? 1 : 0);
  return [...facts].sort((a, b) => weight(b) - weight(a))[0] ?? null;
}

/** Certificates have whole seconds (RFC 5280 4.1.2.5). */
function dateOf(iso: string | null | undefined): string | undefined {
  return iso?.replace('.000Z', 'Z');
}

function describe(fact: TlsFact): string | undefined {
  const leaf = fact.chain[0];
  switch (fact.failure) {
    case 'expired':
      return dateOf(leaf?.notAfter) ?? fact.detail ?? undefined;
    case 'not-yet-valid':
      return dateOf(leaf?.notBefore) ?? fact.detail ?? undefined;
    case 'hostname-mismatch':
      return leaf === undefined || leaf.names.length === 0 ? (fact.detail ?? undefined) : leaf.names.join(', ');
    case 'self-signed':
    case 'unknown-ca':
    case 'incomplete-chain':
    case 'untrusted':
      return leaf?.issuer ?? fact.detail ?? undefined;
    default:
      return fact.detail === null ? undefined : openSslReason(fact.detail);
  }
}

/** `... error:0A000458:SSL routines:ssl3_read_bytes:tlsv1 unrecognized name:../ssl/record/rec_layer_s3.c:918:SSL alert number 112` (OpenSSL 3): the reason alone. */
function openSslReason(detail: string): string {
  const [, reason, alert] = /:SSL routines:[^:]*:([^:]+):[^:]*:\d+:(?:SSL alert number (\d+))?/u.exec(detail) ?? [];
  return reason === undefined ? detail : `${reason}${alert === undefined ? '' : ` (alert ${alert})`}`;
}

/** An authority that is not trusted here, where another place sees a certificate of another issuer that it accepts. */
function otherIssuer(look: Look, fact: TlsFact, address: string | null): { ids: readonly string[]; contrast: string } | null | 'wait' {
  const suspicious = fact.failure === 'unknown-ca' || fact.failure === 'self-signed' || fact.failure === 'untrusted';
  const issuer = fact.chain[0]?.issuer;
  if (!suspicious || issuer === undefined || address === null) return null;
  let waiting = false;
  for (const { id, name } of look.situation.contrasts) {
    const answer = look.need(tlsQuestion(look, address), id);
    if (answer === null) waiting = true;
    const theirs = answer?.fact('tls') ?? null;
    if (answer === null || theirs === null || theirs.failure !== null || !theirs.established) continue;
    if ((theirs.chain[0]?.issuer ?? issuer) !== issuer) return { ids: answer.ids('tls'), contrast: name };
  }
  return waiting ? 'wait' : null;
}

/** A server that speaks TLS on the port may answer a plain request too: with 400, or with a redirect to https (nginx's 497). */
function isPlainServer(http: HttpFact): boolean {
  return http.outcome === 'response' && http.status !== 400 && !/^https:/iu.test(http.headers['location'] ?? '');
}

/** Nobody answered the ClientHello: some servers wait for the end of a plain request that they take it for. */
function speaksPlainHttp(look: Look, fact: TlsFact, address: string): readonly string[] | null | 'wait' {
  const silent = fact.failure === 'timeout' || fact.failure === 'closed' || fact.failure === 'reset' || fact.failure === 'handshake';
  if (!silent || fact.established) return null;
  const question = plainRequestQuestion(look, address);
  const answer = look.need(question);
  if (answer === null) return look.waitingMs(question) >= PLAIN_ANSWER_MS ? null : 'wait';
  const http = answer.fact('http');
  return http !== null && isPlainServer(http) ? answer.ids('http') : null;
}
