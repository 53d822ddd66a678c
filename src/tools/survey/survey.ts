import type { Parse } from '../../domain/dialect.ts';
import type { ToolsFact } from '../../domain/facts.ts';
import { unlinkedAppletKey } from './busybox.ts';
import { implementationOf, versionLine } from './implementations.ts';
import { NAMED_LINE, SURVEY_SCRIPT, SURVEYED_TOOLS } from './script.ts';

/** One command that finds out what tools a vantage with `sh` has. It sends nothing and reads no input. */
export function surveyArgv(): readonly string[] {
  return ['sh', '-c', SURVEY_SCRIPT, 'netdiag-survey'];
}

/**
 * Reads the survey's output into one ToolsFact: tool → implementation id, and the version line of those that named one. An applet that
 * only `busybox APPLET` reaches is listed under its own name and once more as `busybox APPLET` (see busybox.ts).
 * A survey that did not come to its end (no sh, killed, cut off) is `unavailable`: half a list would hide tools.
 */
export const parseSurvey: Parse = ({ stdout, stderr }) => {
  const lines = stdout.split('\n');
  const start = lines.indexOf('netdiag-survey 1');
  const end = lines.indexOf('netdiag-survey end');
  if (start < 0 || end < start) {
    return [{ kind: 'unavailable', reason: 'not-understood', detail: (stderr || stdout).trim().slice(0, 200) }];
  }
  const { have, said } = sections(lines.slice(start + 1, end));
  return [toolsFact(have, said)];
};

/** What a survey has told by the time that most questions can be put. */
export interface FirstLook {
  readonly tools: ToolsFact;
  /** True when the rest of the survey may still say that this tool is there, or what it is. */
  readonly isOpen: (tool: string) => boolean;
}

/** Reads the lines of a survey that has just said NAMED_LINE; null when they are none. */
export function parseFirstLook(lines: readonly string[]): FirstLook | null {
  const start = lines.indexOf('netdiag-survey 1');
  const end = lines.indexOf(NAMED_LINE);
  if (start < 0 || end < start) return null;
  const { have, said } = sections(lines.slice(start + 1, end));
  const tools = toolsFact(have, said);
  // Its applets may be called through busybox itself.
  const hasBusybox = tools.tools['busybox'] !== undefined;
  return { tools, isOpen: (tool) => (tools.tools[tool] === undefined ? hasBusybox : tools.tools[tool] === 'unknown' && !said.has(tool)) };
}

interface Sections {
  readonly have: readonly string[];
  readonly said: ReadonlyMap<string, string>;
}

function sections(lines: readonly string[]): Sections {
  const have: string[] = [];
  const said = new Map<string, string>();
  let speaker: string | null = null;
  for (const line of lines) {
    const tool = /^have (\S+) /u.exec(line)?.[1];
    const next = /^said (.+)$/u.exec(line)?.[1];
    if (line === NAMED_LINE) {
      speaker = null;
    } else if (next !== undefined) {
      speaker = next;
      said.set(next, '');
    } else if (speaker !== null) {
      said.set(speaker, `${said.get(speaker) ?? ''}${line}\n`);
    } else if (tool !== undefined) {
      have.push(tool);
    }
  }
  return { have, said };
}

function toolsFact(have: readonly string[], said: ReadonlyMap<string, string>): ToolsFact {
  const tools: Record<string, string> = {};
  const versions: Record<string, string> = {};
  for (const tool of have) {
    const words = said.get(tool) ?? null;
    tools[tool] = implementationOf(tool, words);
    const version = words === null || tool === 'busybox' ? null : versionLine(words);
    if (version !== null) versions[tool] = version;
  }
  const applets = new Set(said.get('busybox')?.split('\n') ?? []);
  for (const applet of SURVEYED_TOOLS) {
    if (tools[applet] !== undefined || !applets.has(applet)) continue;
    const help = said.get(unlinkedAppletKey(applet));
    tools[applet] = help === undefined ? 'busybox' : implementationOf(applet, help);
    tools[unlinkedAppletKey(applet)] = 'busybox';
  }
  return { kind: 'tools', tools, versions };
}
