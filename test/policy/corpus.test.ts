import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { evaluateCase, type CaseResult } from '../../src/policy/index.ts';

const lines = gunzipSync(readFileSync(new URL('corpus/netpol-cases.jsonl.gz', import.meta.url))).toString('utf8').trim().split('\n');
const results = lines.map((line): CaseResult => {
  const outcome = evaluateCase(line);
  if (!outcome.ok) throw new Error(`${outcome.id ?? line.slice(0, 80)}: ${outcome.detail}`);
  return outcome.result;
});

describe('other suites’ cases', () => {
  it('are all read', () => {
    expect(results).toHaveLength(1304);
  });

  it('have no verdict that differs', () => {
    expect(results.filter(({ agreement }) => agreement === 'disagrees')).toEqual([]);
  });

  it('agree outright but for ipBlocks of pod addresses, which are the plugin’s to judge and Kubernetes’ tests take as allowed', () => {
    const others = results.filter(({ agreement }) => agreement !== 'agrees');
    expect(others.map(({ id, found, expected, doubts }) => [id, found, expected, doubts])).toEqual([
      ['e2e-0382', 'depends-on-cni', 'allowed', ['ip-block-of-pod']],
      ['e2e-0388', 'depends-on-cni', 'allowed', ['ip-block-of-pod']],
      ['e2e-0399', 'depends-on-cni', 'allowed', ['ip-block-of-pod']],
    ]);
  });
});

describe('a file of cases', () => {
  const [first = ''] = lines;
  const change = (edit: (one: Record<string, unknown>) => void): string => {
    const one = JSON.parse(first) as Record<string, unknown>;
    edit(one);
    return JSON.stringify(one);
  };

  it('tells a wrong expectation as a disagreement', () => {
    expect(evaluateCase(change((one) => { one['expected'] = 'allow'; }))).toMatchObject({ ok: true, result: { agreement: 'disagrees' } });
  });

  it('takes a note that names the CNI as the expectation that the plugin decides', () => {
    expect(evaluateCase(change((one) => { one['note'] = 'CNI-dependent: ClusterIP'; }))).toMatchObject({
      ok: true,
      result: { expected: 'depends-on-cni', dependsOnCni: true, agreement: 'disagrees' },
    });
  });

  it.each([
    ['{"id": "x"', 'x'],
    ['{"id": "x"}', 'x'],
    [change((one) => { one['query'] = { from: { namespace: 'x', name: 'nobody' }, to: { ip: '10.0.0.1' }, port: 1 }; }), 'e2e-0013'],
    [change((one) => { one['policies'] = [{ metadata: { name: 'p', namespace: 'x' }, spec: { egress: [{ to: [{}] }] } }]; }), 'e2e-0013'],
  ])('tells a line that it cannot read: %.30s', (line, id) => {
    expect(evaluateCase(line)).toMatchObject({ ok: false, id });
  });
});
