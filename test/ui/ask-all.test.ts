import { afterEach, describe, expect, it } from 'vitest';
import type { FanOutEvent, FanOutPlace } from '../../src/domain/fan-out.ts';
import type { Layer, LayerStatus } from '../../src/domain/layer.ts';
import type { Verdict } from '../../src/domain/verdict.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { startConsole } from '../../src/ui/index.ts';
import { fakePorts } from './fake-ports.ts';
import { pacedRun } from './fake-runs.ts';
import { FakeTerminal } from './fake-terminal.ts';

const open: FakeTerminal[] = [];
afterEach(() => {
  for (const terminal of open.splice(0)) terminal.hangUp();
});

const DEPENDENCY = 'https://slam.payments.example:8080/';
const POD = { kind: 'pod', context: 'prod-eu', namespace: 'shop', pod: 'orders-a', container: 'app', node: 'n1', pickedFrom: null } as const;
const place = (pod: string, node: string): FanOutPlace => ({ namespace: 'shop', pod, container: 'app', node, isReplica: true });

function concluded(pod: string, status: 'reachable' | 'fault', layer: Layer, layerStatus: LayerStatus): FanOutEvent {
  const verdict: Verdict = {
    status, cause: status === 'fault' ? 'tcp.filtered' : null, layer, confidence: 'likely', parameters: { host: 'slam.payments.example', port: 8080 }, evidence: ['o1'], ruledOut: [], untestable: [], commands: [],
  };
  return { kind: 'member', pod, event: { kind: 'concluded', atMs: 5, conclusion: { verdict, notes: [], layers: [{ layer, status: layerStatus, observations: ['o1'] }], path: [] } } };
}

async function onRunScreen(fanOut: () => AsyncIterable<FanOutEvent>, target: typeof POD | { readonly kind: 'local' } = POD): Promise<{ readonly terminal: FakeTerminal; readonly calls: readonly string[] }> {
  const terminal = new FakeTerminal(90, 30);
  open.push(terminal);
  const ports = fakePorts({ run: pacedRun(0), fanOut });
  void startConsole({ messages: LANGUAGES.en, language: 'en', streams: terminal.streams, env: {}, ports, preset: { target, dependency: DEPENDENCY } });
  await terminal.shows('tcp.filtered');
  return { terminal, calls: ports.calls };
}

async function* oneNodeFails(): AsyncGenerator<FanOutEvent> {
  await Promise.resolve();
  yield { kind: 'planned', places: [place('orders-a', 'n1'), place('orders-bb', 'n2')], uncovered: [] };
  yield concluded('orders-a', 'fault', 'transport', 'fail');
  yield concluded('orders-bb', 'reachable', 'transport', 'pass');
}

describe('A on the screen of a run', () => {
  it('shows each replica with its layers and verdict, and what they say together', async () => {
    const { terminal, calls } = await onRunScreen(oneNodeFails);
    terminal.type('A');
    await terminal.shows('Only the pods of node n1 fail (1 of 2).');
    expect(calls).toContain(`startFanOut orders-a ${DEPENDENCY}`);
    expect(terminal.screen).toContain('[node.single-node-fault]');
    expect(terminal.screen).toMatch(/failed +orders-a +n1 +4 \S +3 ✗/u);
    expect(terminal.screen).toMatch(/done +orders-bb +n2 +4 \S +3 ✓/u);
    expect(terminal.screen).toContain('[tcp.filtered] · likely');
  });

  it('ends what still goes on when it is closed', async () => {
    const gate = Promise.withResolvers<undefined>();
    const { terminal, calls } = await onRunScreen(async function* () {
      yield { kind: 'planned', places: [place('orders-a', 'n1'), place('orders-bb', 'n2')], uncovered: [] };
      yield concluded('orders-a', 'reachable', 'transport', 'pass');
      await gate.promise;
    });
    terminal.type('A');
    await terminal.shows('Closing this ends');
    expect(calls).not.toContain('cancelFanOut');
    terminal.type('\u001b');
    await expect.poll(() => calls).toContain('cancelFanOut');
    gate.resolve(undefined);
    await terminal.shows('Stopped: 1 of 2 pods');
  });

  it('says why it could not', async () => {
    const { terminal } = await onRunScreen(async function* () {
      await Promise.resolve();
      yield* [];
      throw new Error('pods is forbidden: cannot list');
    });
    terminal.type('A');
    await terminal.shows('pods is forbidden');
  });

  it('does nothing where there is no pod', async () => {
    const { terminal, calls } = await onRunScreen(oneNodeFails, { kind: 'local' });
    terminal.type('A');
    await terminal.shows('This needs a pod');
    expect(calls.filter((call) => call.startsWith('startFanOut'))).toEqual([]);
  });
});
