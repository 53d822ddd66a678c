import { describe, expect, test } from 'vitest';
import { askVantage } from '../../src/probes/ask.ts';
import { exchangeByTunnel, requestByTunnel } from '../../src/probes/by-tunnel.ts';
import { queryByTunnel } from '../../src/probes/query-by-tunnel.ts';
import type { Reply } from '../fakes/scripted-vantage.ts';
import { notThere } from '../fakes/scripted-vantage.ts';
import { files, isFiles } from '../fakes/replies.ts';
import { context } from './context.ts';

const A = '203.0.113.10';
const EXCHANGE = { kind: 'exchange', address: A, port: 5432, protocol: 'none', tls: false, serverName: null } as const;

/** bash's channel to a port where nothing listens, as it says it on standard error. */
function bashRefused(argv: readonly string[]): Reply {
  const [address = '', port = ''] = argv.slice(4);
  return {
    err: ['netdiag-hello', `netdiag-connect to ${address} ${port} tcp`, 'bash: connect: Connection refused', `bash: line 19: /dev/tcp/${address}/${port}: Connection refused`],
    exitCode: 1,
  };
}

describe('a byte channel', () => {
  test('that says that the network refused is the answer: no other is tried', async () => {
    const given = context({ bash: 'bash', node: 'node' }, bashRefused);
    const finding = await exchangeByTunnel(EXCHANGE, given);
    expect(finding.facts).toMatchObject([{ kind: 'connect', outcome: 'refused' }]);
    expect(given.vantage.ran).toHaveLength(1);
    expect(finding.command[0]).toBe('bash');
  });

  test('that could not be made for reasons of its own hands over to the next', async () => {
    const given = context({ bash: 'bash', python3: 'python3', perl: 'perl', node: 'node' }, (argv) => (argv[0] === 'bash' ? bashRefused(argv) : notThere(argv)));
    const finding = await exchangeByTunnel(EXCHANGE, given);
    expect(given.vantage.ran.length).toBeGreaterThan(0);
    expect(finding.facts.some((fact) => fact.kind === 'connect' && fact.outcome === 'refused')).toBe(true);
  });

  test('is tried three times at most, and what the first said is kept', async () => {
    const given = context({ bash: 'bash', python3: 'python3', perl: 'perl', node: 'node', socat: 'socat' }, () => ({ failure: 'not-permitted', detail: 'seccomp' }));
    const finding = await exchangeByTunnel(EXCHANGE, given);
    expect(given.vantage.ran).toHaveLength(3);
    expect(finding.facts).toMatchObject([{ kind: 'unavailable' }]);
  });

  test('that nothing can make is unavailable, with the tools that would', async () => {
    const given = context({}, () => null);
    const finding = await exchangeByTunnel(EXCHANGE, given);
    expect(given.vantage.ran).toEqual([]);
    expect(finding.facts).toMatchObject([{ kind: 'unavailable', reason: 'no-tool' }]);
    expect((finding.facts[0] as { detail: string }).detail).toContain('bash');
  });

  test('whose place is lost proves nothing', async () => {
    const finding = await exchangeByTunnel(EXCHANGE, context({ bash: 'bash' }, () => ({ failure: 'vantage-lost', detail: 'gone' })));
    expect(finding.facts).toMatchObject([{ kind: 'unavailable' }]);
  });
});

describe('a nameserver asked through a channel', () => {
  test('whose TCP port refuses has not answered the question', async () => {
    const finding = await queryByTunnel({ kind: 'query', name: 'x.', nameserver: '192.0.2.53', recordType: 'A', transport: 'tcp' }, context({ bash: 'bash' }, bashRefused));
    expect(finding.facts).toMatchObject([{ kind: 'resolve', outcome: 'unreachable', name: 'x.', nameserver: '192.0.2.53', transport: 'tcp', addresses: [] }]);
  });
});

describe('a request made through a channel', () => {
  const request = (url: string, direct = false): Parameters<typeof requestByTunnel>[0] => ({ kind: 'request', url, address: null, direct, attempt: 0 });
  const place = (proxies: readonly string[]) => (argv: readonly string[]): Reply | null => {
    if (isFiles(argv)) return { out: ['netdiag-files 1', ...proxies.map((one) => `env ${one}`), ...(files().out ?? []).slice(1)] };
    return argv[0] === 'bash' && argv.includes('tcp') ? bashRefused(argv) : null;
  };
  const tools = { sh: 'sh', bash: 'bash' };
  const reached = (given: ReturnType<typeof context>): readonly (readonly string[])[] => given.vantage.ran.filter(({ argv }) => argv.includes('tcp')).map(({ argv }) => argv.slice(4, 6));

  test('goes to the proxy that the environment names', async () => {
    const given = context(tools, place(['http_proxy=http://198.51.100.3:3128']));
    await requestByTunnel(request(`http://${A}/`), given);
    expect(reached(given)).toEqual([['198.51.100.3', '3128']]);
  });

  test('goes past the proxy when it is asked to', async () => {
    const given = context(tools, place(['http_proxy=http://198.51.100.3:3128']));
    await requestByTunnel(request(`http://${A}:8080/`, true), given);
    expect(reached(given)).toEqual([[A, '8080']]);
  });

  describe('to a proxy that asks for a password', () => {
    const asking = (proxies: readonly string[]) => (argv: readonly string[]): Reply | null =>
      argv.includes('tcp')
        ? { err: ['netdiag-hello', 'netdiag-start', 'netdiag-connected'], out: ['HTTP/1.1 407 Proxy Authentication Required', 'Proxy-Authenticate: Basic realm="proxy"', 'Content-Length: 0', ''] }
        : place(proxies)(argv);

    test('proves nothing where the variable holds one, which only the clients of the place know', async () => {
      const finding = await requestByTunnel(request(`http://${A}/`), context(tools, asking(['http_proxy=http://***@198.51.100.3:3128'])));
      expect(finding.facts).toMatchObject([{ kind: 'unavailable', reason: 'not-permitted' }]);
    });

    test('is its answer where the variable holds none', async () => {
      const finding = await requestByTunnel(request(`http://${A}/`), context(tools, asking(['http_proxy=http://198.51.100.3:3128'])));
      expect(finding.facts).toMatchObject([{ kind: 'connect' }, { kind: 'http', status: 407 }]);
    });
  });

  test('goes nowhere when the name has no address, and says what the resolver said', async () => {
    const given = context({ ...tools, getent: 'getent' }, (argv) => (argv[0] === 'getent' ? { exitCode: 2 } : place([])(argv)));
    const finding = await requestByTunnel(request('http://nobody.example/'), given);
    expect(reached(given)).toEqual([]);
    expect(finding.facts).toMatchObject([{ kind: 'resolve', name: 'nobody.example', outcome: 'failed' }]);
  });
});

describe('the way that a question takes', () => {
  const limits = { bash: 'bash', python3: 'python3' };

  test('a handshake is made by us first, by openssl only where there is no channel', async () => {
    const given = context({ openssl: 'openssl' }, () => ({ failure: 'not-permitted' }));
    await askVantage({ kind: 'tls', address: A, port: 443, serverName: null }, given);
    expect(given.vantage.ran.map(({ argv }) => argv[0])).toContain('openssl');
    const withBash = context({ ...limits, openssl: 'openssl' }, (argv) => (argv[0] === 'bash' ? bashRefused(argv) : null));
    const finding = await askVantage({ kind: 'tls', address: A, port: 443, serverName: null }, withBash);
    expect(withBash.vantage.ran.map(({ argv }) => argv[0])).not.toContain('openssl');
    expect(finding.facts).toMatchObject([{ kind: 'connect', outcome: 'refused', address: A, port: 443 }]);
  });

  test('what the cluster knows is not asked of a place', async () => {
    const given = context(limits, () => null);
    for (const kind of ['pod-state', 'node-state', 'cni-state', 'cluster-dns'] as const) {
      expect((await askVantage({ kind }, given)).facts).toMatchObject([{ kind: 'unavailable' }]);
    }
    expect(given.vantage.ran).toEqual([]);
  });

  test('files are read once for a place, whoever asks', async () => {
    const given = context({ sh: 'sh' }, (argv) => (isFiles(argv) ? files() : null));
    const [first, second] = await Promise.all([askVantage({ kind: 'files' }, given), askVantage({ kind: 'files' }, given)]);
    expect(given.vantage.ran).toHaveLength(1);
    expect(first.facts.map(({ kind }) => kind)).toEqual(second.facts.map(({ kind }) => kind));
  });
});
