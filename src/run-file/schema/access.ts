import { z } from 'zod';
import { NO_INSTALL, RUNGS, type Access, type ComparedPlace, type CreatedThing, type Kept, type Permission, type Refusal, type Rung } from '../../domain/access.ts';
import { exactly } from './exactly.ts';
import { argv, imageName, namespaceName, placeName, text, word } from './values.ts';

const kept = exactly<Kept>()(z.object({ network: z.boolean(), labels: z.boolean(), node: z.boolean(), files: z.boolean() }));
const permission = exactly<Permission>()(z.object({ verb: word, group: word, resource: word, namespace: namespaceName.nullable() })).meta({ id: 'permission' });

const refusal = exactly<Refusal>()(
  z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('no-tools'), detail: text }),
    z.object({ kind: z.literal('not-permitted'), missing: z.array(permission), detail: text }),
    z.object({ kind: z.literal('admission'), detail: text }),
    z.object({ kind: z.literal('read-only'), detail: text }),
    z.object({ kind: z.literal('declined'), detail: text }),
    z.object({ kind: z.literal('on-request'), detail: text }),
    z.object({ kind: z.literal('not-here'), detail: text }),
    z.object({ kind: z.literal('no-install'), reason: z.enum(NO_INSTALL), detail: text }),
    z.object({ kind: z.literal('failed'), detail: text }),
  ]),
).meta({ id: 'refusal' });

const rung = exactly<Rung>()(
  z.object({ rung: z.enum(RUNGS), place: placeName.nullable(), refusal: refusal.nullable(), kept, commands: z.array(argv) }),
);

const createdThing = exactly<CreatedThing>()(
  z.object({ kind: z.enum(['ephemeral-container', 'pod', 'installed-tools']), name: placeName, image: imageName, endsAt: word, isNew: z.boolean(), stays: z.boolean() }),
);

const comparedPlace = exactly<ComparedPlace>()(z.object({ rung, created: createdThing.nullable() }));

/** How the target was entered. */
export const access = exactly<Access>()(
  z.object({ rungs: z.array(rung), used: z.enum(RUNGS).nullable(), created: createdThing.nullable(), compared: z.array(comparedPlace).exactOptional() }),
).meta({ id: 'access' });
