import type { Parse } from '../../domain/dialect.ts';
import type { ConntrackFact } from '../../domain/facts.ts';
import { unavailable } from '../no-answer.ts';

type Flow = NonNullable<ConntrackFact['flows']>[number];

/** Reads what script.ts prints. Without its last line it was cut, and proves nothing about what is missing. */
export const parseConntrack: Parse = ({ stdout }) => {
  const lines = stdout.split('\n');
  if (lines[0] !== 'netdiag-conntrack 1' || !lines.includes('netdiag-conntrack end')) return [unavailable('not-understood', lines[0] ?? '')];
  const entries = numberAfter(lines, 'count ');
  if (entries === null) return [unavailable('no-tool', 'connection tracking is not there, or may not be read')];
  const counters = countersOf(lines);
  return [{
    kind: 'conntrack',
    entries,
    limit: numberAfter(lines, 'limit '),
    insertFailed: counters.get('insert_failed') ?? null,
    dropped: counters.get('drop') ?? null,
    flows: lines.includes('flows listed') ? lines.flatMap((line) => readFlow(line) ?? []) : null,
  }];
};

function numberAfter(lines: readonly string[], word: string): number | null {
  const text = lines.find((line) => line.startsWith(word))?.slice(word.length) ?? '';
  return /^\d+$/u.test(text) ? Number(text) : null;
}

/** Sums over the CPUs. Linux 6.18: `entries  clashres found new invalid ignore delete chainlength insert insert_failed drop early_drop icmp_error ...` */
function countersOf(lines: readonly string[]): ReadonlyMap<string, number> {
  const [names, ...rows] = lines.filter((line) => line.startsWith('stat ')).map((line) => line.slice('stat '.length).trim().split(/\s+/u));
  const sums = new Map<string, number>();
  for (const row of rows) {
    row.forEach((value, column) => {
      const name = names?.[column];
      if (name !== undefined && /^[\da-f]+$/iu.test(value)) sums.set(name, (sums.get(name) ?? 0) + Number.parseInt(value, 16));
    });
  }
  return sums;
}

/**
 * conntrack 1.4.7: `flow tcp      6 117 SYN_SENT src=10.42.0.7 dst=192.0.2.9 sport=40000 dport=443 [UNREPLIED] src=192.0.2.9 dst=172.16.1.2 sport=443 dport=40000 mark=0 use=1`;
 * /proc/net/nf_conntrack has the family and its number before that, and counters in between where they are kept.
 */
function readFlow(line: string): Flow | null {
  const sides = [...line.matchAll(/\bsrc=(\S+) dst=(\S+)(?: sport=(\d+) dport=(\d+))?/gu)];
  const [original, reply] = sides;
  if (!line.startsWith('flow ') || original === undefined || reply === undefined) return null;
  return {
    source: original[1] ?? '',
    destination: original[2] ?? '',
    port: original[4] === undefined ? null : Number(original[4]),
    answersGoTo: reply[2] ?? '',
    answered: !line.includes('[UNREPLIED]'),
  };
}
