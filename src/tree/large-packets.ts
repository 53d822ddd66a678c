/** Connected, and then silence: is it the size of the packets? */
import type { CauseId } from '../domain/cause.ts';
import type { Question } from '../domain/question.ts';
import { lastAnsweringHop } from '../domain/trace-reading.ts';
import type { Look } from './look.ts';
import { bestRoute, routesFor } from './link-fault.ts';
import { isIpv6, pinnedRequestQuestion, proxyFor, requestQuestion, tlsQuestion } from './reading.ts';
import { helpful, pingQuestion } from './silence.ts';

/** IPv4 or IPv6 header, and ICMP's (RFC 791, RFC 8200, RFC 792). */
const HEADERS_BYTES = { 4: 28, 6: 48 } as const;
const USUAL_MTU_BYTES = 1500;
/** With its headers it fits every link that IPv4 or IPv6 knows (576 and 1280 octets). */
const SMALL_SEGMENT_BYTES = 500;
/** Whoever answers small segments this much sooner than large ones does not merely take its time. */
const PATIENCE_FACTOR = 3;
const LEAST_PATIENCE_MS = 1500;

/** The MTU of the vantage's own link, at most the usual one. */
function linkMtuBytes(look: Look): number {
  const links = look.peek({ kind: 'interfaces' })?.fact('interfaces')?.interfaces.filter((one) => !one.loopback && one.up) ?? [];
  return Math.min(links.map((one) => one.mtuBytes).find((mtu) => mtu !== null) ?? USUAL_MTU_BYTES, USUAL_MTU_BYTES);
}

/** An echo that fills the vantage's own link. Linux sends it with Don't Fragment set, as it does its TCP segments. */
export function largePingQuestion(look: Look, address: string): Question {
  return { kind: 'ping', address, sizeBytes: linkMtuBytes(look) - HEADERS_BYTES[isIpv6(address) ? 6 : 4] };
}

/** What the application asks, in segments that fit any link; null for a protocol whose first words are small anyway. */
export function smallSegmentsQuestion(look: Look, address: string): Question | null {
  const { dependency } = look;
  if (dependency.application === 'http') return { kind: 'request', url: dependency.url, address, direct: true, attempt: 0, segmentBytes: SMALL_SEGMENT_BYTES };
  const { port } = dependency;
  return dependency.tls ? { kind: 'tls', address, port, serverName: dependency.hostKind === 'name' ? dependency.host : null, segmentBytes: SMALL_SEGMENT_BYTES } : null;
}

/** Everything that tells whether size matters, put once an open connection keeps silent. */
export function askEarlyForSize(look: Look, address: string): void {
  look.need(pingQuestion(address));
  look.need(largePingQuestion(look, address));
  const small = smallSegmentsQuestion(look, address);
  if (small === null) return;
  look.need(small);
  // The same again in full, and without a look-up that may be what takes its time.
  if (look.dependency.application === 'http') look.need(pinnedRequestQuestion(look, address));
  for (const trace of traceQuestions(look, address)) look.need(trace);
}

function traceQuestions(look: Look, address: string): readonly [short: Question, long: Question] {
  return [{ kind: 'trace', address, port: null }, { kind: 'trace', address, port: null, sizeBytes: linkMtuBytes(look) }];
}

/**
 * True when small segments got their answer long ago, and all questions in full-sized ones still wait: there is no need to wait for their
 * own limits.
 */
export function onlySmallSegmentsAnswer(look: Look, address: string): boolean {
  const question = proxyFor(look) === null ? smallSegmentsQuestion(look, address) : null;
  const answer = question === null ? null : look.peek(question);
  if (question === null || answer === null || !isAnswer(look, question)) return false;
  // From the asking to the end, as for those that still wait: at a slow place it is the start of commands that takes the time.
  const patienceMs = Math.max(LEAST_PATIENCE_MS, (answer.observations[0]?.durationMs ?? 0) * PATIENCE_FACTOR);
  const full = look.dependency.application === 'http' ? [requestQuestion(look), pinnedRequestQuestion(look, address)] : [tlsQuestion(look, address)];
  return full.every((one) => look.waitingMs(one) >= patienceMs);
}

/** A whole answer, or at least a whole handshake: the server's certificates are larger than any segment. */
function isAnswer(look: Look, question: Question): boolean {
  const answer = look.peek(question);
  const http = answer?.fact('http') ?? null;
  return http === null ? answer?.fact('tls')?.established === true : http.outcome === 'response';
}

/** What gets no answer in full-sized segments got one in small ones. */
export function smallSegmentsAnswer(look: Look, address: string): boolean {
  const question = smallSegmentsQuestion(look, address);
  return question !== null && isAnswer(look, question);
}

export interface SizeCliff {
  readonly cause: Extract<CauseId, 'ip.pmtu-blackhole' | 'link.mtu-mismatch'>;
  readonly evidence: readonly string[];
  readonly detail: string | undefined;
}

/** Do large packets vanish on the way to this address, and where? null for no, or when nothing here could tell. */
export function sizeCliff(look: Look, address: string): SizeCliff | null | 'wait' {
  const evidence = bySegments(look, address) ?? largeEchoesVanish(look, address);
  if (evidence === 'wait' || evidence === null || evidence.length === 0) return evidence === 'wait' ? 'wait' : null;
  return placeOf(look, address, evidence);
}

/** Evidence ids when small segments are answered, none when they are met with the same silence; null when they could not be tried. */
function bySegments(look: Look, address: string): readonly string[] | null | 'wait' {
  const question = smallSegmentsQuestion(look, address);
  if (question === null) return null;
  const answer = look.need(question);
  if (answer === null) return onlyEchoesLeft(look, question) ? null : 'wait';
  if (answer.fact('http') === null && answer.fact('tls') === null) return null;
  return isAnswer(look, question) ? answer.ids() : [];
}

/** Small segments that are silent for as long as a connect may take tell nothing yet, and are not waited for any longer. */
function onlyEchoesLeft(look: Look, question: Question): boolean {
  return look.waitingMs(question) >= look.situation.connectTimeoutMs;
}

/** Small echoes come back and large ones do not? */
function largeEchoesVanish(look: Look, address: string): readonly string[] | null | 'wait' {
  const small = helpful(look, pingQuestion(address));
  const large = helpful(look, largePingQuestion(look, address));
  if (small === 'late' || (small !== null && (small.fact('ping')?.received ?? 0) === 0)) return null;
  if (small === null || large === null) return 'wait';
  const fact = large === 'late' ? null : large.fact('ping');
  // "Fragmentation needed" was heard: the sender learns of it and sends smaller ones. That is how it should be.
  const told = fact?.errors.some(({ error }) => error === 'fragmentation-needed') === true;
  // Where small ones are lost as well, size is not what makes the difference.
  if ((small.fact('ping')?.lossPercent ?? 0) > 0) return null;
  return large !== 'late' && fact !== null && fact.sent > 0 && fact.received === 0 && !told ? [...small.ids('ping'), ...large.ids('ping')] : null;
}

/** A cliff before the second router is the pod's or the node's own: their MTUs do not fit. */
function placeOf(look: Look, address: string, evidence: readonly string[]): SizeCliff | 'wait' {
  const node = smallerNodeLink(look, address);
  if (node === 'wait') return 'wait';
  if (node !== null) return { cause: 'link.mtu-mismatch', evidence: [...evidence, ...node.ids], detail: node.detail };
  const [short, long] = traceQuestions(look, address).map((question) => helpful(look, question));
  if (short === null || long === null || short === undefined || long === undefined) return 'wait';
  const shortFact = short === 'late' ? null : short.fact('trace');
  const longFact = long === 'late' ? null : long.fact('trace');
  const elsewhere: SizeCliff = { cause: 'ip.pmtu-blackhole', evidence, detail: undefined };
  if (short === 'late' || long === 'late' || shortFact === null || longFact === null) return elsewhere;
  const reaches = lastAnsweringHop(shortFact)?.ttl ?? 0;
  const last = lastAnsweringHop(longFact);
  const ids = [...evidence, ...long.ids('trace'), ...short.ids('trace')];
  if (longFact.reached || reaches <= (last?.ttl ?? 0)) return elsewhere;
  return { cause: (last?.ttl ?? 0) <= 1 && reaches >= 2 ? 'link.mtu-mismatch' : 'ip.pmtu-blackhole', evidence: ids, detail: last?.address };
}

/** The pod's node is among the places to compare with, and its link towards the address takes less than the pod's own. */
function smallerNodeLink(look: Look, address: string): { readonly ids: readonly string[]; readonly detail: string } | null | 'wait' {
  const own = look.peek({ kind: 'interfaces' });
  const ownLink = own?.fact('interfaces')?.interfaces.find((one) => !one.loopback && one.up && one.mtuBytes !== null);
  const node = look.situation.contrasts.find(({ relation }) => relation === 'node');
  if (own === null || ownLink === undefined || ownLink.mtuBytes === null || node === undefined) return null;
  const { mtuBytes } = ownLink;
  const answer = look.need({ kind: 'interfaces' }, node.id);
  const routes = look.need({ kind: 'routes' }, node.id);
  if (answer === null || routes === null) return 'wait';
  const table = routesFor(routes, isIpv6(address));
  const device = table === null ? null : (bestRoute(table, address)?.device ?? null);
  const smaller = answer.fact('interfaces')?.interfaces.find((one) => one.name === device && one.mtuBytes !== null && one.mtuBytes < mtuBytes);
  if (smaller === undefined) return null;
  return { ids: [...own.ids('interfaces'), ...answer.ids('interfaces'), ...routes.ids('routes')], detail: `${ownLink.name} ${String(mtuBytes)} > ${smaller.name} ${String(smaller.mtuBytes)}` };
}
