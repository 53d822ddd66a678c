import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { beforeAll, describe, expect, test } from 'vitest';
import { Bench, type Result } from './bench.ts';
import { Lab } from './lab.ts';
import { removeLeftovers } from './namespaces.ts';
import { randomFrom } from './random.ts';
import { runProcess } from './run-process.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';

/** The same draws each time, so that a failure here is a change of the code: `npm run lab` draws anew. NETDIAG_LAB_SEED chooses others. */
const SEED = Number(process.env['NETDIAG_LAB_SEED'] ?? 41);
const HEALTHY = 12;

/** Faults that come by chance: a few tries may miss them. `npm run lab` scores them. */
const BY_CHANCE = /^(?:tcp\.intermittent-|ip\.packet-loss-|dns\.slow-half-lost)/u;

/** One scenario of each cause that the tree knows, and some healthy networks. `npm run lab` runs them all. */
function sample(): readonly Scenario[] {
  const shuffled = randomFrom(SEED).shuffle(SCENARIOS.filter(({ id, notYet, limited }) => notYet !== true && limited !== true && !BY_CHANCE.test(id)));
  const healthy = shuffled.filter(({ expected }) => expected === 'reachable').slice(0, HEALTHY);
  const seen = new Set<string>(['reachable']);
  const faults = shuffled.filter(({ expected }) => !seen.has(expected) && seen.add(expected));
  return [...healthy, ...faults];
}

function namespacesOf(pid: number | undefined): readonly string[] {
  return readdirSync('/run/netns').filter((name) => name.startsWith(`ndl${String(pid)}s`));
}

describe('a lab', () => {
  test('is a closed network: the pod reaches the servers, and nothing has a way out', async () => {
    const lab = await Lab.build(SEED, randomFrom(SEED));
    try {
      const [pod, servers] = [lab.topology.namespace('pod'), lab.topology.plan.servers.v4];
      expect(await runProcess(['ip', 'netns', 'exec', pod, 'ping', '-c', '1', '-W', '5', `${servers}2`])).toContain(' 0% packet loss');
      for (const place of ['node', 1, 'lan', 'srv', 'out'] as const) {
        const links = await runProcess(['ip', '-n', lab.topology.namespace(place), '-o', 'link']);
        expect(links).not.toContain('link-netns nd-');
        await expect(runProcess(['ip', 'netns', 'exec', lab.topology.namespace(place), 'ping', '-c', '1', '-W', '1', '192.88.99.1'])).rejects.toThrow();
      }
    } finally {
      lab.remove();
    }
    expect(namespacesOf(process.pid)).toEqual([]);
  });

  test('is as it was after a scenario that filtered and routed', async () => {
    const lab = await Lab.build(SEED + 1, randomFrom(SEED + 1));
    try {
      const state = async (): Promise<string> => {
        const ns = lab.topology.namespace('node');
        const rules = await runProcess(['ip', 'netns', 'exec', ns, 'iptables', '-w', '-S']);
        const nat = await runProcess(['ip', 'netns', 'exec', ns, 'iptables', '-w', '-t', 'nat', '-S']);
        return rules + nat + (await runProcess(['ip', '-n', ns, 'route'])) + (await runProcess(['ip', '-n', lab.topology.namespace('srv'), '-o', 'addr', 'show', 'dev', 'eth0', 'scope', 'global']));
      };
      const before = await state();
      const one = await lab.case('any');
      const site = await one.site();
      await one.filter('node', '-A FORWARD -p tcp -j DROP', '-t nat -F POSTROUTING');
      await one.ip('node', [`route add blackhole ${site.v4[0] ?? ''}/32`, `route del blackhole ${site.v4[0] ?? ''}/32`]);
      expect(await state()).not.toBe(before);
      await one.close();
      expect(await state()).toBe(before);
    } finally {
      lab.remove();
    }
  });

  test('that is killed is cleaned away by the next start', async () => {
    const child = spawn(process.execPath, [fileURLToPath(new URL('run.ts', import.meta.url)), '--jobs', '1', 'tcp.filtered-at-the-host'], { stdio: 'ignore' });
    await expect.poll(() => namespacesOf(child.pid).length, { timeout: 60_000 }).toBeGreaterThan(5);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGKILL');
    await ended;
    await removeLeftovers();
    expect(namespacesOf(child.pid)).toEqual([]);
  });
});

describe(`verdicts on real faults, seed ${String(SEED)}`, () => {
  const results: Result[] = [];
  const wrong = (kept: (result: Result) => boolean): readonly string[] =>
    results.filter(kept).map(({ scenario, claim, path }) => `${scenario.id}: ${claim?.cause ?? ''} ${claim?.confidence ?? ''} ${path}`);

  beforeAll(async () => {
    for await (const result of new Bench({ seed: SEED, jobs: 2, withReplay: true }).run(sample())) results.push(result);
  });

  test('every scenario could be run', () => {
    expect(results.flatMap(({ scenario, error }) => (error === null ? [] : [`${scenario.id}: ${error}`]))).toEqual([]);
  });

  test('no broken network is called reachable', () => {
    expect(wrong(({ score }) => score === 'false-reachable')).toEqual([]);
  });

  test('no healthy network is called broken', () => {
    expect(wrong(({ scenario, score }) => scenario.expected === 'reachable' && score !== 'exact')).toEqual([]);
  });

  test('nothing that is certain is wrong', () => {
    expect(wrong(({ score, claim }) => score === 'wrong' && claim?.confidence === 'certain')).toEqual([]);
  });

  test('nine of ten causes are named exactly', () => {
    const off = wrong(({ score }) => score !== 'exact');
    expect(off.length, off.join('\n')).toBeLessThanOrEqual(results.length / 10);
  });

  test('every run keeps the contract, and its evidence says how it was seen', () => {
    expect(results.flatMap(({ scenario, breaches }) => breaches.map((breach) => `${scenario.id}: ${breach}`))).toEqual([]);
  });

  test('every command of a verdict shows the fault when it is typed', () => {
    const replays = results.flatMap(({ scenario, replays: typed }) => (typed ?? []).map((replay) => ({ scenario, replay })));
    expect(replays.length).toBeGreaterThan(results.length / 2);
    const hidden = replays.filter(({ replay }) => replay.missing.length > 0);
    expect(hidden.map(({ scenario, replay }) => `${scenario.id}: ${replay.line}\n${replay.output}`)).toEqual([]);
  });
});
