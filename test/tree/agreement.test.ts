import { describe, expect, test } from 'vitest';
import type { Confidence } from '../../src/domain/cause.ts';
import { at, connects, files, pings, resolves, says, tools, GOOD_LINK } from './facts.ts';
import { contrast, situation, walkToEnd, type Told } from './situation.ts';

const RANK: Readonly<Record<Confidence, number>> = { possible: 0, likely: 1, certain: 2 };
const NAMES = ['node', 'sibling', 'laptop'] as const;
const A = '203.0.113.10';
const HOST = 'db.example.com';
const base = [tools('nc'), files()];

const CASES: readonly { readonly what: string; readonly to: string; readonly here: readonly Told[]; readonly there: Told; readonly cause: string }[] = [
  { what: 'refusals', to: `tcp://${A}:5432`, here: [...base, connects(A, 5432, 'refused'), pings(A, 3)], there: connects(A, 5432, 'refused'), cause: 'tcp.refused' },
  { what: 'silence of one port', to: `tcp://${A}:5432`, here: [...base, connects(A, 5432, 'timeout'), pings(A, 3), ...GOOD_LINK], there: connects(A, 5432, 'timeout'), cause: 'tcp.filtered' },
  { what: 'silence of a host', to: `tcp://${A}:5432`, here: [...base, connects(A, 5432, 'timeout'), pings(A, 0), ...GOOD_LINK], there: connects(A, 5432, 'timeout'), cause: 'tcp.host-silent' },
  { what: 'NXDOMAIN', to: `tcp://${HOST}:5432`, here: [...base, resolves(HOST, 'not-found'), says('192.0.2.53', HOST, 'nxdomain')], there: resolves(HOST, 'not-found'), cause: 'dns.nxdomain' },
];

describe('another place that sees the same never makes the verdict less sure', () => {
  for (const { what, to, here, there, cause } of CASES) {
    test(what, () => {
      let last = -1;
      for (let count = 0; count <= NAMES.length; count += 1) {
        const agreeing = NAMES.slice(0, count);
        const told = [...here, ...agreeing.flatMap((name) => at(name, there))];
        const ending = walkToEnd(situation({ to, told, contrasts: agreeing.map((name) => contrast(name, 'unknown')) })).walk.ending;
        expect(ending?.cause).toBe(cause);
        const rank = RANK[ending?.confidence ?? 'possible'];
        expect(rank, `${String(count)} places agree`).toBeGreaterThanOrEqual(last);
        last = rank;
      }
    });

    test(`${what}: a place that could not be asked changes nothing`, () => {
      const alone = walkToEnd(situation({ to, told: here })).walk.ending;
      const blind = walkToEnd(situation({ to, told: here, contrasts: [contrast('node', 'node')] })).walk.ending;
      expect(blind?.cause).toBe(alone?.cause);
      expect(blind?.confidence).toBe(alone?.confidence);
    });
  }
});
