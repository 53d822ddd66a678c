import { mapStrings } from '../domain/plain-data.ts';
import type { RunEvent } from '../domain/run-event.ts';
import { redactData } from '../domain/redact.ts';
import { cleanText } from '../domain/sanitise.ts';
import { FORMAT, VERSION, type FileLine, type Header } from './format.ts';

/** An event as it may be kept: without secrets, and without anything that a terminal could act on. Doing it twice changes nothing. */
export function fitToKeep<T>(event: T): T {
  return redactData(mapStrings(event, cleanText));
}

/** One line with its end. JSON escapes every line end inside (RFC 8259, 7). */
export function encodeLine(line: FileLine | Header): string {
  return `${JSON.stringify(line)}\n`;
}

export function headerOf(tool: { readonly name: string; readonly version: string }, isWithoutNames = false): Header {
  return { format: FORMAT, version: VERSION, writtenBy: { name: tool.name, version: tool.version }, ...(isWithoutNames ? { withoutNames: true } : {}) };
}

/** A whole recording as a file holds it. */
export function encodeRecording(header: Header, events: readonly RunEvent[]): string {
  return encodeLine(header) + events.map((event) => encodeLine(fitToKeep(event))).join('');
}
