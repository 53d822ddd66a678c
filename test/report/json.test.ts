import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { runJson, type RunJson } from '../../src/report/json.ts';
import { EMPTY_RUN, withEvent } from '../../src/report/run-summary.ts';
import { CONCLUSION, REFUSED_RUN, started } from './refused-run.ts';

const report = (events = REFUSED_RUN, language: keyof typeof LANGUAGES = 'en'): RunJson => {
  const json = runJson(events.reduce(withEvent, EMPTY_RUN), LANGUAGES[language]);
  if (json === null) throw new Error('no report');
  return json;
};

describe('the JSON report', () => {
  it('has the fields of netdiag-run/v1', () => {
    const json = report();
    expect(json).toMatchObject({
      schema: 'netdiag-run/v1',
      tool: { name: 'netdiag-tui', version: '0.0.0' },
      target: { kind: 'pod', namespace: 'shop', pod: 'orders-6f7c', container: 'app', pickedFrom: 'deploy/orders' },
      startedAt: '2026-01-02T03:04:05.000Z',
      durationMs: 1_250,
      verdict: { status: 'fault', cause: 'tcp.refused', layer: 'transport', confidence: 'certain', evidence: ['o1', 'o2'] },
    });
    expect(json.dependency).toEqual({ url: 'postgres://db.example', protocol: 'postgres', host: 'db.example', port: 5432 });
    expect(json.verdict.summary).toBe('db.example:5432 (198.51.100.10) refuses the connection, from node as well: nothing listens there.');
    expect(json.verdict.ruledOut).toEqual([{ cause: 'tcp.filtered', because: ['o1'] }]);
    expect(json.notes).toMatchObject([{ cause: 'policy.not-enforced', confidence: 'likely', evidence: ['o1'] }]);
    expect(json.layers.map(({ layer, status }) => `${layer} ${status}`)).toEqual([
      'application skipped',
      'transport fail',
      'internet pass',
      'network-access unknown',
    ]);
    expect(json.path.map(({ node, branch }) => [node, branch])).toEqual([
      ['tcp-connect', 'refused'],
      ['tcp-refusal', 'nobody-listens'],
    ]);
    expect(json.observations.map(({ id }) => id)).toEqual(['o1', 'o2']);
  });

  it('gives commands that a shell reads as they ran', () => {
    expect(report().verdict.commands).toEqual([
      `kubectl --context prod -n shop exec orders-6f7c -c app -- sh -c 'echo "$1"' sh 'it'\\''s'`,
      'ssh n1 nc -vz -w 3 198.51.100.10 5432',
    ]);
  });

  it('says in words why a question was not answered', () => {
    expect(report().verdict.untestable).toEqual([
      { question: expect.stringContaining('198.51.100.10') as string, vantage: 'shop/orders-6f7c/app', reason: 'no tool for it here' },
    ]);
    expect(report(REFUSED_RUN, 'es').verdict.untestable[0]?.reason).toBe('aquí no hay herramienta para ello');
  });

  it('fills the case at hand into the next steps', () => {
    expect(report().verdict.nextSteps.join('\n')).toContain('nc -vz db.example 5432');
  });

  it('speaks the language of the run', () => {
    const json = report(REFUSED_RUN, 'es');
    expect(json.verdict.summary).toContain('rechaza la conexión, también desde node');
    expect(json.verdict.cause).toBe('tcp.refused');
  });

  it('is inconclusive, and says why, when the run was cut off', () => {
    const json = report([...REFUSED_RUN.slice(0, 11), { kind: 'run-ended', atMs: 40, reason: 'interrupted' }]);
    expect(json.ended).toBe('interrupted');
    expect(json.verdict).toMatchObject({ status: 'inconclusive', cause: null, layer: null, confidence: 'possible', evidence: [] });
    expect(json.verdict.summary).toBe('The run ended before there was a verdict about db.example:5432.');
    expect(json.observations).toHaveLength(1);
  });

  it('does not present the nearest explanation as the cause', () => {
    const conclusion = { ...CONCLUSION, verdict: { ...CONCLUSION.verdict, status: 'inconclusive', confidence: 'possible' } as const };
    const json = report([started(), { kind: 'concluded', atMs: 5, conclusion }]);
    expect(json.verdict.summary).toMatch(/^Not certain, but the nearest explanation: db\.example/u);
  });

  it('says where to look when the network is fine and the application still fails', () => {
    const verdict = { ...CONCLUSION.verdict, status: 'reachable', cause: null, layer: null } as const;
    const json = report([started(), { kind: 'concluded', atMs: 5, conclusion: { ...CONCLUSION, verdict } }]);
    expect(json.verdict.summary).toBe('db.example:5432 (198.51.100.10) is reachable and answers.');
    expect(json.verdict.nextSteps[0]).toContain('kubectl -n shop logs orders-6f7c -c app');
  });

  it('is nothing for a run that never started', () => {
    expect(runJson(EMPTY_RUN, LANGUAGES.en)).toBeNull();
  });
});
