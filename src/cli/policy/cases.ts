import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { errorText } from '../../domain/error-text.ts';
import { cleanLine } from '../../domain/sanitise.ts';
import type { Messages } from '../../i18n/index.ts';
import { evaluateCase, type CaseOutcome } from '../../policy/index.ts';
import { EXIT } from '../exit-code.ts';
import { problem, ProblemError } from '../problem.ts';
import type { OutputFormat } from '../run-request.ts';
import { writeJson, writeLines, type Streams } from '../streams.ts';

export const CASES_SCHEMA = 'netdiag-policy-cases/v1';

interface Sum {
  readonly total: number;
  /** The verdict is the one expected; `usual` are among them where the answer is the plugin's and Kubernetes' own tests expect that one. */
  readonly agree: number;
  readonly usual: number;
  readonly disagree: number;
  readonly unreadable: number;
}

/** Compares every case of a file with what its author expects. 0: all agree; 1: some do not; 3: the file or a line cannot be read. */
export async function executeCases(file: string, output: OutputFormat, streams: Streams, messages: Messages): Promise<number> {
  const lines = (await readLines(file)).filter((line) => line.trim() !== '');
  if (lines.length === 0) throw new ProblemError(problem('bad-manifest', file));
  const outcomes = lines.map(evaluateCase);
  const sum = sumOf(outcomes);
  if (output === 'json') writeJson(streams.stdout, { schema: CASES_SCHEMA, file, sum, cases: outcomes.map(caseJson) });
  else writeLines(streams.stdout, [...outcomes.map((outcome) => caseLine(outcome, messages)), '', messages.policy.cases.sum(sum)]);
  if (sum.disagree > 0) return EXIT.fault;
  return sum.unreadable > 0 ? EXIT.couldNotRun : EXIT.ok;
}

/** Text, or gzip by its first two bytes (RFC 1952, 2.3.1). */
async function readLines(file: string): Promise<readonly string[]> {
  try {
    const bytes = await readFile(file);
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? await promisify(gunzip)(bytes) : bytes;
    return plain.toString('utf8').split(/\r?\n/u);
  } catch (error) {
    throw new ProblemError(problem('unreadable-file', errorText(error)));
  }
}

function sumOf(outcomes: readonly CaseOutcome[]): Sum {
  const count = (agreement: string): number => outcomes.filter((outcome) => outcome.ok && outcome.result.agreement === agreement).length;
  const usual = count('usual');
  const unreadable = outcomes.filter(({ ok }) => !ok).length;
  return { total: outcomes.length, agree: count('agrees') + usual, usual, disagree: count('disagrees'), unreadable };
}

function caseJson(outcome: CaseOutcome): object {
  if (!outcome.ok) return { id: outcome.id, agrees: null, error: outcome.detail };
  const { id, agreement, ...rest } = outcome.result;
  return { id, agrees: agreement !== 'disagrees', agreement, ...rest };
}

function caseLine(outcome: CaseOutcome, { policy: { cases: words, words: verdicts } }: Messages): string {
  if (!outcome.ok) return cleanLine(`${words.agreements.unreadable}  ${outcome.id ?? '?'}: ${outcome.detail}`);
  const { id, agreement, expected, found, expectedEgress, foundEgress } = outcome.result;
  const egress = foundEgress === expectedEgress || expectedEgress === null ? '' : ` (egress: ${words.compared(verdicts[expectedEgress], foundEgress === null ? '-' : verdicts[foundEgress])})`;
  return cleanLine(`${words.agreements[agreement]}  ${id}: ${words.compared(expected === null ? '-' : verdicts[expected], verdicts[found])}${egress}`);
}
