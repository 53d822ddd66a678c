/** Most questions are put after a survey's first look; the others, and second ways, wait for the rest of it. */
import { describe, expect, test } from 'vitest';
import type { Question } from '../../src/domain/question.ts';
import { Prober } from '../../src/engine/prober.ts';
import type { Finding } from '../../src/probes/probe.ts';
import { bashConnected, bashConnectOf, files, isFiles, isSurvey } from '../fakes/replies.ts';
import { notThere, scriptedVantage, type Reply, type ScriptedVantage } from '../fakes/scripted-vantage.ts';

const CONNECT: Question = { kind: 'connect', address: '203.0.113.10', port: 443, attempt: 0 };
const NEIGHBOURS: Question = { kind: 'neighbours' };

const have = (...tools: readonly string[]): readonly string[] => tools.map((tool) => `have ${tool} /usr/bin/${tool}`);
const FIRST = ['said timeout', 'Usage: timeout [OPTION] DURATION COMMAND [ARG]...', 'said bash', 'bash 5.2.15(1)-release', '', 'netdiag-survey named'];

interface Place {
  readonly vantage: ScriptedVantage;
  readonly ask: (question: Question) => Promise<Finding>;
  /** What was run besides the survey. */
  readonly ran: () => readonly (readonly string[])[];
  readonly finishSurvey: () => void;
}

/** A place whose survey has told `first` and tells `rest` when it is let go on. */
function place(first: readonly string[], rest: readonly string[], replies: (argv: readonly string[]) => Reply | null): Place {
  const onTheWay = Promise.withResolvers<undefined>();
  const out = ['netdiag-survey 1', ...first, ...rest, 'netdiag-survey end'];
  const vantage = scriptedVantage((argv) => (isSurvey(argv) ? { out, until: onTheWay.promise } : replies(argv)));
  const prober = new Prober(vantage, 1000);
  const watch = { started: () => 'c1', line: () => undefined, ended: () => undefined };
  const { signal } = new AbortController();
  return {
    vantage,
    ask: (question) => prober.ask(question, watch, signal),
    ran: () => vantage.ran.filter(({ argv }) => !isSurvey(argv)).map(({ argv }) => argv),
    finishSurvey: () => { onTheWay.resolve(undefined); },
  };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 20));

describe('while the survey is still asking', () => {
  test('what the first look settles is asked, and the vantage knows its shell and its timeout', async () => {
    const here = place([...have('sh', 'bash', 'timeout', 'nc'), ...FIRST], ['said nc', 'Ncat 7.93 ( https://nmap.org/ncat )'], (argv) => (bashConnectOf(argv) === null ? notThere(argv) : bashConnected(argv)));
    const finding = await here.ask(CONNECT);
    expect(finding.facts).toMatchObject([{ kind: 'connect', outcome: 'connected' }]);
    expect(here.vantage.learned).toMatchObject([{ tools: { sh: 'sh', timeout: 'coreutils' } }]);
    here.finishSurvey();
    expect((await here.ask({ kind: 'tools' })).facts).toMatchObject([{ kind: 'tools', tools: { bash: 'bash', nc: 'ncat' } }]);
  });

  test('a tool that may turn out to be the better one is waited for', async () => {
    const here = place([...have('sh', 'nc', 'curl'), 'netdiag-survey named'], ['said nc', 'OpenBSD netcat (Debian patchlevel 1.219-1)'], () => ({ err: ['Connection to 203.0.113.10 443 port [tcp/https] succeeded!'] }));
    const finding = here.ask(CONNECT);
    await settled();
    expect(here.ran()).toEqual([]);
    here.finishSurvey();
    await finding;
    expect(here.ran()[0]).toContain('nc');
  });

  test('with busybox there, a tool without a link may still be one of its applets', async () => {
    const here = place([...have('sh', 'busybox'), 'netdiag-survey named'], ['said busybox', 'nc', 'said busybox nc', 'BusyBox v1.36.1', 'Usage: nc [-e PROG]', '\t-e PROG\tRun PROG'], (argv) => (isFiles(argv) ? files() : { exitCode: 0 }));
    const connect = here.ask(CONNECT);
    expect((await here.ask({ kind: 'files' })).facts).toContainEqual(expect.objectContaining({ kind: 'resolv-conf' }));
    await settled();
    expect(here.ran()).toHaveLength(1);
    here.finishSurvey();
    await connect;
    expect(here.ran().at(-1)).toEqual(expect.arrayContaining(['busybox', 'nc']));
  });

  test('a second way waits for all that there is', async () => {
    const here = place([...have('sh', 'arp', 'perl', 'bash'), ...FIRST], [], (argv) => (argv[0] === 'perl' ? { out: ['x'] } : { out: ['not understood'] }));
    const connect = here.ask(CONNECT);
    await settled();
    expect(here.ran().map(([program]) => program)).toEqual(['bash']);
    here.finishSurvey();
    await connect;
    expect(here.ran().map(([program]) => program)).toEqual(['bash', 'perl']);
  });
});

test('a survey that breaks off after its first look leaves what was asked by then, and no tools', async () => {
  const out = ['netdiag-survey 1', ...have('sh', 'bash', 'timeout'), ...FIRST];
  const vantage = scriptedVantage((argv) => {
    if (isSurvey(argv)) return { out, failure: 'vantage-lost' };
    return bashConnectOf(argv) === null ? notThere(argv) : bashConnected(argv);
  });
  const prober = new Prober(vantage, 1000);
  const watch = { started: () => 'c1', line: () => undefined, ended: () => undefined };
  const ask = (question: Question): Promise<Finding> => prober.ask(question, watch, new AbortController().signal);
  expect((await ask(CONNECT)).facts).toMatchObject([{ kind: 'connect', outcome: 'connected' }]);
  expect((await ask({ kind: 'tools' })).facts).toMatchObject([{ kind: 'unavailable', reason: 'vantage-lost' }]);
  expect((await ask(NEIGHBOURS)).facts).toMatchObject([{ kind: 'unavailable' }]);
});
