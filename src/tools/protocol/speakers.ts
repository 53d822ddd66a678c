import { mongodb, mysql, postgres, redis } from './databases.ts';
import { amqp, grpc, http, kafka, smtp } from './messaging.ts';
import type { Speaker } from './speaker.ts';

const SPEAKERS: Readonly<Record<string, Speaker>> = { postgres, mysql, redis, mongodb, amqp, kafka, smtp, grpc, http };

/** The dialogue of a protocol (`ApplicationProtocol`); null for one that has none here: then there is only listening. */
export function speakerOf(protocol: string): Speaker | null {
  return Object.hasOwn(SPEAKERS, protocol) ? (SPEAKERS[protocol] ?? null) : null;
}
