import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { labelValue, ownerName } from '../../src/access/owner.ts';
import { ephemeralRights, execRights } from '../../src/access/rights.ts';
import { rbacRules } from '../../src/domain/access.ts';
import { isAdmission } from '../../src/kube/access.ts';

test('missing rights become the rules of a Role', () => {
  expect(parse(rbacRules([...execRights('shop'), ...ephemeralRights('shop')]))).toEqual([
    { apiGroups: [''], resources: ['pods/exec'], verbs: ['get', 'create'] },
    { apiGroups: [''], resources: ['pods/ephemeralcontainers'], verbs: ['patch'] },
  ]);
});

test.each([
  ['anna', 'root', 'anna_root'],
  ['system:serviceaccount:ci:bot', 'jenkins', 'system-serviceaccount-ci-bot_jenkins'],
  ['ana@example.com', 'ana', 'ana-example.com_ana'],
  [null, 'ana', 'ana'],
  ['ñ', '', 'unknown'],
])('the owner %s on the machine of %s is a label’s value: %s', (user, system, expected) => {
  const name = ownerName(user, system);
  expect(name).toBe(expected);
  expect(name).toMatch(/^[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/u);
});

test('a long name is cut to what a label holds', () => {
  expect(labelValue(`${'x'.repeat(62)}-y`)).toBe('x'.repeat(62));
});

test('a refusal by RBAC is told from one by admission', () => {
  const forbidden = (detail: string): Parameters<typeof isAdmission>[0] => ({ kind: 'forbidden', verb: 'patch', resource: 'pods/ephemeralcontainers', namespace: 'shop', detail });
  expect(isAdmission(forbidden('pods "x" is forbidden: User "viewer" cannot patch resource "pods/ephemeralcontainers" in API group "" in the namespace "shop"'))).toBe(false);
  expect(isAdmission(forbidden('pods "x" is forbidden: violates PodSecurity "restricted:latest": allowPrivilegeEscalation != false'))).toBe(true);
  expect(isAdmission({ kind: 'failed', status: 422, detail: 'invalid' })).toBe(true);
  expect(isAdmission({ kind: 'failed', status: 500, detail: 'etcd' })).toBe(false);
  expect(isAdmission({ kind: 'unreachable', detail: '' })).toBe(false);
});
