import { describe, expect, it } from 'vitest';
import { CAUSE_IDS, type CauseId } from '../../../src/domain/cause.ts';
import type { Fact } from '../../../src/domain/facts.ts';
import { drawBriefly, drawPicture, pathPicture, PICTURE_UNICODE, type PathSource } from '../../../src/domain/path-picture/index.ts';
import { LANGUAGES } from '../../../src/i18n/index.ts';
import { POD_TARGET, started } from '../../store/run-events.ts';

const ADDRESS = '198.51.100.10';

function hop(ttl: number, address: string | null): { ttl: number; replies: { address: string | null; rttMs: number | null; error: null }[] } {
  return { ttl, replies: [{ address, rttMs: address === null ? null : ttl, error: null }] };
}

function trace(...addresses: readonly (string | null)[]): Fact {
  return { kind: 'trace', host: null, address: ADDRESS, method: 'udp', hops: addresses.map((address, index) => hop(index + 1, address)), reached: addresses.includes(ADDRESS), pathMtuBytes: null };
}

const ROUTES: Fact = { kind: 'routes', family: 4, routes: [{ destination: '0.0.0.0/0', gateway: '10.244.1.1', device: 'eth0', source: null, type: 'unicast' }] };

function source(cause: CauseId | null, facts: readonly Fact[], status: 'fault' | 'reachable' | 'inconclusive' = 'fault'): PathSource {
  const verdict = { status, cause, layer: null, confidence: 'certain', parameters: { host: 'slam.payments.example', port: 8080, address: ADDRESS }, evidence: [], ruledOut: [], untestable: [], commands: [] } as const;
  return {
    target: POD_TARGET,
    dependency: started().dependency,
    observations: facts.map((fact, index) => ({ id: `o${index.toString()}`, vantage: 'target', question: { kind: 'routes' }, fact, dialect: 'x', command: [], lines: [], startedAtMs: 0, durationMs: 0 })),
    conclusion: { verdict, notes: [], layers: [], path: [] },
  };
}

function drawn(of: PathSource): readonly string[] {
  return drawPicture(pathPicture(of), LANGUAGES.en.picture, PICTURE_UNICODE).map((line) => line.text);
}

describe('the picture of the path', () => {
  it('breaks after the last router that answered when packets are dropped', () => {
    expect(drawn(source('tcp.filtered', [ROUTES, trace('10.244.1.1', '10.10.0.1', null, null)]))).toEqual([
      '● pod          shop/checkout-7d9f6c5b8-2xkqp',
      '● node         node-1',
      '● gateway      10.244.1.1                                  1.0 ms',
      '● router       10.10.0.1                                   2.0 ms',
      '╳ <-- breaks here (tcp.filtered)',
      '○ destination  slam.payments.example:8080 (198.51.100.10)',
    ]);
  });

  it('breaks between pod and node when a policy denies', () => {
    const lines = drawn(source('policy.egress-denied', [ROUTES]));
    expect(lines[1]).toBe('╳ <-- breaks here (policy.egress-denied)');
    expect(lines.slice(2).every((line) => line.startsWith('○'))).toBe(true);
  });

  it('ends at the nameserver when names are the matter, and shows no address that nobody gave', () => {
    const resolvConf: Fact = { kind: 'resolv-conf', nameservers: ['10.96.0.10'], search: [], options: [], ndots: 5 };
    expect(drawn(source('dns.nxdomain', [resolvConf])).slice(-3)).toEqual([
      '✗ nameserver   10.96.0.10',
      '│ <-- breaks here (dns.nxdomain)',
      '○ destination  slam.payments.example:8080',
    ]);
  });

  it('arrives when the dependency is reachable', () => {
    expect(drawn(source(null, [ROUTES], 'reachable')).at(-1)).toContain('● destination  slam.payments.example:8080 (198.51.100.10)  <-- answers');
  });

  it('marks nothing as broken where no cause is known', () => {
    const text = drawn(source(null, [ROUTES], 'inconclusive')).join('\n');
    expect(text).toContain('<-- not known');
    expect(text).not.toContain('breaks');
  });

  it('counts routers that do not answer and those in the middle of many', () => {
    const many = Array.from({ length: 12 }, (_, index) => `10.0.0.${index.toString()}`);
    const lines = drawn(source('tcp.refused', [trace('10.0.1.1', null, null, ...many, ADDRESS)])).join('\n');
    expect(lines).toContain('2 routers that do not answer');
    expect(lines).toContain('more routers');
    expect(lines.split('\n').length).toBeLessThan(12);
  });

  it('takes no trace of another place', () => {
    const elsewhere = source('tcp.filtered', [trace('192.0.2.9')]);
    const moved = { ...elsewhere, observations: elsewhere.observations.map((one) => ({ ...one, vantage: 'contrast:local' })) };
    expect(drawn(moved).join('\n')).not.toContain('192.0.2.9');
  });

  it.each(CAUSE_IDS)('marks at most one place for %s', (cause) => {
    const lines = drawn(source(cause, [ROUTES, trace('10.244.1.1', '10.10.0.1')]));
    expect(lines.filter((line) => line.includes('breaks here')).length).toBe(cause === 'policy.not-enforced' ? 0 : 1);
  });

  it('fits one line', () => {
    expect(drawBriefly(pathPicture(source('tcp.filtered', [ROUTES])), LANGUAGES.en.picture, '→', '✗')).toBe('shop/checkout-7d9f6c5b8-2xkqp → node-1 → 10.244.1.1 ✗ slam.payments.example:8080');
  });
});
