/** Runs scenarios on one or more labs, and scores what the product says. */
import type { Observation } from '../../src/domain/observation.ts';
import { followGuide, type Baseline } from './baseline.ts';
import { contractBreaches } from './contract.ts';
import { diagnose, type Asked } from './diagnose.ts';
import { replay, type Replay } from './replay.ts';
import { Lab } from './lab.ts';
import { randomFrom, seedFor } from './random.ts';
import type { Scenario } from './scenario.ts';
import { barsOf, type Bar } from './schedule.ts';
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
  /** What was asked when. */
  readonly bars: readonly Bar[];
  /** What is wrong with the run as JSON; empty when nothing is. */
  readonly breaches: readonly string[];
  /** The verdict's commands, typed again; null when they were not. */
  readonly replays: readonly Replay[] | null;
  /** The scenario itself could not be run. */
  readonly error: string | null;
}

export interface BenchOptions {
  readonly seed: number;
  /** Labs at once. */
  readonly jobs: number;
  /** The guide's own commands are typed too. */
  readonly withBaseline?: boolean;
  /** The verdict's commands are typed again. */
  readonly withReplay?: boolean;
}

export class Bench {
  readonly #options: BenchOptions;
  #built = 0;

  constructor(options: BenchOptions) {
    this.#options = options;
  }

  /** Results as they come, not in the scenarios' order. */
  async *run(scenarios: readonly Scenario[]): AsyncGenerator<Result> {
    const waiting = [...scenarios];
    const ready: Result[] = [];
    let wake: () => void = () => undefined;
    const workers = Array.from({ length: Math.min(Math.max(1, this.#options.jobs), waiting.length) }, () =>
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
      const { result, reusable } = await runOne(lab, scenario, this.#options);
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
    const { seed } = this.#options;
    return Lab.build(seed, randomFrom(seedFor(seed, `lab ${String(this.#built)}`)));
  }
}

async function runOne(lab: Lab, scenario: Scenario, { withBaseline, withReplay }: BenchOptions): Promise<{ result: Result; reusable: boolean }> {
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
      }, withReplay === true);
      if (withBaseline === true && scenario.limited !== true) result = { ...result, baseline: await followGuide(prefix, dependency) };
    } finally {
      reusable = !one.spoilt && (await one.close().then(() => true, () => false));
    }
    return { result, reusable };
  } catch (error) {
    return { result: broken(scenario, error), reusable: false };
  }
}

async function judge(scenario: Scenario, asked: Asked, withReplay: boolean): Promise<Result> {
  const diagnosis = await diagnose(asked);
  const { conclusion, observations, durationMs } = diagnosis;
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
    bars: barsOf(diagnosis.events),
    breaches: contractBreaches(diagnosis.events),
    replays: withReplay ? await replay(diagnosis) : null,
    error: null,
  };
}

function broken(scenario: Scenario, error: unknown): Result {
  const text = error instanceof Error ? error.message : String(error);
  return {
    scenario, dependency: '', claim: null, detail: '', score: 'inconclusive', passed: false, durationMs: 0, path: '', observations: [], untestable: [],
    baseline: null,
    bars: [],
    breaches: [],
    replays: null,
    error: `not run: ${text}`,
  };
}
