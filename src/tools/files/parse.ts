import type { Parse } from '../../domain/dialect.ts';
import type { ClockFact, EnvironmentFact, Fact, HostsFileFact, ResolvConfFact } from '../../domain/facts.ts';
import { notUnderstood } from '../dns-message/resolve-fact.ts';
import { wholeLines } from '../whole-lines.ts';
import { readHostsFile } from '../hosts-file/hosts-file.ts';
import { readResolvConf } from '../resolv-conf/resolv-conf.ts';

/**
 * Reads what script.ts prints. A file counts when its `end` line came, so a cut file proves nothing; a file without any entry is an
 * empty fact. A file that cannot be read has no fact. The environment counts when the first file or its absence follows it.
 *
 * The clock is the vantage's own time since 1970 in milliseconds as `offsetMs`, with its resolution as `uncertaintyMs`: a text
 * cannot know when it was printed here. src/probes/dns/complete.ts makes the real offset of it.
 */
export const parseFiles: Parse = (output) => {
  const lines = wholeLines(output);
  if (lines[0] !== 'netdiag-files 1') return [notUnderstood(output)];
  const resolvConf = fileLines(lines, '/etc/resolv.conf');
  const hosts = fileLines(lines, '/etc/hosts');
  const facts: readonly (Fact | null)[] = [
    resolvConf && (readResolvConf(resolvConf) ?? EMPTY_RESOLV_CONF),
    hosts && (readHostsFile(hosts) ?? EMPTY_HOSTS_FILE),
    readEnvironment(lines),
    readClock(lines),
  ];
  const known = facts.filter((fact) => fact !== null);
  return known.length > 0 ? known : [notUnderstood(output)];
};

const EMPTY_RESOLV_CONF: ResolvConfFact = { kind: 'resolv-conf', nameservers: [], search: [], options: [], ndots: 1 };
const EMPTY_HOSTS_FILE: HostsFileFact = { kind: 'hosts-file', entries: [] };

/** Contents of a file, without the `| ` before each line; null when it is absent or was cut. */
function fileLines(lines: readonly string[], path: string): readonly string[] | null {
  const start = lines.indexOf(`file ${path}`);
  const end = lines.indexOf(`end ${path}`);
  if (start < 0 || end < start) return null;
  // A file's own line ends with a carriage return when it was written on Windows.
  return lines.slice(start + 1, end).filter((line) => line.startsWith('|')).map((line) => line.slice(2).replace(/\r$/u, ''));
}

function readEnvironment(lines: readonly string[]): EnvironmentFact | null {
  const end = lines.findIndex((line) => /^(?:file|absent) /u.test(line));
  if (end < 0) return null;
  const proxies: Record<string, string> = {};
  for (const line of lines.slice(0, end)) {
    // `env HTTPS_PROXY=http://***@proxy.corp.example:3128`: of two spellings the lower case counts, as in curl(1)
    const [, name = '', value] = /^env (\w+)=(.*)$/u.exec(line) ?? [];
    if (value === undefined) continue;
    const lowerCase = name.toLowerCase();
    if (name === lowerCase || proxies[lowerCase] === undefined) proxies[lowerCase] = withoutPassword(value);
  }
  return { kind: 'environment', proxies };
}

function withoutPassword(value: string): string {
  return value.replace(/^([a-z][a-z0-9+.-]*:\/\/)?.*@/iu, '$1***@');
}

function readClock(lines: readonly string[]): ClockFact | null {
  for (const line of lines) {
    // `clock 1795405417.759333`; dash with coreutils date: nanoseconds; busybox date knows no %N: `clock 1795405417.%N` or `clock 1795405417.`;
    // a locale's decimal comma in bash's EPOCHREALTIME
    const [, seconds, fraction = ''] = /^clock (\d{9,11})(?:[.,](\d*)(?:%?N)?)?$/u.exec(line) ?? [];
    if (seconds === undefined) continue;
    if (fraction === '') return { kind: 'clock', offsetMs: Number(seconds) * 1000 + 500, uncertaintyMs: 500 };
    return { kind: 'clock', offsetMs: Number(seconds) * 1000 + Math.floor(Number(`0.${fraction}`) * 1000), uncertaintyMs: 1 };
  }
  return null;
}
