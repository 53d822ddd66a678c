import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { breakNetwork, HAS_SCRIPTS, kubectl, mendNetwork, NEEDS_SCRIPTS, podIsReady } from './cluster.ts';
import { runProduct } from './product.ts';
import { readRun, type Run } from './run-contract.ts';

/** The application's own log against probes that pass: present errors, old ones, and those about somebody else. */

const PREFIX = 'netdiag-e2e-log';
const GOOD = 'https://api.payments.example/';

interface Speaker {
  readonly name: string;
  /** What the pod runs; it has bash. */
  readonly script: string;
  readonly env?: Readonly<Record<string, string>>;
}

function podOf({ name, script, env = {} }: Speaker): object {
  return {
    apiVersion: 'v1', kind: 'Pod', metadata: { name: `${PREFIX}-${name}`, namespace: 'shop', labels: { app: PREFIX } },
    spec: {
      terminationGracePeriodSeconds: 0,
      containers: [{ name: 'app', image: 'docker.io/shop/app-debian:1', imagePullPolicy: 'Never', command: ['bash', '-c', script], env: Object.entries(env).map(([key, value]) => ({ name: key, value })) }],
    },
  };
}

const every = (seconds: number, line: string): string => `while true; do echo '${line}'; sleep ${String(seconds)}; done`;

const SPEAKERS: readonly Speaker[] = [
  { name: 'denied', script: every(3, 'ERROR POST https://api.payments.example/v1/charge: 401 Unauthorized') },
  { name: 'once', script: `echo 'ERROR dial tcp 198.51.100.10:443: i/o timeout'; sleep infinity` },
  { name: 'others', script: every(3, 'ERROR lookup mail.nowhere.example: no such host'), env: { API_URL: GOOD, MAIL_URL: 'https://mail.nowhere.example/' } },
  { name: 'quiet', script: 'sleep infinity', env: { API_URL: GOOD } },
  { name: 'hasty', script: every(3, 'ERROR GET https://slow.payments.example/: timeout of 300ms exceeded') },
  { name: 'pool', script: every(3, 'ERROR HikariPool-1 - Connection is not available, request timed out after 30000ms.') },
  { name: 'slip', script: every(3, 'ERROR dial tcp: lookup api.paymets.example: no such host'), env: { API_URL: 'https://api.paymets.example/' } },
];

async function diagnose(name: string, to: string): Promise<{ readonly run: Run; readonly exitCode: number | null }> {
  const ended = await runProduct(['run', '-n', 'shop', `pod/${PREFIX}-${name}`, '--to', to, '-o', 'json']);
  expect(ended.stderr).toBe('');
  return { run: readRun(ended.stdout), exitCode: ended.exitCode };
}

describe.skipIf(!HAS_SCRIPTS)(`the application's log${NEEDS_SCRIPTS}`, () => {
  const remove = async (): Promise<void> => {
    await kubectl(['delete', '-n', 'shop', '--ignore-not-found', 'pods', '-l', `app=${PREFIX}`]);
  };
  beforeAll(async () => {
    await mendNetwork();
    await remove();
    await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: SPEAKERS.map(podOf) }));
    for (const { name } of SPEAKERS) await podIsReady(`${PREFIX}-${name}`);
  }, 120_000);
  afterAll(remove, 60_000);

  test.each([
    ['denied', GOOD, 'app.not-network'],
    ['hasty', 'https://slow.payments.example/', 'app.timeout-too-short'],
    ['pool', 'postgres://db.payments.example', 'app.connections-exhausted'],
    ['slip', GOOD, 'app.wrong-endpoint'],
  ])('%s fails while the probes pass', async (name, to, cause) => {
    const { run, exitCode } = await diagnose(name, to);
    expect({ status: run.verdict.status, cause: run.verdict.cause, exitCode }).toEqual({ status: 'fault', cause, exitCode: 1 });
    const kinds = run.observations.filter(({ id }) => run.verdict.evidence.includes(id)).map(({ question }) => question.kind);
    expect(kinds).toContain('log');
  });

  test.each(['once', 'others', 'quiet'])('%s does not speak against a destination that works', async (name) => {
    const { run, exitCode } = await diagnose(name, GOOD);
    expect({ status: run.verdict.status, exitCode }).toEqual({ status: 'reachable', exitCode: 0 });
    expect(run.notes.map(({ cause }) => cause)).toEqual(name === 'once' ? ['app.not-network'] : []);
  });

  test('an error of a network that works again is told as an old one', async () => {
    const orders = ['run', '-n', 'shop', 'deploy/orders', '--to', 'postgres://db.payments.example', '-o', 'json'];
    const mend = await breakNetwork([{ host: 'router', match: '-d 198.51.100.11 -p tcp --dport 5432 -j DROP' }]);
    await expect.poll(() => kubectl(['logs', '-n', 'shop', 'deploy/orders', '--since=20s']), { timeout: 40_000, interval: 2_000 }).toContain('i/o timeout');
    expect((await runProduct(orders)).exitCode).toBe(1);
    await mend();
    // What was on its way when the network came back has to end first.
    await new Promise((resolve) => { setTimeout(resolve, 5_000); });
    const ended = await runProduct(orders);
    const run = readRun(ended.stdout);
    expect({ status: run.verdict.status, exitCode: ended.exitCode }).toEqual({ status: 'reachable', exitCode: 0 });
    expect(run.notes).toMatchObject([{ cause: 'app.not-network', summary: expect.stringMatching(/last error .* none came since/u) as string }]);
  }, 120_000);

  test('its lines are shown as they come, and say what they mean', async () => {
    const ended = await runProduct(['run', '-n', 'shop', `pod/${PREFIX}-denied`, '--to', GOOD]);
    expect(ended.stdout).toMatch(/kubectl logs .* -f\n/u);
    expect(ended.stdout).toMatch(/401 Unauthorized\nc\d+ \| {3}\^ error status/u);
  });
});
