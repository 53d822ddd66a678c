import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { failed } from '../../src/cli/problem.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import type { StartSession } from '../../src/cli/run-request.ts';
import { CONCLUSION, REFUSED_RUN, started } from '../report/refused-run.ts';
import { call, FakeSignals, sessionOf } from './call.ts';

const RUN = ['run', '-n', 'shop', 'deploy/orders', '--to', 'postgres://db.example'];

function endingWith(status: 'reachable' | 'fault' | 'inconclusive'): readonly RunEvent[] {
  const cause = status === 'fault' ? CONCLUSION.verdict.cause : null;
  const verdict = { ...CONCLUSION.verdict, status, cause };
  return [started(), { kind: 'concluded', atMs: 5, conclusion: { ...CONCLUSION, verdict } }, { kind: 'run-ended', atMs: 6, reason: 'completed' }];
}

/** A run that shows its beginning and then waits until it is aborted; `stubborn` ones do not even notice that. */
function waitingSession(stubborn: boolean): { startSession: StartSession; waiting: Promise<void> } {
  const { promise: waiting, resolve } = Promise.withResolvers<undefined>();
  async function* events(signal: AbortSignal): AsyncGenerator<RunEvent> {
    yield* REFUSED_RUN.slice(0, 11);
    resolve(undefined);
    await new Promise((end) => {
      if (!stubborn) signal.addEventListener('abort', end);
    });
    yield { kind: 'run-ended', atMs: 900, reason: 'interrupted' };
  }
  return { startSession: (_request, { signal }) => Promise.resolve({ ok: true, value: events(signal) }), waiting };
}

describe('run', () => {
  it.each([
    ['reachable', 0],
    ['fault', 1],
    ['inconclusive', 2],
  ] as const)('exits by its verdict: %s is %i', async (status, exitCode) => {
    const { startSession } = sessionOf(endingWith(status));
    expect((await call(RUN, { startSession })).exitCode).toBe(exitCode);
    const json = await call([...RUN, '-o', 'json'], { startSession: sessionOf(endingWith(status)).startSession });
    expect(json.exitCode).toBe(exitCode);
    expect((JSON.parse(json.stdout) as { verdict: { status: string } }).verdict.status).toBe(status);
  });

  it('prints exactly one JSON object on stdout and nothing else', async () => {
    const { stdout, stderr } = await call([...RUN, '-o', 'json'], sessionOf(REFUSED_RUN));
    expect(JSON.parse(stdout)).toMatchObject({ schema: 'netdiag-run/v1', verdict: { cause: 'tcp.refused' } });
    expect(stderr).toBe('');
  });

  it('tells people the story on stdout', async () => {
    const { stdout } = await call([...RUN, '--lang', 'es'], sessionOf(REFUSED_RUN));
    expect(stdout).toContain('Elegido el pod orders-6f7c de deploy/orders.');
    expect(stdout).toContain('== Fallo encontrado');
  });

  it('tells on stderr what was not seen to end, and what earlier sessions left', async () => {
    const leftover = { kind: 'pod', namespace: 'shop', pod: 'debug-toolkit', uid: 'u', container: null, image: 'i', owner: 'o', session: 's', endsAt: '', state: 'running', mark: '' } as const;
    const startSession: StartSession = (request, options) => {
      options.progress?.({ kind: 'ending', place: 'shop/a/netdiag-1', endsAt: '2026-01-01T10:00:00Z' });
      options.progress?.({ kind: 'gone', place: 'shop/a/netdiag-1' });
      options.progress?.({ kind: 'uninstalling', place: 'shop/a/app', endsAt: '2026-01-01T11:00:00Z' });
      options.leftEarlier?.([leftover]);
      return sessionOf(REFUSED_RUN).startSession(request, options);
    };
    const { stderr } = await call(RUN, { startSession });
    expect(stderr.trimEnd().split('\n')).toEqual([
      'Ending shop/a/netdiag-1.',
      'Removing from shop/a/app what was installed.',
      'What was installed in shop/a/app may still be there; it is removed by itself at 2026-01-01T11:00:00Z.',
      'Left from an earlier session of yours: shop/debug-toolkit. netdiag-tui cleanup ends it.',
    ]);
  });

  it('says in one sentence why it could not start', async () => {
    const startSession: StartSession = () => Promise.resolve(failed('target-not-found', 'pod shop/orders', 'orders-6f7c'));
    const text = await call(RUN, { startSession });
    expect(text).toEqual({ exitCode: 3, stdout: '', stderr: 'Error: pod shop/orders was not found.\nDid you mean orders-6f7c?\n' });
    const json = await call([...RUN, '-o', 'json'], { startSession });
    expect(json.exitCode).toBe(3);
    expect(JSON.parse(json.stdout)).toMatchObject({ schema: 'netdiag-run/v1', error: { code: 'target-not-found' } });
  });

  it('never shows a stack, even of its own mistakes', async () => {
    const startSession: StartSession = () => Promise.reject(new Error('boom\n    at somewhere'));
    expect((await call(RUN, { startSession })).stderr).toMatch(/^Error: netdiag-tui failed: boom\.\n.*\n$/u);
  });

  it('shows what it had when it broke down in the middle', async () => {
    async function* events(): AsyncGenerator<RunEvent> {
      yield* REFUSED_RUN.slice(0, 11);
      throw new Error('boom');
    }
    const { exitCode, stdout, stderr } = await call([...RUN, '-o', 'json'], { startSession: () => Promise.resolve({ ok: true, value: events() }) });
    expect(exitCode).toBe(3);
    expect((JSON.parse(stdout) as { observations: unknown[] }).observations).toHaveLength(1);
    expect(stderr).toContain('boom');
  });
});

describe('a run that is interrupted', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const)('by %s ends its commands, prints what is known and exits %i', async (signal, exitCode) => {
    const signals = new FakeSignals();
    const { startSession, waiting } = waitingSession(false);
    const called = call([...RUN, '-o', 'json'], { startSession, signals });
    await waiting;
    signals.send(signal);
    const { stdout, exitCode: ended } = await called;
    expect(ended).toBe(exitCode);
    expect(JSON.parse(stdout)).toMatchObject({ ended: 'interrupted', verdict: { status: 'inconclusive', cause: null } });
    expect(signals.listeners).toBe(0);
  });

  it('twice does not wait for commands that do not end', async () => {
    const signals = new FakeSignals();
    const { startSession, waiting } = waitingSession(true);
    const called = call(RUN, { startSession, signals });
    await waiting;
    signals.send('SIGINT');
    await setTimeout(400);
    signals.send('SIGINT');
    const { stdout, exitCode } = await called;
    expect(exitCode).toBe(130);
    expect(stdout).toContain('Interrupted after');
  });

  it('once, but told so by the terminal and by npm, still ends its commands properly', async () => {
    const signals = new FakeSignals();
    const { startSession, waiting } = waitingSession(false);
    const called = call([...RUN, '-o', 'json'], { startSession, signals });
    await waiting;
    signals.send('SIGINT');
    signals.send('SIGINT');
    // 0.9 s is what the run's own end says; one that was not waited for ends with its last event.
    expect(JSON.parse((await called).stdout)).toMatchObject({ ended: 'interrupted', durationMs: 900 });
  });
});
