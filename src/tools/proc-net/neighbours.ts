import type { CommandOutput } from '../../domain/command.ts';
import type { Fact } from '../../domain/facts.ts';
import { parseArp } from '../arp/parse.ts';
import { noAnswer } from '../no-answer.ts';
import { readTables } from './tables.ts';

/** IPv6 neighbours are in no file of /proc. */
export function parseProcNeighbours(output: CommandOutput): readonly Fact[] {
  const table = readTables(output).get('/proc/net/arp');
  if (table === undefined) return [noAnswer(output)];
  return parseArp({ ...output, lines: table.map((text) => ({ stream: 'stdout', text, atMs: 0 })) });
}
