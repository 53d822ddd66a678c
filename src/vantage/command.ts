import type { Vantage, VantageIdentity } from '../domain/vantage.ts';
import { createCommandTransport } from './command-transport.ts';
import { createVantage } from './vantage.ts';

/** A place reached by a command prefix: [] is this machine itself; ['ip', 'netns', 'exec', 'blue'], ['ssh', 'n3'], ... */
export function createCommandVantage(identity: VantageIdentity, prefix: readonly string[]): Vantage {
  return createVantage(identity, createCommandTransport(prefix));
}
