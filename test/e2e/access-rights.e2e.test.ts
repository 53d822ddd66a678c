import { describe, expect, onTestFinished, test } from 'vitest';
import { kubectl, HAS_SCRIPTS, NEEDS_SCRIPTS } from './cluster.ts';
import { kubeconfigOf } from './access/people.ts';
import { runningThings } from './access/traces.ts';
import { runProduct } from './product.ts';
import { readRun, type Run } from './run-contract.ts';

/** What somebody may, and what a namespace admits, decide how a pod can be entered. */

const TO = ['--to', 'https://api.payments.example/'];
const WRITE = ['--write', '--yes', '--ttl', '1m'];

async function as(person: string, groups: readonly string[] = []): Promise<readonly string[]> {
  const { file, remove } = await kubeconfigOf(person, groups);
  onTestFinished(remove);
  return ['--kubeconfig', file];
}

const podsOf = (namespace: string): Promise<string> => kubectl(['get', 'pods', '-n', namespace, '-o', 'jsonpath={range .items[*]}{.metadata.name} {.spec.ephemeralContainers[*].name}{"\\n"}{end}']);

function missing({ access }: Run): readonly string[] {
  return (access?.rungs ?? []).flatMap(({ refusal }) => (refusal?.missing ?? []).map(({ verb, resource }) => `${verb} ${String(resource)}`));
}

describe.skipIf(!HAS_SCRIPTS)(`rights and rules${NEEDS_SCRIPTS}`, () => {
  test('without --write a pod without a shell is left as it is, and the commands are offered', async () => {
    const before = await podsOf('shop');
    const ended = await runProduct(['run', '-n', 'shop', 'deploy/payments', ...TO, '-o', 'json']);
    const run = readRun(ended.stdout);
    expect(ended.exitCode).toBe(2);
    expect(run.access).toMatchObject({ used: null, created: null, rungs: [{ rung: 'exec', refusal: { kind: 'no-tools' } }, { rung: 'ephemeral', refusal: { kind: 'read-only' } }] });
    expect(run.verdict.commands.join('\n')).toMatch(/kubectl .*debug -n shop payments-\S+ .*--target=payments/u);
    expect(await podsOf('shop')).toBe(before);
  });

  test('with --write it is entered by an ephemeral container, and the verdict is exact', async () => {
    const ended = await runProduct(['run', '-n', 'shop', 'deploy/payments', '--to', 'https://expired.payments.example/', ...WRITE, '-o', 'json']);
    const run = readRun(ended.stdout);
    expect({ code: ended.exitCode, cause: run.verdict.cause, used: run.access?.used }).toEqual({ code: 1, cause: 'tls.expired', used: 'ephemeral' });
    expect(await runningThings()).toEqual([]);
  });

  test('where Pod Security is restricted the container has no rights at all, and the reason is told before it is made', async () => {
    const ended = await runProduct(['run', '-n', 'locked', 'deploy/vault', ...TO, ...WRITE, '-o', 'json']);
    const run = readRun(ended.stdout);
    expect({ code: ended.exitCode, status: run.verdict.status, used: run.access?.used }).toEqual({ code: 0, status: 'reachable', used: 'ephemeral' });
    expect(ended.stderr).toMatch(/fewer rights than would be of use \(ping and traceroute need NET_RAW\), because more would be rejected: .*violates PodSecurity "restricted:/u);
    const name = String(run.access?.created?.['name']).split('/').at(-1) ?? '';
    const context = await kubectl(['get', 'pods', '-n', 'locked', '-l', 'app=vault', '-o', `jsonpath={.items[0].spec.ephemeralContainers[?(@.name=="${name}")].securityContext}`]);
    expect(JSON.parse(context)).toEqual({ runAsUser: 65532, runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' } });
    expect(await runningThings()).toEqual([]);
  });

  test('a pod in the network of the node is refused there before it is tried, with the reason', async () => {
    const before = await podsOf('locked');
    const up = await runProduct(['toolkit', 'up', '-n', 'locked', '--beside', 'deploy/vault', '--node-pod', '--yes']);
    expect(up).toMatchObject({ exitCode: 2, stdout: '' });
    expect(up.stderr).toMatch(/^There is no toolkit pod: the namespace’s rules reject it: .*violates PodSecurity "restricted:.*hostNetwork=true/mu);
    const ended = await runProduct(['run', '-n', 'locked', 'deploy/vault', ...TO, '--node-pod', '-o', 'json']);
    expect(readRun(ended.stdout).access?.compared).toMatchObject([{ rung: 'node', place: null, created: null, refusal: { kind: 'admission', summary: expect.stringContaining('hostNetwork=true') } }]);
    expect(await podsOf('locked')).toBe(before);
  });

  test('a reader who may not exec learns which rights are missing, by name and as RBAC rules', async () => {
    const before = await podsOf('shop');
    const viewer = await as('viewer');
    const [json, text] = await Promise.all([
      runProduct(['run', '-n', 'shop', 'deploy/payments', ...TO, ...viewer, ...WRITE, '-o', 'json']),
      runProduct(['run', '-n', 'shop', 'deploy/payments', ...TO, ...viewer, ...WRITE]),
    ]);
    const run = readRun(json.stdout);
    expect({ code: json.exitCode, status: run.verdict.status, used: run.access?.used }).toEqual({ code: 2, status: 'inconclusive', used: null });
    expect(missing(run)).toEqual(expect.arrayContaining(['get pods/exec', 'create pods/exec', 'patch pods/ephemeralcontainers']));
    expect(text.exitCode).toBe(2);
    expect(text.stdout).toContain('you may not get pods/exec, create pods/exec');
    expect(text.stdout).toMatch(/resources: \["pods\/exec"\]\n\s+verbs: \["get", "create"\]/u);
    expect(text.stdout).toMatch(/resources: \["pods\/ephemeralcontainers"\]\n\s+verbs: \["patch"\]/u);
    expect(await podsOf('shop')).toBe(before);
  });

  test('groups of whom a kubeconfig impersonates count, in requests and in exec', async () => {
    const argv = ['run', '-n', 'shop', 'deploy/orders', ...TO, '-o', 'json'];
    expect(await runProduct([...argv, ...(await as('netdiag-e2e-nobody'))])).toMatchObject({ exitCode: 3 });
    const ended = await runProduct([...argv, ...(await as('netdiag-e2e-nobody', ['netdiag-e2e-oncall', 'system:masters']))]);
    expect({ code: ended.exitCode, used: readRun(ended.stdout).access?.used }).toEqual({ code: 0, used: 'exec' });
  });

  test('the rules that are printed are the ones that help', async () => {
    const person = 'netdiag-e2e-newcomer';
    const role = 'netdiag-e2e-newcomer';
    const clean = async (): Promise<void> => { await kubectl(['delete', '-n', 'shop', '--ignore-not-found', `role/${role}`, `rolebinding/${role}`]); };
    onTestFinished(clean);
    await clean();
    const newcomer = await as(person);
    const reads = { apiGroups: ['', 'apps', 'discovery.k8s.io', 'networking.k8s.io'], resources: ['pods', 'services', 'events', 'deployments', 'replicasets', 'networkpolicies', 'endpointslices', 'configmaps'], verbs: ['get', 'list', 'watch'] };
    const grant = async (rules: readonly unknown[]): Promise<void> => {
      const metadata = { name: role, namespace: 'shop' };
      const binding = { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding', metadata, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: role }, subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: person }] };
      await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [{ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata, rules }, binding] }));
    };
    await grant([reads]);
    const argv = ['run', '-n', 'shop', 'deploy/payments', '--to', 'https://expired.payments.example/', ...newcomer, ...WRITE, '-o', 'json'];
    const without = readRun((await runProduct(argv)).stdout);
    const rules = (without.access?.rungs ?? []).flatMap(({ refusal }) => (refusal?.missing ?? []).map(({ verb, resource }) => ({ apiGroups: [''], resources: [resource], verbs: [verb] })));
    expect(rules.length).toBeGreaterThan(0);
    await grant([reads, ...rules]);
    const granted = await runProduct(argv);
    expect({ code: granted.exitCode, cause: readRun(granted.stdout).verdict.cause }).toEqual({ code: 1, cause: 'tls.expired' });
  });

  test('who may exec and add ephemeral containers, and see no nodes, gets the exact verdict; a toolkit pod takes one right more', async () => {
    const debugger_ = await as('debugger');
    const ended = await runProduct(['run', '-n', 'shop', 'deploy/payments', '--to', 'https://expired.payments.example/', ...debugger_, ...WRITE, '-o', 'json']);
    const run = readRun(ended.stdout);
    expect({ code: ended.exitCode, cause: run.verdict.cause, used: run.access?.used }).toEqual({ code: 1, cause: 'tls.expired', used: 'ephemeral' });
    const up = await runProduct(['toolkit', 'up', '-n', 'shop', '--beside', 'deploy/payments', '--yes', ...debugger_]);
    expect(up).toMatchObject({ exitCode: 2, stdout: '' });
    expect(up.stderr).toContain('There is no toolkit pod: you may not create pods (namespace shop).');
    expect(up.stderr).toMatch(/resources: \["pods"\]\n\s+verbs: \["create"\]/u);
    const elsewhere = await runProduct(['run', '-n', 'locked', 'deploy/vault', ...TO, ...debugger_]);
    expect(elsewhere).toMatchObject({ exitCode: 3, stdout: '', stderr: expect.stringContaining('locked') });
    expect(await runningThings()).toEqual([]);
  });
});
