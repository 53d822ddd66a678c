import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { call } from './call.ts';

const folder = mkdtempSync(join(tmpdir(), 'policy-'));
const file = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
mkdirSync(join(folder, 'manifests', 'more'), { recursive: true });
file('manifests/workload.yaml', `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{ports: [{name: http, containerPort: 8080}]}]}}}
---
---
apiVersion: v1
kind: List
items:
  - {apiVersion: v1, kind: Service, metadata: {name: web, namespace: shop}, spec: {clusterIP: 10.96.0.80, selector: {app: web}, ports: [{port: 80, targetPort: http}]}}
`);
file('manifests/more/policy.yml', '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: deny-all, namespace: shop}, spec: {podSelector: {}, policyTypes: [Egress]}}\n');
file('manifests/notes.txt', 'not: [a manifest');
const MANIFESTS = join(folder, 'manifests');
const run = (...args: readonly string[]) => call(['policy', '-n', 'shop', '--lang', 'en', ...args]);

describe('policy with manifests', () => {
  it('answers without a cluster, from folders, with pods of the command line', async () => {
    const { exitCode, stdout, stderr } = await run('--to', 'svc/web:80', '--pod', 'x,app=x', 'pod/x', '-f', MANIFESTS);
    expect([exitCode, stderr]).toEqual([1, '']);
    expect(stdout).toContain('Denied: policies do not let this connection through.');
    expect(stdout).toContain('denies: shop/deny-all (none of its rules allows it)');
    expect(stdout).toContain('port: 8080');
  });

  it('takes the target after the files, too, and standard input', async () => {
    expect((await run('--to', 'tcp://10.0.0.9:5432', '-f', MANIFESTS, 'deploy/web')).exitCode).toBe(1);
    const { exitCode, stdout } = await call(['policy', 'deploy/y', '-f', '-', '--to', 'udp://10.0.0.9:53', '-o', 'json'], {
      stdin: '{"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "y"}, "spec": {"template": {"spec": {}}}}',
    });
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([0, { schema: 'netdiag-policy/v1', verdict: 'allowed', from: { namespace: 'default', workload: 'deployment/y' }, to: { protocol: 'UDP', port: 53 } }]);
  });

  it('says what depends, with exit code 2', async () => {
    const cilium = file('cnp.yaml', '{apiVersion: cilium.io/v2, kind: CiliumNetworkPolicy, metadata: {name: c, namespace: shop}, spec: {endpointSelector: {}, ingress: [{}]}}');
    const { exitCode, stdout } = await run('pod/x', '--to', 'deploy/web:8080', '--pod', 'x', '-f', join(MANIFESTS, 'workload.yaml'), cilium, '-o', 'json');
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([2, { verdict: 'depends-on-cni', declared: 'allowed', doubts: ['custom-policies'], ingress: { customPolicies: ['CiliumNetworkPolicy shop/c'] } }]);
  });

  it('speaks Spanish', async () => {
    const { stdout } = await call(['policy', '-n', 'shop', 'deploy/web', '--to', 'sctp://10.0.0.9:7', '-f', MANIFESTS, '--lang', 'es']);
    expect(stdout).toContain('Denegada');
  });

  it('knows the labels of namespaces that are given', async () => {
    const byLabel = file('by-label.yaml', '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p, namespace: shop}, spec: {podSelector: {}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {team: db}}}]}]}}');
    const args = ['pod/x', '--to', 'pod/y.db:1', '--pod', 'x', '--pod', 'db/y=10.0.0.2', '-f', byLabel];
    expect((await run(...args)).exitCode).toBe(1);
    expect((await run(...args, '--namespace-labels', 'db,team=db')).exitCode).toBe(0);
  });

  it.each([
    ['no target', ['--to', 'tcp://1.2.3.4:5', '-f', MANIFESTS], 'no-target'],
    ['no destination', ['deploy/web', '-f', MANIFESTS], 'no-dependency'],
    ['a file that is not there', ['deploy/web', '--to', 'tcp://1.2.3.4:5', '-f', join(folder, 'none'), MANIFESTS], 'unreadable-file'],
    ['a file that is not YAML', ['deploy/web', '--to', 'tcp://1.2.3.4:5', '-f', join(MANIFESTS, 'notes.txt'), '-o', 'json'], 'bad-manifest'],
    ['a target that no file has', ['deploy/wep', '--to', 'tcp://1.2.3.4:5', '-f', MANIFESTS], 'target-not-found'],
    ['a Service that no file has', ['deploy/web', '--to', 'svc/none:80', '-f', MANIFESTS], 'target-not-found'],
    ['a pod that cannot be', ['deploy/web', '--to', 'tcp://1.2.3.4:5', '--pod', 'a/b/c'], 'bad-pod'],
    ['a cluster and files', ['deploy/web', '--to', 'tcp://1.2.3.4:5', '-f', MANIFESTS, '--context', 'x'], 'conflict'],
    ['cases and more', ['--cases', 'x', '--to', 'tcp://1.2.3.4:5'], 'conflict'],
    ['no cluster', ['deploy/web', '--to', 'tcp://1.2.3.4:5', '--kubeconfig', join(folder, 'none')], 'no-kubeconfig'],
  ])('cannot run with %s', async (_name, args, code) => {
    const { exitCode, stdout } = await run(...args.filter((arg) => arg !== '-o' && arg !== 'json'), '-o', 'json');
    expect([exitCode, JSON.parse(stdout)]).toMatchObject([3, { schema: 'netdiag-policy/v1', error: { code } }]);
  });

  it('refuses a policy that the API server would refuse, and names the place', async () => {
    const wrong = file('wrong.yaml', '{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}, egress: [{to: [{ipBlock: {cidr: 10.0.0.0}}]}]}}');
    const { exitCode, stderr } = await run('deploy/web', '--to', 'tcp://1.2.3.4:5', '-f', MANIFESTS, wrong);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('NetworkPolicy shop/p: spec.egress[0].to[0].ipBlock.cidr: not a CIDR')]);
  });
});

describe('policy --cases', () => {
  const one = {
    id: 'a',
    namespaces: [{ name: 'x', labels: {} }],
    pods: [{ namespace: 'x', name: 'p', labels: {}, ip: '10.0.0.1', ports: [] }],
    policies: [{ metadata: { name: 'deny', namespace: 'x' }, spec: { podSelector: {}, policyTypes: ['Egress'] } }],
    query: { from: { namespace: 'x', name: 'p' }, to: { ip: '198.51.100.1' }, port: 443, protocol: 'TCP' },
    expected: 'deny',
    expected_egress: 'deny',
  };
  const lines = (...cases: readonly object[]): string => `${cases.map((line) => JSON.stringify(line)).join('\n')}\n`;

  it('prints each case and the sum, from text or gzip', async () => {
    const { exitCode, stdout } = await call(['policy', '--cases', file('good.jsonl.gz', gzipSync(lines(one))), '--lang', 'en']);
    expect(exitCode).toBe(0);
    expect(stdout).toBe('agrees     a: expected denied, found denied\n\n1 of 1 cases agree, 0 disagree, 0 could not be read.\n');
  });

  it('exits 1 when one disagrees, 3 when one cannot be read', async () => {
    const wrong = await call(['policy', '--cases', file('wrong.jsonl', lines(one, { ...one, id: 'b', expected: 'allow' })), '-o', 'json']);
    expect([wrong.exitCode, JSON.parse(wrong.stdout)]).toMatchObject([1, { schema: 'netdiag-policy-cases/v1', sum: { total: 2, agree: 1, disagree: 1, unreadable: 0 }, cases: [{ id: 'a', agrees: true }, { id: 'b', agrees: false, expected: 'allowed', found: 'denied' }] }]);
    expect((await call(['policy', '--cases', file('broken.jsonl', `${lines(one)}{"id": "z"\n`)])).exitCode).toBe(3);
    expect((await call(['policy', '--cases', join(folder, 'none')])).exitCode).toBe(3);
  });
});
