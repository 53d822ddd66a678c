import type { Parse } from '../../domain/dialect.ts';
import type { ResolveFact } from '../../domain/facts.ts';
import { readCommunicationsError } from '../dig/communications-error.ts';
import { TRUNCATED } from '../dig/parse.ts';
import { isAddress, notUnderstood, resolveFact } from '../dns-message/resolve-fact.ts';
import { wholeLines } from '../whole-lines.ts';
import { outcomeOfWord } from '../dns-message/rcode.ts';

// nslookup 9.18.49: `Address:	10.77.0.53#53`, the second line of the head
const SERVER = /^Address:\s+(\S+?)#\d+$/u;
// nslookup 9.18.49: `alias.lab.example	canonical name = edge.lab.example.`
const ALIAS = /^(\S+)\s+canonical name = (\S+)$/u;
// nslookup 9.18.49: `Name:	api.lab.example` and below it `Address: 203.0.113.10`
const NAME = /^Name:\s+(\S+)$/u;
const ADDRESS = /^Address: (\S+)$/u;
// nslookup 9.18.49: `** server can't find nope.lab.example: NXDOMAIN`
const NOT_FOUND = /^\*\* server can't find (\S+): (\w+)$/u;
// nslookup 9.18.49: `*** Can't find empty.lab.example.: No answer`
const NO_ANSWER = /^\*\*\* Can't find (\S+): No answer$/u;

/**
 * Reads nslookup of BIND. Without `-type` it asks for A and then AAAA and prints one answer; with a search list it prints the last
 * refusal alone. It follows a truncated answer over TCP, and says so.
 */
export const parseNslookupBind: Parse = (output) => {
  const lines = wholeLines(output);
  const matches = (pattern: RegExp): readonly RegExpExecArray[] => lines.map((line) => pattern.exec(line)).filter((match) => match !== null);
  const truncated = lines.some((line) => line.startsWith(TRUNCATED));
  const aliases = matches(ALIAS);
  const known: Partial<ResolveFact> = {
    nameserver: matches(SERVER)[0]?.[1] ?? null,
    name: aliases[0]?.[1] ?? matches(NAME)[0]?.[1] ?? null,
    canonicalNames: aliases.map((match) => match[2] ?? ''),
    truncated,
    transport: truncated ? 'tcp' : null,
  };
  const addresses = matches(ADDRESS).map((match) => match[1] ?? '').filter(isAddress);
  if (addresses.length > 0) return [resolveFact({ ...known, outcome: 'answered', addresses })];

  // The head says who answered: without it the line is part of something else.
  const [notFound] = matches(NOT_FOUND);
  if (notFound !== undefined && known.nameserver !== null) {
    return [resolveFact({ ...known, outcome: outcomeOfWord(notFound[2] ?? ''), name: known.name ?? notFound[1] ?? null })];
  }
  const [noAnswer] = matches(NO_ANSWER);
  if (noAnswer !== undefined && known.nameserver !== null) return [resolveFact({ ...known, outcome: 'no-data', name: known.name ?? noAnswer[1] ?? null })];

  const error = readCommunicationsError(lines);
  if (error !== null) return [resolveFact({ ...known, ...error, transport: error.transport ?? known.transport ?? null })];
  // nslookup 9.18.49 -type=AAAA of an alias that leads to a name without one: the alias lines, an empty line and status 0
  if (aliases.length > 0 && output.exitCode === 0) return [resolveFact({ ...known, outcome: 'no-data' })];
  return [notUnderstood(output)];
};
