import { z } from 'zod';
import type { FoundIn, LogError } from '../../domain/found-dependency.ts';
import { MEANINGS } from '../../domain/meaning.ts';
import { exactly } from './exactly.ts';
import { count, hostName, ms, objectName, port, text, word } from './values.ts';

/** An entry of a log that tells of an error. */
export const logError = exactly<LogError>()(
  z.object({
    at: text.nullable(),
    ageMs: ms.nullable(),
    text,
    meaning: z.enum(MEANINGS),
    cause: word.nullable(),
    host: hostName.nullable(),
    port: port.nullable(),
    url: text.nullable(),
    limitMs: ms.nullable(),
    previous: z.boolean(),
  }),
).meta({ id: 'log-error' });

/** Where a destination was found. */
export const foundIn = exactly<FoundIn>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('variable'), name: text, source: text }),
    z.object({ kind: z.literal('file'), source: text, path: text, name: text.nullable() }),
    z.object({ kind: z.literal('argument'), name: text.nullable() }),
    z.object({ kind: z.literal('log'), error: logError }),
    z.object({ kind: z.literal('socket'), state: word, address: text, port, count }),
    z.object({ kind: z.literal('service-entry'), name: objectName }),
  ]),
).meta({ id: 'found-in' });
