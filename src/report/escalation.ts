import { factWords } from '../domain/fact-words.ts';
import type { FactKind, FactOf } from '../domain/facts.ts';
import { drawBriefly } from '../domain/path-picture/index.ts';
import type { Observation } from '../domain/observation.ts';
import { lastAnsweringHop, pathErrors } from '../domain/trace-reading.ts';
import type { Messages } from '../i18n/index.ts';
import { addresseeOf, byRelevance } from './addressee.ts';
import { reportContent, type ReportContent } from './content.ts';
import { packetWords } from './packets.ts';
import type { StartedRun } from './run-summary.ts';
import { vantageName } from './verdict-text.ts';

const TARGET = 'target';
/** Places whose answer is told; a tenth line nobody reads. */
const OTHERS_SHOWN = 4;
const RULED_OUT_SHOWN = 6;
const CHANGES_SHOWN = 2;
const PACKETS_SHOWN = 6;

/**
 * What somebody else needs who has to act on a run, in about ten lines of plain text: who that is, from where, to where, when, what becomes of
 * which packets, how far they get, what others see, what was ruled out, how to see it again.
 */
export function escalationLines(run: StartedRun, messages: Messages): readonly string[] {
  const { document, picture } = messages;
  const words = document.escalation;
  const content = reportContent(run, messages);
  const { verdict, address } = content;
  const notAsked = [...new Set(verdict.untestable.map(({ question }) => messages.ui.question(question)))];
  const rows: readonly (readonly [label: string, text: string])[] = [
    [document.from, source(run, content, words)],
    [document.to, destination(run, address, words)],
    [document.when, `${content.startedAt} (${document.took(content.durationSeconds)})`],
    [words.symptom, `${content.summary} [${[verdict.cause, messages.report.confidence[verdict.confidence]].filter((part) => part !== null).join(', ')}]`],
    [words.packets, packetWords(run, address, messages).slice(0, PACKETS_SHOWN).join('; ')],
    [document.path, drawBriefly(content.picture, picture, '→', '✗')],
    [words.lastHop, lastAnswer(run, messages)],
    [words.elsewhere, elsewhere(run, messages)],
    ...(content.changes.length === 0 ? [] : [[words.changed, content.changes.slice(0, CHANGES_SHOWN).join('; ')] as const]),
    [words.ruledOut, ruledOut(content, messages)],
    ...(notAsked.length === 0 ? [] : [[words.unknown, notAsked.slice(0, OTHERS_SHOWN).join('; ')] as const]),
    ...content.commands.slice(0, 2).map(({ gist }): readonly [string, string] => [words.repeat, `$ ${gist}`]),
  ];
  const width = Math.max(...rows.map(([label]) => label.length)) + 1;
  return [words.titles[addresseeOf(verdict)], '', ...rows.map(([label, text]) => `${`${label}:`.padEnd(width)} ${text}`)];
}

type Words = Messages['document']['escalation'];

function source(run: StartedRun, { from }: ReportContent, words: Words): string {
  const own = ownAddresses(run);
  const place = words.place(from, own.join(', '));
  const translated = translatedTo(run, own);
  return translated === null ? place : `${place}, ${words.translated(translated)}`;
}

/** Addresses that packets leave with, as far as they were seen. */
function ownAddresses(run: StartedRun): readonly string[] {
  const pod = factsAt(run, TARGET, 'pod-state').at(-1)?.addresses ?? [];
  if (pod.length > 0) return pod;
  const links = factsAt(run, TARGET, 'interfaces').at(-1)?.interfaces ?? [];
  return links.filter(({ loopback, up }) => !loopback && up).flatMap(({ addresses }) => addresses.map((address) => address.split('/')[0] ?? address)).filter((address) => !address.startsWith('fe80'));
}

/** What a node's connection tracking made of them: the address that the network beyond it sees. */
function translatedTo({ observations }: StartedRun, own: readonly string[]): string | null {
  const flows = observations.flatMap(({ fact }) => (fact.kind === 'conntrack' ? (fact.flows ?? []) : []));
  return flows.find(({ source: from, answersGoTo }) => own.includes(from) && answersGoTo !== from)?.answersGoTo ?? null;
}

function destination(run: StartedRun, address: string | null, words: Words): string {
  const { url, port, transport } = run.started.dependency;
  return `${address ?? words.unresolved} ${transport}/${String(port)} (${url})`;
}

/** How far a trace from the target got. */
function lastAnswer(run: StartedRun, { document: { escalation: words } }: Messages): string {
  const traces = factsAt(run, TARGET, 'trace');
  const furthest = traces.toSorted((a, b) => Number(b.reached) - Number(a.reached) || (lastAnsweringHop(b)?.ttl ?? 0) - (lastAnsweringHop(a)?.ttl ?? 0))[0];
  if (furthest === undefined) return words.notTraced;
  if (furthest.reached) return words.arrives;
  const last = lastAnsweringHop(furthest);
  if (last === null) return words.noHop;
  const error = pathErrors(furthest).find(({ from }) => from === last.address);
  return error === undefined ? words.hop(last.address, last.ttl) : words.hopError(last.address, last.ttl, error.error);
}

/** What other places said to the same destination: of each the answer that says most, and of those the last. */
function elsewhere(run: StartedRun, messages: Messages): string {
  const isAboutNames = run.conclusion?.verdict.cause?.startsWith('dns.') ?? false;
  const said = run.vantages.flatMap(({ id, role }) => {
    if (role !== 'contrast') return [];
    const own = run.observations.filter(({ vantage }) => vantage === id);
    const answer = REACHING.map((kinds) => own.findLast(({ fact }) => kinds.includes(fact.kind))).find((one) => one !== undefined) ?? (isAboutNames ? own.findLast(({ fact }) => fact.kind === 'resolve') : undefined);
    return answer === undefined ? [] : [`${vantageName(run, id, messages)}: ${answerWords(answer)}`];
  });
  return said.length === 0 ? messages.document.escalation.nobodyElse : said.slice(0, OTHERS_SHOWN).join('; ');
}

const REACHING: readonly (readonly FactKind[])[] = [['connect', 'tls', 'http', 'exchange'], ['trace'], ['ping']];

function answerWords({ fact }: Observation): string {
  return fact.kind === 'connect' ? fact.outcome : factWords(fact);
}

function ruledOut({ verdict, ruledOut: causes }: ReportContent, messages: Messages): string {
  if (causes.length === 0) return messages.document.escalation.nothing;
  const shown = byRelevance(verdict.cause, causes.map(({ cause }) => cause)).slice(0, RULED_OUT_SHOWN);
  const more = causes.length - shown.length;
  return `${shown.map((cause) => messages.causes[cause].title).join('; ')}${more > 0 ? ` (+${String(more)})` : ''}`;
}

function factsAt<K extends FactKind>({ observations }: StartedRun, vantage: string, kind: K): readonly FactOf<K>[] {
  return observations.flatMap((one) => (one.vantage === vantage && one.fact.kind === kind ? [one.fact as FactOf<K>] : []));
}
