// npm run screenshots: drives the real console in a terminal emulator on a recorded run and writes the screens to docs/screens/.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildDevConsole } from '../test/ui/dev-console.build.mjs';
import { ROOT } from './fresh.mjs';

// Colours, though nothing here is a terminal.
process.env.FORCE_COLOR ??= '1';
const folder = mkdtempSync(join(tmpdir(), 'netdiag-screens-'));
try {
  const outfile = join(folder, 'take.mjs');
  await buildDevConsole(outfile, './screenshots/take.ts');
  const { take } = await import(pathToFileURL(outfile).href);
  for (const file of await take(ROOT)) process.stdout.write(`${file}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
