import type { ToolsFact } from '../domain/facts.ts';
import type { Vantage } from '../domain/vantage.ts';
import { fallbackSurveys } from '../tools/survey/fallback-surveys.ts';
import { parseSurvey, surveyArgv } from '../tools/survey/survey.ts';
import { isEmpty, unavailable, type CommandWatch, type Finding, type ProbeContext } from './probe.ts';
import { runAndParse, runWatched } from './run-command.ts';

const SURVEY_TIMEOUT_MS = 12_000;
const NO_TOOLS: ToolsFact = { kind: 'tools', tools: {}, versions: {} };

/**
 * Finds out what a vantage has: one command where there is a shell, else one for each tool. Unavailable when the vantage itself
 * does not answer; a ToolsFact without tools when it does and has none.
 */
export async function surveyTools(vantage: Vantage, watch: CommandWatch, signal: AbortSignal): Promise<Finding> {
  const limits = { connectTimeoutMs: SURVEY_TIMEOUT_MS, commandTimeoutMs: SURVEY_TIMEOUT_MS };
  const context: ProbeContext = { vantage, tools: NO_TOOLS, limits, signal, watch };
  const argv = surveyArgv();
  const finding = await runAndParse(context, 'survey', { argv, timeoutMs: SURVEY_TIMEOUT_MS }, parseSurvey);
  const tools = toolsOf(finding);
  if (tools !== null) {
    vantage.learn?.(tools);
    return finding;
  }
  if (vantageIsGone(finding)) return finding;
  return surveyOneByOne(context, finding);
}

function toolsOf(finding: Finding): ToolsFact | null {
  return finding.facts.find((fact): fact is ToolsFact => fact.kind === 'tools') ?? null;
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
