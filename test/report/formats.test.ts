import { describe, expect, it } from 'vitest';
import { mapStrings } from '../../src/domain/plain-data.ts';
import type { RunEvent } from '../../src/domain/run-event.ts';
import { LANGUAGES, type Language } from '../../src/i18n/index.ts';
import { renderReport } from '../../src/report/formats.ts';
import { REPORT_FORMATS, type MadeFormat } from '../../src/report/format-names.ts';
import { EMPTY_RUN, withEvent } from '../../src/report/run-summary.ts';
import { HOSTILE } from '../ui/fake-runs.ts';
import { CONCLUSION, REFUSED_RUN } from './refused-run.ts';

type PaperFormat = Exclude<MadeFormat, 'json'>;
const PAPER = REPORT_FORMATS.filter((format): format is PaperFormat => format !== 'text' && format !== 'json');

function print(format: PaperFormat, events: readonly RunEvent[] = REFUSED_RUN, language: Language = 'en'): string {
  const report = renderReport(format, events.reduce(withEvent, EMPTY_RUN), LANGUAGES[language]);
  if (report?.kind !== 'text') throw new Error('no report');
  return report.text;
}

/** The run with one name in it, wherever it stands, replaced by what somebody hostile may call things. */
function named(name: string): readonly RunEvent[] {
  return REFUSED_RUN.map((event) => mapStrings(event, (text) => text.replaceAll('orders-6f7c', name).replaceAll('Connection refused', name)));
}

const NOTE: RunEvent = { kind: 'note-left', atMs: 2000, by: 'ana', writtenAt: '2026-01-02T03:06:00Z', text: 'the firewall was changed at 3' };

describe.each(PAPER)('a report as %s', (format) => {
  it('says in both languages from where, to where, what, and how to see it again', () => {
    for (const language of ['en', 'es'] as const) {
      const text = print(format, [...REFUSED_RUN, NOTE], language);
      expect(text).toContain('shop/orders-6f7c');
      expect(text).toContain('postgres://db.example');
      expect(text).toContain('tcp.refused');
      expect(text.replaceAll('\\', '')).toContain(LANGUAGES[language].causes['tcp.refused'].summary(CONCLUSION.verdict.parameters));
      expect(text.replaceAll('&#39;', "'")).toContain('nc -vz -w 3 198.51.100.10 5432');
    }
  });

  it('says that there is no verdict when the run was interrupted', () => {
    const cut = REFUSED_RUN.filter(({ kind }) => kind !== 'concluded').map((event): RunEvent => (event.kind === 'run-ended' ? { ...event, reason: 'interrupted' } : event));
    expect(print(format, cut).replaceAll('\\', '')).toContain(LANGUAGES.en.report.noVerdict({ host: 'db.example', port: 5432 }));
  });

  it.each(HOSTILE.map((text) => [JSON.stringify(text.slice(0, 24)), text]))('has nothing that a terminal acts on, whatever things are called: %s', (_title, hostile) => {
     
    expect(print(format, named(hostile))).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\u200b\ufeff]/u);
  });
});

describe('the HTML report', () => {
  const HOSTILE_HTML = '"><script>alert(1)</script><img src=x onerror=alert(1)>\' </style></svg><!-- `';

  it('asks nobody for anything and runs nothing', () => {
    const page = print('html');
    expect(page.replaceAll('&#39;', "'")).toContain(`content="default-src 'none'; style-src 'unsafe-inline'`);
    expect(page).not.toMatch(/<(?:script|img|link|iframe|object|embed|base|form|audio|video|source)\b/iu);
    expect(page).not.toMatch(/\b(?:href|src|srcset|action|poster|background)\s*=/iu);
    expect(page).not.toMatch(/url\(|@import|expression\(/iu);
  });

  it('shows names as they are, whatever they hold', () => {
    const tags = (page: string): readonly string[] => page.match(/<[^>]*>/gu) ?? [];
    const page = print('html', named(HOSTILE_HTML));
    expect(page).not.toContain('<script>');
    expect(page).toContain('&#60;script&#62;alert(1)&#60;/script&#62;');
    // The same elements, and no attribute more.
    expect(tags(page).map((tag) => tag.replace(/"[^"]*"/gu, '""'))).toEqual(tags(print('html')).map((tag) => tag.replace(/"[^"]*"/gu, '""')));
  });

  it('draws the path and where it breaks', () => {
    const svg = /<svg class="path"[\s\S]*?<\/svg>/u.exec(print('html'))?.[0] ?? '';
    expect(svg).toContain('shop/orders-6f7c');
    expect(svg).toContain('breaks here: tcp.refused');
    expect(svg.match(/class="stop broken"/gu)).toHaveLength(1);
    const healthy = REFUSED_RUN.map((event): RunEvent => (event.kind === 'concluded' ? { ...event, conclusion: { ...CONCLUSION, verdict: { ...CONCLUSION.verdict, status: 'reachable', cause: null, layer: null } } } : event));
    expect(print('html', healthy)).toContain('class="arrives"');
    expect(print('html', healthy)).not.toContain('class="stop broken"');
  });

  it('has notes of those who watched, and every question in order of time', () => {
    const page = print('html', [...REFUSED_RUN, NOTE]);
    expect(page).toContain('the firewall was changed at 3');
    const timeline = page.slice(page.indexOf('Everything that was asked'));
    expect([...timeline.matchAll(/class="id">(o\d+)</gu)].map(([, id]) => id)).toEqual(['o1', 'o2']);
  });
});

describe('the Markdown report', () => {
  it('links, mentions and formats nothing that came from outside', () => {
    const text = print('markdown', named('[x](http://evil.example) @ops-team **b** <b> ```` ![i](u) |'));
    const outside = text.replace(/^(`{3,})\n[\s\S]*?\n\1$/gmu, '').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/gu, '');
    expect(outside).not.toContain('@ops-team');
    expect(outside).not.toMatch(/(?<!\\)\[x|(?<!\\)\*\*b|(?<!\\)<b>|(?<!\\)!(?:\\)?\[i/u);
  });

  it('has a fence that no line of output can close', () => {
    const text = print('markdown', named('`````'));
    expect(text).toContain('``````\n');
  });

  it('keeps a cell of the table a cell', () => {
    const rows = print('markdown', named('a | b')).split('\n').filter((line) => line.startsWith('| '));
    for (const row of rows) expect(row.match(/(?<!\\)\|/gu)).toHaveLength(4);
  });
});

describe('the JUnit report', () => {
  const element = (name: string, text: string): RegExpExecArray | null => new RegExp(`<${name} type="([^"]*)"`, 'u').exec(text);

  it('fails on a fault, errs on an open question, and is silent on success alone', () => {
    const ended = (status: 'reachable' | 'inconclusive'): readonly RunEvent[] =>
      REFUSED_RUN.map((event): RunEvent => (event.kind === 'concluded' ? { ...event, conclusion: { ...CONCLUSION, verdict: { ...CONCLUSION.verdict, status, cause: null } } } : event));
    expect(element('failure', print('junit'))?.[1]).toBe('tcp.refused');
    expect(print('junit')).toContain('failures="1" errors="0"');
    expect(element('error', print('junit', ended('inconclusive')))?.[1]).toBe('inconclusive');
    expect(print('junit', ended('inconclusive'))).toContain('failures="0" errors="1"');
    expect(print('junit', ended('reachable'))).not.toMatch(/<failure|<error/u);
  });

  it('has the same name in every language and after every rollout', () => {
    const name = (text: string): string | undefined => /<testcase [^>]*? name="([^"]*)"/u.exec(text)?.[1];
    expect(name(print('junit'))).toBe('shop/deploy/orders/app → postgres://db.example');
    expect(name(print('junit', named('orders-777'), 'es'))).toBe(name(print('junit')));
  });

  it('is well-formed whatever things are called', () => {
    const text = print('junit', named(`]]> & <a b="c"> ' \ufffe \u0001`));
    expect(text.match(/<\/?[a-z]+/gu)).toEqual(print('junit').match(/<\/?[a-z]+/gu));
    expect(text.replace(/&#\d+;/gu, '')).not.toContain('&');
    expect(text).not.toMatch(/\ufffe/u);
  });
});
