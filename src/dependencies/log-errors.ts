import { redactText } from '../domain/redact.ts';
import type { LogError } from '../domain/found-dependency.ts';
import { cleanLine } from '../domain/sanitise.ts';
import { explainText } from '../explain/index.ts';
import { urlsIn } from './from-value.ts';
import { isLoopback } from './endpoint.ts';
import { limitNamedIn } from './time-limit.ts';

/** One line of a container's log. */
export interface LogLine {
  /** RFC 3339; null when the server sent no stamp. */
  readonly at: string | null;
  readonly text: string;
  /** From before the last restart. */
  readonly previous: boolean;
}

const MAX_TEXT = 400;
/** Lines of a stack trace that are looked at: what was wrapped stands at the end. */
const MAX_ENTRY_LINES = 60;

/**
 * What the log tells of errors, oldest first: lines that a network error stands in, and lines that their writer calls errors. A line that
 * goes on (a stack trace) belongs to the one before it. `readAtMs` is the time of reading by the clock that stamped the lines.
 */
export function logErrors(lines: readonly LogLine[], readAtMs: number): readonly LogError[] {
  return entriesOf(lines).flatMap((entry) => readEntry(entry, readAtMs) ?? []);
}

interface Entry {
  readonly first: LogLine;
  readonly text: string;
}

/** A line that goes on with what the one before it began: indented, a cause, a frame. */
const CONTINUES = /^(?:\s+\S|Caused by: |\tat |at \S+\(|Traceback |During handling |The above exception |\}|\]|\.\.\. \d+ more)/u;

function entriesOf(lines: readonly LogLine[]): readonly Entry[] {
  const entries: { first: LogLine; lines: string[] }[] = [];
  let insideTraceback = false;
  for (const line of lines) {
    const last = entries.at(-1);
    const continues = CONTINUES.test(line.text) || insideTraceback;
    // Python's last line of a traceback is not indented: it is the error itself.
    insideTraceback = /^Traceback /u.test(line.text) || (insideTraceback && /^\s/u.test(line.text));
    if (last !== undefined && continues && last.first.previous === line.previous) last.lines.push(line.text);
    else entries.push({ first: line, lines: [line.text] });
  }
  return entries.map(({ first, lines: own }) => ({ first, text: [...own.slice(0, MAX_ENTRY_LINES / 2), ...own.slice(Math.max(MAX_ENTRY_LINES / 2, own.length - MAX_ENTRY_LINES / 2))].join('\n') }));
}

/** ERROR, FATAL, level=error, "level":"error", pino's 50 and 60, klog's E lines, exceptions and panics. */
const CALLED_ERROR =
  /\b(?:ERROR|FATAL|CRITICAL|SEVERE|PANIC|EMERG|ALERT|ERR)\b|\blevel["']?[=:]\s?["']?(?:error|fatal|critical|panic|50|60)\b|\[(?:error|crit|alert|emerg|fatal)\]|^[EF]\d{4} \d\d:|\bpanic: |Traceback|\b[A-Za-z.]*(?:Exception|Error)\b:|"severity":"(?:ERROR|CRITICAL|ALERT)"/u;
/** A server's line about a request that was made to it: `10.0.0.1 - - [time] "GET /x HTTP/1.1" 404 12`. */
const ACCESS_LOG = /"(?:GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS) [^"]{0,2000} HTTP\/[\d.]+"/u;
/**
 * A limit of the application's own, whatever else the words say of time: HikariCP, c3p0, DBCP, SQLAlchemy, Npgsql, Go's net/http, EMFILE.
 *   HikariPool-1 - Connection is not available, request timed out after 30000ms.
 *   accept4: too many open files          socket: too many open files (EMFILE)
 */
const EXHAUSTED =
  /connection is not available, request timed out|too many open files|\bEMFILE\b|pool (?:is |has been )?(?:exhausted|empty)|pool[^\n]{0,60}(?:exhausted|timed out|timeout)|timeout waiting for (?:a )?connection from (?:the )?pool|waiting for idle object|QueuePool limit|timeout acquiring a connection|remaining connection slots|unable to create (?:new )?(?:native )?thread/iu;
/** Our own side of `read tcp 10.244.0.7:43210->10.0.0.9:5432: i/o timeout`. */
const OWN_SIDE = /(?:\d{1,3}(?:\.\d{1,3}){3}|\[[\da-f:.]+\]):\d{1,5}->/giu;

function readEntry({ first, text }: Entry, readAtMs: number): LogError | null {
  const plain = text.replace(OWN_SIDE, '');
  if (ACCESS_LOG.test(plain) && !/upstream/iu.test(plain)) return null;
  const explained = explainText(plain);
  const { meaning, confidence, causes, subject } = explained;
  const isCalledError = CALLED_ERROR.test(plain);
  const cause = EXHAUSTED.test(plain) ? 'app.connections-exhausted' : (causes[0]?.id ?? null);
  if (meaning === 'ok') return null;
  if (meaning === 'other' ? !(isCalledError || cause === 'app.connections-exhausted') : confidence === 'possible' && !isCalledError) return null;
  // A look-up names who was looked up; a URL of the request says more than the address that it led to.
  const url = urlsIn(plain).find(({ host }) => subject.host === null || subject.port === null || host === subject.host || !isName(subject.host)) ?? null;
  const host = url?.host ?? subject.host;
  const atMs = first.at === null ? Number.NaN : Date.parse(first.at);
  return {
    at: first.at,
    ageMs: Number.isNaN(atMs) ? null : Math.max(0, readAtMs - atMs),
    text: cleanLine(redactText(firstTelling(text))).slice(0, MAX_TEXT),
    meaning,
    cause,
    host: host === null ? null : host.toLowerCase(),
    port: url?.port ?? subject.port,
    url: url?.url ?? null,
    limitMs: meaning === 'timeout' ? limitNamedIn(plain) : null,
    previous: first.previous,
  };
}

function isName(host: string): boolean {
  return /[a-z]/iu.test(host) && !host.includes(':') && !isLoopback(host);
}

/** Of a trace: its first line, and the innermost cause. */
function firstTelling(text: string): string {
  const lines = text.split('\n');
  const inner = lines.slice(1).findLast((line) => /^(?:Caused by: |\S+(?:Error|Exception)\b)/u.test(line));
  return inner === undefined ? (lines[0] ?? '') : `${lines[0] ?? ''} … ${inner}`;
}
