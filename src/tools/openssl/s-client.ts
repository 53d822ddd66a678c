import { isIPv6 } from 'node:net';
import type { CommandOutput } from '../../domain/command.ts';
import type { Dialect } from '../../domain/dialect.ts';
import type { ConnectFact, Fact, ResolveFact } from '../../domain/facts.ts';
import { isResolutionFailure, outcomeOfLinuxErrno, recogniseErrno } from '../errno/strerror.ts';
import { unavailable } from '../no-answer.ts';
import { readHandshake } from './handshake.ts';

/** OpenSSL 1.0.2 and later, LibreSSL. Standard input is empty: s_client ends as soon as the handshake is done. */
export const sClientDialect: Dialect<'tls'> = {
  id: 'openssl',
  tool: 'openssl',
  implementation: 'openssl',
  argv({ address, port, serverName }, _limits, tools) {
    const version = versionOf(tools.versions['openssl'] ?? '');
    // 1.0.x splits host and port at the first colon.
    if (isIPv6(address) && version !== null && version < 1.1) return null;
    const host = isIPv6(address) ? `[${address}]` : address;
    const names = serverName === null ? [] : ['-servername', serverName, '-verify_hostname', serverName];
    // Since 1.1.1 a name in -connect is sent as SNI; an address never is. The option is for certainty.
    const noName = serverName === null && version !== null && version >= 1.11 ? ['-noservername'] : [];
    return ['openssl', 's_client', '-connect', `${host}:${String(port)}`, ...names, ...noName, '-showcerts'];
  },
  stdin: '',
  parse: parseSClient,
};

/** `OpenSSL 1.1.1w  11 Sep 2023` to 1.11; null for LibreSSL and anything unknown. */
function versionOf(line: string): number | null {
  const match = /OpenSSL (\d+)\.(\d+)\.(\d+)/u.exec(line);
  return match === null ? null : Number(match[1]) + Number(match[2]) / 10 + (match[1] === '1' ? Number(match[3]) / 100 : 0);
}

/** Reads our own run or a pasted one: connect (or resolve), then tls. */
export function parseSClient(output: CommandOutput): readonly Fact[] {
  const text = `${output.stdout}\n${output.stderr}`;
  // CONNECTED(00000003)     (1.1.1: CONNECTED(00000005); LibreSSL the same)
  if (!/^CONNECTED\([0-9A-Fa-f]+\)/mu.test(text)) return [readNoConnection(text, output.stderr)];
  const connected: ConnectFact = { kind: 'connect', host: null, address: null, port: null, transport: 'tcp', outcome: 'connected', elapsedMs: null, detail: null };
  const tls = readHandshake(text);
  return tls === null ? [connected] : [connected, tls];
}

function readNoConnection(text: string, stderr: string): Fact {
  // connect:errno=111
  const errno = /^connect:errno=(\d+)/mu.exec(text)?.[1];
  // 402765A1117F0000:error:10080002:BIO routines:BIO_lookup_ex:system lib:../crypto/bio/bio_addr.c:746:Name or service not known      (3.0)
  // 140:error:2008F002:BIO routines:BIO_lookup_ex:system lib:../crypto/bio/bio_addr.c:730:Name or service not known                   (1.1.1)
  // gethostbyname failure       (1.0.2)
  if (/^gethostbyname failure/mu.test(text) || (errno !== undefined && isResolutionFailure(text))) return notResolved(text);
  const outcome = errno === undefined ? null : (outcomeOfLinuxErrno(Number(errno)) ?? recogniseErrno(bioLine(text))?.outcome ?? 'failed');
  if (outcome !== null) {
    return { kind: 'connect', host: null, address: null, port: null, transport: 'tcp', outcome, elapsedMs: null, detail: bioLine(text) || `connect:errno=${errno ?? ''}` };
  }
  // s_client: Unknown option: -no_such_option      (3.0)    unknown option -no_such_option   (1.0.2)
  const local = /unknown option|use -help for summary|unable to load|error in .* option/iu.test(stderr);
  return unavailable(local ? 'command-failed' : 'not-understood', stderr.trim().split('\n')[0] ?? '');
}

/** 40A7EF05067F0000:error:8000006F:system library:BIO_connect:Connection refused:../crypto/bio/bio_sock2.c:117:calling connect() */
function bioLine(text: string): string {
  return /:error:[0-9A-F]+:system library:(?:BIO_)?connect:([^:\n]+)/u.exec(text)?.[1] ?? '';
}

function notResolved(text: string): ResolveFact {
  const again = /temporary failure in name resolution|try again/iu.test(text);
  return {
    kind: 'resolve', name: null, nameserver: null, recordType: 'any', transport: null, addresses: [], canonicalNames: [], answeredName: null, truncated: false,
    elapsedMs: null, outcome: again ? 'try-again' : /gethostbyname failure/u.test(text) ? 'failed' : 'not-found',
  };
}
