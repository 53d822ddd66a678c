import type { CauseId, Confidence } from '../domain/cause.ts';
import type { Question } from '../domain/question.ts';
import { countersQuestion } from './counters.ts';
import { TARGET, type Look } from './look.ts';
import { nameserversOf } from './nameservers.ts';
import { pacedMs } from './pace.ts';
import { connectQuestion } from './reading.ts';
import { helpful, pingQuestion, REPEATED_TRIES } from './silence.ts';
import { hasOwnClocks } from './timed.ts';

/**
 * A SYN is sent again after one second, and then after one or two more (RFC 6298 2.1; net.ipv4.tcp_syn_linear_timeouts): a connect that is
 * slower than another by whole seconds lost a packet. One that is slower by anything else was merely slow.
 */
const RETRANSMISSION_MS = 1000;
const TIMER_SLACK_MS = 250;
const FURTHER_TRIES = [5, 6, 7, 8, 9] as const;
const LEAST_SLOW = 2;
/** A busy machine can hold up the lines of a tool that does not measure for itself. */
const LEAST_SLOW_BY_ARRIVALS = 3;
/** One echo of ten is nothing; two are. */
const LOSSY_PERCENT = 20;

export function manyPingsQuestion(address: string): Question {
  return { kind: 'ping', address, many: true };
}

export interface Loss {
  /** Where every echo comes back, it is not the path that loses packets: somebody drops those of new connections, when there are many, say. */
  readonly cause: Extract<CauseId, 'ip.packet-loss' | 'tcp.intermittent'>;
  /** Without echoes, either may be it. */
  readonly confidence: Confidence;
  readonly evidence: readonly string[];
  /** `3/10`: tries that had to be repeated or failed. */
  readonly detail: string;
}

/**
 * Some tries connect only after a packet was sent again. One such try is nothing; several are, or one where echoes are lost as well. Where
 * whole connections fare well or badly, none is slow: that is no loss of packets. null when there is none.
 */
export function lossOnPath(look: Look, address: string): Loss | null | 'wait' {
  const first = triesOf(look, address, [0, ...REPEATED_TRIES]);
  if (first === 'wait') return 'wait';
  const hint = echoHint(look, address);
  if (hint === 'wait') return 'wait';
  // Where packets are lost one by one, more connections are slow than fail: none slow among those that came about is no loss.
  if (first.slow.length === 0 && !hint) return null;
  const all = triesOf(look, address, [0, ...REPEATED_TRIES, ...FURTHER_TRIES]);
  const echoes = echoLoss(look, address);
  if (all === 'wait' || echoes === 'wait') return 'wait';
  const { slow, failed } = all;
  const doubtful = echoes === null || echoes.percent > 0;
  // One packet is lost everywhere now and then; with two of them lost, one by one, it is the rule.
  const lost = slow.length >= (all.isMeasured ? LEAST_SLOW : LEAST_SLOW_BY_ARRIVALS) || (slow.length > 0 && failed.length > 0 && doubtful) || (slow.length > 0 && (echoes?.percent ?? 0) >= LOSSY_PERCENT);
  if (!lost) return null;
  const resent = sentAgain(look);
  if (resent === 'wait') return 'wait';
  if (resent.isRefuted) return null;
  const detail = `${String(slow.length + failed.length)}/${String(all.tries)}`;
  return { cause: echoes?.percent === 0 ? 'tcp.intermittent' : 'ip.packet-loss', confidence: echoes === null ? 'possible' : 'likely', evidence: [...slow, ...failed, ...(echoes?.ids ?? []), ...resent.ids], detail };
}

/** A try that takes longer than another by this much has lost a packet, or is lost itself; at a slow place, it may be the place. */
const LATE_TRY_MS = { least: 500, most: 1200 } as const;
const LATE_IN_PACES = 3;

/** Once a try is slow where another was not: what tells whether that is the rule, while other tries and requests still wait. */
export function askEarlyForLoss(look: Look, address: string): void {
  const attempts = [0, ...REPEATED_TRIES];
  const known = attempts.filter((attempt) => look.peek(connectQuestion(address, look.dependency.port, attempt)) !== null);
  const tries = triesOf(look, address, known);
  if (tries === 'wait') return;
  const lateMs = (tries.fastestMs ?? Infinity) + pacedMs(look, LATE_TRY_MS, LATE_IN_PACES);
  const isLate = attempts.some((attempt) => look.waitingMs(connectQuestion(address, look.dependency.port, attempt)) >= lateMs);
  if (!isLate && tries.slow.length === 0) return;
  for (const attempt of FURTHER_TRIES) look.need(connectQuestion(address, look.dependency.port, attempt));
  look.need(manyPingsQuestion(address));
}

/** Does the kernel count segments that it sent again (RFC 4022, tcpRetransSegs)? A place that is merely slow sends nothing twice. */
function sentAgain(look: Look): { readonly isRefuted: boolean; readonly ids: readonly string[] } | 'wait' {
  if (look.need(countersQuestion(0)) === null) return 'wait';
  const answer = look.need(countersQuestion(3));
  if (answer === null) return 'wait';
  const changes = answer.fact('counters')?.changes ?? null;
  // Where nothing is counted at all, that nothing was sent again says nothing.
  const counts = changes !== null && (changes['TcpOutSegs'] ?? 0) > 0;
  const resent = changes?.['TcpRetransSegs'] ?? 0;
  return { isRefuted: counts && resent === 0, ids: resent > 0 ? answer.ids('counters') : [] };
}

/** The branch that says so, in the nodes that have one for either. */
export function branchOfLoss({ cause }: Loss): string {
  return cause === 'ip.packet-loss' ? 'loses-packets' : 'sometimes';
}

/** Echoes come back sooner than this, or there is no use in waiting for them. */
const ECHO_PATIENCE_MS = 1000;

/** Some of a few echoes were lost: no evidence, but a reason to look more closely. */
function echoHint(look: Look, address: string): boolean | 'wait' {
  const answer = look.need(pingQuestion(address));
  if (answer === null) return look.waitingMs(pingQuestion(address)) >= ECHO_PATIENCE_MS ? false : 'wait';
  const fact = answer.fact('ping');
  return fact !== null && fact.received > 0 && fact.lossPercent > 0;
}

/** The share of echoes that did not come back; null when none did, or when ping cannot tell. */
function echoLoss(look: Look, address: string): { readonly percent: number; readonly ids: readonly string[] } | null | 'wait' {
  const answer = helpful(look, manyPingsQuestion(address));
  if (answer === null) return 'wait';
  const fact = answer === 'late' ? null : answer.fact('ping');
  return answer === 'late' || fact === null || fact.received === 0 ? null : { percent: fact.lossPercent, ids: answer.ids('ping') };
}

/** True once some of many echoes have come back: somebody is there, whatever else is lost on the way. */
export function echoes(look: Look, address: string): boolean {
  return (look.peek(manyPingsQuestion(address))?.fact('ping')?.received ?? 0) > 0;
}

/** Look-ups are slow because packets to the nameservers are lost: evidence ids, null when their echoes are not, or nobody can tell. */
export function lossToNameservers(look: Look): readonly string[] | null | 'wait' {
  const losses = (nameserversOf(look) ?? []).map((nameserver) => echoLoss(look, nameserver));
  if (losses.includes('wait')) return 'wait';
  return losses.flatMap((one) => (one === null || one === 'wait' || one.percent < LOSSY_PERCENT ? [] : [one.ids]))[0] ?? null;
}

interface Tries {
  readonly tries: number;
  /** null when none connected, or nothing timed it. */
  readonly fastestMs: number | null;
  /** Ids of those that took a retransmission longer than the fastest. */
  readonly slow: readonly string[];
  /** The tools measured all slow ones for themselves. */
  readonly isMeasured: boolean;
  /** Ids of those that did not come about at all. */
  readonly failed: readonly string[];
}

function triesOf(look: Look, address: string, attempts: readonly number[]): Tries | 'wait' {
  const answers = attempts.map((attempt) => look.need(connectQuestion(address, look.dependency.port, attempt)));
  if (answers.includes(null)) return 'wait';
  // Requests connect as well: how long that took is known of those that are over.
  const requests = look.all('request', TARGET).filter((answer) => answer.fact('connect')?.address === address && answer.fact('http') !== null);
  const facts = [...answers, ...requests].flatMap((answer) => {
    const fact = answer?.fact('connect') ?? null;
    return answer === null || fact === null ? [] : [{ outcome: fact.outcome, elapsedMs: fact.elapsedMs, ownClock: hasOwnClocks(answer), ids: answer.ids('connect') }];
  });
  const connected = facts.filter(({ outcome }) => outcome === 'connected');
  // Where the first packet of each connection is lost, all of them are slow, and an echo is not.
  const echoMs = look.peek(pingQuestion(address))?.fact('ping')?.rttMs?.min ?? Infinity;
  const fastestMs = Math.min(echoMs, ...connected.map(({ elapsedMs }) => elapsedMs ?? Infinity));
  const slow = connected.filter(({ elapsedMs }) => elapsedMs !== null && isRetransmitted(elapsedMs - fastestMs));
  return {
    tries: facts.length,
    fastestMs: Number.isFinite(fastestMs) ? fastestMs : null,
    slow: slow.flatMap(({ ids }) => ids),
    isMeasured: slow.every(({ ownClock }) => ownClock),
    failed: facts.filter(({ outcome }) => outcome === 'timeout').flatMap(({ ids }) => ids),
  };
}

function isRetransmitted(slowerByMs: number): boolean {
  const timers = Math.round(slowerByMs / RETRANSMISSION_MS);
  return timers >= 1 && Math.abs(slowerByMs - timers * RETRANSMISSION_MS) <= TIMER_SLACK_MS;
}
