/** Makes hostile or decorated text plain before any pattern sees it: bounded length, no control sequences, no log furniture. */

/** A line alone may be a whole stack trace in JSON; among many lines a long one is payload. */
const MAX_LINE = 4_000;
const MAX_LINE_OF_MANY = 1_000;
const MANY_LINES = 40;
const MAX_LINES = 1_000;

// CSI, OSC (ended or not), other escapes; then C0 except tab and newline, DEL, C1, and the bidirectional controls.
const ANSI = /\u001b\[[0-?]{0,32}[ -/]{0,8}[@-~]|\u001b\][^\u0007\u001b\n]{0,4096}(?:\u0007|\u001b\\)?|\u001b[@-_]?|\u009b[0-?]{0,32}[ -/]{0,8}[@-~]/gu;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/gu;

function cutLine(line: string, max: number): string {
  return line.length <= max ? line : `${line.slice(0, max / 2)} ${line.slice(-max / 2)}`;
}

function cutLines(lines: readonly string[]): readonly string[] {
  return lines.length <= MAX_LINES ? lines : [...lines.slice(0, MAX_LINES / 2), ...lines.slice(-MAX_LINES / 2)];
}

/** The text as it can be shown and parsed: at most a million characters in a thousand lines; of what is too long, beginning and end are kept. */
export function plainText(text: string): string {
  const lines = cutLines(text.split(/\r\n|\n|\r/u));
  const max = lines.length > MANY_LINES ? MAX_LINE_OF_MANY : MAX_LINE;
  return lines
    .map((line) => cutLine(line, max).replace(ANSI, '').replace(CONTROL, '').replace(/\u00a0/gu, ' ').replace(/[\u2018\u2019]/gu, "'").trimEnd())
    .join('\n')
    .trim();
}

/** Names under which structured loggers put what went wrong: zap, logrus, zerolog, pino, winston, serilog, logback-json, ECS. */
const MESSAGE_KEYS = /^(?:msg|message|@message|error|err|exception|reason|cause|causes|detail|details|description|stack|stacktrace|stack_trace|exception_message|error\.message|error_message|log|text|body|response_flags|response_code_details|upstream_transport_failure_reason|code|@m|@x)$/iu;

function collect(value: unknown, into: string[], depth: number): void {
  if (typeof value === 'string') into.push(value.slice(0, MAX_LINE));
  else if (depth < 4 && Array.isArray(value)) value.slice(0, 20).forEach((item) => collect(item, into, depth + 1));
  else if (depth < 4 && typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) if (MESSAGE_KEYS.test(key)) collect(inner, into, depth + 1);
  }
}

/** `{"level":"error","msg":"...","error":"..."}` → the sentences in it; null when the line is no JSON object or names none. */
function fromJsonLine(line: string): string | null {
  if (!line.startsWith('{') || !line.endsWith('}')) return null;
  try {
    const found: string[] = [];
    collect(JSON.parse(line), found, 0);
    return found.length === 0 ? null : found.join('\n');
  } catch {
    return null;
  }
}

// time="2024-01-01T00:00:00Z" level=error msg="..." error="..."        logfmt: logrus, go-kit, Traefik, Grafana
const LOGFMT = /\b(?:msg|message|err|error|reason|cause)=("(?:[^"\\]|\\.){0,2000}"|[^\s"]{1,500})/gu;

function fromLogfmtLine(line: string): string | null {
  if (!/\b(?:level|lvl|severity)=/u.test(line)) return null;
  const values = [...line.matchAll(LOGFMT)].map((match) => (match[1] ?? '').replace(/^"|"$/gu, '').replace(/\\"/gu, '"'));
  return values.length === 0 ? null : values.join('\n');
}

const PREFIXES: readonly RegExp[] = [
  // E1012 10:11:12.000000       1 reflector.go:147]                    klog
  /^[IWEF]\d{4} \d{2}:\d{2}:\d{2}\.\d{1,9}\s+\d+ [\w./-]{1,80}:\d+\] /u,
  // 2024-01-01T10:11:12.123Z   2024/01/01 10:00:00   [2024-01-01 10:00:00,123]   10:11:12.123
  /^\[?\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d{2}:?\d{2}|UTC))?\]?:?\s+/u,
  /^\[?\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?\]?\s+/u,
  // Jan  1 10:11:12 node-3 kubelet[812]:                               syslog
  /^[A-Z][a-z]{2} [ \d]\d \d{2}:\d{2}:\d{2} \S{1,64} [\w./-]{1,64}(?:\[\d+\])?: /u,
  // stderr F   stdout F                                                 CRI log files
  /^std(?:out|err) [FP] /u,
  // ERROR: ...    [error] ...    level names
  /^\[(?:error|warn(?:ing)?|info|fatal|crit(?:ical)?|emerg|alert|notice|debug|trace)\]:?\s+/iu,
  /^(?:ERROR|WARN(?:ING)?|INFO|FATAL|CRITICAL|DEBUG|TRACE|error|warning|fatal): ?\s+/u,
];

function withoutPrefix(line: string): string {
  let rest = line;
  for (const prefix of PREFIXES) rest = rest.replace(prefix, '');
  return rest === '' ? line : rest;
}

/** The sentences of a text, free of what loggers put around them. */
export function withoutLogging(plain: string): string {
  return plain
    .split('\n')
    .map((line) => {
      const bare = withoutPrefix(line.trimStart().startsWith('{') ? line.trim() : line);
      return fromJsonLine(bare) ?? fromLogfmtLine(bare) ?? bare;
    })
    .join('\n');
}
