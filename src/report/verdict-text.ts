import type { UnavailableReason } from '../domain/facts.ts';
import type { Layer, LayerState } from '../domain/layer.ts';
import type { VantageIdentity } from '../domain/vantage.ts';
import type { Untestable, Verdict } from '../domain/verdict.ts';
import type { Messages } from '../i18n/index.ts';
import { nextSteps } from '../i18n/next-steps.ts';
import { accessSteps } from './access-text.ts';
import type { StartedRun } from './run-summary.ts';

/** What stands in a report when a run ended before its tree did: nothing was shown to be wrong, and nothing to be right. */
export function verdictOf(run: StartedRun): Verdict {
  if (run.conclusion !== null) return run.conclusion.verdict;
  const { host, port } = run.started.dependency;
  return {
    status: 'inconclusive',
    cause: null,
    layer: null,
    confidence: 'possible',
    parameters: { host, port },
    evidence: [],
    ruledOut: [],
    untestable: [],
    commands: [],
  };
}

/** The verdict in one sentence, or two when it names only the nearest explanation. */
export function verdictSummary(run: StartedRun, messages: Messages): string {
  const verdict = verdictOf(run);
  const { report, causes } = messages;
  if (run.conclusion === null) return report.noVerdict(verdict.parameters);
  const judgedBy = verdict.parameters.trustStore === 'other' ? ` ${report.otherTrustStore}` : '';
  if (verdict.status === 'reachable') return `${report.reachable(verdict.parameters)}${judgedBy}`;
  if (verdict.cause === null) return report.inconclusive({ detail: lastAnswer(run, messages), ...verdict.parameters });
  const summary = `${causes[verdict.cause].summary(verdict.parameters)}${judgedBy}`;
  return verdict.status === 'inconclusive' ? report.nearest(summary) : summary;
}

/** What the last step of the walk came to, for a verdict that has nothing more precise to say. */
function lastAnswer(run: StartedRun, messages: Messages): string {
  const step = run.conclusion?.path.at(-1);
  return messages.tree.nodes[step?.node ?? '']?.branches[step?.answer ?? ''] ?? '';
}

/** What to do next. After `reachable` from a pod: where to look when its application fails all the same. */
export function verdictNextSteps(run: StartedRun, messages: Messages): readonly string[] {
  const verdict = verdictOf(run);
  const { target } = run.started;
  if (verdict.cause !== null) return nextSteps(messages.causes[verdict.cause], verdict.parameters, target);
  const isHealthyPod = verdict.status === 'reachable' && target.kind === 'pod';
  return isHealthyPod ? nextSteps(messages.causes['app.not-network'], verdict.parameters, target) : accessSteps(run.access, messages);
}

/** One sentence about a layer: the cause or note that lies in it, else what its status means. */
export function layerSummary(run: StartedRun, state: LayerState, messages: Messages): string {
  const title = titleIn(run, state.layer, state.status, messages);
  return title ?? messages.report.layerSummary[state.status];
}

function titleIn(run: StartedRun, layer: Layer, status: LayerState['status'], messages: Messages): string | null {
  const { cause, layer: verdictLayer } = verdictOf(run);
  if (status === 'fail' && cause !== null && verdictLayer === layer) return `${messages.causes[cause].title}.`;
  return null;
}

/** Why a question had no answer: `no-tool: dig, nslookup` with our own word for the reason in the report's language. */
export function untestableReason({ reason }: Pick<Untestable, 'reason'>, messages: Messages): string {
  const [id = '', ...rest] = reason.split(': ');
  if (!isUnavailableReason(id, messages)) return reason;
  const words = messages.report.unavailable[id];
  return rest.length === 0 ? words : `${words} (${rest.join(': ')})`;
}

function isUnavailableReason(text: string, messages: Messages): text is UnavailableReason {
  return Object.hasOwn(messages.report.unavailable, text);
}

/** `shop/orders-6f7c/orders`, `this machine`; the id itself when the vantage never joined. */
export function vantageName(run: StartedRun, id: string, messages: Messages): string {
  const vantage = run.vantages.find((one) => one.id === id);
  return vantage === undefined ? id : shownName(vantage, messages);
}

export function shownName({ kind, name }: VantageIdentity, messages: Messages): string {
  return kind === 'local' ? messages.report.thisMachine : name;
}
