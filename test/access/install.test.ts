import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { climb } from '../../src/access/climb.ts';
import { INSTALL_EXIT, installArgv, readInstallSurvey, surveyArgv } from '../../src/access/install-scripts.ts';
import { FOLDER, PACKAGE_MANAGERS, packagesFor, type PackageManager } from '../../src/access/package-managers.ts';
import { fakeCluster, goal } from '../fakes/climber.ts';

const MARK = 'bcdfghjklmnp';
const managerNamed = (name: string): PackageManager => {
  const found = PACKAGE_MANAGERS.find((one) => one.name === name);
  if (found === undefined) throw new Error(name);
  return found;
};

/*
 * Stand-ins for the package managers, in a folder of their own: what is installed is the lines of a file. Installing "dnsutils" brings
 * "libuv1" with it, and "missing" is a package that does not exist.
 */
const INSTALLER = `#!/bin/sh
echo "$(basename "$0") $*" >>"$BOX/calls"
case " $* " in
  # As apt does with what it does not know.
  *" update "*) rm -f "$WORK"/lists/* ;;
  *" missing "*) echo "E: Unable to locate package missing"; exit 100 ;;
  *" install "*|*" add "*) for word; do case $word in curl|dnsutils|bind-utils|bind-tools) echo "$word" >>"$BOX/installed" ;; esac; done; echo libuv1 >>"$BOX/installed" ;;
  *" --purge "*|*" -e "*) shift; for word; do grep -vxF -e "$word" "$BOX/installed" >"$BOX/rest"; cp "$BOX/rest" "$BOX/installed"; done ;;
  *" del "*) printf 'base\\nbash\\n' >"$BOX/installed" ;;
esac
`;
const LISTER = '#!/bin/sh\ncase "$1" in -e) exec installer "$@" ;; esac\ncat "$BOX/installed"\n';

interface Box {
  readonly folder: string;
  start(argv: readonly string[]): ChildProcess;
  read(name: string): Promise<string>;
}

async function box(): Promise<Box> {
  const folder = await mkdtemp(join(tmpdir(), 'netdiag-install-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'bin'));
  const programs = { 'apt-get': INSTALLER, apk: INSTALLER, microdnf: INSTALLER, dnf: INSTALLER, yum: INSTALLER, installer: INSTALLER, dpkg: INSTALLER, 'dpkg-query': LISTER, rpm: LISTER };
  for (const [name, text] of Object.entries(programs)) {
    await writeFile(join(folder, 'bin', name), text);
    await chmod(join(folder, 'bin', name), 0o755);
  }
  await writeFile(join(folder, 'installed'), 'base\nbash\n');
  await writeFile(join(folder, 'calls'), '');
  const env = { ...process.env, BOX: folder, WORK: join(folder, 'work'), PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}` };
  return {
    folder,
    start: (argv) => spawn(argv[0] ?? '', argv.slice(1).map((word) => word.replaceAll(FOLDER, join(folder, 'work'))), { env, stdio: ['ignore', 'pipe', 'pipe'] }),
    read: (name) => readFile(join(folder, name), 'utf8'),
  };
}

async function said(child: ChildProcess, text: string): Promise<void> {
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => { output += chunk.toString(); });
  await expect.poll(() => output, { timeout: 10_000 }).toContain(text);
}

async function exit(child: ChildProcess): Promise<number | null> {
  const [code] = (await once(child, 'exit')) as [number | null];
  return code;
}

describe('what is installed for a while', () => {
  test.each([['apt-get', 'dnsutils'], ['apk', 'bind-tools'], ['microdnf', 'bind-utils'], ['dnf', 'bind-utils'], ['yum', 'bind-utils']])('by %s goes again, with what came with it and with nothing else', async (name, dig) => {
    const { start, read, folder } = await box();
    const child = start(installArgv(managerNamed(name), MARK, 60, ['curl', dig]));
    const ended = exit(child);
    await said(child, `netdiag-installed ${MARK}`);
    expect(await read('installed')).toBe(`base\nbash\ncurl\n${dig}\nlibuv1\n`);
    child.kill('SIGTERM');
    expect(await ended).toBe(INSTALL_EXIT.undone);
    expect(await read('installed')).toBe('base\nbash\n');
    expect(existsSync(join(folder, 'work'))).toBe(false);
  });

  test('goes by itself when its time is over', async () => {
    const { start, read } = await box();
    expect(await exit(start(installArgv(managerNamed('apt-get'), MARK, 1, ['curl'])))).toBe(INSTALL_EXIT.undone);
    expect(await read('installed')).toBe('base\nbash\n');
  });

  test('that failed is undone, and says why', async () => {
    const { start, read, folder } = await box();
    const child = start(installArgv(managerNamed('apt-get'), MARK, 60, ['curl', 'missing']));
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
    expect(await exit(child)).toBe(INSTALL_EXIT.notInstalled);
    expect(stderr).toContain('E: Unable to locate package missing');
    expect([await read('installed'), existsSync(join(folder, 'work'))]).toEqual(['base\nbash\n', false]);
  });

  test('is left when the list of before is lost: what is new is not known then', async () => {
    const { start, read, folder } = await box();
    const child = start(installArgv(managerNamed('apt-get'), MARK, 60, ['curl']));
    const ended = exit(child);
    let stderr = '';
    child.stderr?.on('data', (chunk: Buffer) => { stderr += chunk.toString(); });
    await said(child, 'netdiag-installed');
    await rm(join(folder, 'work/before'));
    child.kill('SIGTERM');
    expect(await ended).toBe(INSTALL_EXIT.notUndone);
    expect(stderr).toContain('is lost');
    expect(await read('installed')).toBe('base\nbash\ncurl\nlibuv1\n');
    expect(await read('calls')).not.toContain('purge');
  });

  test('is not touched by a second one', async () => {
    const { start, read } = await box();
    const first = start(installArgv(managerNamed('apt-get'), MARK, 60, ['curl']));
    const ended = exit(first);
    await said(first, 'netdiag-installed');
    expect(await exit(start(installArgv(managerNamed('apt-get'), MARK, 60, ['curl'])))).toBe(INSTALL_EXIT.occupied);
    expect(await read('installed')).toContain('curl');
    first.kill('SIGTERM');
    await ended;
  });
});

describe('a container', () => {
  test('tells what it has', async () => {
    const { start } = await box();
    const child = start(surveyArgv());
    let output = '';
    child.stdout?.on('data', (chunk: Buffer) => { output += chunk.toString(); });
    await once(child, 'close');
    expect(readInstallSurvey(output)).toMatchObject({ user: process.getuid?.(), manager: { name: 'apt-get' } });
  });

  test('whose answer is torn is not understood', () => {
    expect(readInstallSurvey('user 0\nmanager apt-get\n')).toBeNull();
    expect(readInstallSurvey('user 0\nmanager apk\nwritable\nmissing dig\nmissing nc\nend\n')).toMatchObject({ user: 0, isWritable: true, missing: ['dig', 'nc'] });
  });

  test('gets the packages of the tools that it lacks', () => {
    expect(packagesFor(managerNamed('apt-get'), ['dig', 'nc'])).toEqual(['dnsutils', 'netcat-openbsd']);
    // BusyBox has it.
    expect(packagesFor(managerNamed('apk'), ['dig', 'nc'])).toEqual(['bind-tools']);
  });
});

describe('tools installed in the container', () => {
  const READY = 'user 0\nmanager apt-get\nwritable\nmissing curl\nmissing dig\nend\n';
  const TOOLS = { payments: { kind: 'tools' } } as const;

  test('are offered last, with the exact commands, where nothing may be changed', async () => {
    const cluster = fakeCluster({ consent: 'read-only', installSurvey: READY });
    const { access } = await climb(cluster, goal());
    expect(access.rungs.map(({ rung, refusal }) => [rung, refusal?.kind])).toEqual([['exec', 'no-tools'], ['ephemeral', 'read-only'], ['install', 'read-only']]);
    const [folders = [], update = [], install = [], remove = [], removeFolders = []] = access.rungs.at(-1)?.commands ?? [];
    expect([folders.at(10), update.at(-2), removeFolders.at(-1)]).toEqual(['mkdir', 'update', FOLDER]);
    expect(update.slice(0, 9)).toEqual(['kubectl', '--context', 'test', 'exec', '-n', 'shop', 'payments-1', '-c', 'payments']);
    expect(install.slice(-4)).toEqual(['-y', '--no-install-recommends', 'curl', 'dnsutils']);
    expect(remove.slice(-4)).toEqual(['dpkg', '--purge', 'curl', 'dnsutils']);
    expect(cluster.executed.some(({ argv }) => argv.includes('netdiag-keeper'))).toBe(false);
  });

  test('come first when they are wanted, after a yes, and are removed with the run', async () => {
    const cluster = fakeCluster({ consent: 'yes', installSurvey: READY, tools: TOOLS });
    const { access, entered } = await climb(cluster, goal(undefined, { installs: true }));
    expect(access).toMatchObject({ used: 'install', created: { kind: 'installed-tools', name: 'shop/payments-1/payments', image: 'curl, dnsutils', stays: false }, rungs: [{ rung: 'install', refusal: null }] });
    expect(cluster.asked).toMatchObject([{ rung: 'install', packages: { manager: 'apt-get', names: ['curl', 'dnsutils'] } }]);
    await entered.release(AbortSignal.timeout(5_000));
    expect(cluster.steps.map(({ kind }) => kind)).toEqual(['installing', 'uninstalling', 'gone']);
  });

  test.each([
    ['user 1000\nmanager apt-get\nwritable\nmissing curl\nend\n', { reason: 'not-root', detail: '1000' }],
    ['user 0\nmanager apt-get\nmissing curl\nend\n', { reason: 'read-only-files' }],
    ['user 0\nwritable\nmissing curl\nend\n', { reason: 'no-package-manager' }],
    ['user 0\nmanager apt-get\nwritable\nend\n', { reason: 'nothing-missing' }],
  ])('are not to be had when it says %j, and its own tools are used then', async (installSurvey, refusal) => {
    const cluster = fakeCluster({ consent: 'yes', installSurvey, tools: TOOLS });
    const { access } = await climb(cluster, goal(undefined, { installs: true }));
    expect(access).toMatchObject({ used: 'exec', created: null, rungs: [{ rung: 'install', refusal: { kind: 'no-install', ...refusal } }, { rung: 'exec', refusal: null }] });
    expect(cluster.asked).toEqual([]);
  });

  test('that cannot be installed are told with the package manager\'s words', async () => {
    const cluster = fakeCluster({ consent: 'yes', installSurvey: READY, tools: TOOLS, notInstalled: { kind: 'exited', exitCode: INSTALL_EXIT.occupied } });
    const { access } = await climb(cluster, goal(undefined, { installs: true }));
    expect(access).toMatchObject({ used: 'exec', rungs: [{ rung: 'install', refusal: { kind: 'failed', detail: 'another installation of netdiag-tui is in this container' } }, {}] });
  });

  test('are nobody\'s business in a container without a shell, nor after a no', async () => {
    for (const options of [{ consent: 'read-only' }, { consent: 'declined', installSurvey: READY }] as const) {
      const { access } = await climb(fakeCluster(options), goal());
      expect(access.rungs.map(({ rung }) => rung)).toEqual(['exec', 'ephemeral']);
    }
  });
});
