/** The argv of each files dialect, for capture.sh: name, number of words, words, each ended by a NUL. */
import process from 'node:process';
import { filesDialects } from '../../../src/tools/files/files.ts';

const LIMITS = { connectTimeoutMs: 1000, commandTimeoutMs: 10_000 };
for (const dialect of filesDialects) {
  const argv = dialect.argv({ kind: 'files' }, LIMITS, { kind: 'tools', tools: {}, versions: {} }) ?? [];
  for (const word of [`${dialect.id}--pod`, String(argv.length), ...argv]) process.stdout.write(`${word}\0`);
}
