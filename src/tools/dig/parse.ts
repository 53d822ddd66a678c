/**
 * Reads dig of BIND: its full output, `+noall +answer` and `+short`. One fact a reply, so an output of two queries is two facts.
 *
 * A reply counts only as far as its header is whole: NXDOMAIN, SERVFAIL and REFUSED by the status, no data when the header
 * says that no record came (ANSWER: 0) and the message is not truncated. A truncated reply is `answered` with `truncated` set,
 * and may have no address.
 */
import type { CommandOutput } from '../../domain/command.ts';
import type { Parse } from '../../domain/dialect.ts';
import type { RecordType, ResolveFact, ResolveOutcome } from '../../domain/facts.ts';
import { isAddress, notUnderstood, resolveFact } from '../dns-message/resolve-fact.ts';
import { outcomeOfWord } from '../dns-message/rcode.ts';
import { wholeLines } from '../whole-lines.ts';
import { readCommunicationsError } from './communications-error.ts';

export const parseDig: Parse = (output) => {
  const lines = wholeLines(output);
  // dig 9.18.49: `;; ->>HEADER<<- opcode: QUERY, status: NOERROR, id: 10894`
  const starts = lines.flatMap((line, index) => (line.startsWith(';; ->>HEADER<<-') ? [index] : []));
  const before = lines.slice(0, starts[0] ?? lines.length);
  const retriedInTcp = before.some((line) => line.startsWith(TRUNCATED));
  const replies = starts.map((start, index) => readReply(lines.slice(start, starts[index + 1]), retriedInTcp));
  const facts = replies.filter((reply) => reply !== null);
  if (starts.length > 0) return facts.length > 0 ? facts : [notUnderstood(output)];
  return [readFailure(before, retriedInTcp) ?? readBareAnswer(before, output) ?? notUnderstood(output)];
};

// dig 9.18.49: `;; Truncated, retrying in TCP mode.`
export const TRUNCATED = ';; Truncated, retrying in TCP mode';

const STATUS = /^;; ->>HEADER<<- opcode: \w+, status: ([A-Z0-9]+), id: \d+$/u;
// dig 9.18.49: `;; flags: qr tc rd ra; QUERY: 1, ANSWER: 0, AUTHORITY: 0, ADDITIONAL: 0`
const FLAGS = /^;; flags: ([a-z ]*); QUERY: \d+, ANSWER: (\d+), AUTHORITY: \d+, ADDITIONAL: \d+/u;
// dig 9.18.49: `;api.lab.example.		IN	A`
const QUESTION = /^;([^;\s]\S*)\s+IN\s+(\S+)$/u;
// dig 9.18.49: `api.lab.example.	30	IN	A	203.0.113.10`
const RECORD = /^([^;\s]\S*)\s+\d+\s+IN\s+([A-Z0-9]+)\s+(.+)$/u;
// dig 9.18.49: `;; Query time: 4 msec`; with +u: `;; Query time: 4123 usec`
const QUERY_TIME = /^;; Query time: (\d+) (msec|usec)$/u;
// dig 9.18.49: `;; SERVER: 10.77.0.53#53(10.77.0.53) (UDP)`; before 9.18 without the transport
const SERVER = /^;; SERVER: (\S+?)#\d+(?:\([^)]*\))?(?: \((UDP|TCP)\))?$/u;

function readReply(lines: readonly string[], retriedInTcp: boolean): ResolveFact | null {
  const status = STATUS.exec(lines[0] ?? '')?.[1];
  const flags = firstMatch(lines, FLAGS);
  if (status === undefined || flags === null) return null;
  const records = readRecords(section(lines, 'ANSWER'));
  const question = firstMatch(lines, QUESTION);
  const recordType = readType(question?.[2]);
  const truncated = flags[1]?.split(' ').includes('tc') ?? false;
  const wanted = recordType === 'any' ? records : records.filter((record) => record.type === recordType);
  const complete = records.length >= Number(flags[2]);
  const outcome = outcomeOf(status, wanted.length > 0, truncated, complete);
  const time = firstMatch(lines, QUERY_TIME);
  const server = firstMatch(lines, SERVER);
  return (
    outcome &&
    resolveFact({
      outcome,
      name: question?.[1] ?? null,
      recordType,
      nameserver: server?.[1] ?? null,
      transport: server?.[2] === undefined ? (retriedInTcp ? 'tcp' : null) : server[2] === 'TCP' ? 'tcp' : 'udp',
      addresses: addressesOf(records),
      canonicalNames: records.filter((record) => record.type === 'CNAME').map((record) => record.data),
      truncated: truncated || retriedInTcp,
      elapsedMs: time === null ? null : Number(time[1]) / (time[2] === 'usec' ? 1000 : 1),
    })
  );
}

/** null: the text was cut before it says. */
function outcomeOf(status: string, answered: boolean, truncated: boolean, complete: boolean): ResolveOutcome | null {
  if (status !== 'NOERROR') return outcomeOfWord(status);
  if (answered || truncated) return 'answered';
  return complete ? 'no-data' : null;
}

interface ResourceRecord {
  readonly name: string;
  readonly type: string;
  readonly data: string;
}

function readRecords(lines: readonly string[]): readonly ResourceRecord[] {
  return lines.flatMap((line) => {
    const [, name, type, data] = RECORD.exec(line) ?? [];
    return name === undefined || type === undefined || data === undefined ? [] : [{ name, type, data }];
  });
}

function addressesOf(records: readonly ResourceRecord[]): readonly string[] {
  return records.filter(({ type, data }) => (type === 'A' || type === 'AAAA') && isAddress(data)).map(({ data }) => data);
}

/** dig 9.18.49: `;; ANSWER SECTION:`, the records, and an empty line. */
function section(lines: readonly string[], name: string): readonly string[] {
  const start = lines.indexOf(`;; ${name} SECTION:`);
  if (start < 0) return [];
  const end = lines.indexOf('', start);
  return lines.slice(start + 1, end < 0 ? undefined : end);
}

function readFailure(lines: readonly string[], retriedInTcp: boolean): ResolveFact | null {
  const error = readCommunicationsError(lines);
  if (error === null) return null;
  return resolveFact({ ...error, transport: error.transport ?? (retriedInTcp ? 'tcp' : null), truncated: retriedInTcp });
}

/** `+noall +answer` prints records alone, `+short` data alone. Without an address neither says why. */
function readBareAnswer(lines: readonly string[], output: CommandOutput): ResolveFact | null {
  const records = readRecords(lines);
  const name = records[0]?.name ?? null;
  const fromRecords = addressesOf(records);
  if (fromRecords.length > 0) {
    const canonicalNames = records.filter((record) => record.type === 'CNAME').map((record) => record.data);
    return resolveFact({ outcome: 'answered', name, addresses: fromRecords, canonicalNames });
  }
  // dig 9.18.49 +short: `edge.lab.example.` or `203.0.113.10`
  const words = lines.filter((line) => line !== '');
  const addresses = words.filter(isAddress);
  const short = output.stderr === '' && words.every((word) => isAddress(word) || /^[^;\s]+\.$/u.test(word));
  if (!short || addresses.length === 0) return null;
  return resolveFact({ outcome: 'answered', addresses, canonicalNames: words.filter((word) => !isAddress(word)) });
}

function readType(text: string | undefined): RecordType {
  return text === 'A' || text === 'AAAA' ? text : 'any';
}

function firstMatch(lines: readonly string[], pattern: RegExp): RegExpExecArray | null {
  for (const line of lines) {
    const match = pattern.exec(line);
    if (match !== null) return match;
  }
  return null;
}
