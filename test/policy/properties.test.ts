import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { KubernetesObject } from '../../src/domain/policy-objects.ts';
import { evaluateConnection, policyYaml, readObjects, suggestPolicies, World, type Connection, type Protocol } from '../../src/policy/index.ts';
import { clusterAndQuestion, objectsOf } from './arbitrary-cluster.ts';
import { oracle, type Cluster, type PolicyManifest, type Question } from './oracle.ts';

function worldOf(objects: readonly KubernetesObject[]): World {
  const read = readObjects(objects, 'default');
  expect(read.problems).toEqual([]);
  return new World(read.objects);
}

function podIn(world: World, { namespace, name }: { readonly namespace: string; readonly name: string }) {
  const pod = world.podNamed(namespace, name);
  if (pod === null) throw new Error(`no pod ${name}`);
  return pod;
}

function connectionOf({ from, to, port, protocol }: Question, world: World): Connection {
  return {
    from: { kind: 'pod', pod: podIn(world, from) },
    to: typeof to === 'string' ? { kind: 'address', address: to } : { kind: 'pod', pod: podIn(world, to) },
    port,
    protocol: protocol as Protocol,
  };
}

function verdictOf(cluster: Cluster, question: Question): string {
  const world = worldOf(objectsOf(cluster));
  return evaluateConnection(connectionOf(question, world), world).verdict;
}

describe('the evaluator', () => {
  it('agrees with the plain one on NetworkPolicies', () => {
    fc.assert(fc.property(clusterAndQuestion(false), ([cluster, question]) => {
      expect(verdictOf(cluster, question)).toBe(oracle(cluster, question));
    }), { numRuns: 3000 });
  });

  it('agrees with the plain one where there are admin policies, too', () => {
    fc.assert(fc.property(clusterAndQuestion(true), ([cluster, question]) => {
      expect(verdictOf(cluster, question)).toBe(oracle(cluster, question));
    }), { numRuns: 3000 });
  });

  it('names a policy for every denial, and for every permission of a selected pod', () => {
    fc.assert(fc.property(clusterAndQuestion(true), ([cluster, question]) => {
      const world = worldOf(objectsOf(cluster));
      const { egress, ingress } = evaluateConnection(connectionOf(question, world), world);
      for (const side of [egress, ingress]) {
        if (side === null || side.exempt !== null) continue;
        if (side.verdict === 'denied') expect(side.deciding.some(({ effect }) => effect === 'denies')).toBe(true);
        expect(side.deciding.every(({ policy }) => side.selectedBy.some((one) => one.name === policy.name))).toBe(true);
      }
    }));
  });

  it('does not depend on the order of the objects', () => {
    fc.assert(fc.property(clusterAndQuestion(true), ([cluster, question]) => {
      const turned = { ...cluster, policies: cluster.policies.toReversed(), pods: cluster.pods.toReversed(), admin: cluster.admin.toReversed() };
      expect(verdictOf(turned, question)).toBe(verdictOf(cluster, question));
    }));
  });
});

describe('the suggested policy', () => {
  /** Denied questions, with the policies that are suggested for them. */
  function suggested(cluster: Cluster, question: Question): readonly PolicyManifest[] {
    const world = worldOf(objectsOf(cluster));
    const connection = connectionOf(question, world);
    const answer = evaluateConnection(connection, world);
    return suggestPolicies(connection, answer, world).map((policy) => parse(policyYaml(policy)) as PolicyManifest);
  }

  it('allows the connection, to this evaluator and to the plain one', () => {
    let made = 0;
    fc.assert(fc.property(clusterAndQuestion(false), ([cluster, question]) => {
      if (oracle(cluster, question) !== 'denied') return;
      const policies = suggested(cluster, question);
      made += policies.length;
      const after = { ...cluster, policies: [...cluster.policies, ...policies] };
      expect([verdictOf(after, question), oracle(after, question)]).toEqual(['allowed', 'allowed']);
    }), { numRuns: 3000 });
    expect(made).toBeGreaterThan(100);
  });

  it('takes nothing from anyone', () => {
    fc.assert(fc.property(clusterAndQuestion(false).chain(([cluster, question]) => fc.tuple(fc.constant(cluster), fc.constant(question), fc.nat())), ([cluster, question]) => {
      const policies = suggested(cluster, question);
      if (policies.length === 0) return;
      const after = { ...cluster, policies: [...cluster.policies, ...policies] };
      for (const from of cluster.pods) {
        for (const to of [...cluster.pods, '198.51.100.1']) {
          const other: Question = { ...question, from, to };
          if (oracle(cluster, other) === 'allowed') expect(oracle(after, other)).toBe('allowed');
        }
      }
    }), { numRuns: 1000 });
  });
});
