// Becomes a child under another Node: same arguments, terminal, signals and exit code.
import { spawn } from 'node:child_process';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGUSR2', 'SIGWINCH', 'SIGCONT'];

/**
 * @param {string} node the binary
 * @param {string} script what it runs
 * @returns {Promise<void>} when the child has ended and its end has become this process's exit code
 */
export async function runWith(node, script) {
  const child = spawn(node, [script, ...process.argv.slice(2)], { stdio: 'inherit' });
  const forward = (signal) => child.kill(signal);
  for (const signal of SIGNALS) process.on(signal, forward);
  const end = await new Promise((resolve) => {
    child.once('error', (error) => resolve({ error }));
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  for (const signal of SIGNALS) process.off(signal, forward);
  if (end.error !== undefined) {
    process.stderr.write(`netdiag-tui needs Node 22 or later; this is ${process.version}, and ${node} does not start (${end.error.message}).\n`);
    process.exitCode = 3;
  } else if (end.signal === null) process.exitCode = end.code;
  else process.kill(process.pid, end.signal);
}
