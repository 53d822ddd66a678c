import { describe, expect, test } from 'vitest';
import { surveyTools } from '../../src/probes/survey.ts';
import { survey, isSurvey } from '../fakes/replies.ts';
import { notThere, scriptedVantage, type Script } from '../fakes/scripted-vantage.ts';
import { context } from './context.ts';

async function surveyed(script: Script): Promise<{ readonly finding: Awaited<ReturnType<typeof surveyTools>>; readonly vantage: ReturnType<typeof scriptedVantage> }> {
  const { watch, signal } = context({}, () => null);
  const vantage = scriptedVantage(script);
  return { finding: await surveyTools(vantage, watch, signal), vantage };
}

describe('what a place has', () => {
  test('is found with one command where there is a shell, and told to the vantage', async () => {
    const { finding, vantage } = await surveyed((argv) => (isSurvey(argv) ? survey('sh', 'bash', 'getent') : null));
    expect(finding.facts[0]).toMatchObject({ kind: 'tools', tools: { sh: 'sh', bash: 'bash', getent: 'getent' } });
    expect(vantage.ran).toHaveLength(1);
    expect(vantage.learned).toHaveLength(1);
  });

  test('is tried tool by tool where there is no shell', async () => {
    const { finding, vantage } = await surveyed((argv) => {
      if (argv[0] === 'python3') return { out: ['Python 3.11.2'] };
      return argv[0] === 'curl' ? { out: ['Usage: curl [options...] <url>'] } : notThere(argv);
    });
    expect(finding.facts).toMatchObject([{ kind: 'tools', tools: { python3: 'python3', curl: 'curl' } }]);
    expect(Object.keys((finding.facts[0] as { tools: object }).tools).sort()).toEqual(['curl', 'python3']);
    expect(vantage.learned).toHaveLength(1);
  });

  test('is nothing where nothing starts: an answer, not a failure', async () => {
    const { finding } = await surveyed(notThere);
    expect(finding.facts).toEqual([{ kind: 'tools', tools: {}, versions: {} }]);
  });

  test('cannot be told of a place that is lost or may not be entered, and nothing more is tried there', async () => {
    for (const failure of ['vantage-lost', 'not-permitted', 'cancelled'] as const) {
      const { finding, vantage } = await surveyed(() => ({ failure, detail: 'said so' }));
      expect(finding.facts).toEqual([{ kind: 'unavailable', reason: failure, detail: 'said so' }]);
      expect(vantage.ran).toHaveLength(1);
      expect(vantage.learned).toEqual([]);
    }
  });

  test('cannot be told of a place that is lost after its shell was found missing', async () => {
    const { finding, vantage } = await surveyed((argv) => (isSurvey(argv) ? notThere(argv) : { failure: 'vantage-lost', detail: 'gone' }));
    expect(finding.facts[0]?.kind).toBe('unavailable');
    expect(vantage.learned).toEqual([]);
  });

  test('half a list is no list', async () => {
    const cut = { ...survey('sh', 'curl'), out: ['netdiag-survey 1', 'have sh /bin/sh'] };
    const { finding } = await surveyed((argv) => (isSurvey(argv) ? cut : notThere(argv)));
    expect(finding.facts).toEqual([{ kind: 'tools', tools: {}, versions: {} }]);
  });

  test('a place that answers nothing within the limit is not called empty', async () => {
    const { finding } = await surveyed(() => ({ failure: 'timed-out', detail: 'no answer in 8 s' }));
    expect(finding.facts).toMatchObject([{ kind: 'unavailable' }]);
  });

  test('a survey that was cancelled half-way is not called empty', async () => {
    const { finding } = await surveyed((argv) => (isSurvey(argv) ? notThere(argv) : { failure: 'cancelled' }));
    expect(finding.facts).toMatchObject([{ kind: 'unavailable' }]);
  });
});
