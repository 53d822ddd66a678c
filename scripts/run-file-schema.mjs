// Writes docs/run-file.schema.json from the schemas that the reader checks; a test holds it to that. Run it with the project's own node: it reads the sources as they are.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lineSchema } from '../src/run-file/schema/json-schema.ts';
import { ROOT } from './fresh.mjs';

writeFileSync(join(ROOT, 'docs/run-file.schema.json'), `${JSON.stringify(lineSchema(), null, 1)}\n`);
