/** The node's connection tracking as a witness: what became of this pod's packets there. Asked where the pod's node is a place to compare with. */
import type { CauseId } from '../domain/cause.ts';
import type { ConntrackFact } from '../domain/facts.ts';
import type { Question } from '../domain/question.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import type { Answer, Look } from './look.ts';

/** A table this full drops what it cannot enter, now and then (nf_conntrack drops at its limit, and makes room where it can). */
const FULL_SHARE = 0.97;
/** Our own tries alone are as many: fewer may be anybody's. */
const LEAST_FAILURES = 3;

export function conntrackQuestion(address: string, attempt: 0 | 1): Question {
  return { kind: 'conntrack', address, attempt };
}

export function nodeOf(look: Look): VantageIdentity | null {
  return look.situation.contrasts.find(({ relation }) => relation === 'node') ?? null;
}

export interface NodeFault<C extends CauseId> {
  readonly cause: C;
  readonly evidence: readonly string[];
  readonly detail: string | undefined;
  readonly contrast: string;
}

interface Readings {
  readonly node: VantageIdentity;
  readonly before: Answer;
  readonly after: Answer;
}

/** Its state when the silence was noticed, and now. */
function readings(look: Look, address: string): Readings | null | 'wait' {
  const node = nodeOf(look);
  if (node === null) return null;
  const before = look.need(conntrackQuestion(address, 0), node.id);
  if (before === null) return 'wait';
  if (before.fact('conntrack') === null) return null;
  const after = look.need(conntrackQuestion(address, 1), node.id);
  return after === null ? 'wait' : { node, before, after };
}

/** Connections cannot be entered in the table, because it is full, or because no port is left to translate them to. */
export function tableFault(look: Look, address: string): NodeFault<'tcp.conntrack-full' | 'tcp.ports-exhausted'> | null | 'wait' {
  const seen = readings(look, address);
  if (seen === null || seen === 'wait') return seen;
  const { node, before, after } = seen;
  const [first, last] = [before.fact('conntrack'), after.fact('conntrack')];
  if (first === null || last === null) return null;
  const evidence = [...after.ids('conntrack'), ...before.ids('conntrack')];
  const failed = grown(first.insertFailed, last.insertFailed);
  // What could not be entered is counted as dropped as well (nf_conntrack_core.c, __nf_conntrack_confirm).
  const full = isFull(first) || isFull(last) || grown(first.dropped, last.dropped) - failed >= LEAST_FAILURES;
  const detail = last.limit === null ? undefined : `${String(last.entries)} / ${String(last.limit)}`;
  if (full) return { cause: 'tcp.conntrack-full', evidence, detail, contrast: node.name };
  return failed >= LEAST_FAILURES ? { cause: 'tcp.ports-exhausted', evidence, detail: `insert_failed +${String(failed)}`, contrast: node.name } : null;
}

function isFull({ entries, limit }: ConntrackFact): boolean {
  return limit !== null && limit > 0 && entries >= limit * FULL_SHARE;
}

function grown(before: number | null, after: number | null): number {
  return before === null || after === null ? 0 : after - before;
}

/** The node connects and this pod does not: did the pod's packets leave the node, and under whose address? */
export function translationFault(look: Look, address: string): NodeFault<'ip.not-masqueraded' | 'tcp.filtered-from-pods'> | null | 'wait' {
  const seen = readings(look, address);
  if (seen === null || seen === 'wait') return seen;
  const { node, before, after } = seen;
  const flows = [before, after].flatMap((answer) => answer.fact('conntrack')?.flows ?? []);
  const own = ownAddresses(look);
  // Answered ones are of a time when all was well.
  const ours = flows.filter((flow) => own.has(flow.source) && flow.port === look.dependency.port && !flow.answered);
  const evidence = [...after.ids('conntrack'), ...before.ids('conntrack'), ...(look.peek({ kind: 'interfaces' })?.ids('interfaces') ?? [])];
  const untranslated = ours.find(({ source, answersGoTo }) => answersGoTo === source);
  if (untranslated !== undefined) return { cause: 'ip.not-masqueraded', evidence, detail: untranslated.source, contrast: node.name };
  // What the node drops on its way through is never entered; that its own connections are shows that entries are made and seen.
  const othersListed = flows.some((flow) => !own.has(flow.source) || flow.answered);
  return ours.length === 0 && own.size > 0 && othersListed ? { cause: 'tcp.filtered-from-pods', evidence, detail: undefined, contrast: node.name } : null;
}

function ownAddresses(look: Look): ReadonlySet<string> {
  const interfaces = look.peek({ kind: 'interfaces' })?.fact('interfaces')?.interfaces ?? [];
  return new Set(interfaces.filter(({ loopback }) => !loopback).flatMap((one) => one.addresses.map((address) => address.split('/')[0] ?? '')));
}
