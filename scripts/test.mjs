// npm test: sets up, runs the tests of every tier that can run here, and ends with `N passed, N failed`.
// With --tier e2e: against the cluster of the current kubeconfig; `--tier e2e faults` and `--tier e2e access` inject every fault that we have for it. With --tier package: the packed package, from the registry.
// Other arguments go to vitest.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './fresh.mjs';
import { setUpOrExit } from './setup.mjs';

const given = process.argv.slice(2);
const tier = given[0] === '--tier' ? given[1] : null;
// `--tier e2e access`: what goes wrong while somebody is in a pod. `--tier e2e faults`: all faults of the test cluster, which take half an hour; with --scorecard, their part of docs/scorecard.md is written.
const part = tier === 'e2e' && ['faults', 'access'].includes(given[2]) ? given[2] : null;
const args = (tier === null ? given : given.slice(part === null ? 2 : 3)).filter((arg) => arg !== '--scorecard');
if (given.includes('--scorecard')) process.env.NETDIAG_SCORECARD = '1';
const configs = tier === null ? ['vitest.config.ts', ...labConfigs()] : [`vitest.${part ?? tier}.config.ts`];

await setUpOrExit();
const folder = mkdtempSync(join(tmpdir(), 'netdiag-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
for (const [index, config] of configs.entries()) add(await runVitest(config, join(folder, `${index}.json`)));
rmSync(folder, { recursive: true });
if (total.skipped > 0) process.stdout.write(`${total.skipped} skipped\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exitCode = total.failed === 0 ? 0 : 1;

/** The lab makes network namespaces: that takes root on Linux. */
function labConfigs() {
  const config = 'vitest.lab.config.ts';
  if (!existsSync(join(ROOT, config))) return [];
  if (process.platform === 'linux' && process.getuid() === 0) return [config];
  process.stdout.write('The lab is left out: it takes root on Linux.\n');
  return [];
}

function add({ passed, failed, skipped }) {
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
}

/** Runs one vitest with its own output; its counts come from a file. A vitest that does not run at all is one failure. */
async function runVitest(config, file) {
  const node = join(ROOT, 'node_modules/node/bin/node');
  const command = [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', '--config', config, '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args];
  const code = await new Promise((resolve) => {
    const child = spawn(node, command, { cwd: ROOT, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('error', () => resolve(1));
    child.once('close', (exitCode) => resolve(exitCode ?? 1));
  });
  const counts = existsSync(file) ? countsOf(JSON.parse(readFileSync(file, 'utf8'))) : { passed: 0, failed: 0, skipped: 0 };
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** A file that does not even load has no tests that could fail: it counts as one. */
function countsOf({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }) {
  const broken = testResults.filter(({ status, assertionResults }) => status === 'failed' && assertionResults.length === 0).length;
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests + numTodoTests };
}
