#!/usr/bin/env node
// The command. Runs on any Node >= 18: the bundle needs 22, and where the machine's Node is older, the one from our `node` package runs it.
import module, { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

if (Number(process.versions.node.split('.')[0]) >= 22) await run();
else await (await import('./other-node.js')).runWith(packagedNode(), fileURLToPath(import.meta.url));

async function run() {
  useCompileCache();
  const { main } = await import('../dist/main.js');
  process.exitCode = await main(process.argv.slice(2), process.env, process);
  // Whatever still holds the process open (a connection that does not close) has had its time.
  setTimeout(() => process.exit(), 1_000).unref();
}

/** Halves the start. In the user's own folder: in the shared temporary folder, somebody else could have put code there. */
function useCompileCache() {
  const base = process.env.XDG_CACHE_HOME || join(homedir(), '.cache');
  if (base.startsWith('/')) module.enableCompileCache?.(join(base, 'netdiag-tui'));
}

/** @returns {string} path of the binary that the `node` package brings */
function packagedNode() {
  return join(dirname(createRequire(import.meta.url).resolve('node/package.json')), 'bin', 'node');
}
