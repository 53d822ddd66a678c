// Writes docs/keys.md from the table of keys; a test holds it to that. Run it with the project's own node: it reads the sources as they are.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { keysPage } from '../src/ui/keys-page.ts';
import { ROOT } from './fresh.mjs';

writeFileSync(join(ROOT, 'docs/keys.md'), keysPage());
