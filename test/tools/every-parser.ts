/** All parsers of tool outputs that the product has, from its own registries: a new one is found without a line here. */
import type { Parse } from '../../src/domain/dialect.ts';
import { READERS } from '../../src/explain/readers.ts';
import { channelDialects } from '../../src/tools/channel-dialects.ts';
import { connectDialects } from '../../src/tools/connect-dialects.ts';
import { conntrackDialects } from '../../src/tools/conntrack/dialects.ts';
import { countersDialects } from '../../src/tools/counters/dialects.ts';
import { filesDialects } from '../../src/tools/files/files.ts';
import { interfacesDialects, neighboursDialects, routesDialects, socketsDialects } from '../../src/tools/link-dialects.ts';
import { pingDialects } from '../../src/tools/ping-dialects.ts';
import { processesDialects } from '../../src/tools/processes/processes.ts';
import { queryDialects } from '../../src/tools/query-dialects.ts';
import { requestDialects } from '../../src/tools/request-dialects.ts';
import { resolveDialects } from '../../src/tools/resolve-dialects.ts';
import { parseSurvey } from '../../src/tools/survey/survey.ts';
import { tlsDialects } from '../../src/tools/tls-dialects.ts';
import { traceDialects } from '../../src/tools/trace-dialects.ts';

export const DIALECTS = {
  connect: connectDialects,
  conntrack: conntrackDialects,
  counters: countersDialects,
  files: filesDialects,
  interfaces: interfacesDialects,
  neighbours: neighboursDialects,
  ping: pingDialects,
  processes: processesDialects,
  query: queryDialects,
  request: requestDialects,
  resolve: resolveDialects,
  routes: routesDialects,
  sockets: socketsDialects,
  tls: tlsDialects,
  trace: traceDialects,
} as const;

export interface NamedParser {
  readonly name: string;
  readonly parse: Parse;
  /** Reads what a person pastes: then there is no exit status that would tell whether the text is whole. */
  readonly pasted: boolean;
}

/** Each parser once, under the name of the first dialect that has it. */
export const PARSERS: readonly NamedParser[] = [
  ...new Map<Parse, NamedParser>(
    [
      ...READERS.flatMap(({ tool, parsers }) => parsers.map((parse) => ({ name: `explain ${tool}`, parse, pasted: true }))),
      { name: 'survey', parse: parseSurvey, pasted: false },
      ...channelDialects.map(({ id, parse }) => ({ name: `channel ${id}`, parse, pasted: false })),
      ...Object.entries(DIALECTS).flatMap(([question, dialects]) => dialects.map(({ id, parse }) => ({ name: `${question} ${id}`, parse, pasted: false }))),
    ].map((one) => [one.parse, one]),
  ).values(),
];
