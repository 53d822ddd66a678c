import { randomUUID } from 'node:crypto';
import type { Dependency } from '../../domain/dependency.ts';
import type { RunEvent } from '../../domain/run-event.ts';
import type { Vantage } from '../../domain/vantage.ts';
import { runDiagnosis } from '../../engine/run.ts';
import { done, failed, type Outcome } from '../problem.ts';
import type { RunRequest, SessionOptions, StartSession } from '../run-request.ts';
import { TOOL } from '../version.ts';
import { behindPrefix, closeAll, thisMachine, type Places } from './places.ts';

const PREFIX_TIMEOUT_MS = 10_000;
/** How long the end of a run waits for remote processes to be ended. */
const TIDY_MS = 3000;

/** Finds the target, builds the vantages and starts the engine. */
export const startSession: StartSession = async (request, options) => {
  const places = await findPlaces(request, options);
  if (!places.ok) return places;
  return done(diagnose(places.value, request, options.signal));
};

export interface DiagnoseOptions {
  readonly dependency: Dependency;
  readonly connectTimeoutMs: number;
  readonly timeoutMs: number;
}

/** One run at places that are ready, which are closed after it. */
export async function* diagnose(places: Places, options: DiagnoseOptions, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const { target, vantage, contrasts, askCluster } = places;
  const { dependency, connectTimeoutMs, timeoutMs } = options;
  try {
    yield* runDiagnosis({
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
    });
  } finally {
    await Promise.race([places.close(), new Promise((resolve) => setTimeout(resolve, TIDY_MS).unref())]);
  }
}

async function findPlaces(request: RunRequest, options: SessionOptions): Promise<Outcome<Places>> {
  const named = request.contrasts.map((contrast) => behindPrefix('contrast', contrast));
  const { start } = request;
  switch (start.kind) {
    case 'local':
      return done(simplePlaces({ kind: 'local' }, thisMachine('target'), named));
    case 'via':
      return viaPlaces(start.argv, named, options.signal);
    case 'cluster':
      return clusterPlaces(request, start, named, options);
  }
}

function simplePlaces(target: Places['target'], vantage: Vantage, contrasts: readonly Vantage[]): Places {
  return { target, vantage, contrasts, askCluster: null, close: () => closeAll([vantage, ...contrasts]) };
}

async function viaPlaces(argv: readonly string[], contrasts: readonly Vantage[], signal: AbortSignal): Promise<Outcome<Places>> {
  const vantage = behindPrefix('target', { name: argv.join(' '), argv });
  // `true` may be missing behind the prefix: then the prefix itself works. Anything else says that it does not.
  const result = await vantage.run({ argv: ['true'], timeoutMs: PREFIX_TIMEOUT_MS }, { signal });
  if (result.failure === 'vantage-lost' || result.failure === 'timed-out' || (result.failure === 'no-such-command' && isPrefixItself(result.detail, argv))) {
    await vantage.close();
    return failed('prefix-not-started', `${argv.join(' ')} (${result.detail ?? result.failure})`);
  }
  return done(simplePlaces({ kind: 'via', argv }, vantage, contrasts));
}

function isPrefixItself(detail: string | null, argv: readonly string[]): boolean {
  return detail !== null && argv[0] !== undefined && detail.includes(argv[0]) && !/\btrue\b/u.test(detail);
}

async function clusterPlaces(
  request: RunRequest,
  start: Extract<RunRequest['start'], { kind: 'cluster' }>,
  named: readonly Vantage[],
  options: SessionOptions,
): Promise<Outcome<Places>> {
  const [{ openCluster }, { clusterProblem, findTarget, podContrasts, podPlaces }] = await Promise.all([
    import('../../kube/client.ts'),
    import('./pod-places.ts'),
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
  const contrasts = await podContrasts(opened.value, found.value.pod, options.signal);
  return done(podPlaces(opened.value, found.value.target, [...named, ...contrasts]));
}
