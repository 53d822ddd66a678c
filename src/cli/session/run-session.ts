import { randomUUID } from 'node:crypto';
import type { Dependency } from '../../domain/dependency.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import type { Vantage } from '../../domain/vantage.ts';
import { runDiagnosis } from '../../engine/run.ts';
import type { Wishes } from '../../engine/wishes.ts';
import type { Choice } from '../dependencies/choose.ts';
import { done, failed, type Outcome } from '../problem.ts';
import type { RunRequest, SessionOptions, StartSession } from '../run-request.ts';
import { TOOL } from '../version.ts';
import { behindPrefix, closeAll, thisMachine, type Places } from './places.ts';

const PREFIX_TIMEOUT_MS = 10_000;
/** How long the end of a run waits for remote processes to be ended, and for what was made to be confirmed as ended. */
const TIDY_MS = { processes: 3_000, created: 12_000 } as const;

/** Finds the target, builds the vantages and starts the engine. */
export const startSession: StartSession = async (request, options) => {
  const found = await findPlaces(request, options);
  if (!found.ok) return found;
  const { places, choice } = found.value;
  const dependency = choice?.dependency ?? request.dependency;
  if (dependency === 'auto') return failed('auto-needs-pod');
  return done(withChoice(diagnose(places, { ...request, dependency }, options.signal), choice));
};

/** Tells after its first event why a run has this destination. */
async function* withChoice(events: AsyncIterable<RunEvent>, choice: Choice | null): AsyncGenerator<RunEvent> {
  for await (const event of events) {
    yield event;
    if (event.kind === 'run-started' && choice !== null) yield { kind: 'dependency-chosen', atMs: 0, ...choice.because };
  }
}

export interface DiagnoseOptions {
  readonly dependency: Dependency;
  readonly connectTimeoutMs: number;
  readonly timeoutMs: number;
  /** Given: the run waits for more after its verdict, until the signal aborts. */
  readonly wishes?: Wishes;
}

/** One run at places that are ready, which are closed after it. */
export async function* diagnose(places: Places, options: DiagnoseOptions, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const { target, vantage, contrasts, askCluster, access } = places;
  const { dependency, connectTimeoutMs, timeoutMs, wishes } = options;
  try {
    for await (const event of runDiagnosis({
      runId: randomUUID(),
      tool: TOOL,
      target,
      dependency,
      vantage,
      contrasts,
      askCluster,
      connectTimeoutMs,
      timeoutMs,
      signal,
      ...(wishes === undefined ? {} : { wishes }),
    })) {
      yield event;
      if (event.kind === 'run-started' && access !== null) yield { kind: 'entered', atMs: event.atMs, access };
    }
  } finally {
    const made = [access?.created, ...(access?.compared ?? []).map(({ created }) => created)];
    const limitMs = made.some((one) => one?.stays === false) ? TIDY_MS.created : TIDY_MS.processes;
    await Promise.race([places.close(), new Promise((resolve) => setTimeout(resolve, limitMs).unref())]);
  }
}

interface Found {
  readonly places: Places;
  /** null when the user named the destination. */
  readonly choice: Choice | null;
}

async function findPlaces(request: RunRequest, options: SessionOptions): Promise<Outcome<Found>> {
  const named = request.contrasts.map((contrast) => behindPrefix('contrast', contrast));
  const { start } = request;
  switch (start.kind) {
    case 'local':
      return done({ places: simplePlaces({ kind: 'local' }, thisMachine('target'), named), choice: null });
    case 'via':
      return viaPlaces(start.argv, named, options.signal);
    case 'cluster':
      return clusterPlaces(request, start, named, options);
  }
}

function simplePlaces(target: Places['target'], vantage: Vantage, contrasts: readonly Vantage[]): Places {
  return { target, vantage, contrasts, askCluster: null, access: null, close: () => closeAll([vantage, ...contrasts]) };
}

async function viaPlaces(argv: readonly string[], contrasts: readonly Vantage[], signal: AbortSignal): Promise<Outcome<Found>> {
  const vantage = behindPrefix('target', { name: argv.join(' '), argv });
  // `true` may be missing behind the prefix: then the prefix itself works. Anything else says that it does not.
  const result = await vantage.run({ argv: ['true'], timeoutMs: PREFIX_TIMEOUT_MS }, { signal });
  if (result.failure === 'vantage-lost' || result.failure === 'timed-out' || (result.failure === 'no-such-command' && isPrefixItself(result.detail, argv))) {
    await vantage.close();
    return failed('prefix-not-started', `${argv.join(' ')} (${result.detail ?? result.failure})`);
  }
  return done({ places: simplePlaces({ kind: 'via', argv }, vantage, contrasts), choice: null });
}

function isPrefixItself(detail: string | null, argv: readonly string[]): boolean {
  return detail !== null && argv[0] !== undefined && detail.includes(argv[0]) && !/\btrue\b/u.test(detail);
}

async function clusterPlaces(
  request: RunRequest,
  start: Extract<RunRequest['start'], { kind: 'cluster' }>,
  named: readonly Vantage[],
  options: SessionOptions,
): Promise<Outcome<Found>> {
  const [{ openCluster }, { climbTo, clusterProblem, findTarget, podPlaces, tellLeftEarlier, withContrasts }, { podContrasts }] = await Promise.all([
    import('../../kube/client.ts'),
    import('./pod-places.ts'),
    import('./pod-contrasts.ts'),
  ]);
  const { context, kubeconfig } = request.cluster;
  const opened = await openCluster({ kubeconfig, context, environment: options.env });
  if (!opened.ok) return clusterProblem(opened.failure, start.workload.name, '');
  const { reader } = opened.value;
  const namespace = request.cluster.namespace ?? reader.namespace;
  const found = await findTarget(opened.value, start, namespace, options.signal);
  if (!found.ok) {
    await reader.close();
    return found;
  }
  const { target, pod } = found.value;
  const choice = request.dependency === 'auto' ? await (await import('../dependencies/choose-for.ts')).chooseDestination(opened.value, target, pod, options.signal) : null;
  if (choice !== null && !choice.ok) {
    await reader.close();
    return choice;
  }
  const [contrasts, climbed] = await Promise.all([
    podContrasts(opened.value, pod, options.signal),
    climbTo(opened.value, found.value, { access: request.access, ...options }),
  ]);
  if (!climbed.ok) return climbed;
  void tellLeftEarlier(opened.value, target, climbed.value.access.created, options);
  const compared = await withContrasts(opened.value, target, climbed.value, request.ownContrasts, { access: request.access, ...options });
  return done({ places: podPlaces(opened.value, target, [...named, ...compared.vantages, ...contrasts], 'close-all', compared.climbed), choice: choice?.value ?? null });
}
