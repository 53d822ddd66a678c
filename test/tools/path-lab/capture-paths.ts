/**
 * Captures ping and trace fixtures in the lab of lab.sh: `lab.sh up && node test/tools/path-lab/capture-paths.ts [FILTER]`, as root.
 * The commands are those of the dialects. INETUTILS_BIN is a folder with inetutils' ping, ping6 and traceroute under those names;
 * PLAIN_PING_BIN one with a copy of iputils' ping without file capabilities, for the unprivileged runs.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import type { Limits } from '../../../src/domain/dialect.ts';
import { ping6Inetutils, pingBusyboxApplet, pingInetutils, pingIputils } from '../../../src/tools/ping/dialects.ts';
import * as trace from '../../../src/tools/traceroute/dialects.ts';
import { PERL_TRACE_SCRIPT } from '../../../src/tools/traceroute/perl-script.ts';
import { PYTHON_TRACE_SCRIPT } from '../../../src/tools/traceroute/python3-script.ts';

const LIMITS: Limits = { connectTimeoutMs: 3000, commandTimeoutMs: 10_000 };
const TOOLS = { kind: 'tools', tools: {}, versions: {} } as const;
const NOBODY = 'setpriv --reuid 65534 --regid 65534 --clear-groups --no-new-privs --bounding-set -all --inh-caps -all'.split(' ');
const INETUTILS = process.env['INETUTILS_BIN'] ?? '/usr/local/inetutils';
const PLAIN = process.env['PLAIN_PING_BIN'] ?? '/usr/local/plain';

interface Case {
  readonly file: string;
  readonly tool: string;
  readonly argv: readonly string[] | null;
  readonly path?: string;
  readonly nobody?: boolean;
}

const IPUTILS = 'ping from iputils 20221126';
const INETUTILS_TOOL = 'inetutils 2.4';
const BUSYBOX = 'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1)';
const DEBIAN = 'Modern traceroute for Linux, version 2.1.2';

const DESTINATIONS: Readonly<Record<string, string>> = {
  ok: '10.77.3.2',
  'host-unreachable': '10.77.3.99',
  'router-unreachable': '10.77.50.1',
  'net-unreachable': '10.77.51.1',
  'packet-filtered': '10.77.52.1',
  'host-prohibited': '10.77.53.1',
  'admin-prohibited': '10.77.54.1',
  'net-prohibited': '10.77.58.1',
  'protocol-unreachable': '10.77.59.1',
  loop: '10.77.55.1',
  silent: '10.77.56.1',
  'silent-hop': '10.77.3.4',
  loss: '10.77.3.5',
  'neighbour-missing': '10.77.0.99',
  'local-unreachable': '10.77.60.1',
  'local-prohibit': '10.77.61.1',
  'local-blackhole': '10.77.62.1',
  'local-drop': '10.77.63.1',
  'ipv6-ok': 'fd77:3::2',
  'ipv6-address-unreachable': 'fd77:3::99',
  'ipv6-no-route': 'fd77:51::1',
  'ipv6-prohibited': 'fd77:52::1',
  'ipv6-loop': 'fd77:55::1',
};

function pingCases(): readonly Case[] {
  const cases = Object.entries(DESTINATIONS).flatMap(([name, address]): Case[] => {
    const question = { kind: 'ping', address } as const;
    const inetutils = address.includes(':') ? ping6Inetutils : pingInetutils;
    return [
      { file: `ping/fixtures/iputils--${name}`, tool: IPUTILS, argv: pingIputils.argv(question, LIMITS, TOOLS) },
      { file: `ping/fixtures/busybox--${name}`, tool: BUSYBOX, argv: pingBusyboxApplet.argv(question, LIMITS, TOOLS) },
      { file: `ping/fixtures/inetutils--${name}`, tool: INETUTILS_TOOL, path: INETUTILS, argv: inetutils.argv(question, LIMITS, TOOLS) },
    ];
  });
  const question = { kind: 'ping', address: '10.77.3.2' } as const;
  return [
    ...cases,
    { file: 'ping/fixtures/iputils--not-permitted', tool: IPUTILS, path: PLAIN, nobody: true, argv: pingIputils.argv(question, LIMITS, TOOLS) },
    { file: 'ping/fixtures/iputils--file-capability-refused', tool: IPUTILS, nobody: true, argv: pingIputils.argv(question, LIMITS, TOOLS) },
    { file: 'ping/fixtures/busybox--not-permitted', tool: BUSYBOX, nobody: true, argv: pingBusyboxApplet.argv(question, LIMITS, TOOLS) },
    // As a build without fractions says it, and one without the option.
    { file: 'ping/fixtures/busybox--invalid-number', tool: BUSYBOX, argv: ['busybox', 'ping', '-c', '3', '-i', '2z', '-W', '3', '10.77.3.2'] },
    { file: 'ping/fixtures/busybox--invalid-option', tool: BUSYBOX, argv: ['busybox', 'ping', '-c', '3', '-Z', '0.2', '-W', '3', '10.77.3.2'] },
    { file: 'ping/fixtures/inetutils--not-permitted', tool: INETUTILS_TOOL, path: INETUTILS, nobody: true, argv: pingInetutils.argv(question, LIMITS, TOOLS) },
    { file: 'ping/fixtures/iputils--too-big', tool: IPUTILS, argv: ['ping', '-n', '-c', '2', '-i', '0.3', '-W', '1', '-M', 'do', '-s', '1400', '10.77.3.2'] },
    { file: 'ping/fixtures/iputils--too-big-for-link', tool: IPUTILS, argv: ['ping', '-n', '-c', '1', '-W', '1', '-M', 'do', '-s', '1600', '10.77.0.1'] },
    { file: 'ping/fixtures/iputils--name', tool: IPUTILS, argv: ['ping', '-c', '2', '-i', '0.3', 'localhost'] },
    { file: 'ping/fixtures/iputils--no-such-name', tool: IPUTILS, argv: ['ping', '-c', '1', 'no-such-name.invalid'] },
    { file: 'ping/fixtures/busybox--no-such-name', tool: BUSYBOX, argv: ['busybox', 'ping', '-c', '1', 'no-such-name.invalid'] },
    { file: 'ping/fixtures/inetutils--no-such-name', tool: INETUTILS_TOOL, path: INETUTILS, argv: ['ping', '-c', '1', 'no-such-name.invalid'] },
  ];
}

const TRACE_TOOLS = [
  { name: 'traceroute/fixtures/debian-tcp', tool: DEBIAN, dialect: trace.tracerouteDebianTcp },
  { name: 'traceroute/fixtures/debian', tool: DEBIAN, dialect: trace.tracerouteDebianUdp },
  { name: 'traceroute/fixtures/python3', tool: 'Python 3.11.2', dialect: trace.tracePython3 },
  { name: 'traceroute/fixtures/perl', tool: 'perl v5.36.0', dialect: trace.tracePerl },
  { name: 'mtr/fixtures/json', tool: 'mtr 0.95', dialect: trace.traceMtr },
  { name: 'traceroute/fixtures/inetutils', tool: INETUTILS_TOOL, dialect: trace.tracerouteInetutils },
  { name: 'traceroute/fixtures/busybox', tool: BUSYBOX, dialect: trace.tracerouteBusyboxApplet },
  { name: 'tracepath/fixtures/tracepath', tool: 'tracepath from iputils 20221126', dialect: trace.traceTracepath },
] as const;

function traceCases(): readonly Case[] {
  const asked = (address: string): { kind: 'trace'; address: string; port: number } => ({ kind: 'trace', address, port: 443 });
  const cases = TRACE_TOOLS.flatMap(({ name, tool, dialect }) => [
    ...Object.entries(DESTINATIONS)
      .filter(([place]) => place !== 'loss')
      .map(([place, address]): Case => ({ file: `${name}--${place}`, tool, path: INETUTILS, argv: dialect.argv(asked(address), LIMITS, TOOLS) })),
    { file: `${name}--unprivileged`, tool, path: INETUTILS, nobody: true, argv: dialect.argv(asked('10.77.3.2'), LIMITS, TOOLS) },
  ]);
  return [
    ...cases,
    { file: 'traceroute/fixtures/debian-pasted--icmp', tool: DEBIAN, argv: ['traceroute', '-I', '-n', '-q', '3', '-w', '2', '-m', '8', '10.77.3.2'] },
    { file: 'traceroute/fixtures/debian-pasted--three-probes', tool: DEBIAN, argv: ['traceroute', '-w', '2', '-m', '6', '10.77.3.99'] },
    { file: 'traceroute/fixtures/debian-pasted--no-such-name', tool: DEBIAN, argv: ['traceroute', 'no-such-name.invalid'] },
    { file: 'mtr/fixtures/report--ok', tool: 'mtr 0.95', argv: ['mtr', '-n', '-r', '-c', '2', '10.77.3.2'] },
    { file: 'mtr/fixtures/report--silent', tool: 'mtr 0.95', argv: ['mtr', '-n', '-r', '-c', '1', '-G', '1', '10.77.56.1'] },
    { file: 'mtr/fixtures/report--loss', tool: 'mtr 0.95', argv: ['mtr', '-n', '-r', '-w', '-b', '-c', '4', '-G', '1', '-i', '0.3', '10.77.3.5'] },
    { file: 'tracepath/fixtures/tracepath--name', tool: 'tracepath from iputils 20221126', argv: ['tracepath', '-b', 'localhost'] },
  ];
}

/** inetutils is installed beside the other tools; a folder before the PATH makes it the one that is found. */
function capture({ file, tool, argv, path, nobody }: Case): void {
  if (argv === null) return;
  const own = path !== undefined && (path === PLAIN || tool === INETUTILS_TOOL) ? ['env', `PATH=${path}:${process.env['PATH'] ?? ''}`] : [];
  const python = argv[0] === 'python3' ? ['env', 'PATH=/usr/bin:/bin'] : [];
  const prefix = ['ip', 'netns', 'exec', 'nxp-pod', ...own, ...python, ...(nobody === true ? NOBODY : [])];
  const out = new URL(`../${file}.out`, import.meta.url).pathname;
  spawnSync(process.execPath, [new URL('../capture.ts', import.meta.url).pathname, out, tool, '--limit-ms', '30000', '--', ...prefix, '--', ...argv], { stdio: 'inherit' });
  const text = readFileSync(out, 'utf8');
  const quoted = (script: string): string => `'${script.replaceAll('\n', '\\n').replaceAll("'", `'\\''`)}'`;
  writeFileSync(out, text.replaceAll(quoted(PYTHON_TRACE_SCRIPT), 'PYTHON_TRACE_SCRIPT').replaceAll(quoted(PERL_TRACE_SCRIPT), 'PERL_TRACE_SCRIPT'));
}

const filter = process.argv[2] ?? '';
if (spawnSync('ip', ['netns', 'exec', 'nxp-pod', 'true']).status !== 0) throw new Error('the lab is not up: run lab.sh up');
for (const one of [...pingCases(), ...traceCases()].filter(({ file }) => file.includes(filter))) {
  capture(one);
  // Routers send few ICMP errors a second to one address (net.ipv4.icmp_ratelimit): let the allowance come back.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, one.file.includes('loop') || one.file.includes('debian') ? 4000 : 1500);
}
