/**
 * The fault lab: injects real faults into networks of its own and scores the verdicts.
 *
 *     npm run lab                          all scenarios
 *     npm run lab -- tls tcp.refused       those whose id begins so
 *     npm run lab -- shell ID              a shell in the faulty network
 *     npm run lab -- --seed 7 --jobs 2     the same draws again; two labs at once
 *     npm run lab -- --observations        prints what was observed
 *     npm run lab -- --json FILE           writes every result, with its observations
 *     npm run lab -- --replay              types each verdict's commands again, and says which do not show the fault
 *     npm run lab -- --schedule            writes docs/probing.md: what is asked when, from real runs
 *     npm run lab -- --scorecard           writes the lab's part of docs/scorecard.md, with the guide's four commands as baseline
 *     NETDIAG_LAB_ROOT=FOLDER npm run lab  with the tools of another distribution, whose file system is there, in the pod
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
import { probingPage, SHOWN } from './schedule.ts';
import { writeLabPart } from '../scorecard-page.ts';
import { scorecard } from './scorecard.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string' },
    jobs: { type: 'string', default: '2' },
    observations: { type: 'boolean', default: false },
    json: { type: 'string' },
    scorecard: { type: 'boolean', default: false },
    replay: { type: 'boolean', default: false },
    schedule: { type: 'boolean', default: false },
  },
});

const say = (text: string): void => { process.stdout.write(`${text}\n`); };
const seed = values.seed === undefined ? Math.floor(Math.random() * 1_000_000) : Number(values.seed);

function chosen(): readonly Scenario[] {
  if (values.schedule) return SHOWN.flatMap((family) => SCENARIOS.find((one) => one.id.startsWith(family) && one.limited !== true) ?? []);
  // A vantage with few tools is made of this machine's.
  const all = process.env['NETDIAG_LAB_ROOT'] === undefined ? SCENARIOS : SCENARIOS.filter(({ tools }) => tools === undefined);
  const found = positionals.length === 0 ? all : all.filter(({ id }) => positionals.some((given) => id.startsWith(given)));
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

function replayLines({ replays }: Result): readonly string[] {
  return (replays ?? []).flatMap(({ line, missing, output, exitCode, durationMs, endless }) => [
    `    ${missing.length === 0 ? 'shown' : 'NOT SHOWN'} ${String(durationMs)} ms $ ${line}`,
    ...missing.map(({ id, fact }) => `        ${id} ${JSON.stringify(fact).slice(0, 300)}`),
    ...(missing.length === 0 ? [] : [`        ${endless ? 'did not end' : `exit ${String(exitCode)}`}`, ...output.trim().split('\n').slice(-12).map((text) => `        | ${text}`)]),
  ]);
}

await removeLeftovers();
if (positionals[0] === 'shell') {
  await shell(positionals[1] ?? '');
  process.exit(0);
}
say(`seed ${String(seed)}`);
const bench = new Bench({ seed, jobs: Number(values.jobs), withBaseline: values.scorecard, withReplay: values.replay });
const asked = chosen();
const results: Result[] = [];
for await (const result of bench.run(asked)) {
  results.push(result);
  say(lineOf(result));
  for (const breach of result.breaches) say(`    CONTRACT ${breach}`);
  for (const text of replayLines(result)) say(text);
  if (values.observations) for (const one of result.observations) say(`    ${one.id} ${one.vantage} ${one.dialect} ${String(one.durationMs)} ms ${JSON.stringify(one.question)} ${JSON.stringify(one.fact).slice(0, 400)}`);
}
// Labs at once end in any order.
const ordered = asked.flatMap(({ id }) => results.find(({ scenario }) => scenario.id === id) ?? []);
if (values.schedule) writeFileSync(fileURLToPath(new URL('../../docs/probing.md', import.meta.url)), probingPage(ordered, seed));
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(ordered, null, 1));
if (values.scorecard) writeLabPart(scorecard(results, seed));
const failed = results.filter((result) => !result.passed);
const unshown = results.flatMap(({ replays }) => replays ?? []).filter(({ missing }) => missing.length > 0).length;
if (values.replay) say(`${String(results.flatMap(({ replays }) => replays ?? []).length)} commands typed again, ${String(unshown)} do not show it`);
const awaited = failed.filter(({ scenario }) => scenario.notYet === true).length;
if (awaited > 0) say(`* ${String(awaited)} of causes that are not detected yet`);
say(`${String(results.length - failed.length)} passed, ${String(failed.length)} failed`);
process.exit(failed.length === 0 && unshown === 0 && results.every(({ breaches }) => breaches.length === 0) ? 0 : 1);
