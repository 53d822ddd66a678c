import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CauseId } from '../../src/domain/cause.ts';
import { en } from '../../src/i18n/en.ts';
import { es } from '../../src/i18n/es.ts';
import { breakNetwork, createPod, HAS_SCRIPTS, mendNetwork, NEEDS_SCRIPTS, podIsReady, podOf, removePod, type PodPlace } from './cluster.ts';
import { runProduct, type Ended, type Language } from './product.ts';
import { readRun, type Run } from './run-contract.ts';

/** Verdicts on the test cluster's own pods and its internet of servers, through the built command. */

const MESSAGES = { en, es };

type Expected = CauseId | 'reachable';

/** One diagnosis as JSON and as text, in both languages. */
interface Told {
  readonly json: Readonly<Record<Language, Run>>;
  readonly text: Readonly<Record<Language, string>>;
}

async function diagnose(target: readonly string[], to: string, exitCode: number, atOnce: 1 | 2 = 2): Promise<Told> {
  const argv = ['run', '-n', 'shop', ...target, '--to', to];
  // Two at a time: more would measure the machine.
  const first = runProduct([...argv, '-o', 'json']);
  if (atOnce === 1) await first;
  const [jsonEn, textEs] = await Promise.all([first, runProduct(argv, { language: 'es' })]);
  const second = runProduct([...argv, '-o', 'json', '--lang', 'es']);
  if (atOnce === 1) await second;
  const [jsonEs, textEn] = await Promise.all([second, runProduct(argv)]);
  const stdoutOf = (ended: Ended): string => {
    expect(ended).toMatchObject({ stderr: '', exitCode });
    return ended.stdout;
  };
  return {
    json: { en: readRun(stdoutOf(jsonEn)), es: readRun(stdoutOf(jsonEs)) },
    text: { en: stdoutOf(textEn), es: stdoutOf(textEs) },
  };
}

function expectVerdict({ json, text }: Told, expected: Expected): void {
  const [status, cause] = expected === 'reachable' ? (['reachable', null] as const) : (['fault', expected] as const);
  for (const language of ['en', 'es'] as const) {
    const { causes, report } = MESSAGES[language];
    const { verdict, ended } = json[language];
    expect({ status: verdict.status, cause: verdict.cause, ended }).toEqual({ status, cause, ended: 'completed' });
    const heading = [`== ${report.status[status]}`, ...(cause === null ? [] : [`${causes[cause].title} [${cause}]`])].join(' · ');
    expect(text[language]).toContain(heading);
    expect(text[language]).toContain(`${report.evidence}:\n`);
  }
  expect(json.en.verdict.summary).not.toBe(json.es.verdict.summary);
}

function dialectsAtTarget({ observations }: Run): readonly string[] {
  return [...new Set(observations.filter(({ vantage }) => vantage === 'target').map(({ dialect }) => dialect))].sort();
}

type Case = readonly [to: string, expected: Expected];

const exitCodeOf = (expected: Expected): number => (expected === 'reachable' ? 0 : 1);

/** Linux sends an address one ICMP error a second (icmp(7), icmp_ratelimit): runs at once would take them from each other. */
const ANSWERED_BY_ICMP: readonly Expected[] = ['ip.unreachable', 'ip.prohibited'];

const CASES: readonly Case[] = [
  ['https://api.payments.example/', 'reachable'],
  ['postgres://db.payments.example/', 'reachable'],
  ['redis://cache.payments.example/', 'reachable'],
  ['svc/legacy-db:5432', 'reachable'],
  ['nobody.payments.example:443', 'ip.unreachable'],
  ['slam.payments.example:8080', 'app.connection-closed'],
  ['https://self-signed.payments.example/', 'tls.self-signed'],
  ['https://expired.payments.example/', 'tls.expired'],
  ['https://wrong-name.payments.example/', 'tls.hostname-mismatch'],
  ['https://private-ca.payments.example/', 'tls.unknown-ca'],
  ['http://down.payments.example/', 'app.http-server-error'],
  ['https://no-such-name.example/', 'dns.nxdomain'],
  ['https://empty.payments.example/', 'dns.no-address'],
  ['https://v6only.payments.example/', 'dns.no-address'],
  ['api.payments.example:81', 'tcp.refused'],
];

describe.skipIf(!HAS_SCRIPTS)(`verdicts${NEEDS_SCRIPTS}`, () => {
  beforeAll(mendNetwork);

  describe('from a Debian container without network tools', () => {
    test.each(CASES)('%s: %s', async (to, expected) => {
      expectVerdict(await diagnose(['deploy/orders'], to, exitCodeOf(expected), ANSWERED_BY_ICMP.includes(expected) ? 1 : 2), expected);
    });
  });

  describe('from a container that has bash alone', () => {
    const pod = 'netdiag-e2e-bash';
    beforeAll(async () => {
      await createPod({ name: pod, image: 'docker.io/shop/app-debian:1', hidden: ['/usr/bin/perl', '/usr/bin/openssl', '/usr/bin/getent'] });
      await podIsReady(pod);
    });
    afterAll(() => removePod(pod));

    test.each<Case>([
      ['https://api.payments.example/', 'reachable'],
      ['https://expired.payments.example/', 'tls.expired'],
      ['slam.payments.example:8080', 'app.connection-closed'],
      ['https://no-such-name.example/', 'dns.nxdomain'],
      ['api.payments.example:81', 'tcp.refused'],
    ])('%s: %s', async (to, expected) => {
      const told = await diagnose([pod], to, exitCodeOf(expected));
      expectVerdict(told, expected);
      expect(dialectsAtTarget(told.json.en).filter((dialect) => /perl|openssl|getent/u.test(dialect))).toEqual([]);
    });
  });

  describe('from a container that has busybox alone', () => {
    test.each<Case>([
      ['https://api.payments.example/', 'reachable'],
      ['https://self-signed.payments.example/', 'tls.self-signed'],
      ['http://down.payments.example/', 'app.http-server-error'],
      ['slam.payments.example:8080', 'app.connection-closed'],
      ['https://no-such-name.example/', 'dns.nxdomain'],
      ['api.payments.example:81', 'tcp.refused'],
    ])('%s: %s', async (to, expected) => {
      const told = await diagnose(['deploy/web', '-c', 'sidecar'], to, exitCodeOf(expected));
      expectVerdict(told, expected);
      expect(told.json.en.target).toMatchObject({ container: 'sidecar' });
    });
  });

  test('a container without a shell is inconclusive, and nothing is said against the network', async () => {
    const { json } = await diagnose(['deploy/payments'], 'https://api.payments.example/', 2);
    expect(json.en.verdict).toMatchObject({ status: 'inconclusive', cause: null });
    expect(json.en.verdict.untestable).not.toEqual([]);
    expect(json.en.layers.map(({ status }) => status)).not.toContain('fail');
  });

  test.each([['deploy/orders', 'deployment/orders'], ['svc/orders', 'service/orders']])('%s picks a pod and says which', async (workload, pickedFrom) => {
    const { json, text } = await diagnose([workload], 'https://api.payments.example/', 0);
    const { target } = json.en;
    expect(target).toMatchObject({ kind: 'pod', pod: expect.stringMatching(/^orders-/u), container: 'orders', pickedFrom });
    const pod = target.kind === 'pod' ? target.pod : '';
    for (const language of ['en', 'es'] as const) expect(text[language]).toContain(MESSAGES[language].report.picked(pod, pickedFrom));
  });

  describe('with a firewall on the way', () => {
    let orders: PodPlace;
    beforeAll(async () => { orders = await podOf('orders', 'n2'); });

    test('packets to one port are dropped: tcp.filtered', async () => {
      await breakNetwork([{ host: 'router', match: '-p tcp -d 198.51.100.12 --dport 6379 -j DROP' }]);
      expectVerdict(await diagnose([orders.name], 'redis://cache.payments.example/', 1), 'tcp.filtered');
    });

    test('the node drops what comes from its pods: node.single-node-fault', async () => {
      await breakNetwork([{ host: 'n2', match: '-s 10.244.1.0/24 -d 198.51.100.13 -j DROP' }]);
      expectVerdict(await diagnose([orders.name], 'https://api.mail.example/', 1), 'node.single-node-fault');
    });

    test('every node drops what comes from its pods: tcp.filtered-from-pods', async () => {
      await breakNetwork((['n1', 'n2'] as const).map((host) => ({ host, match: '-s 10.244.0.0/16 -d 198.51.100.13 -j DROP' })));
      expectVerdict(await diagnose([orders.name], 'https://api.mail.example/', 1), 'tcp.filtered-from-pods');
    });

    test('only this pod is dropped while others connect: never said of all pods', async () => {
      await breakNetwork([{ host: 'n2', match: `-s ${orders.address} -d 198.51.100.13 -j DROP` }]);
      const { exitCode, stdout } = await runProduct(['run', '-n', 'shop', orders.name, '--to', 'https://api.mail.example/', '-o', 'json']);
      const { verdict } = readRun(stdout);
      expect(exitCode).not.toBe(0);
      if (verdict.cause === 'tcp.filtered-from-pods') expect(verdict.confidence).toBe('possible');
    });

    test('a router prohibits it, and the container can trace: ip.prohibited', async () => {
      await breakNetwork([{ host: 'router', match: '-d 203.0.113.24 -j REJECT --reject-with icmp-admin-prohibited' }]);
      const { json } = await diagnose(['deploy/web'], 'https://silent.payments.example/', 1, 1);
      for (const { verdict, ended } of Object.values(json)) {
        expect(ended).toBe('completed');
        // The router sends one such error a second to each address (RFC 1812, 4.3.2.8): a trace that was given none leaves connect's errno alone.
        expect(`${String(verdict.cause)} ${verdict.confidence}`).toMatch(/^(?:ip\.prohibited (?:certain|likely)|ip\.unreachable possible)$/u);
      }
    });
  });
});
