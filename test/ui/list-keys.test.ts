import { describe, expect, it } from 'vitest';
import type { LogUpdate } from '../../src/domain/pod-pages.ts';
import { container, pod, type FakeCluster } from './fake-ports.ts';
import { pacedRun } from './fake-runs.ts';
import { esc, pause, start } from './session.ts';

/** The keys that users of k9s have in their fingers. */

const SHOP = { preset: { namespace: 'shop' } } as const;

async function* log(previous: boolean, signal: AbortSignal): AsyncGenerator<LogUpdate> {
  const word = previous ? 'before' : 'now';
  yield { kind: 'lines', container: 'app', lines: [{ text: `12:00:01Z listening ${word}`, meaning: null }, { text: '12:00:02Z dial tcp: i/o timeout', meaning: 'timeout' }] };
  if (previous) return;
  await pause(150);
  yield { kind: 'lines', container: 'app', lines: Array.from({ length: 40 }, (_, index) => ({ text: `line ${index.toString()}`, meaning: null })) };
  await new Promise((resolve) => { signal.addEventListener('abort', resolve); });
}

const DESCRIBED: FakeCluster = {
  description: {
    ok: true,
    value: {
      labels: { app: 'checkout' }, owner: 'ReplicaSet/checkout-7d9f6c5b8', phase: 'Running', node: 'n1', addresses: ['10.244.1.7'], hostNetwork: false, dnsPolicy: 'ClusterFirst', serviceAccount: 'default', createdAt: null,
      unmet: ['Ready False ContainersNotReady'],
      containers: [{ name: 'app', kind: 'container', image: 'shop/app:1', state: 'waiting: CrashLoopBackOff', message: 'back-off', restarts: 3, lastEnd: 'Error 137', ports: ['8080/TCP http'] }],
      events: null, eventsFailure: 'you may not list events',
    },
  },
};

describe('on a list of pods', () => {
  it('l shows the log as it is written, errors with what they mean, and p the one before the restart', async () => {
    const { terminal, calls } = start({ log }, SHOP);
    await terminal.shows('checkout');
    terminal.type('l');
    await terminal.shows('timed out: 12:00:02Z dial tcp: i/o timeout');
    expect(terminal.screen).toContain('Log of shop/checkout-7d9f6c5b8-2xkqp/app');
    await terminal.shows('line 39');
    terminal.type('g');
    await terminal.shows('listening now');
    await esc(terminal);
    terminal.type('p');
    await terminal.shows('listening before');
    expect(terminal.screen).toContain('before its last restart');
    expect(calls).toContain('followLog checkout-7d9f6c5b8-2xkqp/ previous');
  });

  it('d describes the pod; events that may not be read are not "no events"', async () => {
    const { terminal } = start(DESCRIBED, { ...SHOP, size: [100, 40] });
    await terminal.shows('checkout');
    terminal.type('d');
    await terminal.shows('waiting: CrashLoopBackOff, restarted 3 times');
    expect(terminal.screen).toContain('ended last with Error 137');
    expect(terminal.screen).toContain('Its events could not be read: you may not list events');
    expect(terminal.screen).not.toContain('No events');
  });

  it('y shows the manifest, and ^S saves what is open', async () => {
    const { terminal, saved } = start({}, SHOP);
    await terminal.shows('checkout');
    terminal.type('jy');
    await terminal.shows('kind: Pod');
    terminal.type('\u0013');
    await terminal.shows('Saved as /home/anna/');
    expect(saved[0]).toEqual(['Manifest of shop/orders-6f7c9d-abcde, without what looks secret', 'kind: Pod', 'name: orders-6f7c9d-abcde']);
  });

  it('^S saves a list with all its rows and columns', async () => {
    const { terminal, saved } = start({ pods: Array.from({ length: 40 }, (_, index) => pod(`crowd-${index.toString()}`)) }, SHOP);
    await terminal.shows('crowd-5');
    terminal.type('\u0013');
    await terminal.shows('Saved as');
    expect(saved[0]?.length).toBeGreaterThan(40);
    expect(saved[0]?.[1]).toMatch(/NAME +READY +STATUS +RESTARTS +AGE +NODE +IP/u);
  });

  it('w shows all columns in a window that is too narrow for them', async () => {
    const name = `${'very-long-'.repeat(5)}name`;
    const { terminal } = start({ pods: [pod(name)] }, SHOP);
    await terminal.shows(name);
    expect(terminal.screen).not.toContain('NODE');
    terminal.type('w');
    await terminal.shows('node-1');
    expect(terminal.screen).not.toContain(name);
    terminal.type('w');
    await terminal.shows(name);
  });

  it('a asks from all replicas of the pod, after where', async () => {
    const { terminal, calls } = start({}, SHOP);
    await terminal.shows('checkout');
    terminal.type('a');
    await terminal.shows('and all its replicas connect to?');
    terminal.type('not a url\r');
    await terminal.shows('contains spaces');
    terminal.type('\u0015https://u:secret@slam.payments.example/\r');
    await expect.poll(() => calls).toContain('startFanOut checkout-7d9f6c5b8-2xkqp https://slam.payments.example/');
  });
});

describe('where one was', () => {
  it('[ leads back and ] forward again, - to the last list and back', async () => {
    const { terminal } = start();
    await terminal.shows('monitoring');
    terminal.type(':pods shop\r');
    await terminal.shows('Pods in shop');
    terminal.type('0');
    await terminal.shows('Pods of all namespaces');
    terminal.type('[');
    await terminal.shows('Pods in shop');
    terminal.type('[');
    await terminal.shows('Namespaces (4)');
    terminal.type('[');
    await terminal.shows('nothing before this');
    terminal.type(']');
    await terminal.shows('Pods in shop');
    terminal.type('-');
    await terminal.shows('Namespaces (4)');
    terminal.type('-');
    await terminal.shows('Pods in shop');
  });

  it('a namespace that was visited stands first, with its digit, at once', async () => {
    const { terminal } = start();
    await terminal.shows('monitoring');
    terminal.type(':pods shop\r');
    await terminal.shows('checkout');
    await esc(terminal);
    await terminal.shows('Namespaces (4)');
    expect(terminal.rows.findIndex((row) => /\bshop\b.*1/u.test(row))).toBeLessThan(terminal.rows.findIndex((row) => row.includes('default')));
  });
});

describe('what is known of a pod', () => {
  it('stands in its row after a run, and the destination is offered for the next pod', async () => {
    const { terminal } = start({ run: pacedRun(0) }, { ...SHOP, size: [160, 30] });
    await terminal.shows('checkout');
    expect(terminal.screen).not.toContain('LAST RUN');
    terminal.type('\r');
    await terminal.shows('PAYMENTS_URL');
    terminal.type('slam.payments.example:8080\r');
    await terminal.shows('tcp.filtered');
    await esc(terminal);
    await terminal.shows('asked before in this session');
    await esc(terminal);
    await terminal.shows('LAST RUN');
    expect(terminal.rows.find((row) => row.includes('checkout'))).toMatch(/tcp\.filtered \S*slam\.payments\.example/u);
    expect(terminal.rows.find((row) => row.includes('orders-'))).not.toContain('tcp.filtered');
  });

  it('keeps its columns while pods of all namespaces change below another screen', async () => {
    const changed = Promise.withResolvers<undefined>();
    const { terminal } = start({
      containers: [container('one'), container('two')],
      changes: async function* (signal) {
        await changed.promise;
        yield { kind: 'changed', rows: [pod('checkout-7d9f6c5b8-2xkqp', { status: 'Terminating' })] };
        await pause(400);
        yield { kind: 'changed', rows: [pod('checkout-7d9f6c5b8-2xkqp', { status: 'Error' })] };
        await new Promise((resolve) => { signal.addEventListener('abort', resolve); });
      },
    });
    await terminal.shows('monitoring');
    terminal.type('0');
    await terminal.shows('checkout');
    terminal.type('\r');
    await terminal.shows('two');
    changed.resolve(undefined);
    await pause(1_200);
    await esc(terminal);
    await terminal.shows('Error');
    expect(terminal.rows.find((row) => row.includes('checkout'))).toMatch(/shop +checkout-7d9f6c5b8-2xkqp +1\/1 +Error/u);
  });
});
