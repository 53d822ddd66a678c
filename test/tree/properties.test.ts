import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { askedKey, type Question } from '../../src/domain/question.ts';
import { earlyQuestions } from '../../src/tree/early.ts';
import { walk } from '../../src/tree/walk.ts';
import type { Situation } from '../../src/tree/look.ts';
import { expectSoundWalk } from './expect-ending.ts';
import { answered, contrast, observationOf, situation, unavailable, walkToEnd } from './situation.ts';
import { worlds, type World } from './world.ts';

const DEPENDENCIES = ['https://api.example.com/', 'http://api.example.com/', 'https://203.0.113.1/', 'tcp://203.0.113.1:5432', 'tcp://api.example.com:5432', 'tls://api.example.com', 'postgres://api.example.com', 'rediss://api.example.com', 'udp://203.0.113.1:514', 'dns://api.example.com', 'tcp://[2001:db8::1]:80', 'svc/pay:8080'];
const CONTRASTS = [contrast('node', 'node', 'n1'), contrast('sibling', 'sibling', 'n2'), contrast('neighbour', 'pod', 'n1'), contrast('laptop', 'outside')];
const settings = fc.record({ to: fc.constantFrom(...DEPENDENCIES), pod: fc.boolean(), contrasts: fc.subarray(CONTRASTS) });

function keysOf({ answers }: Situation): readonly string[] {
  return [...answers.keys()];
}

function without(from: Situation, key: string): Situation {
  return { ...from, answers: new Map([...from.answers].filter(([one]) => one !== key)) };
}

describe('whatever the network answers', () => {
  test('the walk ends, with evidence that exists, and with a cause that its branch declares', () => {
    fc.assert(fc.property(settings, worlds, (setting, world) => {
      const { walk: walked, situation: final } = walkToEnd(situation(setting), world);
      expectSoundWalk(walked, final);
    }), { numRuns: 400 });
  });

  test('at each moment on the way it waits for something that nobody has answered, or ends', () => {
    fc.assert(fc.property(settings, worlds, fc.nat({ max: 64 }), (setting, world, pick) => {
      let now = situation(setting);
      for (let round = 0; round < 200; round += 1) {
        const walked = walk(now);
        expectSoundWalk(walked, now);
        if (walked.ending !== null) return;
        // One answer at a time, in any order, early questions among them.
        const open = [...walked.needs, ...earlyQuestions(now)].filter((asked) => !now.answers.has(askedKey(asked)));
        const next = open[pick % open.length];
        now = answered(now, next === undefined ? [] : [next], world);
      }
      throw new Error('it goes on for ever');
    }), { numRuns: 100 });
  });

  test('the same answers give the same walk', () => {
    fc.assert(fc.property(settings, worlds, (setting, world) => {
      const { walk: walked, situation: final } = walkToEnd(situation(setting), world);
      expect(walk(final)).toEqual(walked);
    }), { numRuns: 100 });
  });
});

/** Something at the target that says: an answer came back from the dependency, or its port opened. */
function isPositive(from: Situation, id: string): boolean {
  const observation = observationOf(from, id);
  if (observation?.vantage !== 'target') return false;
  const { fact } = observation;
  switch (fact.kind) {
    case 'connect': return fact.outcome === 'connected';
    case 'http': return fact.outcome === 'response' && fact.status !== null && fact.status < 400;
    case 'tls': return fact.established && fact.failure === null;
    case 'exchange': return fact.outcome === 'answered' || fact.outcome === 'open' || fact.outcome === 'other-protocol';
    case 'resolve': return ['answered', 'nxdomain', 'no-data', 'servfail', 'refused'].includes(fact.outcome);
    default: return false;
  }
}

describe('"reachable" is never said lightly', () => {
  test('it rests on an answer of the dependency itself, seen from the target', () => {
    fc.assert(fc.property(settings, worlds, (setting, world) => {
      const { walk: walked, situation: final } = walkToEnd(situation(setting), world);
      if (walked.ending?.status !== 'reachable') return;
      expect(walked.ending.evidence.some((id) => isPositive(final, id))).toBe(true);
    }), { numRuns: 600 });
  });

  test('a request that failed is never passed over', () => {
    fc.assert(fc.property(fc.constantFrom('https://api.example.com/', 'http://api.example.com/', 'https://203.0.113.1/'), worlds, (to, world) => {
      const { walk: walked, situation: final } = walkToEnd(situation({ to }), world);
      if (walked.ending?.status !== 'reachable') return;
      const http = [...final.answers.values()].flat().filter(({ question, fact }) => question.kind === 'request' && !question.direct && fact.kind === 'http');
      expect(http.some(({ fact }) => fact.kind === 'http' && fact.outcome === 'response' && (fact.status ?? 999) < 400)).toBe(true);
    }), { numRuns: 300 });
  });

  test('without one good sign at the target it is never said', () => {
    const bad = (world: World): World => (asked) => {
      const facts = world(asked);
      const good = facts.some((fact) =>
        (fact.kind === 'connect' && fact.outcome === 'connected') || fact.kind === 'http' || (fact.kind === 'tls' && fact.failure === null) || fact.kind === 'exchange' ||
        (fact.kind === 'resolve' && asked.question.kind === 'query'));
      return good && asked.vantage === 'target' ? [unavailable()] : facts;
    };
    fc.assert(fc.property(settings, worlds, (setting, world) => {
      expect(walkToEnd(situation(setting), bad(world)).walk.ending?.status).not.toBe('reachable');
    }), { numRuns: 200 });
  });

  test('taking away an answer from a decided fault never makes it reachable', () => {
    fc.assert(fc.property(settings, worlds, fc.nat(), (setting, world, pick) => {
      const { walk: walked, situation: final } = walkToEnd(situation(setting), world);
      if (walked.ending?.status !== 'fault') return;
      const keys = keysOf(final);
      const key = keys[pick % keys.length];
      if (key === undefined) return;
      expect(walk(without(final, key)).ending?.status).not.toBe('reachable');
    }), { numRuns: 300 });
  });
});

describe('what could not be read', () => {
  test('settles nothing: a target where all is unavailable ends inconclusive, whatever the cluster and the contrasts say', () => {
    const blind = (world: World): World => (asked) => {
      const kinds: readonly Question['kind'][] = ['pod-state', 'service', 'cluster-dns', 'node-state', 'cni-state'];
      return asked.vantage === 'target' && !kinds.includes(asked.question.kind) ? [unavailable()] : world(asked);
    };
    fc.assert(fc.property(settings, worlds, (setting, world) => {
      const ending = walkToEnd(situation(setting), blind(world)).walk.ending;
      const byCluster = ['pod.', 'node.', 'service.'].some((family) => ending?.cause?.startsWith(family) === true);
      expect(ending?.status === 'fault' && !byCluster).toBe(false);
      expect(ending?.status).not.toBe('reachable');
    }), { numRuns: 100 });
  });

  test('a fault never rests on unavailable answers alone', () => {
    fc.assert(fc.property(settings, worlds, (setting, world) => {
      const { walk: walked, situation: final } = walkToEnd(situation(setting), world);
      if (walked.ending?.status !== 'fault') return;
      expect(walked.ending.evidence.some((id) => observationOf(final, id)?.fact.kind !== 'unavailable')).toBe(true);
    }), { numRuns: 300 });
  });
});
