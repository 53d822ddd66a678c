export { endpointKey } from './endpoint.ts';
export { destinationsInArguments } from './from-arguments.ts';
export { destinationsInFile } from './from-file.ts';
export { sightingsInLog } from './from-log.ts';
export { sightingsInSockets } from './from-sockets.ts';
export { destinationsOf, looksLikeDestination, type NamedDestination, type NamedValue } from './from-variables.ts';
export { logErrors, type LogLine } from './log-errors.ts';
export { durationOf, TIMEOUT_NAME } from './time-limit.ts';
export { FAILING_WITHIN_MS, rankDependencies, type RankOptions } from './rank.ts';
