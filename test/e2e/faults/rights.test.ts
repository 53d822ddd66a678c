import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HAS_SCRIPTS, kubeconfigAs, kubectl, mendNetwork, NEEDS_SCRIPTS } from '../cluster.ts';
import { runProduct } from '../product.ts';

/**
 * Partial rights. One role for each thing that the program reads or does, which has all the others: a command comes to the same
 * conclusion without it, or names what is missing; it never takes what it may not see for absent.
 */
interface Right {
  readonly group: string;
  readonly resource: string;
  readonly verb: string;
}

const verbs = (group: string, resource: string, ...each: readonly string[]): readonly Right[] => each.map((verb) => ({ group, resource, verb }));
const RIGHTS: readonly Right[] = [
  ...verbs('', 'pods', 'get', 'list'),
  ...verbs('', 'pods/log', 'get'),
  ...verbs('', 'pods/exec', 'get', 'create'),
  ...verbs('', 'services', 'get', 'list'),
  ...verbs('', 'configmaps', 'get', 'list'),
  ...verbs('', 'secrets', 'get', 'list'),
  ...verbs('', 'events', 'list'),
  ...verbs('', 'namespaces', 'list'),
  ...verbs('', 'nodes', 'get', 'list'),
  ...verbs('apps', 'deployments', 'get', 'list'),
  ...verbs('apps', 'replicasets', 'get', 'list'),
  ...verbs('apps', 'daemonsets', 'list'),
  ...verbs('discovery.k8s.io', 'endpointslices', 'list'),
  ...verbs('networking.k8s.io', 'networkpolicies', 'list'),
  ...verbs('coordination.k8s.io', 'leases', 'get'),
];

const MARK = 'netdiag-e2e-rights';
const nameOf = ({ group, resource, verb }: Right): string => `${MARK}-${verb}-${[resource.replace('/', '-'), group].filter((part) => part !== '').join('.')}`;

/** The role of somebody who has all of these but one, for the user of the same name. */
function roleWithout(missing: Right): readonly object[] {
  const metadata = { name: nameOf(missing), labels: { app: MARK } };
  const rules = RIGHTS.filter((right) => right !== missing).map(({ group, resource, verb }) => ({ apiGroups: [group], resources: [resource], verbs: [verb] }));
  const subjects = [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: metadata.name }];
  const apiVersion = 'rbac.authorization.k8s.io/v1';
  return [
    { apiVersion, kind: 'ClusterRole', metadata, rules },
    { apiVersion, kind: 'ClusterRoleBinding', metadata, roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: metadata.name }, subjects },
  ];
}

interface Printed {
  readonly error?: { readonly code: string; readonly message: string };
  readonly verdict?: string | { readonly status: string; readonly cause: string | null };
  readonly dependencies?: readonly { readonly url: string }[];
}

/** What a command concludes, apart from how sure it is and of what it told on the way. */
function conclusionOf({ verdict, dependencies }: Printed): unknown {
  if (dependencies !== undefined) return dependencies.map(({ url }) => url).toSorted();
  return typeof verdict === 'object' ? [verdict.status, verdict.cause] : verdict;
}

const COMMANDS: readonly (readonly [what: string, argv: readonly string[]])[] = [
  ['a run to a Service', ['run', '-n', 'shop', 'deploy/orders', '--to', 'svc/orders:8080']],
  ['a run to a Service that is not there', ['run', '-n', 'shop', 'deploy/orders', '--to', 'http://inventory:8080/']],
  ['policies', ['policy', '-n', 'shop', 'deploy/orders', '--to', 'svc/orders:8080']],
  ['dependencies', ['dependencies', '-n', 'shop', 'deploy/orders']],
];

describe.skipIf(!HAS_SCRIPTS)(`rights that are missing${NEEDS_SCRIPTS}`, () => {
  let folder = '';
  const usual = new Map<string, unknown>();
  const clean = (): Promise<string> => kubectl(['delete', 'clusterroles,clusterrolebindings', '-l', `app=${MARK}`]);

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'netdiag-e2e-'));
    await mendNetwork();
    await clean();
    await kubectl(['apply', '-f', '-'], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: RIGHTS.flatMap(roleWithout) }));
    for (const [what, argv] of COMMANDS) usual.set(what, conclusionOf(JSON.parse((await runProduct([...argv, '-o', 'json'])).stdout) as Printed));
  });
  afterAll(async () => {
    await clean();
    await rm(folder, { recursive: true, force: true });
  });

  test('with all of them the commands come to a conclusion', () => {
    expect([...usual]).toEqual([
      ['a run to a Service', ['reachable', null]],
      ['a run to a Service that is not there', ['fault', 'service.not-found']],
      ['policies', 'allowed'],
      ['dependencies', expect.arrayContaining(['https://api.payments.example/v1/charge'])],
    ]);
  });

  test.each(RIGHTS.map((right) => [nameOf(right).slice(MARK.length + 1), right] as const))('%s', async (_name, right) => {
    const kubeconfig = await kubeconfigAs(nameOf(right), folder);
    for (const [what, argv] of COMMANDS) {
      const { stdout, stderr, exitCode } = await runProduct([...argv, '--kubeconfig', kubeconfig, '-o', 'json']);
      expect({ what, stderr }).toEqual({ what, stderr: '' });
      const printed = JSON.parse(stdout) as Printed;
      if (printed.error !== undefined) {
        expect({ what, exitCode, code: printed.error.code, message: printed.error.message }).toEqual({ what, exitCode: 3, code: 'forbidden', message: expect.stringContaining(`cannot ${right.verb} resource "${right.resource}"`) });
        continue;
      }
      const conclusion = conclusionOf(printed);
      const isUsual = JSON.stringify(conclusion) === JSON.stringify(usual.get(what));
      // Less is known; that must be said, and it must not become another claim.
      if (!isUsual) expect({ what, conclusion, named: stdout.includes(right.resource) }).toEqual({ what, conclusion, named: true });
      if (what === 'a run to a Service') expect({ what, conclusion }).not.toEqual({ what, conclusion: ['fault', expect.anything()] });
      if (what === 'a run to a Service that is not there') expect({ what, conclusion }).not.toEqual({ what, conclusion: ['reachable', null] });
    }
  }, 90_000);
});
