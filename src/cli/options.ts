import { parseDependency, type Dependency } from '../domain/dependency.ts';
import type { Language, Messages } from '../i18n/index.ts';
import { closest } from './closest.ts';
import { parseDuration } from './duration.ts';
import { parsePrefix } from './prefix.ts';
import { done, failed, problem, ProblemError, type Outcome } from './problem.ts';
import { OUTPUT_FORMATS, type ClusterOptions, type OutputFormat, type RunRequest, type Start } from './run-request.ts';
import { isObjectName, parseTarget } from './target-argument.ts';

/** Options of `run` as commander hands them over: strings, unchecked. */
export interface RawRunOptions {
  readonly namespace?: string;
  readonly context?: string;
  readonly kubeconfig?: string;
  readonly container?: string;
  readonly local?: boolean;
  readonly via?: string;
  readonly to?: string;
  readonly contrast?: readonly string[];
  readonly output?: string;
  readonly timeout?: string;
  readonly connectTimeout?: string;
}

const DEFAULT_TIMEOUT = '60s';
const DEFAULT_CONNECT_TIMEOUT = '3s';
/** kubectl takes longer names nowhere either: a container's name is an RFC 1123 label. */
const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/u;

/** Checks the arguments of `run` as a whole; the first problem found is the one reported. */
export function parseRunRequest(target: string | undefined, raw: RawRunOptions, language: Language, messages: Messages): Outcome<RunRequest> {
  try {
    return done({
      output: parseOutput(raw.output, messages),
      start: parseStart(target, raw, messages),
      cluster: parseCluster(raw),
      dependency: parseTo(raw.to, messages),
      contrasts: parseContrasts(raw.contrast ?? [], messages),
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
function must<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new ProblemError(outcome.problem);
  return outcome.value;
}

export function parseOutput(given: string | undefined, messages: Messages): OutputFormat {
  return parseChoice('-o', given ?? 'text', OUTPUT_FORMATS, messages);
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
  if (target !== undefined) return { kind: 'cluster', workload: must(parseTarget(target)), container: parseName(raw.container, LABEL) };
  if (raw.container !== undefined) return must(failed('conflict', `${given[0] ?? ''}, -c`));
  if (raw.via === undefined) return { kind: 'local' };
  const prefix = parsePrefix(raw.via);
  return prefix.ok ? { kind: 'via', argv: prefix.argv } : must(failed('bad-prefix', messages.cli.prefix[prefix.fault]));
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

export function parseTo(given: string | undefined, messages: Messages): Dependency {
  if (given === undefined) return must(failed('no-dependency'));
  const result = parseDependency(given);
  if (result.ok) return result.dependency;
  const shown = result.detail === '' ? '' : ` (${result.detail})`;
  return must(failed('bad-dependency', messages.cli.dependency[result.code] + shown));
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
