/** Prints the argv of a link dialect as shell words: `node dialect-argv.ts routes sh-proc`. */
import process from 'node:process';
import { countersDialects } from '../../../src/tools/counters/dialects.ts';
import * as links from '../../../src/tools/link-dialects.ts';

const [question = '', id = ''] = process.argv.slice(2);
const tools = { kind: 'tools', tools: {}, versions: {} } as const;
const limits = { connectTimeoutMs: 3000, commandTimeoutMs: 10_000 };
const argvs = [
  ...links.interfacesDialects.map((dialect) => ({ id: `interfaces ${dialect.id}`, argv: dialect.argv({ kind: 'interfaces' }, limits, tools) })),
  ...links.routesDialects.map((dialect) => ({ id: `routes ${dialect.id}`, argv: dialect.argv({ kind: 'routes' }, limits, tools) })),
  ...links.neighboursDialects.map((dialect) => ({ id: `neighbours ${dialect.id}`, argv: dialect.argv({ kind: 'neighbours' }, limits, tools) })),
  ...links.socketsDialects.map((dialect) => ({ id: `sockets ${dialect.id}`, argv: dialect.argv({ kind: 'sockets' }, limits, tools) })),
  ...countersDialects.map((dialect) => ({ id: `counters ${dialect.id}`, argv: dialect.argv({ kind: 'counters', attempt: 0 }, limits, tools) })),
];
const argv = argvs.find((one) => one.id === `${question} ${id}`)?.argv ?? [];
process.stdout.write(argv.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' '));
