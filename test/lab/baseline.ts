/**
 * The guide by hand: its commands (curl, nc, nslookup, ping and traceroute), typed in the pod and read with its table of patterns
 * and with the tools' own words, as favourably as can be.
 */
import { spawn } from 'node:child_process';
import { parseDependency, type Dependency } from '../../src/domain/dependency.ts';
import type { CauseId } from '../../src/domain/cause.ts';
import type { Claim } from './score.ts';

const PATIENCE_S = 15;

export interface Baseline {
  readonly claim: Claim;
  readonly durationMs: number;
}

export async function followGuide(prefix: readonly string[], dependencyUrl: string): Promise<Baseline> {
  const startedAt = performance.now();
  const parsed = parseDependency(dependencyUrl);
  if (!parsed.ok) throw new Error(`the guide cannot read ${dependencyUrl}`);
  const claim = await walk(prefix, parsed.dependency);
  return { claim, durationMs: Math.round(performance.now() - startedAt) };
}

interface Said {
  readonly text: string;
  readonly code: number | null;
}

async function walk(prefix: readonly string[], dependency: Dependency): Promise<Claim> {
  const { host, port, url } = dependency;
  const type = (...argv: readonly string[]): Promise<Said> => run([...prefix, 'timeout', String(PATIENCE_S), ...argv]);
  if (dependency.application === 'http') {
    const curl = await type('curl', '-v', '-s', '-S', '-o', '/dev/null', url);
    const claim = readCurl(curl);
    if (claim !== 'lower-layer') return claim;
  }
  const nc = await type('nc', '-vz', host, String(port));
  if (nc.code === 0) return dependency.application === 'http' ? unknown(null) : { status: 'reachable', cause: null, confidence: 'likely' };
  if (/refused/iu.test(nc.text)) return possible('tcp.refused');
  if (/network is unreachable/iu.test(nc.text)) return possible('ip.no-route');
  if (/no route to host/iu.test(nc.text)) return possible('ip.unreachable');
  const address = dependency.hostKind === 'name' ? await look(type, host) : host;
  if (typeof address !== 'string') return address;
  const ping = await type('ping', '-c', '4', address);
  if (/ bytes from /u.test(ping.text)) return possible('tcp.filtered');
  return readTrace((await type('traceroute', address)).text, address, ping.text);
}

async function look(type: (...argv: readonly string[]) => Promise<Said>, host: string): Promise<string | Claim> {
  const { text } = await type('nslookup', host);
  if (/NXDOMAIN/u.test(text)) return possible('dns.nxdomain');
  if (/SERVFAIL/u.test(text)) return possible('dns.servfail');
  if (/REFUSED/u.test(text)) return possible('dns.refused');
  if (/no servers could be reached|timed out|connection refused/iu.test(text)) return possible('dns.resolver-unreachable');
  const addresses = [...text.matchAll(/^Address: ([\d.]+|[\da-f:]+)$/gimu)].flatMap((match) => match[1] ?? []);
  return addresses[0] ?? possible('dns.no-address');
}

/** The six rows of the guide's table, and what curl adds to the fifth. */
function readCurl({ text, code }: Said): Claim | 'lower-layer' {
  const status = Number(/^< HTTP\/[\d.]+ (\d{3})/mu.exec(text)?.[1] ?? 0);
  if (status >= 500) return possible('app.http-server-error');
  if (status === 401 || status === 403) return possible('app.auth-rejected');
  if (status >= 400) return possible('app.http-client-error');
  if (code === 0) return { status: 'reachable', cause: null, confidence: 'likely' };
  if (/certificate has expired/iu.test(text)) return possible('tls.expired');
  if (/not yet valid/iu.test(text)) return possible('tls.not-yet-valid');
  if (/self[- ]signed certificate in certificate chain|unable to get local issuer/iu.test(text)) return possible('tls.unknown-ca');
  if (/self[- ]signed certificate/iu.test(text)) return possible('tls.self-signed');
  if (/no alternative certificate subject name|does not match target host/iu.test(text)) return possible('tls.hostname-mismatch');
  if (/wrong version number/iu.test(text)) return possible('tls.plaintext-port');
  if (/alert protocol version|unsupported protocol/iu.test(text)) return possible('tls.version-unsupported');
  if (/certificate required/iu.test(text)) return possible('tls.client-certificate-required');
  if (/SSL|TLS/u.test(text) && code === 35) return unknown(null);
  if (/Could not resolve proxy/iu.test(text)) return possible('proxy.unreachable');
  return 'lower-layer';
}

function readTrace(text: string, address: string, pingText: string): Claim {
  if (/!X|prohibited|filtered/iu.test(text + pingText)) return possible('ip.prohibited');
  if (/!H|!N|Unreachable/iu.test(text + pingText)) return possible('ip.unreachable');
  const hops = [...text.matchAll(/^ *\d+ +.*\(([\d.]+|[\da-f:]+)\)/gimu)].map((match) => match[1]);
  if (hops.includes(address)) return possible('tcp.filtered');
  if (new Set(hops).size < hops.length) return possible('ip.routing-loop');
  return possible('tcp.filtered');
}

function possible(cause: CauseId): Claim {
  return { status: 'fault', cause, confidence: 'possible' };
}

function unknown(cause: CauseId | null): Claim {
  return { status: 'inconclusive', cause, confidence: 'possible' };
}

function run(argv: readonly string[]): Promise<Said> {
  const [command = '', ...rest] = argv;
  return new Promise((resolve) => {
    const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
    let text = '';
    const take = (chunk: Buffer): void => { text += chunk.toString('latin1'); };
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.once('error', (error) => { resolve({ text: error.message, code: null }); });
    child.once('close', (code) => { resolve({ text, code }); });
  });
}
