import { describe, expect, test } from 'vitest';
import type { CauseId } from '../../src/domain/cause.ts';
import { ruledOut } from '../../src/engine/ruled-out.ts';
import { at, connects, files, httpFact, pings, requests, resolves, says, GOOD_LINK } from '../tree/facts.ts';
import { situation, type Told } from '../tree/situation.ts';

const A = '203.0.113.10';
const HOST = 'api.example.com';

function excluded(told: readonly Told[], cause: CauseId | null = null): readonly CauseId[] {
  const { answers } = situation({ to: `tcp://${HOST}:5432`, told });
  return ruledOut([...answers.values()].flat(), { host: HOST, port: 5432 }, cause).map((one) => one.cause);
}

describe('what a run has excluded', () => {
  test('an answer of the dependency excludes what would have prevented it', () => {
    expect(excluded([requests(`https://${HOST}/`, httpFact('response', 500))])).toContain('app.protocol-mismatch');
    expect(excluded([connects(A, 5432, 'connected')])).toEqual(expect.arrayContaining(['tcp.refused', 'tcp.filtered', 'ip.no-route']));
    expect(excluded([resolves(HOST, [A])])).toEqual(expect.arrayContaining(['dns.nxdomain', 'dns.resolver-unreachable']));
    expect(excluded([pings(A, 3)])).toContain('tcp.host-silent');
  });

  test('another port that connects excludes nothing of this one', () => {
    expect(excluded([connects(A, 443, 'connected')])).not.toContain('tcp.filtered');
  });

  test('another name that resolves says nothing of this one, only that the resolver is there', () => {
    const causes = excluded([resolves(HOST, 'try-again'), says('192.0.2.53', 'kubernetes.default.svc.cluster.local', ['10.96.0.1'])]);
    expect(causes).toContain('dns.resolver-unreachable');
    expect(causes).not.toContain('dns.nxdomain');
    expect(causes).not.toContain('dns.no-address');
  });

  test('what a contrast sees excludes nothing here', () => {
    expect(excluded(at('node', connects(A, 5432, 'connected'), resolves(HOST, [A])))).toEqual([]);
  });

  test('the verdict\'s own cause is never among it', () => {
    expect(excluded([connects(A, 5432, 'connected')], 'tcp.refused')).not.toContain('tcp.refused');
  });

  test('what failed or could not be read excludes nothing', () => {
    expect(excluded([connects(A, 5432, 'timeout'), pings(A, 0), resolves(HOST, 'not-found'), files()])).toEqual([]);
    expect(excluded([...GOOD_LINK])).toEqual(['link.interface-down']);
  });
});
