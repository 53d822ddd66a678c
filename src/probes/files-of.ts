import type { Vantage } from '../domain/vantage.ts';
import { filesDialects } from '../tools/files/files.ts';
import { askDialects } from './ask-dialects.ts';
import { completeFacts } from './complete.ts';
import type { Finding, ProbeContext } from './probe.ts';

const known = new WeakMap<Vantage, Promise<Finding>>();

/** The vantage's files, proxy variables and clock, read once in its life. */
export function filesOf(context: ProbeContext): Promise<Finding> {
  const already = known.get(context.vantage);
  if (already !== undefined) return already;
  const reading = readFiles(context);
  known.set(context.vantage, reading);
  return reading;
}

/** Completed at once: the clock was right when it was read, not when somebody asks for it. */
async function readFiles(context: ProbeContext): Promise<Finding> {
  const question = { kind: 'files' } as const;
  const startedEpochMs = Date.now();
  const finding = await askDialects(filesDialects, question, context);
  return { ...finding, facts: completeFacts(finding.facts, question, { startedEpochMs, durationMs: Date.now() - startedEpochMs }) };
}

/** What the vantage's own programs take the time to be, in milliseconds since 1970; our time where its clock cannot be read. */
export async function vantageNowMs(context: ProbeContext): Promise<number> {
  const { facts } = await filesOf(context);
  const clock = facts.find((fact) => fact.kind === 'clock');
  const isOff = clock !== undefined && Math.abs(clock.offsetMs) > clock.uncertaintyMs;
  return Date.now() + (isOff ? clock.offsetMs : 0);
}
