/**
 * What every ping prints: iputils (2012 to 2022), busybox, inetutils, BSD and macOS, Windows. They share one shape: a
 * header, replies, errors, a statistics line, round-trip times. A text may hold several runs; each gives a fact.
 *
 * A run that could send nothing (no route here, a local rule) is `sent: 0, received: 0, lossPercent: 100` with the error and
 * `from: null`. A run that was cut before its statistics proves its own lines: sent is what was answered, by replies or errors.
 */
import type { CommandOutput } from '../../domain/command.ts';
import type { Fact, PingFact } from '../../domain/facts.ts';
import { noAnswer } from '../no-answer.ts';
import { readPingLine } from './lines.ts';
import type { PingLine } from './lines.ts';

export function parsePing(output: CommandOutput): readonly Fact[] {
  const runs: PingLine[][] = [[]];
  let stderrCameFirst = true;
  for (const { text, stream } of output.lines) {
    const line = readPingLine(text);
    // A pipe holds standard output back, so our own kernel's error may stand before the header of its run.
    if (line?.kind === 'header' && !stderrCameFirst) runs.push([]);
    if (line !== null) runs.at(-1)?.push(line);
    stderrCameFirst &&= stream === 'stderr';
  }
  const facts = runs.map(factOfRun).filter((fact) => fact !== null);
  return facts.length > 0 ? facts : [noAnswer(output)];
}

function factOfRun(lines: readonly PingLine[]): PingFact | null {
  const header = lines.find((line) => line.kind === 'header');
  const summary = lines.find((line) => line.kind === 'summary');
  const replies = lines.filter((line) => line.kind === 'reply');
  const errors = lines.flatMap((line) => (line.kind === 'error' ? [{ from: line.from, error: line.error }] : []));
  if (summary === undefined && replies.length === 0 && errors.length === 0) return null;

  const remote = errors.filter((error) => error.from !== null).length;
  const distinct = new Set(replies.map((reply) => reply.sequence ?? reply)).size;
  const sent = summary?.sent ?? distinct + remote;
  const received = summary === undefined ? distinct : Math.min(sent, summary.received - countedErrors(lines));
  return {
    kind: 'ping',
    host: header?.host ?? null,
    address: header?.address ?? null,
    sent,
    received,
    lossPercent: sent === 0 ? 100 : Math.round((1 - received / sent) * 1000) / 10,
    rttMs: received > 0 ? roundTrip(lines) : null,
    errors,
  };
}

/** Windows counts a router's "Destination host unreachable" as received: `Received = 4, Lost = 0 (0% loss)`. */
function countedErrors(lines: readonly PingLine[]): number {
  return lines.filter((line) => line.kind === 'error' && line.countedAsReceived).length;
}

function roundTrip(lines: readonly PingLine[]): PingFact['rttMs'] {
  const printed = lines.find((line) => line.kind === 'round-trip');
  if (printed !== undefined) return { min: printed.min, avg: printed.avg, max: printed.max };
  const times = lines.flatMap((line) => (line.kind === 'reply' && line.rttMs !== null ? [line.rttMs] : []));
  if (times.length === 0) return null;
  const sum = times.reduce((total, time) => total + time, 0);
  return { min: Math.min(...times), avg: Math.round((sum / times.length) * 1000) / 1000, max: Math.max(...times) };
}
