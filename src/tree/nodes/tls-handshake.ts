import type { CauseId, Confidence } from '../../domain/cause.ts';
import type { HttpFact, TlsFact, TlsFailure } from '../../domain/facts.ts';
import { fault, inconclusive, WAIT, type TreeNode } from '../node.ts';
import { acceptsAnyPort } from '../fake-accept.ts';
import { largePacketsVanish } from '../large-packets.ts';
import { wrongAnswer } from '../name-answer.ts';
import type { Answer, Look } from '../look.ts';
import { connections, plainRequestQuestion, requestQuestion, tlsQuestion } from '../reading.ts';

/** A clock that is off by more than this explains a certificate that is not valid "now". */
const CLOCK_MARGIN_MS = 120_000;

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
    { id: 'wrong-address', goto: null, causes: ['dns.stale-hosts', 'dns.search-hijack', 'dns.split-horizon'] },
    { id: 'large-packets', goto: null, causes: ['ip.pmtu-blackhole'] },
    { id: 'nobody-there', goto: null, causes: ['tcp.fake-accept'] },
    { id: 'silence', goto: null, causes: ['app.connection-closed', 'app.slow-response'] },
    { id: 'unexplained', goto: null, causes: [] },
  ],
  decide(look) {
    const seen = handshakes(look);
    const open = connections(look).find((one) => one.fact.outcome === 'connected');
    const detailed = open === undefined ? null : look.need(tlsQuestion(look, open.address));
    if (open !== undefined && detailed === null) return WAIT;
    const all = detailed === null ? seen : [detailed, ...seen];
    const best = mostTelling(all);
    const plain = open === undefined || best === null ? null : speaksPlainHttp(look, best.fact, open.address);
    if (plain === 'wait') return WAIT;
    if (plain !== null) return fault(look, 'negotiation', 'tls.plaintext-port', 'certain', [...plain, ...(best?.ids ?? [])], { address: open?.address });
    if (best === null) return inconclusive(look, 'unexplained', null, all.flatMap((answer) => answer.ids()));
    const { fact, ids } = best;
    const failure = fact.failure ?? 'handshake';
    const { cause, confidence } = withoutServerName(look, fact) ? SNI_MISSING : CAUSE_OF[failure];
    const mistaken = mistakenAddress(look, failure);
    if (mistaken === 'wait') return WAIT;
    if (mistaken !== null) {
      const because = [...mistaken.evidence, ...ids];
      return fault(look, 'wrong-address', mistaken.cause, 'likely', because, { detail: mistaken.detail, contrast: mistaken.contrast });
    }
    const large = failure === 'timeout' && open !== undefined ? largePacketsVanish(look, open.address) : null;
    if (large === 'wait') return WAIT;
    if (large !== null) return fault(look, 'large-packets', 'ip.pmtu-blackhole', 'likely', [...large, ...ids], { address: open?.address });
    const fake = failure === 'timeout' && open !== undefined ? acceptsAnyPort(look, open.address) : null;
    if (fake === 'wait') return WAIT;
    if (fake !== null) return fault(look, 'nobody-there', 'tcp.fake-accept', 'likely', [...fake, ...ids], { address: open?.address });
    const evidence = [...ids, ...all.flatMap((answer) => answer.ids('tls'))];
    const details = { address: open?.address, detail: describe(fact) };
    if (cause === null) return inconclusive(look, 'unexplained', null, evidence, { ...details, detail: fact.detail ?? undefined });
    const skew = clockSkew(look, failure);
    if (skew !== null) return fault(look, 'certificate', 'tls.clock-skew', 'likely', [...skew.ids, ...evidence], { detail: skew.detail });
    const other = otherIssuer(look, fact, open?.address ?? null);
    if (other === 'wait') return WAIT;
    if (other !== null) return fault(look, 'certificate', 'tls.intercepted', 'likely', [...evidence, ...other.ids], { ...details, contrast: other.contrast });
    return fault(look, cause === SNI_MISSING.cause ? 'negotiation' : branchOf(failure), cause, confidence, evidence, details);
  },
};

const SNI_MISSING = { cause: 'tls.sni-required', confidence: 'possible' } as const;

/** An address has no name to send (RFC 6066 3): a server that needs one to choose a certificate ends the handshake with alert 40. */
function withoutServerName(look: Look, fact: TlsFact): boolean {
  return look.dependency.hostKind !== 'name' && !fact.established && (fact.failure === 'no-shared-cipher' || fact.failure === 'handshake') && fact.alert === 40;
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
      return fact.detail ?? undefined;
  }
}

/** A pod whose clock is off sees good certificates as expired or not yet valid. */
function clockSkew(look: Look, failure: TlsFailure): { ids: readonly string[]; detail: string } | null {
  if (failure !== 'expired' && failure !== 'not-yet-valid') return null;
  const answer = look.peek({ kind: 'files' });
  const clock = answer?.fact('clock') ?? null;
  if (answer === null || clock === null) return null;
  if (Math.abs(clock.offsetMs) < CLOCK_MARGIN_MS + clock.uncertaintyMs) return null;
  // A slow clock makes certificates "not yet valid", a fast one makes them "expired".
  if (failure === 'expired' ? clock.offsetMs < 0 : clock.offsetMs > 0) return null;
  return { ids: answer.ids('clock'), detail: `${String(Math.round(clock.offsetMs / 1000))} s` };
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
