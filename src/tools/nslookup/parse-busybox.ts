import type { Parse } from '../../domain/dialect.ts';
import type { ResolveFact, ResolveOutcome } from '../../domain/facts.ts';
import { readCommunicationsError } from '../dig/communications-error.ts';
import { isAddress, notUnderstood, resolveFact } from '../dns-message/resolve-fact.ts';
import { outcomeOfWord } from '../dns-message/rcode.ts';
import { wholeLines } from '../whole-lines.ts';
import { recogniseErrno } from '../errno/strerror.ts';
import { parseNslookupSmall } from './parse-busybox-small.ts';

// busybox 1.35.0: `Address:	10.77.0.53:53`, `Address:	[fd77::53]:53`, the second line of the head
const SERVER = /^Address:\s+(?:\[([0-9a-f:]+)\]|([0-9.]+)):\d+$/u;
// busybox 1.35.0: `alias.lab.example	canonical name = edge.lab.example`
const ALIAS = /^(\S+)\s+canonical name = (\S+)$/u;
// busybox 1.35.0: `Name:	api.lab.example` and below it `Address: 203.0.113.10`
const NAME = /^Name:\s+(\S+)$/u;
const ADDRESS = /^Address: (\S+)$/u;
// busybox 1.35.0: `** server can't find nope.lab.example.: NXDOMAIN`
const NOT_FOUND = /^\*\* server can't find (\S+): (\w+)$/u;
// busybox 1.35.0: `Non-authoritative answer:`; without records only an empty line follows. Of an authoritative answer the line is
// printed with -debug alone, as `authoritative answer:`
const ANSWER = /^(?:Non-)?authoritative answer:$/u;
// busybox 1.35.0 -debug: `Query #0 completed in 1201ms:`
const QUERY_TIME = /^Query #\d+ completed in (\d+)ms:$/u;
// networking/nslookup.c of busybox 1.35.0: `*** Can't find api.lab.example: No answer`, for each query without a reply beside others
// that have one
const NO_REPLY = /^\*\*\* Can't find (\S+): No answer$/u;
// busybox 1.35.0: `nslookup: read: Connection refused`
const READ = /^nslookup: read: (.+)$/u;
// busybox 1.35.0: `nslookup: can't connect to remote host (192.0.2.53): Network is unreachable`
const CONNECT = /^nslookup: can't connect to remote host \(([^)]+)\): (.+)$/u;

/**
 * Reads nslookup of busybox, the large build (FEATURE_NSLOOKUP_BIG) and the small one. The large one sends every candidate of the
 * search list for A and for AAAA at once, and prints one part for each reply in order of arrival. It shows a truncated answer
 * without records as an empty one: here `no-data` may be a truncated answer.
 */
export const parseNslookupBusybox: Parse = (output) => {
  const lines = wholeLines(output);
  const small = parseNslookupSmall(lines);
  if (small !== null) return [small];
  const matches = (pattern: RegExp): readonly RegExpExecArray[] => lines.map((line) => pattern.exec(line)).filter((match) => match !== null);
  const [server] = matches(SERVER);
  const times = matches(QUERY_TIME).map((match) => Number(match[1]));
  const aliases = matches(ALIAS);
  const known: Partial<ResolveFact> = {
    nameserver: server?.[1] ?? server?.[2] ?? null,
    transport: 'udp',
    name: aliases[0]?.[1] ?? matches(NAME)[0]?.[1] ?? null,
    canonicalNames: aliases.map((match) => match[2] ?? ''),
    elapsedMs: times.length === 0 ? null : Math.max(...times),
  };
  const addresses = matches(ADDRESS).map((match) => match[1] ?? '').filter(isAddress);
  if (addresses.length > 0) return [resolveFact({ ...known, outcome: 'answered', addresses })];

  // The head says who answered: without it the lines are part of something else.
  const refusals = (server === undefined ? [] : matches(NOT_FOUND)).map((match) => ({ name: match[1] ?? '', outcome: outcomeOfWord(match[2] ?? '') }));
  const empty = endsWithEmptyAnswer(lines);
  const outcome = outcomeOfParts(refusals, empty, output.exitCode !== null, matches(NO_REPLY).length > 0);
  const cut = outcome === 'no-data' ? { incomplete: true } : {};
  if (outcome !== null) return [resolveFact({ ...known, ...cut, outcome, name: known.name ?? refusals.at(-1)?.name ?? null })];
  const failure = readFailure(lines);
  return [failure === null ? notUnderstood(output) : resolveFact({ ...known, ...failure })];
};

interface Refusal {
  readonly name: string;
  readonly outcome: ResolveOutcome;
}

/**
 * What all parts say together, or null when they say nothing certain. NXDOMAIN is the whole truth only when no candidate can
 * follow it: the name was asked absolute, the same name was refused for A and for AAAA, or the command has ended by itself.
 */
function outcomeOfParts(refusals: readonly Refusal[], empty: boolean, ended: boolean, unanswered: boolean): ResolveOutcome | null {
  if (unanswered) return ended ? 'failed' : null;
  const temporary = refusals.find((refusal) => refusal.outcome !== 'nxdomain');
  if (temporary !== undefined) return temporary.outcome;
  if (empty) return 'no-data';
  const [first] = refusals;
  if (first === undefined) return null;
  const twice = refusals.length > 1 && refusals.every((refusal) => refusal.name === first.name);
  return ended || first.name.endsWith('.') || twice ? 'nxdomain' : null;
}

/** `Non-authoritative answer:`, perhaps aliases, and the empty line that closes the part. */
function endsWithEmptyAnswer(lines: readonly string[]): boolean {
  return lines.some((line, index) => {
    if (!ANSWER.test(line)) return false;
    const rest = lines.slice(index + 1);
    return rest[rest.findIndex((next) => !ALIAS.test(next))] === '';
  });
}

function readFailure(lines: readonly string[]): (Partial<ResolveFact> & Pick<ResolveFact, 'outcome'>) | null {
  for (const line of lines) {
    const connect = CONNECT.exec(line);
    if (connect !== null) return { nameserver: connect[1] ?? null, outcome: 'unreachable' };
    const reason = READ.exec(line)?.[1];
    if (reason !== undefined && recogniseErrno(reason) !== null) return { outcome: 'unreachable' };
  }
  const error = readCommunicationsError(lines);
  return error && { outcome: error.outcome };
}
