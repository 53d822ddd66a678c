import { describe, expect, test } from 'vitest';
import type { Fact } from '../../src/domain/facts.ts';
import { askedKey } from '../../src/domain/question.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { runDiagnosis } from '../../src/engine/run.ts';
import { bashConnected, bashPlace, bashRefused, getentAddress } from '../fakes/replies.ts';
import { identity, scriptedVantage } from '../fakes/scripted-vantage.ts';
import { dependencyOf } from '../tree/situation.ts';
import { A, conclusionOf, eventsOf, only, request } from './diagnose.ts';

const refusing = bashPlace((_address, _port, argv) => bashRefused(argv));

function isCutShort(fact: Fact): boolean {
  return fact.kind === 'unavailable' && (fact.reason === 'timed-out' || fact.reason === 'cancelled');
}

/** What holds for the events of every run. */
function expectWhole(events: readonly RunEvent[]): void {
  expect(events[0]?.kind).toBe('run-started');
  expect(events.slice(-2).map(({ kind }) => kind)).toEqual(['concluded', 'run-ended']);
  expect(only(events, 'run-started')).toHaveLength(1);
  expect(only(events, 'run-ended')).toHaveLength(1);
  const times = events.map(({ atMs }) => atMs);
  expect(times, 'in order of time').toEqual([...times].sort((a, b) => a - b));
  const asked = new Set<string>();
  const started = new Set<string>();
  const ended = new Set<string>();
  const ids = new Set<string>();
  for (const event of events) {
    switch (event.kind) {
      case 'question-asked':
        expect(asked.has(event.key), `${event.key} asked twice`).toBe(false);
        asked.add(event.key);
        break;
      case 'command-started':
        expect(asked, 'a command answers a question that was shown').toContain(event.key);
        expect(started).not.toContain(event.command);
        started.add(event.command);
        break;
      case 'output':
        expect(started).toContain(event.command);
        expect(ended, 'no output after the end').not.toContain(event.command);
        break;
      case 'command-ended':
        expect(started).toContain(event.command);
        expect(ended).not.toContain(event.command);
        ended.add(event.command);
        break;
      case 'observed':
        expect(ids).not.toContain(event.observation.id);
        // A run that is cut short answers what it had still to ask itself: nobody was asked.
        if (!isCutShort(event.observation.fact)) expect(asked).toContain(askedKey(event.observation));
        ids.add(event.observation.id);
        break;
      case 'tree-moved':
        for (const step of event.path) for (const id of step.observations) expect(ids, `${step.node} rests on what was shown`).toContain(id);
        for (const key of event.waitingFor) expect(asked, 'what the cursor waits for was asked').toContain(key);
        break;
      case 'concluded': {
        const { verdict, notes, path, layers } = event.conclusion;
        const named = [...verdict.evidence, ...verdict.ruledOut.flatMap(({ because }) => because), ...notes.flatMap((note) => note.evidence), ...path.flatMap((step) => step.observations), ...layers.flatMap((layer) => layer.observations)];
        for (const id of named) expect(ids, `observation ${id} was shown`).toContain(id);
        if (verdict.status !== 'inconclusive') expect(verdict.evidence).not.toEqual([]);
        expect(verdict.ruledOut.map(({ cause }) => cause)).not.toContain(verdict.cause);
        break;
      }
      case 'run-started':
      case 'run-ended':
      case 'entered':
      case 'dependency-chosen':
      case 'note-left':
      case 'driver-moved':
      case 'wished':
      case 'vantage-joined':
      case 'vantage-unusable':
        break;
    }
  }
}

describe('a run', () => {
  test('tells everything in order, and ends with its verdict', async () => {
    const events = await eventsOf(request(refusing));
    expectWhole(events);
    expect(conclusionOf(events).verdict).toMatchObject({ status: 'fault', cause: 'tcp.refused', layer: 'transport' });
    expect(events.at(-1)).toMatchObject({ kind: 'run-ended', reason: 'completed' });
  });

  test('shows the command of every observation, and what it printed', async () => {
    const events = await eventsOf(request(refusing));
    const shown = only(events, 'command-started').map(({ vantage, argv }) => JSON.stringify([vantage, argv]));
    const observations = only(events, 'observed').map(({ observation }) => observation).filter(({ command }) => command.length > 0);
    expect(observations.length).toBeGreaterThan(4);
    for (const { vantage, command } of observations) expect(shown).toContain(JSON.stringify([vantage, command]));
    const printed = only(events, 'output').flatMap(({ lines }) => lines.map(({ text }) => text));
    for (const { lines } of observations) for (const line of lines) expect(printed).toContain(line);
  });

  test('looks up what each place has once, before anything else there', async () => {
    const contrast = scriptedVantage(refusing, identity({ id: 'contrast:node', role: 'contrast', relation: 'node', name: 'node' }));
    const given = request(refusing, { contrasts: [contrast] });
    const events = await eventsOf(given);
    expectWhole(events);
    for (const { ran } of [given.vantage as typeof contrast, contrast]) {
      expect(ran.filter(({ argv }) => argv.at(-1) === 'netdiag-survey')).toHaveLength(1);
      expect(ran[0]?.argv.at(-1)).toBe('netdiag-survey');
    }
  });

  test('asks all that is cheap at once', async () => {
    // Nothing is answered before all of these have been asked: asked one after the other, the run would never end.
    const started = new Set<string>();
    const wanted = new Set(['files', 'connect 5432']);
    let release: () => void = () => undefined;
    const all = new Promise<void>((resolve) => { release = resolve; });
    const note = (what: string): Promise<void> => {
      started.add(what);
      if ([...wanted].every((one) => started.has(one))) release();
      return all;
    };
    const script = bashPlace(
      (_address, port, argv) => ({ ...bashRefused(argv), until: note(`connect ${String(port)}`) }),
      (argv) => (argv.at(-1) === 'netdiag-files' ? { out: [], until: note('files') } : null),
    );
    const events = await eventsOf(request(script));
    expect(conclusionOf(events).verdict.cause).toBe('tcp.refused');
  });

  test('a verdict that the target itself gives needs no contrast that answers', async () => {
    const lost = scriptedVantage(() => ({ failure: 'vantage-lost', detail: 'gone' }), identity({ id: 'contrast:node', role: 'contrast', name: 'node' }));
    const events = await eventsOf(request(refusing, { contrasts: [lost] }));
    expectWhole(events);
    const { verdict } = conclusionOf(events);
    expect(verdict).toMatchObject({ cause: 'tcp.refused', confidence: 'likely' });
    expect(verdict.untestable.some(({ vantage, reason }) => vantage === 'contrast:node' && reason.includes('gone'))).toBe(true);
  });

  test('commands to see it again are whole, with the way into their place', async () => {
    const vantage = scriptedVantage(refusing, identity({ prefix: ['ssh', 'n3'] }));
    const events = await eventsOf(request(refusing, { vantage }));
    const { commands } = conclusionOf(events).verdict;
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(command.slice(0, 2)).toEqual(['ssh', 'n3']);
    expect(commands.some((command) => command.includes(A) && command.includes('5432'))).toBe(true);
    expect(new Set(commands.map((command) => command.join('\0'))).size, 'each once').toBe(commands.length);
  });
});

describe('what the verdict no longer needs', () => {
  test('is cancelled: no signal is left unaborted, and nothing runs on', async () => {
    const hanging = scriptedVantage(() => ({ hangs: true }), identity({ id: 'contrast:node', role: 'contrast', name: 'node' }));
    // The second try connects: that decides, whatever the contrast would say.
    const tries = { count: 0 };
    const sometimes = bashPlace((_address, port, argv) => {
      if (port !== 5432) return { hangs: true };
      tries.count += 1;
      return tries.count === 1 ? bashRefused(argv) : bashConnected(argv);
    });
    const given = request(sometimes, { contrasts: [hanging] });
    const events = await eventsOf(given);
    expectWhole(events);
    expect(conclusionOf(events).verdict.cause).toBe('tcp.intermittent');
    expect(hanging.ran.length).toBeGreaterThan(0);
    for (const { signal } of hanging.ran) expect(signal.aborted).toBe(true);
  });

  test('is cancelled too when the reader of the events goes away', async () => {
    const vantage = scriptedVantage(bashPlace(() => ({ hangs: true })));
    for await (const event of runDiagnosis(request(refusing, { vantage }))) {
      if (event.kind === 'command-started' && event.layer === 'transport') break;
    }
    expect(vantage.ran.length).toBeGreaterThan(0);
    for (const { signal } of vantage.ran) expect(signal.aborted).toBe(true);
  });
});

describe('a run that is cut short', () => {
  const hanging = bashPlace(() => ({ hangs: true }));

  test('by its time limit: it concludes with what it has, and says so', async () => {
    const events = await eventsOf(request(hanging, { timeoutMs: 400 }));
    expectWhole(events);
    const { verdict } = conclusionOf(events);
    expect(verdict.status).toBe('inconclusive');
    expect(verdict.untestable.some(({ reason }) => reason.includes('timed-out'))).toBe(true);
    expect(events.at(-1)).toMatchObject({ reason: 'timed-out' });
  });

  test('by the user: interrupted, with a conclusion', async () => {
    const stop = new AbortController();
    const events = await eventsOf(request(hanging, { signal: stop.signal }), (event) => {
      if (event.kind === 'observed') stop.abort();
    });
    expectWhole(events);
    expect(conclusionOf(events).verdict.status).toBe('inconclusive');
    expect(events.at(-1)).toMatchObject({ reason: 'interrupted' });
  });

  test('before it began', async () => {
    const events = await eventsOf(request(hanging, { signal: AbortSignal.abort() }));
    expectWhole(events);
    expect(conclusionOf(events).verdict.status).toBe('inconclusive');
    expect(events.at(-1)).toMatchObject({ reason: 'interrupted' });
  });

  test('with half an answer: one of two addresses is known to refuse, and nothing is made up about the other', async () => {
    const name = 'db.example.com';
    const script = bashPlace(
      (address, _port, argv) => (address === A ? bashRefused(argv) : { hangs: true }),
      (argv) => (argv[0] === 'getent' ? { out: [...(getentAddress(name, A).out ?? []), ...(getentAddress('', '203.0.113.11').out ?? [])] } : null),
    );
    const events = await eventsOf(request(script, { dependency: dependencyOf(`tcp://${name}:5432`), timeoutMs: 500 }));
    expectWhole(events);
    expect(conclusionOf(events).verdict.status).not.toBe('reachable');
  });
});

describe('a place that breaks', () => {
  test('a vantage that is lost makes answers unavailable, never a fault', async () => {
    const events = await eventsOf(request(() => ({ failure: 'vantage-lost', detail: 'connection closed' })));
    expectWhole(events);
    const { verdict } = conclusionOf(events);
    expect(verdict).toMatchObject({ status: 'inconclusive', cause: null });
    expect(verdict.untestable[0]?.reason).toContain('connection closed');
  });

  test('a vantage that is lost after the survey likewise', async () => {
    const events = await eventsOf(request(bashPlace(() => ({ failure: 'vantage-lost', detail: 'connection closed' }))));
    expectWhole(events);
    expect(conclusionOf(events).verdict.status).toBe('inconclusive');
  });

  test('a vantage that throws likewise', async () => {
    for (const script of [bashPlace(() => ({ throws: 'boom' })), (): { throws: string } => ({ throws: 'boom' })]) {
      const events = await eventsOf(request(script));
      expectWhole(events);
      expect(conclusionOf(events).verdict.status).toBe('inconclusive');
      expect(conclusionOf(events).verdict.untestable.some(({ reason }) => reason.includes('boom'))).toBe(true);
    }
  });

  test('output that nobody understands is kept, and proves nothing', async () => {
    const events = await eventsOf(request(bashPlace(() => ({ out: ['\u0000 garbage', 'Connected. Ish.'] }))));
    expectWhole(events);
    expect(conclusionOf(events).verdict.status).toBe('inconclusive');
    const connect = only(events, 'observed').find(({ observation }) => observation.question.kind === 'connect');
    expect(connect?.observation.fact).toMatchObject({ kind: 'unavailable', reason: 'not-understood' });
    expect(connect?.observation.lines.join(' ')).toContain('Connected. Ish.');
  });
});

describe('the cluster', () => {
  const pod = { kind: 'pod', context: 'c', namespace: 'shop', pod: 'p', container: 'app', node: 'n1', pickedFrom: null } as const;

  test('is asked for the pod, with the kubectl command that shows the same', async () => {
    const crashed = { kind: 'pod-state', namespace: 'shop', pod: 'p', phase: 'Running', ready: false, containerState: 'waiting', reason: 'CrashLoopBackOff', message: null, restarts: 9, addresses: [], hostNetwork: false, sandboxFailure: null, dnsPolicy: 'ClusterFirst', node: 'n1', lastTermination: null, events: [] } as const;
    const events = await eventsOf(request(refusing, {
      target: pod,
      askCluster: (question) => Promise.resolve({ fact: question.kind === 'pod-state' ? crashed : { kind: 'unavailable', reason: 'not-permitted', detail: 'no' }, command: ['kubectl', 'describe', 'pod', '-n', 'shop', 'p'] }),
      vantage: scriptedVantage(refusing, identity({ prefix: ['kubectl', 'exec', 'p', '--'] })),
    }));
    expectWhole(events);
    const { verdict } = conclusionOf(events);
    expect(verdict).toMatchObject({ cause: 'pod.not-running', confidence: 'certain' });
    expect(verdict.commands).toEqual([['kubectl', 'describe', 'pod', '-n', 'shop', 'p']]);
  });

  test('that throws is unavailable', async () => {
    const events = await eventsOf(request(refusing, { target: pod, askCluster: () => Promise.reject(new Error('api down')) }));
    expectWhole(events);
    expect(conclusionOf(events).verdict).toMatchObject({ status: 'fault', cause: 'tcp.refused' });
    expect(conclusionOf(events).verdict.untestable.some(({ reason }) => reason.includes('api down'))).toBe(true);
  });
});
