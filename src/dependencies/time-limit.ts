/** By how a unit begins: ms, milliseconds; s, sec, seconds; m, min, minutes. */
function unitMs(unit: string): number {
  const short = unit.toLowerCase();
  if (short.startsWith('ms') || short.startsWith('mil')) return 1;
  return short.startsWith('s') ? 1000 : 60_000;
}

/**
 * timeout of 500ms exceeded        timed out after 1000 milliseconds        HttpClient.Timeout of 100 seconds elapsing
 * request timed out after 30000ms  Timeout exceeded: 2.5s                    did not respond within 5000 ms
 */
const NAMED = /(?:time-?out|timed[ -]?out|deadline|within|exceed(?:ed)?|elapsed|expired|after|limit)[^\n\d]{0,30}?(\d+(?:\.\d+)?)\s?(ms|milliseconds?|seconds?|sec|s|minutes?|min|m)\b/iu;
/** (read timeout=5)      requests and urllib3: seconds */
const PYTHON = /\((?:read|connect) timeout=(\d+(?:\.\d+)?)\)/u;

/** The time limit that a message says ran out, in ms; null when it names none. */
export function limitNamedIn(text: string): number | null {
  const python = PYTHON.exec(text)?.[1];
  if (python !== undefined) return Number(python) * 1000;
  const [, amount, unit = ''] = NAMED.exec(text) ?? [];
  return amount === undefined ? null : Number(amount) * unitMs(unit);
}

/** `5s`, `500ms`, `2m`, `PT5S`, `00:00:05`, `1.5s`; a bare number is what the name says: `TIMEOUT_MS`, `TIMEOUT_SECONDS`, else null. */
export function durationOf(name: string, value: string): number | null {
  const text = value.trim();
  const [, amount, unit] = /^(?:PT)?(\d+(?:\.\d+)?)\s?(ms|milliseconds?|s|sec|seconds?|m|min|minutes?)$/iu.exec(text) ?? [];
  if (amount !== undefined && unit !== undefined) return Number(amount) * unitMs(unit);
  const [, hours, minutes, seconds] = /^(\d{1,2}):(\d{2}):(\d{2}(?:\.\d+)?)$/u.exec(text) ?? [];
  if (hours !== undefined) return (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)) * 1000;
  if (!/^\d+(?:\.\d+)?$/u.test(text)) return null;
  if (/_?(?:ms|millis|milliseconds)$/iu.test(name)) return Number(text);
  return /_?(?:s|secs?|seconds)$/iu.test(name) ? Number(text) * 1000 : null;
}

/** A variable that holds a time limit of a client. */
export const TIMEOUT_NAME = /time_?-?out|deadline/iu;
