import type { ToolsFact } from '../domain/facts.ts';
import type { Vantage } from '../domain/vantage.ts';
import { fallbackSurveys } from '../tools/survey/fallback-surveys.ts';
import { NAMED_LINE } from '../tools/survey/script.ts';
import { parseFirstLook, parseSurvey, surveyArgv, type FirstLook } from '../tools/survey/survey.ts';
import { isEmpty, unavailable, type CommandWatch, type Finding, type ProbeContext } from './probe.ts';
import { runAndParse, runWatched } from './run-command.ts';

export type { FirstLook };

const SURVEY_TIMEOUT_MS = 12_000;
const NO_TOOLS: ToolsFact = { kind: 'tools', tools: {}, versions: {} };

/**
 * Finds out what a vantage has: one command where there is a shell, else one for each tool. Unavailable when the vantage itself
 * does not answer; a ToolsFact without tools when it does and has none. `onFirstLook` is told what is known for sure while the rest is still
 * being asked, once or never.
 */
export async function surveyTools(vantage: Vantage, watch: CommandWatch, signal: AbortSignal, onFirstLook?: (look: FirstLook) => void): Promise<Finding> {
  const limits = { connectTimeoutMs: SURVEY_TIMEOUT_MS, commandTimeoutMs: SURVEY_TIMEOUT_MS };
  const told = (look: FirstLook): void => {
    vantage.learn?.(look.tools);
    onFirstLook?.(look);
  };
  const context: ProbeContext = { vantage, tools: NO_TOOLS, limits, signal, watch };
  const argv = surveyArgv();
  const finding = await runAndParse({ ...context, watch: listening(watch, told) }, 'survey', { argv, timeoutMs: SURVEY_TIMEOUT_MS }, parseSurvey);
  const tools = toolsOf(finding);
  if (tools !== null) {
    vantage.learn?.(tools);
    return finding;
  }
  if (vantageIsGone(finding)) return finding;
  return surveyOneByOne(context, finding);
}

/** The same watch, and whoever waits for the first look is told of it. */
function listening(watch: CommandWatch, told: (look: FirstLook) => void): CommandWatch {
  let lines: string[] | null = [];
  return {
    ...watch,
    line: (command, line) => {
      watch.line(command, line);
      if (lines === null || line.stream !== 'stdout') return;
      lines.push(line.text);
      if (line.text !== NAMED_LINE) return;
      const look = parseFirstLook(lines);
      lines = null;
      if (look !== null) told(look);
    },
  };
}

/** What a survey found; null when it found nothing out. */
export function toolsOf({ facts }: Finding): ToolsFact | null {
  return facts.find((fact): fact is ToolsFact => fact.kind === 'tools') ?? null;
}

/** No shell is an answer of the vantage; a lost connection or a missing right is not. */
function vantageIsGone(finding: Finding): boolean {
  return finding.facts.some(
    (fact) => fact.kind === 'unavailable' && (fact.reason === 'vantage-lost' || fact.reason === 'not-permitted' || fact.reason === 'cancelled'),
  );
}

async function surveyOneByOne(context: ProbeContext, shellFinding: Finding): Promise<Finding> {
  const { vantage } = context;
  const results = await Promise.all(
    fallbackSurveys.map(async (survey) => {
      const result = await runWatched(context, { argv: survey.argv, timeoutMs: context.limits.commandTimeoutMs });
      return { survey, result };
    }),
  );
  let tools = NO_TOOLS;
  const lines: string[] = [];
  for (const { survey, result } of results) {
    if (result.failure !== null) continue;
    tools = survey.parse(result, tools);
    lines.push(...result.lines.slice(0, 2).map((line) => line.text));
  }
  // "No tools" is an answer only when at least one command was looked for and really not there.
  const answered = results.some(({ result }) => result.failure === null || result.failure === 'no-such-command');
  if (!answered) return isEmpty(shellFinding) ? shellFinding : { ...shellFinding, facts: [unavailable('vantage-lost', 'no command could be run')] };
  vantage.learn?.(tools);
  return { facts: [tools], dialect: 'one by one', command: shellFinding.command, lines };
}
