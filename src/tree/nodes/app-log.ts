import type { EndpointsFact, ResolveOutcome } from '../../domain/facts.ts';
import type { LogError } from '../../domain/found-dependency.ts';
import type { Note } from '../../domain/verdict.ts';
import { answerIds, healthy } from '../healthy.ts';
import type { Answer, Look } from '../look.ts';
import { fault, parametersOf, WAIT, type Decision, type TreeNode } from '../node.ts';
import { errorsAbout, insteadOf, isExhaustion, isRecent, logQuestion, steadyResetMs, watchForQuestion, watchQuestion } from '../own-log.ts';
import { connectQuestion, httpAnswer } from '../reading.ts';

/** A limit that is shorter than what was measured by less than this may be a matter of luck. */
const CLEARLY_LONGER = 1.2;

/**
 * The guide's "curl works and the application still fails": all probes pass, and the application's own log says whether it fails now. Old
 * errors, errors of before a restart and errors about other destinations do not count (docs/decisions/when-a-log-counts.md).
 */
export const appLog: TreeNode = {
  id: 'app.log',
  layer: 'application',
  branches: [
    { id: 'not-read', goto: null, causes: [] },
    { id: 'no-error', goto: null, causes: ['policy.not-enforced'] },
    { id: 'old-error', goto: null, causes: ['app.not-network', 'app.connections-exhausted'] },
    { id: 'fails-now', goto: null, causes: ['app.not-network', 'app.timeout-too-short', 'tcp.idle-timeout'] },
    { id: 'own-limit', goto: null, causes: ['app.connections-exhausted'] },
    { id: 'elsewhere', goto: null, causes: ['app.wrong-endpoint'] },
  ],
  decide(look) {
    const evidence = answerIds(look);
    const log = look.need(logQuestion());
    if (log === null) return WAIT;
    const errors = log.fact('log')?.errors ?? null;
    if (errors === null) return healthy(look, 'not-read', evidence);
    return judgeOwnLimit(look, log, errors, evidence) ?? judgeAbout(look, log, errors, evidence) ?? judgeOthers(look, log, errors, evidence) ?? ending(look, log, errors, evidence);
  },
};

/** Its own limit is met again while the probes pass. Such a line names no destination, but may name a kind of pool. */
function judgeOwnLimit(look: Look, log: Answer, errors: readonly LogError[], evidence: readonly string[]): Decision | null {
  const recent = errors.filter((error) => isExhaustion(look, error) && isRecent(error));
  if (recent.length === 0) return null;
  const watched = look.need(watchForQuestion('app.connections-exhausted', recent));
  if (watched === null) return WAIT;
  const seen = watched.fact('log')?.errors ?? null;
  // A log that broke off is no quiet log.
  if (seen === null) return healthy(look, 'not-read', evidence);
  const newest = seen.findLast((error) => isExhaustion(look, error));
  if (newest === undefined) return null;
  return fault(look, 'own-limit', 'app.connections-exhausted', 'likely', [...watched.ids('log'), ...log.ids('log'), ...evidence], { detail: newest.text });
}

/** Errors about the dependency, a moment old: does the application fail again while our probes pass? */
function judgeAbout(look: Look, log: Answer, errors: readonly LogError[], evidence: readonly string[]): Decision | null {
  const about = errorsAbout(look, errors);
  const steadyMs = steadyResetMs(about);
  if (steadyMs !== null) {
    return fault(look, 'fails-now', 'tcp.idle-timeout', 'likely', [...log.ids('log'), ...evidence], { detail: `${String(Math.round(steadyMs / 1000))} s` });
  }
  const recent = about.filter(isRecent);
  if (recent.length === 0) return null;
  const watched = look.need(watchQuestion(look, recent));
  if (watched === null) return WAIT;
  const seen = watched.fact('log')?.errors ?? null;
  if (seen === null) return healthy(look, 'not-read', evidence);
  const newest = errorsAbout(look, seen).at(-1);
  if (newest === undefined) return null;
  const ids = [...watched.ids('log'), ...log.ids('log'), ...evidence];
  return judgeTimeout(look, newest, ids) ?? notNetwork(look, newest, ids);
}

/** It waits for less time than the dependency takes to answer. */
function judgeTimeout(look: Look, { meaning, limitMs, text }: LogError, ids: readonly string[]): Decision | null | typeof WAIT {
  const http = httpAnswer(look)?.fact('http') ?? null;
  const neededMs = http?.firstByteMs ?? http?.totalMs ?? null;
  if (meaning !== 'timeout' || neededMs === null) return null;
  const measured = `${String(Math.round(neededMs))} ms`;
  if (limitMs !== null) {
    return neededMs > limitMs * CLEARLY_LONGER ? fault(look, 'fails-now', 'app.timeout-too-short', 'certain', ids, { detail: `${measured} > ${String(limitMs)} ms: ${text}` }) : null;
  }
  const configured = look.need({ kind: 'endpoints' });
  if (configured === null) return WAIT;
  const limit = configured.fact('endpoints')?.limits.filter((one) => neededMs > one.limitMs * CLEARLY_LONGER).toSorted((a, b) => b.limitMs - a.limitMs)[0];
  if (limit === undefined) return null;
  const detail = `${measured} > ${limit.name} ${String(limit.limitMs)} ms`;
  return fault(look, 'fails-now', 'app.timeout-too-short', 'likely', [...configured.ids('endpoints'), ...ids], { detail });
}

/** Meanings that a network between the two could still explain: it may have failed for the application alone. */
const OF_A_NETWORK: readonly LogError['meaning'][] = ['refused', 'timeout', 'unreachable', 'reset', 'dns'];

function notNetwork(look: Look, { meaning, text }: LogError, ids: readonly string[]): Decision {
  return fault(look, 'fails-now', 'app.not-network', OF_A_NETWORK.includes(meaning) ? 'possible' : 'likely', ids, { detail: text });
}

/** The application fails at something that it seems to take for the dependency; a probe has to fail there, too. */
function judgeOthers(look: Look, log: Answer, errors: readonly LogError[], evidence: readonly string[]): Decision | null {
  const others = errors.filter((error) => !error.previous && error.host !== null && isRecent(error) && errorsAbout(look, [error]).length === 0);
  if (others.length === 0) return null;
  const configured = look.need({ kind: 'endpoints' });
  if (configured === null) return WAIT;
  const fact = configured.fact('endpoints');
  const other = fact === null ? null : insteadOf(look, fact);
  if (other === null) return null;
  const failure = failureOf(look, other);
  if (failure === 'wait') return WAIT;
  if (failure === null) return null;
  const detail = [`${other.host}:${String(other.port)}`, ...other.names].join(', ');
  return fault(look, 'elsewhere', 'app.wrong-endpoint', 'likely', [...log.ids('log'), ...configured.ids('endpoints'), ...failure, ...evidence], { detail });
}

/** Ids of the probe that fails at that endpoint; null when it works there, or cannot be asked. */
function failureOf(look: Look, { host, port }: EndpointsFact['endpoints'][number]): readonly string[] | null | 'wait' {
  const addresses = addressesAt(look, host);
  if (addresses === 'wait' || !('addresses' in addresses)) return addresses === 'wait' ? 'wait' : addresses.failed;
  const [address] = addresses.addresses;
  if (address === undefined) return null;
  const connect = look.need(connectQuestion(address, port));
  if (connect === null) return 'wait';
  const outcome = connect.fact('connect')?.outcome;
  return outcome === undefined || outcome === 'connected' ? null : connect.ids('connect');
}

function addressesAt(look: Look, host: string): { readonly addresses: readonly string[] } | { readonly failed: readonly string[] } | 'wait' {
  if (/^[\d.]+$|:/u.test(host)) return { addresses: [host] };
  const resolve = look.need({ kind: 'resolve', name: host });
  if (resolve === null) return 'wait';
  const fact = resolve.fact('resolve');
  if (fact === null || isUnanswered(look, fact.outcome)) return { addresses: [] };
  return fact.outcome === 'answered' ? { addresses: fact.addresses } : { failed: resolve.ids('resolve') };
}

const UNANSWERED: ReadonlySet<string> = new Set(['timeout', 'unreachable', 'try-again', 'servfail', 'refused']);

/** Nobody said anything about this name: it may be right, and the look-up of names what fails. */
function isUnanswered(look: Look, outcome: ResolveOutcome): boolean {
  const isDnsDown = look.peek({ kind: 'cluster-dns' })?.fact('cluster-dns')?.readyEndpoints === 0;
  return UNANSWERED.has(outcome) || (outcome === 'failed' && isDnsDown);
}

/** It works now. What the log of this container says of before is worth knowing. */
function ending(look: Look, log: Answer, errors: readonly LogError[], evidence: readonly string[]): Decision {
  const about = errorsAbout(look, errors).at(-1);
  const exhausted = errors.findLast((error) => error.cause === 'app.connections-exhausted' && !error.previous && isRecent(error));
  const notes = [...noteOf(look, log, 'app.not-network', about), ...noteOf(look, log, 'app.connections-exhausted', exhausted)];
  return healthy(look, notes.length === 0 ? 'no-error' : 'old-error', evidence, notes);
}

function noteOf(look: Look, log: Answer, cause: Note['cause'], last: LogError | undefined): readonly Note[] {
  if (last === undefined) return [];
  const since = last.at === null ? {} : { since: last.at.replace(/\.\d+/u, '') };
  return [{ cause, confidence: 'possible', parameters: { ...parametersOf(look, { detail: last.text }), ...since }, evidence: log.ids('log') }];
}
