import { describe, expect, it } from 'vitest';
import type { CommandOutput } from '../../../src/domain/command.ts';
import { filesDialects, parseBareFiles } from '../../../src/tools/files/files.ts';
import { parseFiles } from '../../../src/tools/files/parse.ts';
import { loadFixtures } from '../fixture.ts';

const fixtures = loadFixtures(new URL('./fixtures/', import.meta.url));

const RESOLV_CONF = {
  kind: 'resolv-conf',
  nameservers: ['10.77.0.53'],
  search: ['shop.lab.example', 'lab.example'],
  options: ['ndots:5', 'timeout:1', 'attempts:1'],
  ndots: 5,
};
const HOSTS_FILE = {
  kind: 'hosts-file',
  entries: [
    { address: '127.0.0.1', names: ['localhost'] },
    { address: '203.0.113.99', names: ['pinned.lab.example', 'pinned'] },
  ],
};
const ENVIRONMENT = {
  kind: 'environment',
  proxies: {
    http_proxy: 'http://lower.corp.example:3128',
    https_proxy: 'http://***@proxy.corp.example:3128',
    no_proxy: '.svc,10.0.0.0/8',
    all_proxy: '***@socks.corp.example:1080',
  },
};

function outputOf(text: string): CommandOutput {
  const lines = text.replace(/\n$/u, '').split('\n').map((line) => ({ stream: 'stdout' as const, text: line, atMs: 0 }));
  return { exitCode: null, stdout: text, stderr: '', lines, durationMs: 0 };
}

describe.each(filesDialects.filter((dialect) => dialect.id !== 'files-cat'))('$id', ({ id, parse }) => {
  const fixture = fixtures.find((candidate) => candidate.dialect === id);

  it('tells the files, the proxies without their passwords, and the clock to the millisecond', () => {
    const facts = fixture === undefined ? [] : parse(fixture.output);
    expect(facts.slice(0, 3)).toEqual([RESOLV_CONF, HOSTS_FILE, ENVIRONMENT]);
    expect(facts[3]).toMatchObject({ kind: 'clock', uncertaintyMs: 1 });
  });

  it('never printed a password', () => {
    expect(fixture?.output.stdout).toContain('***@proxy.corp.example');
    expect(fixture?.output.stdout).not.toMatch(/s3cr|carol/u);
  });

  it('says only what came whole when it is cut at any byte', () => {
    const text = fixture?.output.stdout ?? '';
    const whole = parse(outputOf(text)).map((fact) => JSON.stringify(fact));
    const cut = Array.from({ length: text.length }, (_, length) => parse(outputOf(text.slice(0, length)))).flat();
    const news = cut.filter((fact) => fact.kind !== 'unavailable' && !whole.includes(JSON.stringify(fact)));
    expect(news).toEqual([]);
  });
});

it('without a shell, cat still shows both files', () => {
  const fixture = fixtures.find((candidate) => candidate.dialect === 'files-cat');
  expect(fixture && parseBareFiles(fixture.output)).toEqual([RESOLV_CONF, HOSTS_FILE]);
});

it('a clock of whole seconds is half a second uncertain', () => {
  // busybox date 1.35.0 without nanoseconds prints the letters: `1795405417.%N`
  const facts = parseFiles(outputOf('netdiag-files 1\nclock 1795405417.%N\n'));
  expect(facts).toEqual([{ kind: 'clock', offsetMs: 1_795_405_417_500, uncertaintyMs: 500 }]);
});

it('a file cannot pretend to be another section', () => {
  const text = 'netdiag-files 1\nfile /etc/resolv.conf\n| end /etc/resolv.conf\n| env https_proxy=http://evil.example\n| nameserver 10.0.0.1\nend /etc/resolv.conf\nabsent /etc/hosts\nnetdiag-files end\n';
  const facts = parseFiles(outputOf(text));
  expect(facts).toEqual([
    { kind: 'resolv-conf', nameservers: ['10.0.0.1'], search: [], options: [], ndots: 1 },
    { kind: 'environment', proxies: {} },
  ]);
});

it('anything else is not understood', () => {
  expect(parseFiles(outputOf('sh: not found\n'))).toMatchObject([{ kind: 'unavailable', reason: 'not-understood' }]);
  expect(parseBareFiles(outputOf('cat: /etc/hosts: No such file or directory\n'))).toMatchObject([{ kind: 'unavailable' }]);
});
