import type { CommandOutput } from '../../domain/command.ts';
import type { Dialect } from '../../domain/dialect.ts';
import type { Fact, UnavailableFact } from '../../domain/facts.ts';
import { curlArgv } from './argv.ts';
import { readConnections } from './connections.ts';
import { eventsOfLine, type CurlEvent } from './events.ts';
import { bodyBefore, readMarker } from './marker.ts';
import { readResponse } from './response.ts';
import { readTls } from './secure.ts';
import { toldError } from './told-error.ts';

/** curl 7.29 and later, with any TLS library. */
export const curlDialect: Dialect<'request'> = {
  id: 'curl',
  tool: 'curl',
  implementation: 'curl',
  argv: (question, limits) => curlArgv(question, limits),
  parse: parseCurl,
};

/**
 * Reads our own run, or whatever people paste: `curl -v`, `curl -i`, or the one line `curl: (7) ...`. Facts in order: resolve, a connect for each address
 * tried, tls, http. Times in `http` count from the start of the run (firstByteMs, totalMs) or are the length of the step (connectMs, tlsMs).
 */
export function parseCurl(output: CommandOutput): readonly Fact[] {
  const events = readEvents(output);
  const marker = readMarker(output);
  const connections = readConnections(events, marker);
  const error = events.findLast((event) => event.kind === 'error') ?? null;
  const tls = isLocalTrouble(error) ? null : readTls(events, hostAsked(events, connections.host), marker);
  const secure = tls !== null;
  const tlsDecided = tls !== null && tls.failure !== null && !events.some((event) => event.kind === 'status' && tls.established);
  const http = tlsDecided || isLocalTrouble(error) ? null : readResponse(events, bodyBefore(output), secure, marker);
  const facts = [...connections.facts, ...(tls === null ? [] : [tls]), ...(http === null ? [] : [http])];
  if (isLocalTrouble(error)) return [...facts, unavailable('command-failed', error.message)];
  return facts.length > 0 ? facts : [nothingRead(output, error)];
}

/** Lines of -v and errors stand on standard error, out of the reach of a body. A pasted text has one stream only. */
function readEvents(output: CommandOutput): readonly CurlEvent[] {
  const own = eventsOfText(output.stderr);
  if (own.length > 0) return own;
  const pasted = eventsOfText(output.stdout);
  return pasted.length > 0 ? pasted : headOf(output.stdout);
}

function eventsOfText(text: string): readonly CurlEvent[] {
  const events = text.split('\n').flatMap(eventsOfLine);
  if (events.length === 0 || events.some((event) => event.kind === 'error')) return events;
  const told = text.split('\n').map(toldError).findLast((event) => event !== null);
  return told === undefined ? events : [...events, told];
}

/** The head that `curl -i` or `curl -I` prints: only when the text begins with it. */
function headOf(stdout: string): readonly CurlEvent[] {
  if (!/^HTTP\/[\d.]+ \d{3}/u.test(stdout)) return [];
  const head = stdout.split(/\r?\n\r?\n/u)[0] ?? '';
  return head.split('\n').flatMap((line) => eventsOfLine(`< ${line.trimEnd()}`));
}

/** The name that the request itself names, which is the target's even behind a proxy. */
function hostAsked(events: readonly CurlEvent[], connected: string | null): string | null {
  const header = events.findLast((event) => event.kind === 'request-header' && event.name === 'host');
  const value = header?.kind === 'request-header' ? header.value : null;
  return value === null ? connected : value.replace(/:\d+$/u, '').replace(/^\[|\]$/gu, '');
}

/**
 * Failures that are our machine's and say nothing of the network (curl(1) EXIT CODES): 2 set-up or options, 3 URL, 4 feature not built in, 23 write, 26 read,
 * 27 memory, 43 internal, 45 interface, 48 option, 58 client certificate file, 59 cipher list, 77 CA file; 1 also when this curl lacks the protocol.
 */
const LOCAL_EXIT_CODES: ReadonlySet<number> = new Set([2, 3, 4, 26, 27, 43, 45, 48, 58, 59, 66, 77]);

function isLocalTrouble(error: Extract<CurlEvent, { kind: 'error' }> | null): error is Extract<CurlEvent, { kind: 'error' }> {
  if (error === null) return false;
  // curl: (1) Protocol "https" not supported or disabled in libcurl     (8.x: `Protocol "https" not supported`)
  return LOCAL_EXIT_CODES.has(error.exitCode) || (error.exitCode === 1 && /^Protocol .*(?:not supported|disabled)/u.test(error.message));
}

function nothingRead(output: CommandOutput, error: Extract<CurlEvent, { kind: 'error' }> | null): UnavailableFact {
  // curl: option --no-such-option: is unknown      (exit 2, without a number)
  const words = error?.message ?? output.stderr.split('\n').find((line) => line.startsWith('curl: ')) ?? output.stderr.split('\n')[0] ?? '';
  return unavailable(output.exitCode === 2 ? 'command-failed' : 'not-understood', words);
}

function unavailable(reason: UnavailableFact['reason'], detail: string): UnavailableFact {
  return { kind: 'unavailable', reason, detail };
}

