import { describe, expect, test } from 'vitest';
import { AppLog } from '../../../src/cli/session/app-log.ts';
import type { ClusterReader, ClusterResult, PodLogLine } from '../../../src/domain/cluster.ts';
import type { OutputLine } from '../../../src/domain/command.ts';
import type { PodStateFact } from '../../../src/domain/facts.ts';
import type { CommandWatch } from '../../../src/probes/probe.ts';
import { fakeConnection, forbiddenTo, readable, unreadable } from '../../fakes/cluster-reader.ts';

const PLACE = { namespace: 'shop', pod: 'orders', container: 'app' };
const at = (second: number): string => `2026-11-25T20:00:${String(second).padStart(2, '0')}Z`;
const line = (second: number, text: string): PodLogLine => ({ at: at(second), text });
const REFUSED = 'ERROR dial tcp 10.0.0.9:5432: connect: connection refused';

interface Cluster {
  readonly current?: ClusterResult<{ readonly lines: readonly PodLogLine[]; readonly readAtMs: number }>;
  readonly previous?: readonly PodLogLine[];
  readonly restarts?: number;
  readonly follow?: ClusterReader['followLog'];
}

function logOf({ current = readable({ lines: [], readAtMs: Date.parse(at(30)) }), previous = [], restarts = 0, follow = () => new Promise(() => undefined) }: Cluster): AppLog {
  const { reader } = fakeConnection({
    containerLog: (_namespace, _pod, _container, options) => Promise.resolve(options.previous ? readable({ lines: previous, readAtMs: Date.parse(at(30)) }) : current),
    podState: () => Promise.resolve(readable({ restarts } as PodStateFact)),
    followLog: follow,
  });
  return new AppLog(reader, PLACE);
}

/** What was shown: command lines as `$ …`, output with what was said of it. */
function watcher(): CommandWatch & { readonly shown: readonly string[] } {
  const shown: string[] = [];
  const watch = {
    shown,
    started: (argv: readonly string[]) => { shown.push(`$ ${argv.join(' ')}`); return String(shown.length); },
    line: (_id: string, { text, meaning }: OutputLine) => { shown.push(meaning === undefined ? text : `${text} (${meaning})`); },
    ended: () => undefined,
  };
  return watch as unknown as CommandWatch & { readonly shown: readonly string[] };
}

const NOW = { kind: 'log', watchMs: 0, about: '' } as const;
const { signal } = new AbortController();

describe('the log of the application', () => {
  test('is shown with what its errors say, and read for them', async () => {
    const watch = watcher();
    const answer = await logOf({ current: readable({ lines: [line(1, 'started'), line(20, REFUSED)], readAtMs: Date.parse(at(30)) }) }).ask(NOW, signal, watch);
    expect(watch.shown).toEqual(['$ kubectl logs -n shop orders -c app --timestamps --tail=20 -f', '20:00:01Z started', `20:00:20Z ${REFUSED} (refused)`]);
    expect(answer).toMatchObject({ ok: true, value: { linesRead: 2, errors: [{ meaning: 'refused', host: '10.0.0.9', port: 5432, ageMs: 10_000, previous: false }] } });
  });

  test('begins with that of before a restart', async () => {
    const watch = watcher();
    const answer = await logOf({ restarts: 1, previous: [line(1, REFUSED)] }).ask(NOW, signal, watch);
    expect(watch.shown.slice(0, 2)).toEqual(['$ kubectl logs -n shop orders -c app --timestamps --tail=20 --previous', `20:00:01Z ${REFUSED} (refused)`]);
    expect(answer).toMatchObject({ ok: true, value: { errors: [{ previous: true }] } });
  });

  test('shows no password', async () => {
    const watch = watcher();
    await logOf({ current: readable({ lines: [line(1, 'using postgres://anna:hunter2@db.example.com/x')], readAtMs: 0 }) }).ask(NOW, signal, watch);
    expect(watch.shown.join('\n')).toContain('db.example.com');
    expect(watch.shown.join('\n')).not.toContain('hunter2');
  });

  test('that may not be read is a failure, not an empty log', async () => {
    const answer = await logOf({ current: unreadable(forbiddenTo('get', 'pods/log')) }).ask(NOW, signal, watcher());
    expect(answer).toMatchObject({ ok: false, failure: { kind: 'forbidden' } });
  });
});

describe('a log that is watched', () => {
  const WATCH = { kind: 'log', watchMs: 60_000, about: '10.0.0.9 db.example.com' } as const;

  test('is watched no longer than to the error that is waited for', async () => {
    const log = logOf({
      follow: (_namespace, _pod, _container, _since, onLine) => {
        setTimeout(() => { onLine(line(31, 'ERROR lookup mail.example.com: no such host')); }, 1);
        setTimeout(() => { onLine(line(32, REFUSED)); }, 2);
        return new Promise(() => undefined);
      },
    });
    expect(await log.ask(WATCH, signal, undefined)).toMatchObject({ ok: true, value: { linesRead: 2, errors: [{ host: 'mail.example.com' }, { host: '10.0.0.9' }] } });
  });

  test('is quiet when its time is over', async () => {
    expect(await logOf({}).ask({ ...WATCH, watchMs: 5 }, signal, undefined)).toMatchObject({ ok: true, value: { errors: [] } });
  });

  test.each<[string, ClusterReader['followLog']]>([
    ['breaks off', () => Promise.resolve(unreadable({ kind: 'unreachable', detail: 'reset' }))],
    ['ends with its container', () => Promise.resolve(readable(null))],
  ])('is no quiet one when it %s', async (_how, follow) => {
    expect(await logOf({ follow }).ask(WATCH, signal, undefined)).toMatchObject({ ok: false });
  });
});
