import type { CauseId, Confidence } from '../domain/cause.ts';
import type { Fact } from '../domain/facts.ts';
import type { Layer } from '../domain/layer.ts';
import type { Explanation, LikelyCause, Meaning, NextStepId, Subject } from './explanation.ts';
import { readFacts } from './from-facts.ts';
import { MEANING_DEFAULTS } from './meanings.ts';
import { pastedCommands, type PastedCommand } from './pasted.ts';
import { recognise } from './recognise.ts';
import { subjectOf, subjectOfFacts } from './subject.ts';
import { plainText, withoutLogging } from './text.ts';
import { toolOfMessage } from './tool.ts';
import { weigh } from './weigh.ts';

const LIKELIHOOD_ORDER: Readonly<Record<Confidence, number>> = { certain: 0, likely: 1, possible: 2 };

function causesInOrder(causes: Partial<Readonly<Record<CauseId, Confidence>>>): readonly LikelyCause[] {
  return (Object.entries(causes) as [CauseId, Confidence][])
    .map(([id, likelihood]) => ({ id, likelihood }))
    .sort((a, b) => LIKELIHOOD_ORDER[a.likelihood] - LIKELIHOOD_ORDER[b.likelihood]);
}

function nextSteps(meaning: Meaning, layer: Layer | null, causes: readonly LikelyCause[]): readonly NextStepId[] {
  const before: NextStepId[] = [];
  if (causes.some(({ id }) => id === 'app.auth-rejected')) before.push('credentials');
  if (causes[0]?.id.startsWith('dns.') === true && meaning !== 'dns') before.push('lookup', 'resolv-conf', 'coredns');
  if (layer === 'network-access') before.push('neighbours');
  return [...new Set([...before, ...MEANING_DEFAULTS[meaning].next])];
}

interface Read {
  readonly meaning: Meaning;
  readonly confidence: Confidence;
  readonly layer: Layer | null;
  readonly causes: Partial<Readonly<Record<CauseId, Confidence>>> | null;
}

const NOTHING_KNOWN: Read = { meaning: 'other', confidence: 'possible', layer: null, causes: null };

function explanation(read: Read, tool: string | null, observations: readonly Fact[], subject: Subject): Explanation {
  const { meaning, confidence } = read;
  const causes = causesInOrder(read.causes ?? MEANING_DEFAULTS[meaning].causes);
  const layer = read.layer ?? MEANING_DEFAULTS[meaning].layer;
  return { meaning, layer, confidence, causes, tool, observations, next: nextSteps(meaning, layer, causes), subject };
}

/** What one message, or several lines of log, say by their words alone. */
function readWords(text: string): Read {
  return weigh(text) ?? NOTHING_KNOWN;
}

/** One command's pasted output, or any other text. A line alone is judged by its words; the parser adds what it read. */
function explainCommand(command: PastedCommand): Explanation {
  const plain = command.lines.join('\n');
  const text = withoutLogging(plain);
  const words = readWords(text);
  const recognised = recognise(command);
  const isOneLine = !plain.trim().includes('\n');
  if (recognised.facts.length === 0) {
    const tool = toolOfMessage(text) ?? toolOfMessage(plain) ?? recognised.tool ?? command.program;
    // `Non-authoritative answer:` is no success when the parser finds no answer below it.
    const unread = recognised.tool !== null && !isOneLine && words.meaning === 'ok';
    return explanation(unread ? NOTHING_KNOWN : words, tool, [], subjectOf(text));
  }
  const { tool, facts } = recognised;
  const byFacts = readFacts(facts);
  const read = byFacts === null || (isOneLine && words.meaning !== 'other') ? words : byFacts;
  return explanation(read, tool, facts, subjectOfFacts(facts) ?? subjectOf(text));
}

/**
 * Explains an error line, a stretch of log or a tool's whole output. Pure; takes any text, however long or hostile, and never
 * throws. A whole output that its tool's parser understands is judged by the facts in it, anything else by its words. Text that
 * says nothing known is `other`, `possible`. Of several pasted commands the last one that shows a fault is explained.
 */
export function explainText(text: string): Explanation {
  const commands = pastedCommands(plainText(text)).map(explainCommand);
  const fault = commands.findLast(({ meaning }) => meaning !== 'ok' && meaning !== 'other');
  return fault ?? commands.at(-1) ?? explanation(NOTHING_KNOWN, null, [], { host: null, port: null });
}
