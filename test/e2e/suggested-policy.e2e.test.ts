import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import { HAS_SCRIPTS, kubectl, mendNetwork, NEEDS_SCRIPTS } from './cluster.ts';
import { runProduct } from './product.ts';
import { readRun } from './run-contract.ts';

/** What is suggested against a denial opens the connection in the real cluster, and nothing beside it. */

const LABEL = 'netdiag-e2e-policy';
const DNS = [{ ports: [{ protocol: 'UDP', port: 53 }, { protocol: 'TCP', port: 53 }] }];
const ANSWER = z.looseObject({ verdict: z.enum(['allowed', 'denied', 'depends', 'unknown']), suggestedPolicies: z.array(z.looseObject({ yaml: z.string().min(1) })) });

/** Until the test is finished. */
async function apply(manifest: string): Promise<void> {
  onTestFinished(async () => { await kubectl(['delete', '--ignore-not-found', '-f', '-'], manifest); });
  await kubectl(['apply', '-f', '-'], manifest);
  // What enforces policies follows the API.
  await new Promise((resolve) => { setTimeout(resolve, 3000); });
}

function policy(spec: object): string {
  return JSON.stringify({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: LABEL, namespace: 'shop', labels: { app: LABEL } }, spec });
}

async function declared(from: string, to: string): Promise<z.infer<typeof ANSWER>> {
  return ANSWER.parse(JSON.parse((await runProduct(['policy', '-n', 'shop', from, '--to', to, '-o', 'json'])).stdout));
}

async function found(from: string, to: string): Promise<string> {
  const { status, cause } = readRun((await runProduct(['run', '-n', 'shop', from, '--to', to, '-o', 'json'])).stdout).verdict;
  return cause ?? status;
}

describe.skipIf(!HAS_SCRIPTS)(`the policy that is suggested${NEEDS_SCRIPTS}`, () => {
  const remove = async (): Promise<void> => { await kubectl(['delete', '-n', 'shop', 'networkpolicy', '-l', `app=${LABEL}`, '--ignore-not-found']); };
  beforeAll(async () => {
    await mendNetwork();
    await remove();
  });
  afterAll(remove);

  test.each([
    ['egress', { podSelector: { matchLabels: { app: 'orders' } }, policyTypes: ['Egress'], egress: DNS }, 'deploy/orders', 'tcp://198.51.100.11:5432', 'policy.egress-denied', 'https://api.payments.example/'],
    ['ingress', { podSelector: { matchLabels: { app: 'orders' } }, policyTypes: ['Ingress'] }, 'deploy/web', 'svc/orders:8080', 'policy.ingress-denied', null],
  ])('%s', async (_direction, spec, from, to, cause, other) => {
    await apply(policy(spec));
    expect(await found(from, to)).toBe(cause);
    const denied = await declared(from, to);
    expect(denied.verdict).toBe('denied');
    expect(denied.suggestedPolicies).not.toEqual([]);
    for (const { yaml } of denied.suggestedPolicies) await apply(yaml);
    expect(await found(from, to)).toBe('reachable');
    expect((await declared(from, to)).verdict).toBe('allowed');
    if (other !== null) expect(await found(from, other)).toBe(cause);
  }, 180_000);
});
