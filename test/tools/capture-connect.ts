/**
 * Captures the fixtures of every connect dialect, with the dialects' own argv, in network namespaces that test/tools/connect-namespaces.sh makes:
 *
 *     sh test/tools/connect-namespaces.sh up && node test/tools/capture-connect.ts [DIALECT...] ; sh test/tools/connect-namespaces.sh down
 *
 * Writes the facts as they are read beside the output: look at them before they become the expectation. NC_OPENBSD, NC_TRADITIONAL, NC_BUSYBOX,
 * NC_BUSYBOX_EXTRAS and TELNET_BUSYBOX name programs (or links to them) where the plain name is another implementation's.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import type { ToolsFact } from '../../src/domain/facts.ts';
import { connectDialects } from '../../src/tools/connect-dialects.ts';
import { loadFixture } from './fixture.ts';

const CASES = {
  connected: ['10.72.0.2', 7002],
  'connected-ipv6': ['fd72::2', 7002],
  refused: ['10.72.0.2', 7999],
  'refused-ipv6': ['fd72::2', 7999],
  timeout: ['10.72.0.2', 9001],
  'host-unreachable': ['10.71.0.99', 80],
  prohibited: ['10.72.0.77', 80],
  'network-unreachable': ['10.99.0.1', 80],
  'not-permitted': ['10.74.0.1', 80],
  'name-not-resolved': ['no-such-name.example', 80],
} as const;

/** The folder, the environment variable with the program's path, and how the program names its version. */
const SUBJECTS: Readonly<Record<string, readonly [folder: string, variable: string, version: readonly string[], line: RegExp]>> = {
  bash: ['bash', 'BASH_PROGRAM', ['bash', '--version'], /^GNU bash.*$/mu],
  python3: ['python3', 'PYTHON3', ['python3', '--version'], /^Python.*$/mu],
  perl: ['perl', 'PERL', ['perl', '-v'], /^This is perl.*$/mu],
  node: ['node', 'NODE_PROGRAM', ['node', '--version'], /^v.*$/mu],
  socat: ['socat', 'SOCAT', ['socat', '-V'], /^socat version \S+/mu],
  ncat: ['nc', 'NCAT', ['ncat', '--version'], /^Ncat: Version.*$/mu],
  'nc-openbsd': ['nc', 'NC_OPENBSD', ['nc.openbsd', '-h'], /^OpenBSD netcat.*$/mu],
  'nc-traditional': ['nc', 'NC_TRADITIONAL', ['nc.traditional', '-h'], /^\[v.*$/mu],
  'nc-busybox': ['nc', 'NC_BUSYBOX', ['busybox', 'nc', '--help'], /^BusyBox v.*$/mu],
  'nc-busybox-extras': ['nc', 'NC_BUSYBOX_EXTRAS', ['busybox', 'nc', '--help'], /^BusyBox v.*$/mu],
  'curl-connect': ['curl-connect', 'CURL', ['curl', '--version'], /^curl \S+/mu],
  telnet: ['telnet', 'TELNET', ['telnet', '--version'], /^telnet .*$/mu],
  'telnet-busybox': ['telnet', 'TELNET_BUSYBOX', ['busybox', 'telnet', '--help'], /^BusyBox v.*$/mu],
};

const tools: ToolsFact = { kind: 'tools', tools: { sh: 'sh', timeout: 'coreutils' }, versions: {} };
const limits = { connectTimeoutMs: 3000, commandTimeoutMs: 10_000 };
const wanted = process.argv.slice(2);

for (const dialect of connectDialects) {
  const subject = SUBJECTS[dialect.id];
  if (subject === undefined || (wanted.length > 0 && !wanted.includes(dialect.id))) continue;
  const [folder, variable, version, line] = subject;
  const program = process.env[variable];
  const said = spawnSync(version[0] ?? '', version.slice(1), { encoding: 'utf8' });
  const tool = `${line.exec(`${said.stdout}\n${said.stderr}`)?.[0] ?? 'unknown'}${dialect.id.endsWith('extras') ? ', CONFIG_NC_110_COMPAT' : ''}`;
  const fixtures = new URL(`./${folder}/fixtures/`, import.meta.url);
  mkdirSync(fixtures, { recursive: true });
  for (const [name, [address, port]] of Object.entries(CASES)) {
    const argv = dialect.argv({ kind: 'connect', address, port, attempt: 0 }, limits, tools);
    // curl tells of a name as of a question of its own.
    if (argv === null || (dialect.id === 'curl-connect' && name === 'name-not-resolved')) continue;
    // -n forbids names: asking for one shows what the tool says when a name does not resolve.
    const words = name === 'name-not-resolved' ? argv.filter((word) => word !== '-n') : argv;
    const command = words.map((word) => (word === dialect.tool && program !== undefined ? program : word));
    const file = new URL(`${dialect.id}--${name}.out`, fixtures);
    const stdin = dialect.stdin === undefined ? [] : ['--stdin', dialect.stdin];
    const capture = [new URL('./capture.ts', import.meta.url).pathname, file.pathname, tool, ...stdin, '--', 'ip', 'netns', 'exec', 'cn-a', '--', ...command];
    spawnSync(process.execPath, capture, { stdio: 'inherit' });
    // The program's own path is the machine's: the fixture shows the plain name.
    if (program !== undefined) writeFileSync(file, readFileSync(file, 'utf8').replaceAll(program, dialect.tool));
    const facts = dialect.parse(loadFixture(file).output);
    writeFileSync(new URL(file.href.replace(/\.out$/u, '.json')), `${JSON.stringify(facts, null, 2)}\n`);
    process.stdout.write(`${dialect.id} ${name}: ${facts.map((fact) => (fact.kind === 'connect' ? fact.outcome : fact.kind)).join(', ')}\n`);
  }
}
