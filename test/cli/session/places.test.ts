import { READ_ONLY } from '../../../src/cli/access/access-options.ts';
import { describe, expect, test } from 'vitest';
import { behindPrefix, thisMachine } from '../../../src/cli/session/places.ts';
import { startSession } from '../../../src/cli/session/run-session.ts';
import type { RunRequest } from '../../../src/cli/run-request.ts';
import type { RunEvent } from '../../../src/domain/run-event.ts';
import { dependencyOf } from '../../tree/situation.ts';

describe('a place behind a command prefix', () => {
  test.each([
    ['node', 'node'], ['node-3', 'node'], ['sibling', 'sibling'], ['replica2', 'sibling'], ['pod-b', 'pod'], ['toolkit', 'pod'], ['laptop', 'unknown'], ['nodejs', 'unknown'],
  ])('called %s is %s', (name, relation) => {
    expect(behindPrefix('contrast', { name, argv: ['ssh', name] }).identity).toMatchObject({ id: `contrast:${name}`, role: 'contrast', relation, prefix: ['ssh', name] });
  });

  test('as the target is itself, whatever it is called', () => {
    expect(behindPrefix('target', { name: 'node', argv: ['ssh', 'node'] }).identity).toMatchObject({ id: 'target', relation: 'self' });
  });

  test('this machine is the target, or a place outside', () => {
    expect(thisMachine('target').identity).toMatchObject({ id: 'target', relation: 'self', prefix: [] });
    expect(thisMachine('contrast').identity).toMatchObject({ id: 'contrast:local', relation: 'outside', prefix: [] });
  });
});

const request: RunRequest = {
  start: { kind: 'local' },
  cluster: { namespace: null, context: null, kubeconfig: null },
  dependency: dependencyOf('tcp://127.0.0.1:1'),
  contrasts: [],
  ownContrasts: [],
  fanOut: null,
  watch: null,
  output: 'json',
  record: { to: { kind: 'nowhere' }, shared: false },
  withoutNames: false,
  access: READ_ONLY,
  timeoutMs: 5000,
  connectTimeoutMs: 1000,
  language: 'en',
};

describe('a session', () => {
  const options = { signal: AbortSignal.abort(), env: {} };

  test('on this machine begins without asking anybody, and every place joins it', async () => {
    const session = await startSession({ ...request, contrasts: [{ name: 'node', argv: ['env'] }] }, options);
    if (!session.ok) throw new Error(session.problem.code);
    const events: RunEvent[] = [];
    for await (const event of session.value) events.push(event);
    expect(events.filter((event) => event.kind === 'vantage-joined').map((event) => event.vantage.id)).toEqual(['target', 'contrast:node']);
    expect(events.at(-1)).toMatchObject({ kind: 'run-ended', reason: 'interrupted' });
  });

  test('behind a prefix that is no program does not begin, and the prefix is named', async () => {
    const session = await startSession({ ...request, start: { kind: 'via', argv: ['/no/such/prefix', 'x'] } }, { ...options, signal: new AbortController().signal });
    expect(session).toMatchObject({ ok: false, problem: { code: 'prefix-not-started' } });
    expect(session.ok ? '' : session.problem.detail).toContain('/no/such/prefix x');
  });

  test('in a cluster without a kubeconfig does not begin', async () => {
    const start = { kind: 'cluster', workload: { kind: 'pod', name: 'p' }, container: null } as const;
    const session = await startSession({ ...request, start, cluster: { ...request.cluster, kubeconfig: '/no/such/kubeconfig' } }, options);
    expect(session).toMatchObject({ ok: false, problem: { code: 'no-kubeconfig' } });
  });
});
