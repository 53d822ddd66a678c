/**
 * Captures one survey: node test/tools/capture-survey.ts NAME [PREFIX...]; the prefix is what starts a command there, such as
 * `kubectl exec POD --`, and is not written down. The facts as read are written beside the output, to be looked at.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import process from 'node:process';
import { parseSurvey, surveyArgv } from '../../src/tools/survey/survey.ts';
import { loadFixture } from './fixture.ts';

const [name = '', ...prefix] = process.argv.slice(2);
const folder = new URL('./survey/fixtures/', import.meta.url);
mkdirSync(folder, { recursive: true });
const file = new URL(`survey--${name}.out`, folder);
const capture = new URL('./capture.ts', import.meta.url).pathname;
spawnSync(process.execPath, [capture, file.pathname, 'sh', '--', ...prefix, '--', ...surveyArgv()], { stdio: 'inherit' });
const facts = parseSurvey(loadFixture(file).output);
writeFileSync(new URL(file.href.replace(/\.out$/u, '.json')), `${JSON.stringify(facts, null, 2)}\n`);
