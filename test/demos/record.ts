/**
 * Makes the recordings that come with the program, each of a real failure by the product itself:
 *
 *     npm run demos                      all of them
 *     npm run demos -- dns-down healthy  these
 *
 * Failures of a cluster are made on the test cluster: run it where kubectl reaches that (NETDIAG_CLUSTER_SCRIPTS names its scripts). The
 * others are made in network namespaces, as root. A recording whose verdict is not the expected one is not taken.
 */
import { mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { HAS_SCRIPTS, SCRIPTS } from '../e2e/cluster.ts';
import { enforce } from '../e2e/faults/enforcer.ts';
import { withFault } from '../e2e/faults/perform.ts';
import { runProduct } from '../e2e/product.ts';
import type { Scenario as ClusterScenario } from '../e2e/faults/scenario.ts';
import { encodeLine, fitToKeep, headerOf } from '../../src/run-file/encode.ts';
import { TOOL } from '../../src/cli/version.ts';
import { diagnose } from '../lab/diagnose.ts';
import { Lab } from '../lab/lab.ts';
import { removeLeftovers } from '../lab/namespaces.ts';
import { randomFrom } from '../lab/random.ts';
import type { Scenario as LabScenario } from '../lab/scenario.ts';
import { STORIES, type DemoId } from './stories.ts';

const FOLDER = fileURLToPath(new URL('../../demos', import.meta.url));
/** The lab draws addresses and ports; the same every time makes recordings that can be compared. */
const SEED = 20;

interface Made {
  readonly cause: string;
}

async function onCluster(scenario: ClusterScenario, file: string): Promise<Made> {
  if (!HAS_SCRIPTS) throw new Error(`no cluster scripts in ${SCRIPTS}`);
  await enforce(scenario.enforcing ?? 'drop');
  return withFault(scenario, async (argv) => {
    const { stdout, stderr } = await runProduct(['run', ...argv, '-o', 'json', '--record', file]);
    const { verdict } = JSON.parse(stdout) as { verdict?: { cause: string | null; status: string } };
    if (verdict === undefined) throw new Error(`no verdict: ${stdout}${stderr}`);
    return { cause: verdict.cause ?? verdict.status };
  });
}

async function inLab(scenario: LabScenario, file: string): Promise<Made> {
  await removeLeftovers();
  const lab = await Lab.build(SEED, randomFrom(SEED));
  try {
    const one = await lab.case(scenario.id);
    const dependency = await scenario.inject(one);
    await one.open();
    const contrasts = (scenario.contrasts ?? []).map((name) => ({ name, prefix: lab.contrastPrefix(name, one.contrastEnvironment) }));
    const { events, conclusion } = await diagnose({ prefix: lab.targetPrefix(scenario.tools ?? 'all', one.environment), contrasts, dependency });
    writeFileSync(file, encodeLine(headerOf(TOOL)) + events.map((event) => encodeLine(fitToKeep(event))).join(''));
    return { cause: conclusion.verdict.cause ?? conclusion.verdict.status };
  } finally {
    lab.remove();
  }
}

async function make(id: DemoId, folder: string): Promise<boolean> {
  const { place, scenario } = STORIES[id];
  const file = join(folder, `${id}.jsonl`);
  const { cause } = place === 'cluster' ? await onCluster(scenario, file) : await inLab(scenario, file);
  const isRight = cause === scenario.expected;
  process.stdout.write(`${isRight ? 'recorded ' : 'NOT TAKEN'} ${id.padEnd(22)} ${cause} (${String(readFileSync(file).length)} bytes)\n`);
  if (isRight) renameSync(file, join(FOLDER, `${id}.jsonl`));
  return isRight;
}

const asked = process.argv.slice(2);
const ids = (Object.keys(STORIES) as DemoId[]).filter((id) => asked.length === 0 || asked.includes(id));
const folder = mkdtempSync(join(FOLDER, '.new-'));
let failures = 0;
try {
  for (const id of ids) {
    const isMade = await make(id, folder).catch((error: unknown) => {
      process.stdout.write(`NOT MADE  ${id.padEnd(22)} ${error instanceof Error ? error.message : String(error)}\n`);
      return false;
    });
    if (!isMade) failures += 1;
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit(failures === 0 && ids.length > 0 ? 0 : 1);
