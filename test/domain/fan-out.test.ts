import { describe, expect, test } from 'vitest';
import type { CauseId, Confidence } from '../../src/domain/cause.ts';
import { concludeFanOut, membersOf, withFanOutEvent, type FanOutMember, type FanOutPlace } from '../../src/domain/fan-out.ts';
import type { VerdictStatus } from '../../src/domain/verdict.ts';

/** `n1 tcp.filtered`, `n2 reachable`, `n2? policy.egress-denied` (a stand-in), `n3 -` (could not be asked). */
function pods(...told: readonly string[]): readonly FanOutMember[] {
  return told.map((text, index) => {
    const [node = '', word = '', confidence = 'likely'] = text.split(' ');
    const [member] = membersOf([{ namespace: 'shop', pod: `p${String(index + 1)}`, container: 'app', node: node.replace('?', ''), isReplica: !node.endsWith('?') }]);
    if (member === undefined) throw new Error('no member');
    if (word === '-') return { ...member, state: 'not-run', detail: 'gone' };
    const status: VerdictStatus = word === 'reachable' || word === 'inconclusive' ? word : 'fault';
    const verdict = {
      status, cause: status === 'fault' ? (word as CauseId) : null, layer: null, confidence: confidence as Confidence,
      parameters: { host: 'api.example.com', port: 443 }, evidence: ['o1'], ruledOut: [], untestable: [], commands: [],
    };
    return { ...member, state: 'ended', verdict };
  });
}

describe('what many pods say together', () => {
  test.each<[readonly string[], string]>([
    [['n1 reachable certain', 'n2 reachable certain'], 'reachable certain none'],
    [['n1 reachable certain', 'n2 reachable likely'], 'reachable likely none'],
    [['n1 reachable', 'n2 -'], 'inconclusive possible unknown'],
    [['n1 reachable', 'n2 inconclusive'], 'inconclusive possible unknown'],
    [['n1 -', 'n2 -'], 'inconclusive possible unknown'],
    [[], 'inconclusive possible unknown'],
    [['n1 tcp.filtered', 'n2 tcp.filtered'], 'tcp.filtered likely everywhere'],
    [['n1 tcp.filtered', 'n2 reachable'], 'node.single-node-fault likely one-node n1'],
    [['n1 tcp.filtered', 'n1 tcp.host-silent', 'n2 reachable', 'n3 reachable'], 'node.single-node-fault certain one-node n1'],
    [['n1 tcp.filtered', 'n1 reachable', 'n2 reachable'], 'tcp.filtered likely some-pods'],
    [['n1 tcp.filtered', 'n1 inconclusive', 'n2 reachable'], 'tcp.filtered likely some-pods'],
    [['n1 tcp.filtered', 'n2 inconclusive'], 'tcp.filtered likely some-pods'],
    [['n1 tcp.filtered', 'n2 tcp.filtered', 'n3 reachable'], 'tcp.filtered likely some-pods'],
    [['n1 node.not-ready certain', 'n2 reachable'], 'node.not-ready certain one-node n1'],
    [['n1 tls.expired certain', 'n2 reachable'], 'tls.expired certain one-node n1'],
    [['n1 policy.egress-denied certain', 'n2 reachable'], 'policy.egress-denied certain one-node n1'],
    [['n1 dns.slow', 'n2 tcp.filtered', 'n3 tcp.filtered'], 'tcp.filtered likely everywhere'],
    [['n1? tcp.filtered', 'n2 reachable'], 'tcp.filtered likely some-pods'],
    [['n1? policy.egress-denied certain', 'n2 reachable certain'], 'reachable certain none'],
    [['n1 tcp.filtered', 'n2? reachable'], 'node.single-node-fault likely one-node n1'],
  ])('%s: %s', (told, expected) => {
    const { status, cause, confidence, pattern, node } = concludeFanOut(pods(...told));
    expect([cause ?? status, confidence, pattern, ...(node === null ? [] : [node])].join(' ')).toBe(expected);
  });

  test('who fails is named, and who does not', () => {
    const { pods: failing, parameters } = concludeFanOut(pods('n1 tcp.filtered', 'n2 reachable'));
    expect(failing).toEqual(['p1']);
    expect(parameters).toMatchObject({ detail: 'n1', contrast: 'p2' });
  });
});

describe('a pod of many', () => {
  const place: FanOutPlace = { namespace: 'shop', pod: 'a', container: '', node: 'n1', isReplica: true };
  const other: FanOutPlace = { ...place, pod: 'b' };
  test('is followed by its own events alone', () => {
    const planned = withFanOutEvent([], { kind: 'planned', places: [place, other], uncovered: [] });
    const layers = [{ layer: 'transport', status: 'fail', observations: [] } as const];
    const moved = withFanOutEvent(planned, { kind: 'member', pod: 'a', event: { kind: 'tree-moved', atMs: 1, path: [], layers, waitingFor: [] } });
    expect(moved.map((one) => one.layers.transport)).toEqual(['fail', 'skipped']);
    const ended = withFanOutEvent(moved, { kind: 'member', pod: 'a', event: { kind: 'run-ended', atMs: 2, reason: 'timed-out' } });
    expect(ended.map(({ state, verdict }) => [state, verdict])).toEqual([['ended', null], ['waiting', null]]);
    expect(withFanOutEvent(ended, { kind: 'not-run', pod: 'b', detail: 'gone' })[1]).toMatchObject({ state: 'not-run', detail: 'gone' });
  });
});
