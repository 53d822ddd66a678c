import { describe, expect, it } from 'vitest';
import { completeNameFacts } from '../../../src/probes/dns/complete.ts';
import { resolveFact } from '../../../src/tools/dns-message/resolve-fact.ts';

const TIMES = { startedEpochMs: 1_000_000, durationMs: 40 };

describe('the name that really answered', () => {
  it('is told when a search domain was appended', () => {
    const fact = resolveFact({ outcome: 'answered', addresses: ['10.96.2.145'], canonicalNames: ['orders.shop.svc.cluster.local'] });
    expect(completeNameFacts([fact], { kind: 'resolve', name: 'orders' }, TIMES)).toMatchObject([
      { name: 'orders', answeredName: 'orders.shop.svc.cluster.local', canonicalNames: [] },
    ]);
  });

  it('is not the end of an alias', () => {
    const fact = resolveFact({ outcome: 'answered', addresses: ['198.51.100.13'], canonicalNames: ['api.mail.example'] });
    expect(completeNameFacts([fact], { kind: 'resolve', name: 'hub.example' }, TIMES)).toMatchObject([
      { answeredName: null, canonicalNames: ['api.mail.example'] },
    ]);
  });

  it('is no other when the name was asked absolute', () => {
    const fact = resolveFact({ outcome: 'answered', addresses: ['198.51.100.10'], canonicalNames: ['API.payments.example'] });
    expect(completeNameFacts([fact], { kind: 'resolve', name: 'api.payments.example.' }, TIMES)).toMatchObject([{ answeredName: null, canonicalNames: [] }]);
  });
});

it('a query without an answer still names what was asked', () => {
  const asked = { name: 'a.example', nameserver: '10.96.0.10', recordType: 'AAAA', transport: 'udp' } as const;
  const facts = completeNameFacts([resolveFact({ outcome: 'timeout' })], { kind: 'query', ...asked }, TIMES);
  expect(facts).toMatchObject([{ ...asked, elapsedMs: 40 }]);
});

it('the clock of a vantage is compared with the middle of the command', () => {
  const [fact] = completeNameFacts([{ kind: 'clock', offsetMs: 1_060_020, uncertaintyMs: 1 }], { kind: 'files' }, TIMES);
  expect(fact).toEqual({ kind: 'clock', offsetMs: 60_000, uncertaintyMs: 21, ourMs: 1_000_020 });
  // Read once, and asked for again later.
  expect(completeNameFacts(fact === undefined ? [] : [fact], { kind: 'files' }, { startedEpochMs: 5_000_000, durationMs: 1 })).toEqual([fact]);
});
