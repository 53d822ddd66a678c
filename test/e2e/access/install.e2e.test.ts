import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HAS_SCRIPTS, kubectl, NEEDS_SCRIPTS } from '../cluster.ts';
import { runProduct, startProduct } from '../product.ts';
import { readRun } from '../run-contract.ts';

/**
 * Tools installed in a container for a while, by Debian's real apt and dpkg. The cluster has no way to a mirror, so that the packages
 * are made here: of the real names, with a program that says nothing of use.
 */

const HAS_DPKG = spawnSync('dpkg-deb', ['--version']).status === 0;
const NEEDS_DPKG = HAS_DPKG ? '' : ' (skipped: no dpkg-deb)';
const POD = 'netdiag-e2e-install';
const TOOLS = { curl: 'curl', dig: 'dnsutils', openssl: 'openssl', nc: 'netcat-openbsd', ping: 'iputils-ping', traceroute: 'traceroute', ip: 'iproute2' };
const LIBRARY = 'netdiag-e2e-library';

async function buildPackage(folder: string, name: string, program: string | null): Promise<{ readonly file: string; readonly content: Buffer; readonly control: string }> {
  const root = join(folder, name);
  const control = `Package: ${name}\nVersion: 1.0-1\nArchitecture: all\nMaintainer: netdiag-tui tests <nobody@example>\n${name === LIBRARY ? '' : `Depends: ${LIBRARY}\n`}Description: stand-in for a test\n`;
  await mkdir(join(root, 'DEBIAN'), { recursive: true });
  await writeFile(join(root, 'DEBIAN/control'), control);
  if (program !== null) {
    await mkdir(join(root, 'usr/bin'), { recursive: true });
    await writeFile(join(root, 'usr/bin', program), '#!/bin/sh\necho "a stand-in" >&2\nexit 1\n');
    await chmod(join(root, 'usr/bin', program), 0o755);
  }
  const file = `${name}.deb`;
  await execa('dpkg-deb', ['--build', '--root-owner-group', root, join(folder, file)]);
  return { file, content: await readFile(join(folder, file)), control };
}

/** A repository as files of a ConfigMap. */
async function repository(folder: string): Promise<Readonly<Record<string, string>>> {
  const packages = await Promise.all([...Object.entries(TOOLS).map(([program, name]) => buildPackage(folder, name, program)), buildPackage(folder, LIBRARY, null)]);
  const index = await Promise.all(packages.map(async ({ file, content, control }) => {
    const { stdout } = await execa('sha256sum', [join(folder, file)]);
    return `${control}Filename: ./${file}\nSize: ${String(content.length)}\nSHA256: ${stdout.split(' ')[0] ?? ''}\n`;
  }));
  const files: readonly (readonly [string, Buffer])[] = [...packages.map(({ file, content }) => [file, content] as const), ['Packages', Buffer.from(index.join('\n'))]];
  return Object.fromEntries(files.map(([name, content]) => [name, content.toString('base64')]));
}

function pod(): object {
  const image = { image: 'docker.io/library/debian:bookworm-slim', imagePullPolicy: 'Never', command: ['sleep', '86400'] };
  const volumeMounts = [{ name: 'repository', mountPath: '/repository' }, { name: 'sources', mountPath: '/etc/apt/sources.list.d' }, { name: 'sources', mountPath: '/etc/apt/sources.list', subPath: 'none' }];
  const sources = 'Types: deb\nURIs: file:/repository\nSuites: ./\nTrusted: yes\n';
  const metadata = { name: POD, namespace: 'shop', labels: { app: 'netdiag-e2e' }, annotations: { sources, none: '# none\n' } };
  const annotation = (path: string, name: string): object => ({ path, fieldRef: { fieldPath: `metadata.annotations['${name}']` } });
  const volumes = [{ name: 'repository', configMap: { name: POD } }, { name: 'sources', downwardAPI: { items: [annotation('local.sources', 'sources'), annotation('none', 'none')] } }];
  return {
    apiVersion: 'v1', kind: 'Pod', metadata,
    spec: {
      terminationGracePeriodSeconds: 0, volumes,
      containers: [
        { ...image, name: 'root', volumeMounts },
        { ...image, name: 'user', securityContext: { runAsUser: 1000 } },
        { ...image, name: 'fixed', securityContext: { readOnlyRootFilesystem: true } },
      ],
    },
  };
}

const inside = (...argv: readonly string[]): Promise<string> => kubectl(['exec', '-n', 'shop', POD, '-c', 'root', '--', ...argv]);
const run = (container: string, ...more: readonly string[]): ReturnType<typeof runProduct> =>
  runProduct(['run', '-n', 'shop', `pod/${POD}`, '-c', container, '--to', 'https://api.payments.example/', '--install-tools', '-o', 'json', ...more]);

describe.skipIf(!HAS_SCRIPTS || !HAS_DPKG)(`tools installed in the container${NEEDS_SCRIPTS}${NEEDS_DPKG}`, () => {
  let folder = '';
  const remove = async (): Promise<void> => { await kubectl(['delete', '-n', 'shop', '--ignore-not-found', `pod/${POD}`, `configmap/${POD}`]); };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netdiag-e2e-'));
    await remove();
    const configMap = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: POD, namespace: 'shop' }, binaryData: await repository(folder) };
    await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [configMap, pod()] }));
    await kubectl(['wait', '-n', 'shop', '--for=condition=Ready', '--timeout=60s', `pod/${POD}`]);
  }, 120_000);
  afterAll(async () => {
    await remove();
    await rm(folder, { recursive: true, force: true });
  });

  test('are there for the run, by the commands that were shown, and gone after it', async () => {
    const before = await inside('dpkg-query', '-W');
    const ended = await run('root', '--write', '--yes');
    const told = readRun(ended.stdout);
    expect({ code: ended.exitCode, used: told.access?.used, created: told.access?.created }).toMatchObject({ code: 0, used: 'install', created: { kind: 'installed-tools', stays: false } });
    // The image may have one or the other already.
    const installed = String(told.access?.created?.['image']).split(', ');
    expect(installed).toEqual(expect.arrayContaining(['curl', 'dnsutils', 'netcat-openbsd']));
    expect(ended.stderr).toContain(`-c root -- apt-get -o Dir::State::Lists=/tmp/netdiag-tui-install/lists -o Dir::Cache=/tmp/netdiag-tui-install/cache install -q -y --no-install-recommends ${installed.join(' ')}\n`);
    expect(ended.stderr).toContain(`Removing from shop/${POD}/root what was installed.`);
    expect(await inside('dpkg-query', '-W')).toBe(before);
    const log = await inside('cat', '/var/log/dpkg.log');
    for (const name of [...installed, LIBRARY]) {
      expect(log).toContain(`status installed ${name}:all 1.0-1`);
      expect(log).toContain(`status not-installed ${name}:all`);
    }
    expect(await inside('sh', '-c', 'ls /tmp; for file in /proc/[0-9]*/cmdline; do tr "\\0" " " <"$file"; done')).not.toMatch(/netdiag-keeper|netdiag-tui-install/u);
  });

  test('go by themselves when whoever installed them is killed', async () => {
    const before = await inside('dpkg-query', '-W');
    const { ended, kill } = startProduct(['run', '-n', 'shop', `pod/${POD}`, '-c', 'root', '--to', 'https://silent.payments.example/', '--install-tools', '--write', '--yes', '--ttl', '1m']);
    await expect.poll(() => inside('dpkg-query', '-W'), { timeout: 40_000, interval: 300 }).toContain('netcat-openbsd');
    kill('SIGKILL');
    await ended;
    expect(await inside('dpkg-query', '-W')).not.toBe(before);
    await expect.poll(() => inside('dpkg-query', '-W'), { timeout: 90_000, interval: 1_000 }).toBe(before);
    await expect.poll(() => inside('ls', '/tmp'), { timeout: 10_000, interval: 300 }).toBe('');
  }, 180_000);

  test('are offered and not installed without --write', async () => {
    const before = await inside('dpkg-query', '-W');
    const ended = await run('root');
    // bash alone is enough for a verdict.
    expect(readRun(ended.stdout).access).toMatchObject({ used: 'exec', created: null, rungs: [{ rung: 'install', refusal: { kind: 'read-only' } }, { rung: 'exec', refusal: null }] });
    expect(await inside('dpkg-query', '-W')).toBe(before);
  });

  test.each([
    ['user', 'its user is not root but 1000'],
    ['fixed', 'its file system is read-only'],
  ])('cannot be installed in the container %s: %s', async (container, why) => {
    const ended = await run(container, '--write', '--yes');
    expect(readRun(ended.stdout).access).toMatchObject({ used: 'exec', rungs: [{ rung: 'install', refusal: { kind: 'no-install', summary: `nothing can be installed there: ${why}` } }, {}] });
  });

  test('are not to be had without a package manager', async () => {
    const ended = await runProduct(['run', '-n', 'shop', 'deploy/web', '-c', 'sidecar', '--to', 'https://api.payments.example/', '--install-tools', '--write', '--yes', '-o', 'json']);
    expect(readRun(ended.stdout).access).toMatchObject({ used: 'exec', rungs: [{ rung: 'install', refusal: { summary: expect.stringContaining('no package manager') } }, {}] });
  });
});
