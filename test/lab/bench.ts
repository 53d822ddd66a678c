/** Runs scenarios on one or more labs, and scores what the product says. */
import type { Observation } from '../../src/domain/observation.ts';
import { followGuide, type Baseline } from './baseline.ts';
import { diagnose, type Asked } from './diagnose.ts';
import { Lab } from './lab.ts';
import { randomFrom, seedFor } from './random.ts';
import type { Scenario } from './scenario.ts';
import { passes, scoreOf, type Claim, type Score } from './score.ts';

export interface Result {
  readonly scenario: Scenario;
  readonly dependency: string;
  readonly claim: Claim | null;
  readonly detail: string;
  readonly score: Score;
  readonly passed: boolean;
  readonly durationMs: number;
  /** `node=answer > ...` */
  readonly path: string;
  readonly observations: readonly Observation[];
  readonly untestable: readonly string[];
  /** What the guide's own commands say; null when they were not typed. */
  readonly baseline: Baseline | null;
  /** The scenario itself could not be run. */
  readonly error: string | null;
}

export class Bench {
  readonly #seed: number;
  readonly #jobs: number;
  readonly #withBaseline: boolean;
  #built = 0;

  constructor(seed: number, jobs: number, withBaseline: boolean) {
    this.#seed = seed;
    this.#jobs = Math.max(1, jobs);
    this.#withBaseline = withBaseline;
  }

  /** Results as they come, not in the scenarios' order. */
  async *run(scenarios: readonly Scenario[]): AsyncGenerator<Result> {
    const waiting = [...scenarios];
    const ready: Result[] = [];
    let wake: () => void = () => undefined;
    const workers = Array.from({ length: Math.min(this.#jobs, waiting.length) }, () =>
      this.#work(waiting, (result) => {
        ready.push(result);
        wake();
      }),
    );
    let done = false;
    const all = Promise.all(workers).finally(() => {
      done = true;
      wake();
    });
    for (;;) {
      const woken = new Promise<void>((resolve) => { wake = resolve; });
      yield* ready.splice(0);
      if (done && ready.length === 0) break;
      if (!done) await woken;
    }
    await all;
  }

  async #work(waiting: Scenario[], report: (result: Result) => void): Promise<void> {
    let lab: Lab | null = null;
    for (let scenario = waiting.shift(); scenario !== undefined; scenario = waiting.shift()) {
      lab ??= await this.#build();
      const { result, reusable } = await runOne(lab, scenario, this.#withBaseline && scenario.limited !== true);
      if (!reusable) {
        lab.remove();
        lab = null;
      }
      report(result);
    }
    lab?.remove();
  }

  #build(): Promise<Lab> {
    this.#built += 1;
    return Lab.build(this.#seed, randomFrom(seedFor(this.#seed, `lab ${String(this.#built)}`)));
  }
}

async function runOne(lab: Lab, scenario: Scenario, withBaseline: boolean): Promise<{ result: Result; reusable: boolean }> {
  try {
    const one = await lab.case(scenario.id);
    let result: Result;
    let reusable = true;
    try {
      const dependency = await scenario.inject(one);
      await one.open();
      const prefix = lab.targetPrefix(scenario.tools ?? 'all', one.environment);
      result = await judge(scenario, {
        prefix,
        contrasts: (scenario.contrasts ?? []).map((name) => ({ name, prefix: lab.contrastPrefix(name, one.contrastEnvironment) })),
        dependency,
      });
      if (withBaseline) result = { ...result, baseline: await followGuide(prefix, dependency) };
    } finally {
      reusable = !one.spoilt && (await one.close().then(() => true, () => false));
    }
    return { result, reusable };
  } catch (error) {
    return { result: broken(scenario, error), reusable: false };
  }
}

async function judge(scenario: Scenario, asked: Asked): Promise<Result> {
  const { conclusion, observations, durationMs } = await diagnose(asked);
  const { status, cause, confidence, parameters, untestable } = conclusion.verdict;
  const score = scoreOf(scenario, { status, cause, confidence });
  return {
    scenario,
    dependency: asked.dependency,
    claim: { status, cause, confidence },
    detail: JSON.stringify(parameters),
    score,
    passed: passes(scenario, score),
    durationMs,
    path: conclusion.path.map(({ node, answer }) => `${node}=${answer ?? ''}`).join('>'),
    observations,
    untestable: untestable.map(({ vantage, question, reason }) => `${vantage} ${question.kind}: ${reason}`),
    baseline: null,
    error: null,
  };
}

function broken(scenario: Scenario, error: unknown): Result {
  const text = error instanceof Error ? error.message : String(error);
  return {
    scenario, dependency: '', claim: null, detail: '', score: 'inconclusive', passed: false, durationMs: 0, path: '', observations: [], untestable: [],
    baseline: null,
    error: `not run: ${text}`,
  };
}
