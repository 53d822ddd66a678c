// npm run demos: makes the recordings in demos/ anew, from real failures (test/demos/record.ts says where).
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from './fresh.mjs';
import { setUpOrExit } from './setup.mjs';

await setUpOrExit();
const child = spawn(join(ROOT, 'node_modules/node/bin/node'), [join(ROOT, 'test/demos/record.ts'), ...process.argv.slice(2)], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.once('close', (code) => { process.exitCode = code ?? 1; });
