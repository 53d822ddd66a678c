import { factWords } from '../domain/fact-words.ts';
import type { ConnectFact } from '../domain/facts.ts';
import type { Observation } from '../domain/observation.ts';
import type { Messages } from '../i18n/index.ts';
import type { StartedRun } from './run-summary.ts';

/** What became of the packets that the target sent to an address, the most telling first: connections, small segments, pings by size, other ports. */
export function packetWords(run: StartedRun, address: string | null, messages: Messages): readonly string[] {
  const words = messages.document.escalation;
  const own = run.observations.filter(({ vantage, fact }) => vantage === 'target' && 'address' in fact && fact.address !== null && fact.address === address);
  const { mine, others } = connects(run, own, words);
  const shown = [...mine, ...segments(run, words), ...pings(own, words), ...others];
  return shown.length === 0 ? [words.noPackets] : shown;
}

type Words = Messages['document']['escalation'];

function connects(run: StartedRun, own: readonly Observation[], words: Words): { readonly mine: readonly string[]; readonly others: readonly string[] } {
  const { port } = run.started.dependency;
  const facts = own.flatMap(({ fact, question }) => (fact.kind === 'connect' && fact.transport === 'tcp' && !('segmentBytes' in question) ? [fact] : []));
  const mine = grouped(facts.filter((fact) => fact.port === port), ({ outcome }) => outcome);
  const others = grouped(facts.filter((fact) => fact.port !== port), ({ outcome }) => outcome);
  return {
    mine: mine.map(([outcome, tries]) => words.connect(`${endpoint(tries[0])}:${String(port)}`, outcome, tries.length)),
    others: others.map(([outcome, tries]) => words.otherPorts([...new Set(tries.map((fact) => String(fact.port)))].join(', '), outcome)),
  };
}

function endpoint(fact: ConnectFact | undefined): string {
  const address = fact?.address ?? '';
  return address.includes(':') ? `[${address}]` : address;
}

function pings(own: readonly Observation[], words: Words): readonly string[] {
  return own.flatMap(({ fact, question }) => {
    const sizeBytes = question.kind === 'ping' ? (question.sizeBytes ?? null) : null;
    return fact.kind === 'ping' ? [words.ping(fact.received, fact.sent, sizeBytes)] : [];
  });
}

/** The same request in segments that were kept small, and as it is: what tells a size that does not pass. */
function segments({ observations }: StartedRun, words: Words): readonly string[] {
  const answers = observations.filter(({ vantage, question, fact }) => vantage === 'target' && (question.kind === 'request' || question.kind === 'tls') && (fact.kind === 'http' || fact.kind === 'tls'));
  const small = answers.findLast(({ question }) => 'segmentBytes' in question);
  if (small === undefined || !('segmentBytes' in small.question) || small.question.segmentBytes === undefined) return [];
  const full = answers.findLast(({ question }) => question.kind === small.question.kind && !('segmentBytes' in question));
  return [...(full === undefined ? [] : [words.fullSegments(factWords(full.fact))]), words.segments(small.question.segmentBytes, factWords(small.fact))];
}

function grouped<T>(items: readonly T[], key: (item: T) => string): readonly (readonly [key: string, items: readonly T[]])[] {
  const groups = new Map<string, readonly T[]>();
  for (const item of items) groups.set(key(item), [...(groups.get(key(item)) ?? []), item]);
  return [...groups];
}
