/**
 * Captures what the resolvers' dialects see in the namespaces of namespaces.sh, as root on Linux:
 *
 *     test/tools/dns/namespaces.sh up && node test/tools/dns/capture.ts [TOOL|TOOL/CASE...] && test/tools/dns/namespaces.sh down
 *
 * BUSYBOX_SMALL may name a busybox that was built without FEATURE_NSLOOKUP_BIG. The .json beside each .out is what the
 * parser reads today: look at every difference before it is committed.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { loadFixture } from '../fixture.ts';
import { CAPTURES } from './captures.ts';

const VERSIONS: Readonly<Record<string, readonly string[]>> = {
  dig: ['dig', '-v'],
  nslookup: ['nslookup', '-version'],
  host: ['host', '-V'],
  busybox: ['busybox'],
  getent: ['getent', '--version'],
  python3: ['python3', '--version'],
  perl: ['perl', '-e', 'print "perl $^V"'],
  node: ['node', '--version'],
  bash: ['bash', '--version'],
  curl: ['curl', '--version'],
  ping: ['ping', '-V'],
  'busybox-small': ['true'],
};

const chosen = process.argv.slice(2);
const small = process.env['BUSYBOX_SMALL'];

for (const { folder, dialect, name, program, argv, parse, inCluster } of CAPTURES) {
  if (inCluster === true || (chosen.length > 0 && !chosen.includes(folder) && !chosen.includes(`${folder}/${name}`))) continue;
  if (program === 'busybox-small' && small === undefined) continue;
  const fixtures = new URL(`../${folder}/fixtures/`, import.meta.url);
  mkdirSync(fixtures, { recursive: true });
  const out = new URL(`${dialect}--${name}.out`, fixtures);
  const command = program === 'busybox' ? ['busybox', ...argv] : program === 'busybox-small' ? [small ?? '', ...argv] : argv;
  execFileSync('node', [
    fileURLToPath(new URL('../capture.ts', import.meta.url)),
    fileURLToPath(out),
    version(program),
    '--',
    ...['ip', 'netns', 'exec', 'dnscap-client'],
    '--',
    ...command,
  ]);
  const { output } = loadFixture(out);
  writeFileSync(new URL(`${dialect}--${name}.json`, fixtures), `${JSON.stringify(parse(output), null, 2)}\n`);
}

function version(program: string): string {
  const [command = '', ...args] = VERSIONS[program] ?? [];
  // nslookup and dig write their version on standard error.
  const text = execFileSync('sh', ['-c', '"$@" 2>&1; :', 'sh', command, ...args], { encoding: 'utf8' });
  return program === 'busybox-small' ? 'BusyBox v1.35.0, allnoconfig with NSLOOKUP and FEATURE_IPV6' : (text.split('\n').find((line) => line !== '') ?? '');
}
