/**
 * The fault lab: injects real faults into networks of its own and scores the verdicts.
 *
 *     npm run lab                          all scenarios
 *     npm run lab -- tls tcp.refused       those whose id begins so
 *     npm run lab -- shell ID              a shell in the faulty network
 *     npm run lab -- --seed 7 --jobs 2     the same draws again; two labs at once
 *     npm run lab -- --observations        prints what was observed
 *     npm run lab -- --json FILE           writes every result, with its observations
 *     npm run lab -- --scorecard           writes docs/scorecard.md, with the guide's four commands as baseline
 */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { Bench, type Result } from './bench.ts';
import { Lab } from './lab.ts';
import { removeLeftovers } from './namespaces.ts';
import { randomFrom } from './random.ts';
import type { Scenario } from './scenario.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { scorecard } from './scorecard.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    observations: { type: 'boolean', default: false },
    json: { type: 'string' },
    scorecard: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => { process.stdout.write(`${text}\n`); };
const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);

function chosen(): readonly Scenario[] {
  const found = positionals.length === 0 ? SCENARIOS : SCENARIOS.filter(({ id }) => positionals.some((given) => id.startsWith(given)));
  if (found.length > 0) return found;
  say(`no such scenario: ${positionals.join(' ')}; there are ${SCENARIOS.map(({ id }) => id).join(' ')}`);
  process.exit(3);
}

async function shell(id: string): Promise<void> {
  const scenario = SCENARIOS.find((one) => one.id === id) ?? SCENARIOS.find((one) => one.id.startsWith(id));
  if (scenario === undefined) return void say(`no such scenario: ${id}`);
  const lab = await Lab.build(seed, randomFrom(seed));
  const one = await lab.case(scenario.id);
  const dependency = await scenario.inject(one);
  await one.open();
  const prefix = lab.targetPrefix(scenario.tools ?? 'all', one.environment);
  say(`${scenario.id}: ${scenario.why}\ndependency: ${dependency}\nthe pod's tools: ${prefix.join(' ')}`);
  for (const place of ['node', 'pod', 'outside'] as const) say(`${place}: ${lab.contrastPrefix(place).join(' ')}`);
  const [command = '', ...rest] = [...lab.targetPrefix('all', { ...one.environment, TERM: process.env['TERM'] ?? 'dumb' }), 'bash', '--norc'];
  spawnSync(command, rest, { stdio: 'inherit' });
}

function lineOf({ scenario, claim, passed, durationMs, path, error }: Result): string {
  const found = error ?? `${claim?.cause ?? claim?.status ?? ''}${claim?.status === 'inconclusive' ? '?' : ''}`;
  const mark = passed ? 'PASS' : scenario.notYet === true ? 'FAIL*' : 'FAIL';
  return [mark, scenario.id, scenario.expected, found, claim?.confidence ?? '-', String(durationMs), path].join(' ');
}

await removeLeftovers();
if (positionals[0] === 'shell') {
  await shell(positionals[1] ?? '');
  process.exit(0);
}
say(`seed ${String(seed)}`);
const bench = new Bench(seed, Number(values.jobs), values.scorecard);
const results: Result[] = [];
for await (const result of bench.run(chosen())) {
  results.push(result);
  say(lineOf(result));
  if (values.observations) for (const one of result.observations) say(`    ${one.id} ${one.vantage} ${one.dialect} ${String(one.durationMs)} ms ${JSON.stringify(one.question)} ${JSON.stringify(one.fact).slice(0, 400)}`);
}
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(results, null, 1));
if (values.scorecard) writeFileSync(fileURLToPath(new URL('../../docs/scorecard.md', import.meta.url)), scorecard(results, seed));
const failed = results.filter((result) => !result.passed);
const awaited = failed.filter(({ scenario }) => scenario.notYet === true).length;
if (awaited > 0) say(`* ${String(awaited)} of causes that are not detected yet`);
say(`${String(results.length - failed.length)} passed, ${String(failed.length)} failed`);
process.exit(failed.length === 0 ? 0 : 1);
