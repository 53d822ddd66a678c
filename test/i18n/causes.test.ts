import { describe, expect, it } from 'vitest';
import { CAUSE_IDS } from '../../src/domain/cause.ts';
import type { Target } from '../../src/domain/target.ts';
import type { CauseParameters } from '../../src/domain/verdict.ts';
import type { CauseText } from '../../src/i18n/cause-text.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { nextSteps } from '../../src/i18n/next-steps.ts';

const OPTIONALS = { address: '198.51.100.10', detail: 'notAfter=Jan  1 00:00:00 2024 GMT', contrast: 'node n1' };
type Optional = keyof typeof OPTIONALS;
const NAMES = Object.keys(OPTIONALS) as Optional[];

/** Every combination of present, empty and absent optional parameters. */
function everyParameters(): CauseParameters[] {
  let combinations: CauseParameters[] = [{ host: 'api.example.com', port: 443 }];
  for (const name of NAMES) {
    combinations = combinations.flatMap((given) => [given, { ...given, [name]: '' }, { ...given, [name]: OPTIONALS[name] }]);
  }
  return combinations;
}

const texts = (language: keyof typeof LANGUAGES): [string, CauseText][] => CAUSE_IDS.map((id) => [id, LANGUAGES[language].causes[id]]);

describe.each(['en', 'es'] as const)('the catalogue in %s', (language) => {
  it.each(texts(language))('says everything about %s', (_id, text) => {
    for (const sentence of [text.title, text.wrong, text.evidence, ...text.next]) expect(sentence.trim().length).toBeGreaterThan(5);
    expect(text.next.length).toBeGreaterThanOrEqual(2);
    expect(text.next.length).toBeLessThanOrEqual(4);
    expect(text.limits).not.toBe('');
  });

  it.each(texts(language))('sums %s up in one clean sentence, whatever is known', (_id, text) => {
    for (const parameters of everyParameters()) {
      const sentence = text.summary(parameters);
      expect(sentence).not.toMatch(/undefined|null|NaN|\[object/u);
      expect(sentence).not.toMatch(/ {2}(?!1 00)|\(\)| [,.:;]|: ?\.$|\.\.$/u);
      expect(sentence).toMatch(/^\S.*\.$/u);
    }
  });

  it.each(texts(language))('tells the tool’s own words about %s when there are any', (_id, text) => {
    const said = text.summary({ host: 'api.example.com', port: 443, detail: 'the server’s own words.' });
    expect(said).toContain('the server’s own words.');
    expect(said).not.toContain('words..');
  });
});

describe('the two languages', () => {
  it.each(CAUSE_IDS)('are both really written for %s', (id) => {
    const [en, es] = [LANGUAGES.en.causes[id], LANGUAGES.es.causes[id]];
    expect(es.title).not.toBe(en.title);
    expect(es.wrong).not.toBe(en.wrong);
    expect(es.evidence).not.toBe(en.evidence);
    expect(es.next).not.toEqual(en.next);
    expect(es.next).toHaveLength(en.next.length);
    expect(es.limits === undefined).toBe(en.limits === undefined);
    const parameters = { host: 'h.example', port: 1, ...OPTIONALS };
    expect(es.summary(parameters)).not.toBe(en.summary(parameters));
  });

  it.each(CAUSE_IDS)('give the same commands for %s', (id) => {
    const commands = (text: CauseText): string[] => text.next.flatMap((step) => step.match(/`[^`]+`/gu) ?? []).sort();
    expect(commands(LANGUAGES.es.causes[id])).toEqual(commands(LANGUAGES.en.causes[id]));
  });
});

describe('next steps', () => {
  const parameters: CauseParameters = { host: 'api.example.com', port: 443, address: '198.51.100.10' };
  const pod: Target = { kind: 'pod', context: 'prod', namespace: 'shop', pod: 'orders-1', container: 'app', node: 'n1', pickedFrom: null };

  it('name the case at hand', () => {
    const steps = nextSteps(LANGUAGES.en.causes['dns.resolver-unreachable'], parameters, pod).join('\n');
    expect(steps).toContain('kubectl -n shop exec orders-1 -c app -- cat /etc/resolv.conf');
    expect(steps).toContain('kube-proxy on n1');
  });

  it('keep the placeholder of what is not known', () => {
    const steps = nextSteps(LANGUAGES.en.causes['tcp.filtered'], parameters, { kind: 'local' }).join('\n');
    expect(steps).toContain('traceroute -T -p 443 api.example.com');
    expect(nextSteps(LANGUAGES.en.causes['node.not-ready'], parameters, { kind: 'local' }).join('\n')).toContain('<node>');
  });

  it('use only placeholders that are filled in', () => {
    for (const language of Object.values(LANGUAGES)) {
      for (const id of CAUSE_IDS) expect(nextSteps(language.causes[id], parameters, pod).join('\n')).not.toMatch(/<[a-z]+>/u);
    }
  });
});
