import { describe, expect, it } from 'vitest';
import type { Change } from '../../src/domain/access.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { container, type FakeCluster } from './fake-ports.ts';
import { FILTERED_RUN } from '../store/run-events.ts';
import { pause, start } from './session.ts';

/** Keys that are typed while something else comes on the screen must not be taken for an answer to it. */

const CHANGE: Change = { rung: 'ephemeral', subject: 'pod shop/orders-0', image: 'netshoot', ttlSeconds: null, pulls: false, commands: [['kubectl', 'debug', 'orders-0']] };

/** A run that asks for a change in the middle; `answers` gets what was answered. */
function consenting(answers: string[], go: Promise<undefined>): NonNullable<FakeCluster['run']> {
  return async function* ({ dialogue }): AsyncGenerator<RunEvent> {
    yield* FILTERED_RUN.slice(0, 4);
    await go;
    answers.push(await dialogue.consent(CHANGE));
    yield* FILTERED_RUN.slice(4);
  };
}

describe('a question that opens by itself', () => {
  it('takes none of the keys that are being typed, says so, and takes one that comes after a pause', async () => {
    const answers: string[] = [];
    const go = Promise.withResolvers<undefined>();
    const { terminal } = start({ run: consenting(answers, go.promise) }, { preset: { target: { kind: 'local' }, dependency: 'https://slam.payments.example:8080/' } });
    await terminal.shows('running');
    go.resolve(undefined);
    await terminal.shows('Change the cluster?');
    for (const key of ['y', '\r', 'y', '\u001b', 'n']) {
      terminal.type(key);
      await pause(120);
    }
    await terminal.shows('keys count once none has come');
    expect(answers).toEqual([]);
    await terminal.hides('keys count once none has come');
    terminal.type('y');
    await expect.poll(() => answers).toEqual(['yes']);
  });

  it('lets ctrl-c out at any time', async () => {
    const answers: string[] = [];
    const go = Promise.withResolvers<undefined>();
    const { terminal, exitCode } = start({ run: consenting(answers, go.promise) }, { preset: { target: { kind: 'local' }, dependency: 'https://slam.payments.example:8080/' } });
    await terminal.shows('running');
    go.resolve(undefined);
    await terminal.shows('Change the cluster?');
    terminal.type('\u0003');
    expect(await exitCode).toBe(130);
    expect(answers).toEqual([]);
  });
});

describe('what is typed ahead', () => {
  const slowly: FakeCluster = { delayMs: 150 };

  it('goes into the destination of a pod with one container, though its list was still being read', async () => {
    const { terminal, calls } = start(slowly, { preset: { namespace: 'shop' } });
    await terminal.shows('checkout');
    terminal.type('\rslam.payments.example:8080');
    await terminal.shows('Destination: slam.payments.example:8080');
    expect(calls.filter((call) => /followLog|findLeftovers mine everything|podYaml/u.test(call))).toEqual([]);
  });

  it('is dropped where containers are to be chosen instead, but for moves', async () => {
    const { terminal, calls } = start({ ...slowly, containers: [container('app'), container('proxy')] }, { preset: { namespace: 'shop' } });
    await terminal.shows('checkout');
    terminal.type('\rpaxly');
    await terminal.shows('proxy');
    await pause(300);
    expect(terminal.screen).toContain('Containers of');
    expect(calls.filter((call) => /followLog|startFanOut|findLeftovers mine everything|podYaml/u.test(call))).toEqual([]);
    terminal.type('j\r');
    await terminal.shows('shop/checkout-7d9f6c5b8-2xkqp/proxy');
  });

  it('a key is not kept from a cluster that answers nothing', async () => {
    const { terminal, exitCode } = start({ containers: 'never' }, { preset: { namespace: 'shop' } });
    await terminal.shows('checkout');
    terminal.type('\r');
    await terminal.shows('Containers of');
    terminal.type('q');
    expect(await exitCode).toBe(0);
  });

  it('an arrow that comes in parts moves, and types nothing', async () => {
    const { terminal } = start({}, { preset: { namespace: 'shop' } });
    await terminal.shows('checkout');
    for (const part of ['\u001b', '[', 'B']) {
      terminal.type(part);
      await pause(30);
    }
    await terminal.shows('❯ orders-6f7c9d-abcde');
  });

  it('a paste into a list does nothing', async () => {
    const { terminal, calls, exitCode } = start({}, { preset: { namespace: 'shop' } });
    await terminal.shows('checkout');
    terminal.type('\u001b[200~xqyd\rq\u001b[201~');
    await pause(200);
    expect(calls.filter((call) => /followLog|podYaml|describePod|getContainers|findLeftovers mine everything/u.test(call))).toEqual([]);
    terminal.type('q');
    expect(await exitCode).toBe(0);
  });
});
