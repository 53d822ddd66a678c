import type { Dialect, Parse } from '../../domain/dialect.ts';
import type { ResolveFact } from '../../domain/facts.ts';
import { readCommunicationsError } from '../dig/communications-error.ts';
import { absolute, isAddress, isAskable, notUnderstood, resolveFact, wholeSeconds } from '../dns-message/resolve-fact.ts';
import { outcomeOfWord } from '../dns-message/rcode.ts';
import { wholeLines } from '../whole-lines.ts';

// host 9.18.49: `Address: 10.77.0.53#53`, only when a server was named
const SERVER = /^Address: (\S+?)#\d+$/u;
// host 9.18.49: `api.lab.example has address 203.0.113.10`, `both.lab.example has IPv6 address 2001:db8::10`
const ADDRESS = /^(\S+) has (?:IPv6 )?address (\S+)$/u;
// host 9.18.49: `alias.lab.example is an alias for edge.lab.example.`
const ALIAS = /^(\S+) is an alias for (\S+)$/u;
// host 9.18.49: `Host nope.lab.example. not found: 3(NXDOMAIN)`, `Host broken.lab.example not found: 2(SERVFAIL)`
const NOT_FOUND = /^Host (\S+) not found: \d+\((\w+)\)$/u;
// host 9.18.49: `empty.lab.example has no A record`
const NO_RECORD = /^(\S+) has no (A|AAAA) record$/u;

/**
 * Reads host of BIND. It asks again over TCP without saying so when an answer is truncated, so `truncated` is never set here, and
 * `host NAME` without a type asks for A, AAAA and MX: an address counts more than what it says of the others.
 */
export const parseHost: Parse = (output) => {
  const lines = wholeLines(output);
  const matches = (pattern: RegExp): readonly RegExpExecArray[] => lines.map((line) => pattern.exec(line)).filter((match) => match !== null);
  const aliases = matches(ALIAS);
  const answers = matches(ADDRESS).filter((match) => isAddress(match[2] ?? ''));
  const known: Partial<ResolveFact> = {
    nameserver: matches(SERVER)[0]?.[1] ?? null,
    canonicalNames: aliases.map((match) => match[2] ?? ''),
    name: aliases[0]?.[1] ?? answers[0]?.[1] ?? null,
  };
  if (answers.length > 0) return [resolveFact({ ...known, outcome: 'answered', addresses: answers.map((match) => match[2] ?? '') })];

  const [notFound] = matches(NOT_FOUND);
  if (notFound !== undefined) return [resolveFact({ ...known, outcome: outcomeOfWord(notFound[2] ?? ''), name: known.name ?? notFound[1] ?? null })];

  const [noRecord] = matches(NO_RECORD);
  if (noRecord !== undefined) {
    const recordType = noRecord[2] === 'A' ? 'A' : 'AAAA';
    return [resolveFact({ ...known, outcome: 'no-data', recordType, name: known.name ?? noRecord[1] ?? null })];
  }
  const error = readCommunicationsError(lines);
  if (error !== null) return [resolveFact({ ...known, ...error })];
  // host 9.18.49 -t AAAA of an alias that leads to a name without one: the alias lines alone, and status 0
  if (aliases.length > 0 && output.exitCode === 0) return [resolveFact({ ...known, outcome: 'no-data' })];
  return [notUnderstood(output)];
};

/** host of BIND (host(1)). It tries twice at least (measured with 9.18.49: -R 1 and -R 0 alike), each time for the whole wait. */
export const host: Dialect<'query'> = {
  id: 'host',
  tool: 'host',
  implementation: 'host',
  argv: ({ name, nameserver, recordType, transport }, limits) => {
    if (!isAskable(name) || !isAskable(nameserver)) return null;
    const wait = wholeSeconds(limits.connectTimeoutMs);
    return ['host', '-W', wait, '-R', '1', ...(transport === 'tcp' ? ['-T'] : ['-U']), '-t', recordType, absolute(name), nameserver];
  },
  parse: parseHost,
};
