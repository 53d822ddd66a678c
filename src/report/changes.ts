import { changeLine } from '../domain/cluster-lines.ts';
import type { ChangesFact } from '../domain/facts.ts';
import type { RunSummary } from './run-summary.ts';

/** More than these nobody reads beside a verdict; the JSON report has all of them. */
const SHOWN = 10;

/** What changed around the connection in the last hour; null when nobody was asked or nobody told. */
export function changesOf({ observations }: RunSummary): ChangesFact | null {
  const found = observations.findLast(({ fact }) => fact.kind === 'changes');
  return found?.fact.kind === 'changes' ? found.fact : null;
}

/** Newest first, as lines for people; beside a verdict without a fault nobody asks what changed. */
export function changeLines(run: RunSummary): readonly string[] {
  const fact = changesOf(run);
  if (fact === null || run.conclusion?.verdict.status === 'reachable') return [];
  const more = fact.changes.length - SHOWN;
  return [...fact.changes.slice(0, SHOWN).map(changeLine), ...(more > 0 ? [`… (+${String(more)})`] : [])];
}
