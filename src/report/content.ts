import { factWords } from '../domain/fact-words.ts';
import type { LayerStatus } from '../domain/layer.ts';
import type { Observation } from '../domain/observation.ts';
import { pathPicture, type PathPicture } from '../domain/path-picture/index.ts';
import { tellingLines } from '../domain/telling-lines.ts';
import type { Target } from '../domain/target.ts';
import type { CauseId } from '../domain/cause.ts';
import type { Verdict } from '../domain/verdict.ts';
import type { Messages } from '../i18n/index.ts';
import { accessCommands } from './access-text.ts';
import { changeLines } from './changes.ts';
import type { StartedRun } from './run-summary.ts';
import { shellGist, shellLine } from './shell-quote.ts';
import { layerSummary, shownName, untestableReason, vantageName, verdictNextSteps, verdictOf, verdictSummary } from './verdict-text.ts';

/** A place behind a command prefix is called by all of it; where it comes again and again, this much of it will do. */
const PLACE_CHARACTERS = 40;

/** Raw lines quoted for one observation; the JSON report has all of them. */
const QUOTED_LINES = 6;

/** One question with its answer, as a reader sees it. */
export interface ShownObservation {
  readonly id: string;
  readonly place: string;
  readonly question: string;
  /** The outcome in the field's own words; empty when the lines say it better. */
  readonly outcome: string;
  readonly isUnavailable: boolean;
  /** For reading, a script in it left out; empty when nothing ran. */
  readonly command: string;
  /** Those that say how it went. */
  readonly lines: readonly string[];
  /** How many more lines there are. */
  readonly more: number;
  readonly startedAtMs: number;
  readonly durationMs: number;
}

/** What somebody wrote who watched; `atMs` since the run began. */
export interface Remark {
  readonly by: string;
  readonly writtenAt: string;
  readonly text: string;
  readonly atMs: number;
}

/** What a report for people says, in its language and without any markup: text, Markdown and HTML put it on paper. */
export interface ReportContent {
  readonly verdict: Verdict;
  /** `Fault found · Certificate expired [tls.expired] · Application (4) · certain` */
  readonly heading: string;
  readonly summary: string;
  readonly from: string;
  /** The destination, and the address and port behind its URL. */
  readonly to: string;
  /** Of the destination, as the verdict names it or the target resolved it; null when neither did. */
  readonly address: string | null;
  readonly startedAt: string;
  readonly durationSeconds: string;
  readonly layers: readonly { readonly name: string; readonly status: LayerStatus; readonly word: string; readonly summary: string }[];
  readonly evidence: readonly ShownObservation[];
  readonly ruledOut: readonly { readonly cause: CauseId; readonly title: string; readonly because: readonly string[] }[];
  readonly untestable: readonly string[];
  readonly notes: readonly string[];
  readonly changes: readonly string[];
  /** A command in them stands between backticks. */
  readonly nextSteps: readonly string[];
  /** `line` is what a shell takes; `gist` leaves out a script. */
  readonly commands: readonly { readonly line: string; readonly gist: string; readonly hasScript: boolean }[];
  readonly remarks: readonly Remark[];
  readonly contrasts: readonly string[];
  readonly picture: PathPicture;
  /** Every observation in order of time. */
  readonly timeline: readonly ShownObservation[];
}

export function reportContent(run: StartedRun, messages: Messages): ReportContent {
  const verdict = verdictOf(run);
  const { target, dependency, startedAt } = run.started;
  const address = addressOf(run, verdict);
  return {
    verdict,
    heading: heading(run, messages),
    summary: verdictSummary(run, messages),
    from: targetName(target, messages),
    to: destination(dependency, address),
    address,
    startedAt: `${startedAt.slice(0, 19).replace('T', ' ')} UTC`,
    durationSeconds: (run.durationMs / 1000).toFixed(1),
    layers: run.layers.map((state) => ({
      name: messages.report.layers[state.layer],
      status: state.status,
      word: messages.report.layerStatus[state.status],
      summary: layerSummary(run, state, messages),
    })),
    evidence: verdict.evidence.flatMap((id) => run.observations.filter((one) => one.id === id)).map((one) => shown(one, run, messages, QUOTED_LINES)),
    ruledOut: verdict.ruledOut.map(({ cause, because }) => ({ cause, title: messages.causes[cause].title, because })),
    untestable: [...new Set(verdict.untestable.map((one) => `${messages.ui.question(one.question)} (${vantageName(run, one.vantage, messages)}): ${untestableReason(one, messages)}`))],
    notes: noteLines(run, messages),
    changes: changeLines(run),
    nextSteps: verdictNextSteps(run, messages),
    commands: [...verdict.commands, ...accessCommands(run.access)].map(commandShown),
    remarks: run.remarks.map(({ by, writtenAt, text, atMs }) => ({ by, writtenAt, text, atMs })),
    contrasts: run.vantages.filter(({ role }) => role === 'contrast').map((vantage) => shownName(vantage, messages)),
    picture: shortNames(pathPicture({ target, dependency, observations: run.observations, conclusion: run.conclusion })),
    timeline: run.observations.toSorted((a, b) => a.startedAtMs - b.startedAtMs).map((one) => shown(one, run, messages, Infinity)),
  };
}

export function targetName(target: Target, messages: Messages): string {
  switch (target.kind) {
    case 'pod':
      return messages.report.pod(`${target.namespace}/${target.pod}`, target.container, target.node);
    case 'local':
      return messages.report.thisMachine;
    case 'via':
      return shellLine(target.argv);
  }
}

function destination({ url, host, port }: StartedRun['started']['dependency'], address: string | null): string {
  const resolved = address === null || address === host ? '' : `, ${address}`;
  return `${url} (${host.includes(':') ? `[${host}]` : host}:${String(port)}${resolved})`;
}

function addressOf(run: StartedRun, { cause, parameters: { address } }: Verdict): string | null {
  const { host, hostKind } = run.started.dependency;
  if (hostKind !== 'name') return host;
  const resolved = run.observations.flatMap(({ vantage, fact }) => (vantage === 'target' && fact.kind === 'resolve' && fact.name?.replace(/\.$/u, '') === host ? fact.addresses : []));
  // What a verdict about names tells is the address of a name server.
  const isNamed = address !== undefined && cause?.startsWith('dns.') !== true && (resolved.length === 0 || resolved.includes(address));
  return isNamed ? address : (resolved[0] ?? null);
}

function heading(run: StartedRun, messages: Messages): string {
  const { report, causes } = messages;
  const { status, cause, layer, confidence } = verdictOf(run);
  const words = [report.status[status]];
  if (cause !== null) words.push(`${causes[cause].title} [${cause}]`);
  if (layer !== null) words.push(report.layers[layer]);
  if (run.conclusion !== null) words.push(report.confidence[confidence]);
  return words.join(' · ');
}

function shown(observation: Observation, run: StartedRun, messages: Messages, most: number): ShownObservation {
  const { id, vantage, question, fact, command, lines, startedAtMs, durationMs } = observation;
  const chosen = tellingLines(lines, most);
  return {
    id,
    place: cut(vantageName(run, vantage, messages)),
    question: messages.ui.question(question),
    outcome: fact.kind === 'unavailable' ? untestableReason({ reason: `${fact.reason}: ${fact.detail}` }, messages) : factWords(fact),
    isUnavailable: fact.kind === 'unavailable',
    command: shellGist(command),
    lines: chosen,
    more: Math.max(0, lines.length - Math.min(most, lines.length)),
    startedAtMs,
    durationMs,
  };
}

function cut(name: string): string {
  return name.length > PLACE_CHARACTERS ? `${name.slice(0, PLACE_CHARACTERS - 1)}…` : name;
}

function shortNames(picture: PathPicture): PathPicture {
  return { ...picture, stops: picture.stops.map((stop) => (stop.kind === 'prefix' ? { ...stop, name: cut(stop.name) } : stop)) };
}

function commandShown(argv: readonly string[]): ReportContent['commands'][number] {
  return { line: shellLine(argv), gist: shellGist(argv), hasScript: argv.some((argument) => argument.includes('\n')) };
}

function noteLines(run: StartedRun, messages: Messages): readonly string[] {
  return (run.conclusion?.notes ?? []).map(({ cause, parameters, evidence }) => {
    const seen = evidence.length === 0 ? '' : ` [${evidence.join(', ')}]`;
    return `${messages.causes[cause].summary(parameters)} [${cause}]${seen}`;
  });
}
