/**
 * `node test/e2e/faults/main.ts [ID...] [BEGINNING*...]`: runs scenarios on the test cluster and prints what came of each. NETDIAG_SCORECARD
 * names a file for the whole page.
 */
import { writeFileSync } from 'node:fs';
import { runScenarios } from './run.ts';
import { scorecard, table } from './table.ts';
import { SCENARIOS } from './index.ts';

const wanted = process.argv.slice(2);
const chosen = SCENARIOS.filter(({ id }) => wanted.length === 0 || wanted.some((part) => id === part || (part.endsWith('*') && id.startsWith(part.slice(0, -1)))));
const results = await runScenarios(chosen, (line) => { process.stdout.write(`${line}\n`); });
process.stdout.write(`${table(results).join('\n')}\n`);
const page = process.env['NETDIAG_SCORECARD'];
if (page !== undefined) writeFileSync(page, scorecard(results));
