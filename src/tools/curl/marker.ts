import type { CommandOutput } from '../../domain/command.ts';
import { CURL_MARKER } from './argv.ts';

/** What our -w line says; times in milliseconds from the start of the run; null: the step was not reached, or this curl does not print it. */
export interface CurlMarker {
  readonly httpCode: number | null;
  /** Status of the proxy's last answer to CONNECT. */
  readonly connectCode: number | null;
  readonly nameLookupMs: number | null;
  /** 0 (null here) also when the handshake after the connection failed: measured with curl 7.88. */
  readonly connectMs: number | null;
  readonly tlsMs: number | null;
  readonly firstByteMs: number | null;
  readonly totalMs: number | null;
  readonly verifyResult: number | null;
  readonly remoteAddress: string | null;
  readonly exitCode: number | null;
}

/**
 * Reads the marker from the last line of standard output. A body comes before it, so a body that holds such a line cannot pass for it, unless the
 * output was cut: then (no exit code) nothing is taken from standard output.
 */
export function readMarker(output: CommandOutput): CurlMarker | null {
  if (output.exitCode === null) return null;
  const last = output.stdout.trimEnd().split('\n').at(-1) ?? '';
  // netdiag-curl code=200 connect_code=000 dns=0.000023 connect=0.009614 tls=0.023996 ... exit=0     (curl 7.88.1)
  if (!last.startsWith(`${CURL_MARKER} `)) return null;
  const value = (name: string): string | null => new RegExp(` ${name}=([^ ]*)`, 'u').exec(last)?.[1] ?? null;
  const exit = value('exit');
  if (exit !== null && /^\d+$/u.test(exit) && Number(exit) !== output.exitCode) return null;
  return {
    httpCode: status(value('code')),
    connectCode: status(value('connect_code')),
    nameLookupMs: milliseconds(value('dns')),
    connectMs: milliseconds(value('connect')),
    tlsMs: milliseconds(value('tls')),
    firstByteMs: milliseconds(value('first')),
    totalMs: milliseconds(value('total')),
    verifyResult: integer(value('verify')),
    remoteAddress: value('ip') === '' ? null : value('ip'),
    exitCode: integer(exit),
  };
}

/** The body's first part: standard output before the marker. Empty when there is no marker. */
export function bodyBefore(output: CommandOutput): string {
  const at = output.stdout.lastIndexOf(`${CURL_MARKER} `);
  return at < 0 || output.exitCode === null ? '' : output.stdout.slice(0, at).trimEnd();
}

function status(text: string | null): number | null {
  const number = integer(text);
  return number === null || number < 100 ? null : number;
}

function integer(text: string | null): number | null {
  return text !== null && /^\d{1,9}$/u.test(text) ? Number(text) : null;
}

/** Seconds with a point or, in some locales of old versions, a comma. */
function milliseconds(text: string | null): number | null {
  if (text === null || !/^\d+[.,]\d+$/u.test(text)) return null;
  const ms = Number(text.replace(',', '.')) * 1000;
  return ms === 0 ? null : Math.round(ms * 1000) / 1000;
}
