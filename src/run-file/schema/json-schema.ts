import { z } from 'zod';
import { header, outputLeftOut, recordingClosed } from '../decode.ts';
import { VERSION } from '../format.ts';
import { EVENT_KINDS, runEvent } from './events.ts';

/**
 * The JSON Schema (2020-12) of one line of a recording, made from what the reader checks: docs/run-file.schema.json holds it. It takes fields
 * and kinds that are not known yet, as the reader does.
 */
export function lineSchema(): unknown {
  const known = [...EVENT_KINDS, 'output-left-out', 'recording-closed'];
  const { $schema, $defs, ...line } = z.toJSONSchema(z.union([header, outputLeftOut, recordingClosed, runEvent]), { io: 'input', reused: 'inline' });
  const later = {
    description: 'A line of a kind that was added later: readers leave it out.',
    type: 'object',
    required: ['kind'],
    properties: { kind: { type: 'string', not: { enum: known } } },
  };
  return {
    $schema,
    title: `A line of a netdiag-tui recording, version ${String(VERSION)}`,
    description: 'The first line is the header, each further one an event. docs/run-file.md says what they mean.',
    anyOf: [...(line.anyOf ?? []), later],
    $defs,
  };
}
