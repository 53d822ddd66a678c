import { existsSync } from 'node:fs';
import { DEFAULT_IMAGE } from '../../access/owner.ts';
import { DEFAULT_TTL, type RawAccessOptions } from '../access/access-options.ts';
import type { CommandContext } from '../context.ts';
import { configFile } from './file.ts';

/** What things of ours in the cluster are made of, unless an option says otherwise. */
export interface ToolkitSettings {
  readonly image: string;
  readonly ttl: string;
  readonly pullSecrets: readonly string[];
  readonly requests: Readonly<Record<string, string>>;
  readonly limits: Readonly<Record<string, string>>;
}

export const DEFAULT_TOOLKIT: ToolkitSettings = { image: DEFAULT_IMAGE, ttl: DEFAULT_TTL, pullSecrets: [], requests: {}, limits: {} };

/** As `--request` and `--limit` take them. */
export function assignments(amountsOf: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(amountsOf).map(([resource, amount]) => `${resource}=${amount}`);
}

/** Fills in what the command line leaves open from the settings. What is wrong with them is a ProblemError. */
export async function withToolkitSettings<T extends RawAccessOptions>(raw: T, context: Pick<CommandContext, 'env' | 'messages'>): Promise<T> {
  if (!existsSync(configFile(context.env))) return raw;
  const { loadConfig } = await import('./load.ts');
  const { image, ttl, pullSecrets, requests, limits } = (await loadConfig(context)).config.toolkit;
  return {
    toolkitImage: image,
    ttl,
    pullSecret: pullSecrets,
    ...raw,
    // The later one of the same resource counts.
    request: [...assignments(requests), ...(raw.request ?? [])],
    limit: [...assignments(limits), ...(raw.limit ?? [])],
  };
}
