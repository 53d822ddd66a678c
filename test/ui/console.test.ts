import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { startConsole, type ConsolePreset } from '../../src/ui/index.ts';
import { container, fakePorts, pod, type FakeCluster } from './fake-ports.ts';
import { pacedRun, slowlyTidyingRun, streamingRun } from './fake-runs.ts';
import { FakeTerminal } from './fake-terminal.ts';
import { esc, start } from './session.ts';

const streaming: FakeCluster = { run: (_request, signal) => streamingRun(5, signal) };
const local: ConsolePreset = { target: { kind: 'local' } };
const localRun: ConsolePreset = { ...local, dependency: 'https://slam.payments.example:8080/' };

describe('a session by keys', () => {
  it('asks nothing on leaving a run that has finished and is only tidying up', async () => {
    const { terminal, exitCode } = start({ run: slowlyTidyingRun(60_000) }, { preset: localRun });
    await terminal.shows('finished');
    terminal.type('q');
    expect(await exitCode).toBe(1);
  });

  it('leads from a namespace to a verdict, and leaves it on the normal screen', async () => {
    const { terminal, exitCode, calls } = start({ run: pacedRun(0), containers: [container('app'), container('proxy')] });
    await terminal.shows('shop');
    terminal.type('\r');
    await terminal.shows('Pods in shop');
    await terminal.shows('orders-6f7c9d-abcde');
    terminal.type('j\r');
    await terminal.shows('proxy');
    terminal.type('\r');
    await terminal.shows('PAYMENTS_URL');
    terminal.type('slam.payments.example:8080\r');
    await terminal.shows('tcp.filtered');
    expect(terminal.screen).toContain('prod-eu');
    expect(terminal.screen).toContain('shop/orders-6f7c9d-abcde/app');
    expect(calls).toContain('startRun tcp://slam.payments.example:8080');
    terminal.type('q');
    expect(await exitCode).toBe(1);
    expect(terminal.isAlternateScreen).toBe(false);
    expect(terminal.isRaw).toBe(false);
    await terminal.shows('Fault found');
    expect(terminal.screen).not.toContain('zoom');
    expect(terminal.rows.filter((row) => row !== '').length).toBeLessThanOrEqual(14);
  });

  it('does not ask which of one container', async () => {
    const { terminal } = start();
    await terminal.shows('shop');
    terminal.type('\r');
    await terminal.shows('checkout');
    terminal.type('\r');
    await terminal.shows('Where should the connection go?');
    await esc(terminal);
    await terminal.shows('Pods in shop');
  });

  it('takes a destination from the list of those found', async () => {
    const { terminal, calls } = start({ run: pacedRun(0) }, { preset: { namespace: 'shop', pod: 'orders', container: 'app' } });
    await terminal.shows('DATABASE_URL');
    terminal.type('\u001b[B\u001b[B\r');
    await terminal.shows('tcp.filtered');
    expect(calls).toContain('startRun postgres://orders-db.shop');
  });

  it('says what is wrong with a destination and runs nothing', async () => {
    const { terminal, calls } = start({}, { preset: local });
    await terminal.shows('Destination');
    terminal.type('not a url\r');
    await terminal.shows('contains spaces');
    terminal.type('\u0015--flag\r');
    await terminal.shows('begins with a dash');
    expect(calls.filter((call) => call.startsWith('startRun'))).toEqual([]);
  });

  it('takes the first line of what is pasted, and nothing of it as a key', async () => {
    const { terminal } = start({}, { preset: local });
    await terminal.shows('Destination');
    terminal.type('\u001b[200~  db.internal:5432\r\nq\u0003\u001b[201~');
    await terminal.shows('Destination: db.internal:5432');
    terminal.type('9');
    await terminal.shows('db.internal:54329');
  });

  it('filters by a few letters; esc takes the filter away first, and only then goes back', async () => {
    const { terminal } = start({}, { preset: { namespace: 'shop' } });
    await terminal.shows('checkout');
    terminal.type('/ordrs\r');
    await terminal.hides('checkout');
    expect(terminal.screen).toContain('orders-6f7c9d-abcde');
    await esc(terminal);
    await terminal.shows('checkout');
    await esc(terminal);
    await terminal.shows('Namespaces (4)');
  });

  it('speaks Spanish', async () => {
    const { terminal } = start({ run: pacedRun(0) }, { language: 'es', preset: localRun });
    await terminal.shows('Veredicto');
    expect(terminal.screen).toContain('esta máquina');
    expect(terminal.screen).toContain('Siguientes pasos');
  });
});

describe('a run that is going on', () => {
  it('is not ended by esc before the question is answered with yes', async () => {
    const { terminal, calls } = start(streaming, { preset: localRun });
    await terminal.shows('* line');
    await esc(terminal);
    await terminal.shows('Cancel it and go back?');
    terminal.type('\r');
    await terminal.hides('Cancel it and go back?');
    expect(calls).not.toContain('cancel');
    await esc(terminal);
    await terminal.shows('Cancel it and go back?');
    terminal.type('y');
    await terminal.shows('Where should the connection go?');
    expect(calls).toContain('cancel');
  });

  it('is ended by ctrl-c at once, with the terminal put back', async () => {
    const { terminal, exitCode, calls } = start(streaming, { preset: localRun });
    await terminal.shows('* line');
    terminal.type('\u0003');
    expect(await exitCode).toBe(130);
    expect(calls).toContain('cancel');
    expect([terminal.isAlternateScreen, terminal.isRaw]).toEqual([false, false]);
  });

  it('can be frozen, counts what came since, and goes on', async () => {
    const { terminal } = start(streaming, { preset: localRun });
    await terminal.shows('* line');
    terminal.type('4 ');
    await terminal.shows('frozen');
    await terminal.shows('new');
    terminal.type(' ');
    await terminal.hides('frozen');
  });

  it('runs again on r', async () => {
    const { terminal, calls } = start({ run: pacedRun(0) }, { preset: localRun });
    await terminal.shows('tcp.filtered');
    terminal.type('r');
    await terminal.shows('What should be asked again?');
    terminal.type('\r');
    await expect.poll(() => calls.filter((call) => call.startsWith('startRun')).length).toBe(2);
  });

  it('asks before r ends a run that is going on', async () => {
    const { terminal, calls } = start(streaming, { preset: localRun });
    await terminal.shows('* line');
    terminal.type('r');
    await terminal.shows('start again?');
    expect(calls).not.toContain('cancel');
    terminal.type('y');
    await expect.poll(() => calls.filter((call) => call.startsWith('startRun')).length).toBe(2);
  });

  it('zooms by z, and esc leaves the zoom before it leaves the run', async () => {
    const { terminal } = start({ run: pacedRun(0) }, { preset: localRun });
    await terminal.shows('tcp.filtered');
    terminal.type('2z');
    await terminal.hides('Decision tree');
    await esc(terminal);
    await terminal.shows('Decision tree');
    expect(terminal.screen).toContain('Internet');
  });

  it('says so when its events break off', async () => {
    const { terminal } = start({ run: () => streamingFailure() }, { preset: localRun });
    await terminal.shows('The run broke off: the socket closed');
  });
});

async function* streamingFailure(): AsyncIterable<never> {
  await Promise.resolve();
  throw new Error('the socket closed');
}

describe('a cluster that does not do its part', () => {
  it('is told apart: loading is not empty', async () => {
    const { terminal } = start({ namespaces: 'never' });
    await terminal.shows('Loading');
    expect(terminal.screen).not.toContain('There are no');
  });

  it('says which verb is missing, and goes on by typing the name', async () => {
    const { terminal, calls } = start({ namespaces: { kind: 'forbidden', verb: 'list', resource: 'namespaces', namespace: null } });
    await terminal.shows('you may not list namespaces');
    terminal.type('/shop\r\r');
    await terminal.shows('Pods in shop');
    expect(calls).toContain('listPods shop');
  });

  it('offers this machine when there is no cluster at all', async () => {
    const { terminal } = start({ clusters: { ok: false, failure: { kind: 'no-cluster', detail: 'no kubeconfig' } } });
    await terminal.shows('No usable kubeconfig');
    terminal.type('\r');
    await terminal.shows('Where should the connection go?');
    expect(terminal.rows[0]).toContain('this machine');
  });

  it('shows an empty list as empty', async () => {
    const { terminal } = start({ pods: [] }, { preset: { namespace: 'shop' } });
    await terminal.shows('There are no pods here.');
  });

  it('does not block a key when it is dead', async () => {
    const { terminal, exitCode } = start({ namespaces: 'never', pods: 'never' }, { preset: { namespace: 'shop' } });
    await terminal.shows('Loading');
    await esc(terminal);
    await terminal.shows('Namespaces');
    terminal.type('q');
    expect(await exitCode).toBe(0);
  });

  it('loads nothing before the first frame', async () => {
    const { terminal, calls } = start();
    expect(calls).toEqual([]);
    await terminal.shows('Namespaces');
    await expect.poll(() => calls).toContain('loadClusters');
  });
});

describe('the window', () => {
  it('says what is missing when it is too small, and comes back when it grows', async () => {
    const { terminal } = start({}, { size: [50, 10] });
    await terminal.shows('60x16');
    terminal.resize(80, 24);
    await terminal.shows('Namespaces');
    terminal.resize(120, 40);
    await expect.poll(() => terminal.rows.findIndex((row) => row.includes('quit'))).toBe(39);
  });

  it('explains every key on one page', async () => {
    const { terminal } = start();
    await terminal.shows('Namespaces');
    terminal.type('?');
    await terminal.shows('Keys');
    await esc(terminal);
    await terminal.shows('Namespaces');
  });

  it('is put back when drawing breaks down, with one sentence', async () => {
    const terminal = new FakeTerminal(80, 24);
    const { en } = LANGUAGES;
    const messages = { ...en, ui: { ...en.ui, titles: { ...en.ui.titles, pods: () => { throw new Error('no such title'); } } } };
    const streams = { ...terminal.streams };
    const exitCode = startConsole({ messages, language: 'en', streams, env: {}, ports: fakePorts(), preset: { namespace: 'shop' } });
    expect(await exitCode).toBe(3);
    expect(terminal.errors).toBe('netdiag-tui broke down: no such title\n');
    expect([terminal.isAlternateScreen, terminal.isRaw]).toEqual([false, false]);
  });

  it('is put back when the terminal hangs up', async () => {
    const { terminal, exitCode } = start();
    await terminal.shows('Namespaces');
    terminal.hangUp();
    expect(await exitCode).toBe(129);
    expect(terminal.isRaw).toBe(false);
  });
});

describe('a list that is followed', () => {
  it('shows what changes, keeps the cursor on its pod, and drops what is gone', async () => {
    const { terminal } = start({
      changes: async function* (signal) {
        yield { kind: 'live' };
        yield { kind: 'changed', rows: [pod('aaa-new', { status: 'Pending' }), pod('orders-6f7c9d-abcde', { status: 'Terminating' })] };
        yield { kind: 'removed', names: [{ namespace: 'shop', name: 'pending-0' }] };
        await new Promise((resolve) => { signal.addEventListener('abort', resolve); });
      },
    }, { preset: { namespace: 'shop' } });
    await terminal.shows('aaa-new');
    await terminal.shows('Terminating');
    await terminal.hides('pending-0');
    expect(terminal.rows.findIndex((row) => row.includes('aaa-new'))).toBeLessThan(terminal.rows.findIndex((row) => row.includes('checkout')));
    expect(terminal.screen).toContain('❯ checkout');
  });

  it('says since when it is stale, keeps its rows, and comes back', async () => {
    const back = Promise.withResolvers<undefined>();
    const { terminal } = start({
      changes: async function* (signal) {
        yield { kind: 'live' };
        yield { kind: 'lost', failure: { kind: 'unreachable', detail: 'connection refused' } };
        await back.promise;
        yield { kind: 'live' };
        await new Promise((resolve) => { signal.addEventListener('abort', resolve); });
      },
    }, { preset: { namespace: 'shop' } });
    await terminal.shows('Reconnecting: not heard from the cluster since');
    expect(terminal.screen).toContain('orders-6f7c9d-abcde');
    back.resolve(undefined);
    await terminal.hides('Reconnecting');
  });

  it('goes to all namespaces by 0, and back to one by its digit', async () => {
    const { terminal, calls } = start({}, { preset: { namespace: 'shop' } });
    await terminal.shows('checkout');
    terminal.type('0');
    await terminal.shows('Pods of all namespaces');
    expect(calls).toContain('listPods (all)');
    terminal.type('1');
    await terminal.shows('Pods in shop');
  });

  it('takes another context for the session', async () => {
    const contexts = ['prod-eu', 'staging'].map((name) => ({ name, cluster: name, namespace: null }));
    const { terminal, calls } = start({ clusters: { ok: true, value: { current: 'prod-eu', contexts } } });
    await terminal.shows('kube-system');
    terminal.type(':ctx\r');
    await terminal.shows('Contexts (2)');
    terminal.type('j\r');
    await terminal.shows('context staging');
    expect(calls).toContain('useContext staging');
  });
});
