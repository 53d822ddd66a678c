// Installs and builds what is missing or stale. Nothing to do costs a few milliseconds. Runs on Node >= 18.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isBuilt, isInstalled, ROOT } from './fresh.mjs';

/** Progress goes to standard error: standard output belongs to the command that follows. */
function say(text) {
  process.stderr.write(`netdiag-tui: ${text}\n`);
}

/** Brings the checkout to a state in which the command runs. Throws an Error with one sentence when that fails. */
export async function setUp() {
  if (!isInstalled()) {
    say('installing dependencies (npm ci)');
    await step('npm', ['ci', '--include=dev', '--no-audit', '--no-fund']);
  }
  await completeNodePackage();
  if (!isBuilt()) {
    say('building');
    await step(process.execPath, ['scripts/build.mjs']);
  }
}

/** The node the package brings: its binary comes by an install script, which an npm with scripts turned off does not run. */
async function completeNodePackage() {
  const folder = join(ROOT, 'node_modules/node');
  if (isRecent() || existsSync(join(folder, 'bin/node'))) return;
  say('fetching a recent Node');
  await step(process.execPath, ['installArchSpecificPackage.js'], folder);
}

function isRecent() {
  return Number(process.versions.node.split('.')[0]) >= 22;
}

/** Runs a command with its output on standard error. */
function step(command, args, cwd = ROOT) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 2, 2] });
    child.once('error', (error) => reject(new Error(`${command} does not start: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${[command, ...args].join(' ')} failed (${signal ?? `exit ${code}`})`));
    });
  });
}

/** For a script: sets up, or says why not and ends the process. */
export async function setUpOrExit() {
  try {
    await setUp();
  } catch (error) {
    say(error.message);
    process.exit(3);
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) await setUpOrExit();
