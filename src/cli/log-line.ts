import { redactText } from '../domain/redact.ts';
import type { LogPageLine } from '../domain/pod-pages.ts';
import { logErrors, type LogLine } from '../dependencies/index.ts';

/** A line of a container's log as it is shown: with its time of day, as the runtime stamped it, and without what looks secret. */
export function shownLogLine(line: LogLine): LogPageLine {
  const plain = redactText(line.text);
  const text = line.at === null ? plain : `${line.at.slice(11, 19)}Z ${plain}`;
  return { text, meaning: logErrors([line], Date.now())[0]?.meaning ?? null };
}
