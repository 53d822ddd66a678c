import type { FanOutConclusion, FanOutMember } from '../domain/fan-out.ts';
import { layerOfCause } from '../domain/cause.ts';
import type { Messages } from './index.ts';

/** The verdict of one pod in a few words: `Fault found: Packets to this port are dropped [tcp.filtered] · certain`. */
export function memberWords({ state, verdict, detail, place }: FanOutMember, messages: Messages): string {
  const { fanOut, report, causes } = messages;
  const aside = place.isReplica ? '' : ` (${fanOut.standIn})`;
  if (verdict === null) return `${fanOut.states[state]}${detail === null || detail === '' ? '' : `: ${detail}`}${aside}`;
  const { status, cause, confidence } = verdict;
  const what = cause === null ? '' : `: ${causes[cause].title} [${cause}]`;
  return `${report.status[status]}${what} · ${report.confidence[confidence]}${aside}`;
}

export interface ConclusionWords {
  /** `Fault found · Only this node’s pods fail [node.single-node-fault] · Network access (1) · certain`. */
  readonly heading: string;
  /** What it is, and who has it. */
  readonly sentences: readonly string[];
}

export function conclusionWords(conclusion: FanOutConclusion, members: readonly FanOutMember[], messages: Messages): ConclusionWords {
  const { fanOut, report, causes } = messages;
  const { status, cause, confidence, parameters, pattern, pods, node } = conclusion;
  const layer = cause === null ? null : layerOfCause(cause);
  const heading = [report.status[status], ...(cause === null ? [] : [`${causes[cause].title} [${cause}]`]), ...(layer === null ? [] : [report.layers[layer]]), report.confidence[confidence]].join(' · ');
  const who = fanOut.patterns[pattern](pods.length, members.length, node ?? '');
  if (cause === null || parameters === null) return { heading, sentences: [who] };
  const summary = causes[cause].summary(parameters);
  const found = members.filter(({ place }) => pods.includes(place.pod)).flatMap(({ verdict }) => verdict?.cause ?? []);
  const counts = [...new Set(found)].map((one) => `${one} (${String(found.filter((other) => other === one).length)})`);
  const differ = counts.length > 1 ? [fanOut.differ(counts.join(', '))] : [];
  return { heading, sentences: [status === 'fault' ? summary : report.nearest(summary), who, ...differ] };
}
