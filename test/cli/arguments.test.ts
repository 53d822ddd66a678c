import { describe, expect, it } from 'vitest';
import { call, sessionOf } from './call.ts';

/** What `run` is asked for by a command line that is right. */
async function requestOf(...argv: string[]): Promise<ReturnType<typeof sessionOf>['requests'][number]> {
  const session = sessionOf([]);
  const { stderr } = await call(['run', ...argv], { startSession: session.startSession });
  const [request] = session.requests;
  if (request === undefined) throw new Error(stderr);
  return request;
}

describe('run takes', () => {
  it.each([
    ['orders-6f7c', 'pod', 'orders-6f7c'],
    ['pod/orders-6f7c', 'pod', 'orders-6f7c'],
    ['deploy/orders', 'deployment', 'orders'],
    ['deployment.apps/orders', 'deployment', 'orders'],
    ['sts/db', 'statefulset', 'db'],
    ['svc/orders', 'service', 'orders'],
    ['DaemonSet/agent', 'daemonset', 'agent'],
  ])('%s as a target', async (target, kind, name) => {
    expect((await requestOf(target, '--to', 'db:5432')).start).toEqual({ kind: 'cluster', workload: { kind, name }, container: null });
  });

  it('everything kubectl users expect, in any order', async () => {
    const request = await requestOf('--to', 'https://api.example.com/health', '-n', 'shop', 'pod/a', '-c', 'app', '--context=prod', '--kubeconfig', '/k');
    expect(request).toMatchObject({
      start: { workload: { name: 'a' }, container: 'app' },
      cluster: { namespace: 'shop', context: 'prod', kubeconfig: '/k' },
      dependency: { host: 'api.example.com', port: 443, path: '/health' },
      output: 'text',
      timeoutMs: 60_000,
      connectTimeoutMs: 3_000,
    });
  });

  it('this machine, or a prefix that is split and never given to a shell', async () => {
    expect((await requestOf('--local', '--to', 'db:5432')).start).toEqual({ kind: 'local' });
    const via = await requestOf('--via', 'ip netns exec "my pod" $HOME;ls', '--to', 'db:5432');
    expect(via.start).toEqual({ kind: 'via', argv: ['ip', 'netns', 'exec', 'my pod', '$HOME;ls'] });
  });

  it('several contrasts', async () => {
    const { contrasts } = await requestOf('--local', '--to', 'db:5432', '--contrast', "node=ip netns exec 'n 1'", '--contrast', 'b=env A=1');
    expect(contrasts).toEqual([
      { name: 'node', argv: ['ip', 'netns', 'exec', 'n 1'] },
      { name: 'b', argv: ['env', 'A=1'] },
    ]);
  });

  it.each([
    ['30', 30_000],
    ['30s', 30_000],
    ['1.5', 1_500],
    ['2m', 120_000],
    ['500ms', 500],
    ['1h', 3_600_000],
  ])('%s as a time limit', async (text, ms) => {
    expect((await requestOf('--local', '--to', 'db:5432', '--timeout', text)).timeoutMs).toBe(ms);
  });
});

const LOCAL = ['run', '--local', '--to', 'db:5432'];
const BAD: readonly (readonly [string, readonly string[], string])[] = [
  ['no target', ['run', '--to', 'db:5432'], 'no-target'],
  ['a film without a console', [...LOCAL, '--cast', 'x.cast'], 'conflict'],
  ['a film of what is only printed', ['replay', '--to-end', '--cast', 'x.cast'], 'conflict'],
  ['a list that is shared', ['runs', '--share'], 'conflict'],
  ['a change without a time', [...LOCAL, '--until-change'], 'until-change-needs-every'],
  ['two targets', ['run', 'pod/a', '--local', '--to', 'db:5432'], 'two-targets'],
  ['one target too many', ['run', 'pod/a', 'pod/b', '--to', 'db:5432'], 'too-many-arguments'],
  ['an unknown kind', ['run', 'secret/a', '--to', 'db:5432'], 'bad-target'],
  ['a kind without a name', ['run', 'pod/', '--to', 'db:5432'], 'bad-name'],
  ['a name with capitals', ['run', 'pod/Orders', '--to', 'db:5432'], 'bad-name'],
  ['a path for a name', ['run', 'pod/a/b', '--to', 'db:5432'], 'bad-target'],
  ['no destination', ['run', '--local'], 'no-dependency'],
  ['an empty destination', ['run', '--local', '--to', ''], 'bad-dependency'],
  ['an option as destination', ['run', '--local', '--to', '-oProxyCommand=x'], 'bad-dependency'],
  ['an option as a host', ['run', '--local', '--to', 'https://-x/'], 'bad-dependency'],
  ['a port that is none', ['run', '--local', '--to', 'db:99999'], 'bad-dependency'],
  ['an unknown scheme', ['run', '--local', '--to', 'gopher://x'], 'bad-dependency'],
  ['an option as namespace', ['run', 'a', '-n', '--all', '--to', 'db:5432'], 'looks-like-option'],
  ['an option as context', ['run', 'a', '--context', '-x', '--to', 'db:5432'], 'looks-like-option'],
  ['a container of this machine', [...LOCAL, '-c', 'app'], 'conflict'],
  ['an empty prefix', ['run', '--via', ' ', '--to', 'db:5432'], 'bad-prefix'],
  ['a prefix with an open quote', ['run', '--via', "ssh 'node-3", '--to', 'db:5432'], 'bad-prefix'],
  ['a prefix that is an option', ['run', '--via', '-x y', '--to', 'db:5432'], 'bad-prefix'],
  ['a contrast without a name', [...LOCAL, '--contrast', 'ssh node-3'], 'bad-contrast'],
  ['a contrast with an open quote', [...LOCAL, '--contrast', 'n="ssh'], 'bad-contrast'],
  ['the same contrast twice', [...LOCAL, '--contrast', 'n=a', '--contrast', 'n=b'], 'bad-contrast'],
  ['no time at all', [...LOCAL, '--timeout', '0'], 'bad-duration'],
  ['a time without sense', [...LOCAL, '--connect-timeout', '3 apples'], 'bad-duration'],
  ['too much time', [...LOCAL, '--timeout', '2h'], 'bad-duration'],
  ['an unknown format', [...LOCAL, '-o', 'yaml'], 'bad-choice'],
  ['an unknown language', ['--lang', 'fr', ...LOCAL], 'bad-choice'],
  ['an unknown option', [...LOCAL, '--tmeout', '3'], 'unknown-option'],
  ['an option without its value', [...LOCAL, '--timeout'], 'option-without-value'],
  ['an unknown command', ['rnu', '--local'], 'unknown-command'],
  ['an unknown cause', ['causes', 'dns.nx'], 'unknown-cause'],
  ['an unknown tree format', ['tree', '--format', 'svg'], 'bad-choice'],
  ['nothing to explain', ['explain'], 'no-text'],
  ['no terminal', [], 'no-terminal'],
];

describe('a command line that is wrong because of', () => {
  it.each(BAD)('%s is told in a sentence and a hint, in both languages', async (_what, argv) => {
    const [en, es] = await Promise.all([call(argv), call(argv, { env: { LANG: 'es_ES.UTF-8' } })]);
    for (const { exitCode, stdout, stderr } of [en, es]) {
      expect(exitCode).toBe(3);
      expect(stdout).toBe('');
      expect(stderr).toMatch(/^Error: \S.*\.\n\S.*\n$/u);
      expect(stderr).not.toMatch(/undefined|\bat .*:\d+/u);
    }
    expect(es.stderr).not.toBe(en.stderr);
  });

  it.each(BAD.filter(([, argv]) => argv[0] === 'run' && !argv.includes('-o')))('%s is an object on stdout in JSON mode', async (_what, argv, code) => {
    const [command = '', ...rest] = argv;
    const { exitCode, stdout, stderr } = await call([command, '-o', 'json', ...rest]);
    expect(exitCode).toBe(3);
    expect(stderr).toBe('');
    const json = JSON.parse(stdout) as { schema: string; error: { code: string; message: string; hint: string } };
    expect(json.schema).toBe('netdiag-run/v1');
    expect(json.error.code).toBe(code);
    expect(json.error.message).toMatch(/\.$/u);
    expect(json.error.hint).not.toBe('');
  });

  it('a typing error comes with the word that was meant', async () => {
    expect((await call([...LOCAL, '--tmeout', '3'])).stderr).toContain('Did you mean --timeout?');
    expect((await call([...LOCAL, '--lnag', 'es'])).stderr).toContain('Did you mean --lang?');
    expect((await call(['cuases'], { env: { LC_ALL: 'es' } })).stderr).toContain('¿Querías decir causes?');
    expect((await call(['causes', 'dns.nxdomian'])).stderr).toContain('Did you mean dns.nxdomain?');
    expect((await call(['run', 'depoy/x', '--to', 'y'])).stderr).toContain('Did you mean deploy/x?');
    expect((await call([...LOCAL, '-o', 'jsn'])).stderr).toContain('Did you mean json?');
  });

  it('the language asked for is the language of the complaint, wherever it stands', async () => {
    expect((await call([...LOCAL, '--bogus', '--lang', 'es'])).stderr).toContain('No existe la opción --bogus.');
    expect((await call(['--lang=es', 'run'], { env: { LANG: 'en_US' } })).stderr).toContain('No se ha dicho');
  });
});

describe('help', () => {
  it.each([['--help'], ['run', '--help'], ['help', 'run'], ['help', 'explain'], ['causes', '-h'], ['tree', '--help']])('is there in both languages: %s %s', async (...argv) => {
    const words = argv.filter((word): word is string => typeof word === 'string');
    const [en, es] = await Promise.all([call(words), call([...words, '--lang', 'es'])]);
    expect([en.exitCode, es.exitCode]).toEqual([0, 0]);
    expect(en.stdout).toMatch(/^Usage: netdiag-tui/u);
    expect(es.stdout).toMatch(/^Uso: netdiag-tui/u);
    expect(es.stdout).not.toMatch(/Usage:|Options:|Commands:|Arguments:|display help|output the version/u);
    expect(en.stderr + es.stderr).toBe('');
  });

  it('prints the version', async () => {
    expect((await call(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
  });
});
