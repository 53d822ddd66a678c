import { z } from 'zod';
import { parseAccess, type RawAccessOptions } from '../access/access-options.ts';
import { assignments } from './toolkit-settings.ts';

/** `cpu: 1` is a number to YAML. */
const amounts = z.record(z.string(), z.union([z.string(), z.number()]).transform(String));

const isGood = (raw: RawAccessOptions): boolean => parseAccess(raw).ok;

/** Each as its option takes it. */
export const TOOLKIT_SHAPE = z.strictObject({
  image: z.string().refine((toolkitImage) => isGood({ toolkitImage })).optional(),
  ttl: z.string().refine((ttl) => isGood({ ttl })).optional(),
  pullSecrets: z.array(z.string()).refine((pullSecret) => isGood({ pullSecret })).optional(),
  requests: amounts.refine((given) => isGood({ request: assignments(given) })).optional(),
  limits: amounts.refine((given) => isGood({ limit: assignments(given) })).optional(),
});
