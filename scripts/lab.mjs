// npm run lab: sets up what is missing, then is the fault lab. It makes network namespaces, so it takes root on Linux.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './fresh.mjs';
import { setUpOrExit } from './setup.mjs';

if (process.platform !== 'linux' || process.getuid() !== 0) {
  process.stdout.write('The lab makes network namespaces: it takes root on Linux.\n');
  process.exit(3);
}
await setUpOrExit();
const node = join(ROOT, 'node_modules/node/bin/node');
const child = spawn(node, [join(ROOT, 'test/lab/run.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
// The lab ends itself on a signal that the terminal sends to both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('close', (code) => { process.exitCode = code ?? 1; });
