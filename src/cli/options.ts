import { parseDependency, type Dependency } from '../domain/dependency.ts';
import { parseAccess, type RawAccessOptions } from './access/access-options.ts';
import type { Language, Messages } from '../i18n/index.ts';
import { RECORDED_FORMATS, REPORT_FORMATS, type RecordedFormat, type ReportFormat } from '../report/format-names.ts';
import { closest } from './closest.ts';
import { parseDuration } from './duration.ts';
import { parsePrefix } from './prefix.ts';
import { done, failed, problem, ProblemError, type Outcome } from './problem.ts';
import { parseRecordChoice, type RawRecordOptions } from './recordings/choice.ts';
import { OUTPUT_FORMATS, type ClusterOptions, type OutputFormat, type RunRequest, type Start } from './run-request.ts';
import { isObjectName, parseTarget } from './target-argument.ts';

/** Options of `run` as commander hands them over: strings, unchecked. */
export interface RawRunOptions extends RawAccessOptions, RawRecordOptions {
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly container?: string;
  readonly all?: boolean;
  readonly perNode?: boolean;
  readonly local?: boolean;
  readonly via?: string;
  readonly to?: string;
  readonly contrast?: readonly string[];
  readonly toolkit?: boolean;
  readonly nodePod?: boolean;
  readonly node?: string;
  readonly output?: string;
  readonly privacy?: boolean;
  readonly timeout?: string;
  readonly connectTimeout?: string;
  readonly every?: string;
  readonly untilChange?: boolean;
}

const DEFAULT_TIMEOUT = '60s';
/** A host of this name can be given as `auto:443` or with a scheme. */
const AUTO = 'auto';
const DEFAULT_CONNECT_TIMEOUT = '3s';
/** kubectl takes longer names nowhere either: a container's name is an RFC 1123 label. */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/u;
/** A node's name is an RFC 1123 subdomain. */
const NODE_NAME = /^[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?$/u;

/** Checks the arguments of `run` as a whole; the first problem found is the one reported. */
export function parseRunRequest(target: string | undefined, raw: RawRunOptions, language: Language, messages: Messages): Outcome<RunRequest> {
  try {
    return done({
      output: parseReportFormat(raw.output, messages),
      record: parseRecordChoice(raw),
      withoutNames: raw.privacy === true,
      start: parseStart(target, raw, messages),
      cluster: parseCluster(raw),
      dependency: parseToOrAuto(target, raw.to, messages),
      fanOut: parseFanOut(target, raw),
      watch: parseWatch(raw),
      contrasts: parseContrasts(raw.contrast ?? [], messages),
      ownContrasts: parseOwnContrasts(target, raw),
      access: must(parseAccess(raw)),
      timeoutMs: must(parseDuration(raw.timeout ?? DEFAULT_TIMEOUT)),
      connectTimeoutMs: must(parseDuration(raw.connectTimeout ?? DEFAULT_CONNECT_TIMEOUT)),
      language,
    });
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problem: error.problem };
    throw error;
  }
}

/** The value, or out with the problem: keeps a list of checks readable as a list. */
export function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new ProblemError(outcome.problem);
  return outcome.value;
}

export function parseOutput(given: string | undefined, messages: Messages): OutputFormat {
  return parseChoice('-o', given ?? 'text', OUTPUT_FORMATS, messages);
}

export function parseReportFormat(given: string | undefined, messages: Messages): ReportFormat {
  return parseChoice('-o', given ?? 'text', REPORT_FORMATS, messages);
}

export function parseRecordedFormat(given: string | undefined, messages: Messages): RecordedFormat {
  return parseChoice('-o', given ?? 'text', RECORDED_FORMATS, messages);
}

export function parseChoice<T extends string>(option: string, given: string, allowed: readonly T[], messages: Messages): T {
  const found = allowed.find((one) => one === given);
  if (found !== undefined) return found;
  const detail = messages.cli.choice(option, given, allowed.join(' | '));
  throw new ProblemError(problem('bad-choice', detail, closest(given, allowed)));
}

function parseStart(target: string | undefined, raw: RawRunOptions, messages: Messages): Start {
  const given = [target, raw.local === true ? '--local' : undefined, raw.via === undefined ? undefined : '--via'].filter((one) => one !== undefined);
  if (given.length === 0) return must(failed('no-target'));
  if (given.length > 1) return must(failed('two-targets', given.join(', ')));
  if (target !== undefined) return parseWorkloadStart(target, raw.container);
  if (raw.container !== undefined) return must(failed('conflict', `${given[0] ?? ''}, -c`));
  if (raw.via === undefined) return { kind: 'local' };
  const prefix = parsePrefix(raw.via);
  return prefix.ok ? { kind: 'via', argv: prefix.argv } : must(failed('bad-prefix', messages.cli.prefix[prefix.fault]));
}

/** The start of commands that look at a pod and send nothing. */
export function parsePodStart(target: string | undefined, raw: Pick<RawRunOptions, 'namespace' | 'context' | 'kubeconfig' | 'container'>): { start: Extract<Start, { kind: 'cluster' }>; cluster: ClusterOptions } {
  if (target === undefined) return must(failed('no-target'));
  return { start: parseWorkloadStart(target, raw.container), cluster: parseCluster(raw) };
}

export function parseWorkloadStart(target: string, container: string | undefined): Extract<Start, { kind: 'cluster' }> {
  return { kind: 'cluster', workload: must(parseTarget(target)), container: parseName(container, LABEL) };
}

export function parseCluster(raw: Pick<RawRunOptions, 'namespace' | 'context' | 'kubeconfig'>): ClusterOptions {
  for (const value of [raw.context, raw.kubeconfig]) {
    if (value?.startsWith('-') === true) return must(failed('looks-like-option', value));
  }
  return { namespace: parseName(raw.namespace, LABEL), context: raw.context ?? null, kubeconfig: raw.kubeconfig ?? null };
}

function parseName(given: string | undefined, pattern: RegExp): string | null {
  if (given === undefined) return null;
  if (given.startsWith('-')) return must(failed('looks-like-option', given));
  return isObjectName(given) && pattern.test(given) ? given : must(failed('bad-name', given));
}

/** Only a workload has more than one pod, and its report is text or JSON; one recording is no place for many runs. */
function parseFanOut(target: string | undefined, raw: RawRunOptions): RunRequest['fanOut'] {
  const given = [raw.all === true ? '--all' : '', raw.perNode === true ? '--per-node' : ''].filter((option) => option !== '');
  const [option] = given;
  if (option === undefined) return null;
  if (given.length > 1) return must(failed('conflict', given.join(', ')));
  if (target === undefined) return must(failed('fan-out-needs-workload', option));
  if (raw.output !== undefined && !(OUTPUT_FORMATS as readonly string[]).includes(raw.output)) return must(failed('conflict', `${option}, -o ${raw.output}`));
  if (typeof raw.record === 'string') return must(failed('conflict', `${option}, --record`));
  if (raw.privacy === true) return must(failed('conflict', `${option}, --privacy`));
  return raw.all === true ? 'all' : 'per-node';
}

/** Each run is a line and, where it matters, a recording of its own. */
function parseWatch(raw: RawRunOptions): RunRequest['watch'] {
  if (raw.every === undefined) return raw.untilChange === true ? must(failed('until-change-needs-every')) : null;
  const given = [raw.all === true ? '--all' : '', raw.perNode === true ? '--per-node' : '', typeof raw.record === 'string' ? '--record' : '', raw.privacy === true ? '--privacy' : ''].find((option) => option !== '');
  if (given !== undefined) return must(failed('conflict', `--every, ${given}`));
  if (raw.output !== undefined && !(OUTPUT_FORMATS as readonly string[]).includes(raw.output)) return must(failed('conflict', `--every, -o ${raw.output}`));
  // Nobody can remove an ephemeral container: without --keep each run would leave another one in the pod.
  if (raw.write === true && raw.keep !== true) return must(failed('conflict', '--every, --write (--keep)'));
  return { everyMs: must(parseDuration(raw.every)), untilChange: raw.untilChange === true };
}

function parseToOrAuto(target: string | undefined, given: string | undefined, messages: Messages): RunRequest['dependency'] {
  if (given !== AUTO) return parseTo(given, messages);
  return target === undefined ? must(failed('auto-needs-pod')) : 'auto';
}

export function parseTo(given: string | undefined, messages: Messages): Dependency {
  if (given === undefined) return must(failed('no-dependency'));
  const result = parseDependency(given);
  if (result.ok) return result.dependency;
  const shown = result.detail === '' ? '' : ` (${result.detail})`;
  return must(failed('bad-dependency', messages.cli.dependency[result.code] + shown));
}

/** They stand beside a pod, and are made once: not for each of many runs. */
function parseOwnContrasts(target: string | undefined, raw: RawRunOptions): RunRequest['ownContrasts'] {
  const given = [raw.toolkit === true ? '--toolkit' : '', raw.nodePod === true ? '--node-pod' : '', raw.node === undefined ? '' : '--node'].filter((option) => option !== '');
  const [first] = given;
  if (first === undefined) return [];
  const node = parseName(raw.node, NODE_NAME);
  const other = [target === undefined ? (raw.local === true ? '--local' : '--via') : '', raw.all === true ? '--all' : '', raw.perNode === true ? '--per-node' : ''].find((option) => option !== '');
  if (other !== undefined) return must(failed('conflict', `${first}, ${other}`));
  if (raw.nodePod === true && node !== null) return must(failed('conflict', '--node-pod, --node'));
  return [...(raw.toolkit === true ? [{ kind: 'toolkit' } as const] : []), ...(raw.nodePod === true || node !== null ? [{ kind: 'node', node } as const] : [])];
}

function parseContrasts(given: readonly string[], messages: Messages): RunRequest['contrasts'] {
  const names = new Set<string>();
  return given.map((text) => {
    const [, name = '', prefixText = ''] = /^([^=]*)=(.*)$/su.exec(text) ?? [];
    if (!/^[\w.-]+$/u.test(name) || name.startsWith('-') || names.has(name)) return must(failed('bad-contrast', text));
    names.add(name);
    const prefix = parsePrefix(prefixText);
    return prefix.ok ? { name, argv: prefix.argv } : must(failed('bad-contrast', `${text} (${messages.cli.prefix[prefix.fault]})`));
  });
}
