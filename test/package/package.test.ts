import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** The package as people get it: packed, installed into an empty folder, run by the Nodes of this machine. */

const run = promisify(execFile);
const ROOT = new URL('../..', import.meta.url).pathname;
const MINUTES = 60_000;
/** Debian's own, older than what the bundle needs on some releases; null when there is none. */
const SYSTEM_NODE = existsSync('/usr/bin/node') ? '/usr/bin/node' : null;
const NODES = [...new Set([process.execPath, ...(SYSTEM_NODE === null ? [] : [SYSTEM_NODE])])];

let folder = '';
const installed = (...path: string[]): string => join(folder, 'prefix', ...path);
const env = (node: string): NodeJS.ProcessEnv => ({ PATH: `${dirname(node)}:/usr/bin:/bin`, HOME: folder, LANG: 'C.UTF-8' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'netdiag-package-'));
  mkdirSync(join(folder, 'empty'));
  const packed = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: ROOT });
  const [tarball] = readdirSync(folder).filter((name) => name.endsWith('.tgz'));
  if (tarball === undefined) throw new Error(packed.stderr);
  await run('npm', ['install', '--global', '--prefix', installed(), join(folder, tarball)], { cwd: join(folder, 'empty') });
}, 5 * MINUTES);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('the installed package', () => {
  it('brings nothing but itself and a Node', () => {
    const own = installed('lib/node_modules/netdiag-tui');
    expect(readdirSync(own).sort()).toEqual(['LICENSE', 'README.md', 'bin', 'demos', 'dist', 'docs', 'node_modules', 'package.json']);
    const packages = readdirSync(join(own, 'node_modules')).filter((name) => !name.startsWith('.'));
    expect(packages.filter((name) => !/^node($|-)/u.test(name))).toEqual([]);
  });

  it.each(NODES)('runs under both its names by %s', async (node) => {
    for (const name of ['netdiag-tui', 'kubectl-netdiag']) {
      const { stdout } = await run(installed('bin', name), ['--version'], { env: env(node) });
      expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
    }
  });

  it.each(NODES)('passes arguments, output and exit code on under %s', async (node) => {
    const failure = await run(installed('bin/netdiag-tui'), ['run', '--local', '--to', "it's a \"test\"", '-o', 'json'], { env: env(node) }).catch(
      (error: unknown) => error as { code: number; stdout: string; stderr: string },
    );
    expect(failure).toMatchObject({ code: 3, stderr: '' });
    expect(JSON.parse(failure.stdout)).toMatchObject({ error: { code: 'bad-dependency' } });
  });

  it.each(NODES)('ends when it is told to, and leaves nothing behind, under %s', async (node) => {
    // It waits for standard input, which stays open.
    const child = spawn(installed('bin/netdiag-tui'), ['explain'], { env: env(node), stdio: ['pipe', 'pipe', 'inherit'] });
    const ended = new Promise((resolve) => child.once('close', (_code, signal) => { resolve(signal); }));
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    child.kill('SIGTERM');
    // `close` comes when all who hold its standard output are gone, a child of its own too.
    expect(await ended).toBe('SIGTERM');
  });
});

interface Chunk {
  readonly bytes: number;
  readonly loads: readonly string[];
  readonly packages: readonly string[];
}

describe('the bundle', () => {
  const HEAVY = ['ink', 'react', 'react-reconciler', 'yoga-layout', '@kubernetes/client-node'];
  const packagesBehind = (start: RegExp): string[] => {
    const chunks = JSON.parse(readFileSync(installed('lib/node_modules/netdiag-tui/dist/meta.json'), 'utf8')) as Record<string, Chunk>;
    const names = Object.keys(chunks).filter((name) => start.test(name));
    expect(names).toHaveLength(1);
    const seen = new Set(names);
    // A set grows while it is walked.
    for (const name of seen) for (const next of chunks[name]?.loads ?? []) seen.add(next);
    return [...new Set([...seen].flatMap((name) => chunks[name]?.packages ?? []))];
  };

  it.each([/^main\.js$/u, /^run-[A-Z0-9]+\.js$/u, /^options-/u, /^causes-/u])('loads neither Ink nor the Kubernetes client with %s', (start) => {
    expect(packagesBehind(start).filter((name) => HEAVY.includes(name))).toEqual([]);
  });

  it('draws its first frame without the Kubernetes client', () => {
    const packages = packagesBehind(/^ui-/u);
    expect(packages).toContain('ink');
    expect(packages).not.toContain('@kubernetes/client-node');
  });
});
