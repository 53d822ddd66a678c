import { describe, expect, test } from 'vitest';
import { climb } from '../../src/access/climb.ts';
import { VARIABLE } from '../../src/access/owner.ts';
import type { EphemeralState } from '../../src/kube/pod-access.ts';
import { containerAccess, fakeCluster, goal, podAccess } from '../fakes/climber.ts';

const TOOLS = { kind: 'tools' } as const;
const psa = (detail: string): { kind: 'forbidden'; verb: string; resource: string; namespace: string; detail: string } => ({
  kind: 'forbidden', verb: 'patch', resource: 'pods/ephemeralcontainers', namespace: 'shop', detail,
});
// pods "vault" is forbidden: ...   kube-apiserver 1.34
const RESTRICTED = 'pods "payments-1" is forbidden: violates PodSecurity "restricted:latest": unrestricted capabilities (container "x" must set securityContext.capabilities.drop=["ALL"]';

describe('the way into a pod', () => {
  test('is the container itself where it has tools, and nothing else is looked at', async () => {
    const cluster = fakeCluster({ tools: { payments: TOOLS }, consent: 'yes' });
    const { access, entered } = await climb(cluster, goal());
    expect(access).toMatchObject({ used: 'exec', created: null, rungs: [{ rung: 'exec', refusal: null }] });
    expect(entered.vantage.identity).toMatchObject({ kind: 'container', name: 'shop/payments-1/payments' });
    expect([cluster.tried, cluster.asked]).toEqual([[], []]);
  });

  test('is another running container with tools before anything is created', async () => {
    const pod = podAccess({ containers: [containerAccess('payments'), containerAccess('init', 'terminated'), containerAccess('proxy')] });
    const cluster = fakeCluster({ pod, tools: { proxy: TOOLS, init: TOOLS }, consent: 'yes' });
    const { access, entered } = await climb(cluster, goal(pod));
    expect(access.used).toBe('other-container');
    expect(access.rungs.map(({ rung, refusal }) => [rung, refusal?.kind])).toEqual([['exec', 'no-tools'], ['other-container', undefined]]);
    expect(entered.vantage.identity.name).toBe('shop/payments-1/proxy');
    expect(cluster.tried).toEqual([]);
  });

  test('is offered and not taken where nothing may be changed, with the commands that would do it', async () => {
    const cluster = fakeCluster({ consent: 'read-only' });
    const { access, entered } = await climb(cluster, goal());
    expect(access.used).toBeNull();
    expect(access.rungs.at(-1)).toMatchObject({ rung: 'ephemeral', refusal: { kind: 'read-only' } });
    const [debug = [], exec = []] = access.rungs.at(-1)?.commands ?? [];
    expect(debug.join(' ')).toMatch(/^kubectl --context test debug -n shop payments-1 --image=nicolaka\/netshoot --target=payments --profile=netadmin --container=netdiag-\w{5} -- sleep 1800$/u);
    expect(exec.join(' ')).toMatch(/^kubectl --context test exec -it -n shop payments-1 -c netdiag-\w{5} -- sh$/u);
    expect(cluster.added).toEqual([]);
    expect(entered.vantage.identity.name).toBe('shop/payments-1/payments');
  });

  test('is an ephemeral container after a yes, which is ended and seen to be ended with the run', async () => {
    const cluster = fakeCluster({ consent: 'yes' });
    const { access, entered } = await climb(cluster, goal());
    const [container] = cluster.added;
    expect(access).toMatchObject({ used: 'ephemeral', created: { isNew: true, stays: false, endsAt: '2026-01-01T10:30:00Z', name: `shop/payments-1/${container?.name ?? ''}` } });
    expect(entered.vantage.identity).toMatchObject({ kind: 'ephemeral', id: 'target', relation: 'self', pod: { name: 'payments-1' } });
    expect(cluster.asked).toHaveLength(1);
    const ownDebugPrefix = entered.vantage.identity.prefix.join(' ');
    expect(ownDebugPrefix).toContain(' debug ');
    await entered.release(AbortSignal.timeout(5_000));
    const mark = container?.env?.find(({ name }) => name === VARIABLE.mark)?.value;
    expect(cluster.executed.at(-1)).toMatchObject({ address: { container: container?.name }, argv: ['sh', '-c', expect.anything(), 'netdiag-end', mark] });
  });

  test('an ephemeral container that is to stay is left, and commands go to it by exec', async () => {
    const cluster = fakeCluster({ consent: 'yes' });
    const { access, entered } = await climb(cluster, goal(podAccess(), { stays: true }));
    expect(access.created?.stays).toBe(true);
    expect(entered.vantage.identity.prefix).toContain('exec');
    await entered.release(AbortSignal.timeout(1_000));
    expect(cluster.executed).toEqual([]);
  });

  const running = (more: Partial<EphemeralState> = {}): EphemeralState => ({
    name: 'netdiag-abcde', image: 'nicolaka/netshoot', target: 'payments', state: 'running', reason: null, message: null, exitCode: null,
    environment: { [VARIABLE.owner]: 'anna_root', [VARIABLE.session]: 'older', [VARIABLE.mark]: 'm', [VARIABLE.endsAt]: '2026-01-01T10:10:00Z' }, ...more,
  });

  test('is a running ephemeral container of mine without any question, and it is not ended', async () => {
    const pod = podAccess({ ephemeral: [running()] });
    const cluster = fakeCluster({ pod, consent: 'read-only' });
    const { access, entered } = await climb(cluster, goal(pod));
    expect(access).toMatchObject({ used: 'ephemeral', created: { name: 'shop/payments-1/netdiag-abcde', isNew: false, endsAt: '2026-01-01T10:10:00Z' } });
    await entered.release(AbortSignal.timeout(1_000));
    expect([cluster.asked, cluster.executed]).toEqual([[], []]);
  });

  test.each([
    ['of somebody else', { environment: { ...running().environment, [VARIABLE.owner]: 'ben_root' } }],
    ['that has ended', { state: 'terminated' }],
    ['beside another container', { target: 'proxy' }],
    ['of another image', { image: 'busybox' }],
    ['that only has the name', { environment: {} }],
  ] as const)('is never an ephemeral container %s', async (_what, more) => {
    const pod = podAccess({ ephemeral: [running(more)] });
    const { access } = await climb(fakeCluster({ pod, consent: 'read-only' }), goal(pod));
    expect(access.used).toBeNull();
    expect(access.rungs.at(-1)?.refusal?.kind).toBe('read-only');
  });

  test('is not tried on a node that is not ready, where that may be read', async () => {
    const { access } = await climb(fakeCluster({ consent: 'yes', node: { isReady: false, os: 'linux', images: [] } }), goal());
    expect(access.rungs.at(-1)?.refusal).toEqual({ kind: 'not-here', detail: 'node n1: NotReady' });
  });

  test.each([
    [['docker.io/nicolaka/netshoot:latest'], false],
    [['docker.io/nicolaka/netshoot:v0.13'], true],
  ])('says whether the node with %s has to get the image', async (images, pulls) => {
    const cluster = fakeCluster({ consent: 'yes', node: { isReady: true, os: 'linux', images } });
    await climb(cluster, goal());
    expect(cluster.asked[0]?.pulls).toBe(pulls);
  });

  test('takes the most that Pod Security admits', async () => {
    const cluster = fakeCluster({
      consent: 'yes',
      admits: ({ securityContext }) => (securityContext?.runAsNonRoot === true && securityContext.capabilities?.add === undefined ? null : psa(RESTRICTED)),
    });
    const { access } = await climb(cluster, goal(podAccess({ podUser: 1000 })));
    expect(access.used).toBe('ephemeral');
    expect(cluster.tried).toHaveLength(3);
    expect(cluster.added).toHaveLength(1);
    expect(cluster.added[0]?.securityContext).toEqual({
      runAsUser: 1000, runAsNonRoot: true, allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] }, seccompProfile: { type: 'RuntimeDefault' },
    });
  });

  test('says what admission said when nothing is admitted, and asks nobody', async () => {
    const cluster = fakeCluster({ consent: 'yes', admits: () => psa('admission webhook "deny" denied the request: no') });
    const { access } = await climb(cluster, goal());
    expect(access.rungs.at(-1)?.refusal).toEqual({ kind: 'admission', detail: 'admission webhook "deny" denied the request: no' });
    expect([cluster.asked, cluster.added]).toEqual([[], []]);
  });

  test('names the rights that are missing, and tries nothing', async () => {
    const right = { verb: 'patch', group: '', resource: 'pods/ephemeralcontainers', namespace: 'shop' };
    const cluster = fakeCluster({ consent: 'yes', missing: [right] });
    const { access } = await climb(cluster, goal());
    expect(access.rungs.at(-1)?.refusal).toMatchObject({ kind: 'not-permitted', missing: [right] });
    expect([cluster.tried, cluster.asked]).toEqual([[], []]);
  });

  test('without exec there is none, and nothing is created that could not be entered', async () => {
    const rights = ['get', 'create'].map((verb) => ({ verb, group: '', resource: 'pods/exec', namespace: 'shop' }));
    const cluster = fakeCluster({ consent: 'yes', missing: rights, tools: { payments: { kind: 'not-permitted', detail: 'cannot create pods/exec' } } });
    const { access } = await climb(cluster, goal());
    expect(access).toMatchObject({ used: null, rungs: [{ rung: 'exec', refusal: { kind: 'not-permitted', missing: rights } }, { rung: 'ephemeral', refusal: { kind: 'not-permitted' } }] });
    expect([cluster.tried, cluster.added]).toEqual([[], []]);
  });

  test('an image that cannot be pulled is told in the words of the event', async () => {
    const cluster = fakeCluster({ consent: 'yes', comesUpAs: { state: 'waiting', reason: 'ImagePullBackOff', message: 'Back-off pulling image' } });
    const warned = { ...cluster, access: { ...cluster.access, warnings: () => Promise.resolve({ ok: true as const, value: eventsOf(cluster.added[0]?.name ?? '') }) } };
    const { access } = await climb(warned, goal());
    expect(access).toMatchObject({ used: null, created: null });
    expect(access.rungs.at(-1)).toMatchObject({ place: `shop/payments-1/${cluster.added[0]?.name ?? ''}`, refusal: { kind: 'failed', detail: 'Failed to pull image "nosuch": no such host' } });
  });

  function eventsOf(name: string): readonly { reason: string; message: string; fieldPath: string }[] {
    const fieldPath = `spec.ephemeralContainers{${name}}`;
    return [
      { reason: 'Failed', message: 'Error: ErrImagePull', fieldPath },
      { reason: 'Failed', message: 'another container’s', fieldPath: 'spec.containers{payments}' },
      { reason: 'Failed', message: 'Failed to pull image "nosuch": no such host', fieldPath },
    ];
  }

  test.each([['a Windows pod', { isWindows: true }], ['a static pod', { isMirror: true }]])('of %s is none that changes it', async (_what, more) => {
    const pod = podAccess(more);
    const { access } = await climb(fakeCluster({ pod, consent: 'yes' }), goal(pod));
    expect(access.rungs.at(-1)?.refusal?.kind).toBe('not-here');
  });

  test('goes through the proxy that the container uses, and takes nothing else of its environment', async () => {
    const cluster = fakeCluster({ consent: 'yes' });
    await climb(cluster, goal(podAccess(), { environment: { HTTPS_PROXY: 'http://proxy:3128', no_proxy: '.svc', PASSWORD: 'x' } }));
    const variables = Object.fromEntries((cluster.added[0]?.env ?? []).map(({ name, value }) => [name, value]));
    expect(variables).toMatchObject({ HTTPS_PROXY: 'http://proxy:3128', no_proxy: '.svc' });
    expect(variables).not.toHaveProperty('PASSWORD');
  });
});
