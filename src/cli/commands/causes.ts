import { CAUSE_IDS, isCauseId, layerOfCause, type CauseId } from '../../domain/cause.ts';
import { LAYERS, type Layer } from '../../domain/layer.ts';
import { NOT_YET_DETECTED } from '../../domain/not-yet-detected.ts';
import type { Messages } from '../../i18n/index.ts';
import { closest } from '../closest.ts';
import type { CommandContext } from '../context.ts';
import { EXIT } from '../exit-code.ts';
import { problem, ProblemError } from '../problem.ts';
import type { OutputFormat } from '../run-request.ts';
import { writeJson, writeLines } from '../streams.ts';

export const CAUSES_SCHEMA = 'netdiag-causes/v1';

interface CauseJson {
  readonly id: CauseId;
  readonly layer: Layer;
  readonly detected: boolean;
  readonly title: string;
  readonly wrong: string;
  readonly evidence: string;
  readonly nextSteps: readonly string[];
  readonly limits: string | null;
}

/** Prints the catalogue, or all that is known about one cause. An unknown id is a ProblemError. */
export function execute(id: string | undefined, output: OutputFormat, { streams, messages }: CommandContext): number {
  if (id !== undefined && !isCauseId(id)) throw new ProblemError(problem('unknown-cause', id, closest(id, CAUSE_IDS)));
  const ids = id === undefined ? CAUSE_IDS : [id];
  if (output === 'json') writeJson(streams.stdout, { schema: CAUSES_SCHEMA, causes: ids.map((one) => causeJson(one, messages)) });
  else writeLines(streams.stdout, id === undefined ? catalogueLines(messages) : causeLines(id, messages));
  return EXIT.ok;
}

function causeJson(id: CauseId, messages: Messages): CauseJson {
  const { title, wrong, evidence, next, limits } = messages.causes[id];
  return { id, layer: layerOfCause(id), detected: !NOT_YET_DETECTED.includes(id), title, wrong, evidence, nextSteps: next, limits: limits ?? null };
}

function catalogueLines(messages: Messages): readonly string[] {
  const width = Math.max(...CAUSE_IDS.map((id) => id.length));
  return LAYERS.flatMap((layer) => [
    messages.report.layers[layer],
    ...CAUSE_IDS.filter((id) => layerOfCause(id) === layer).map((id) => `  ${id.padEnd(width)}  ${messages.causes[id].title}${mark(id, messages)}`),
    '',
  ]).slice(0, -1);
}

function mark(id: CauseId, messages: Messages): string {
  return NOT_YET_DETECTED.includes(id) ? ` (${messages.cli.causes.notYet})` : '';
}

function causeLines(id: CauseId, messages: Messages): readonly string[] {
  const { title, wrong, evidence, next, limits } = messages.causes[id];
  const words = messages.cli.causes;
  return [
    `${id}: ${title}${mark(id, messages)}`,
    `${words.layer}: ${messages.report.layers[layerOfCause(id)]}`,
    '',
    `${words.wrong}: ${wrong}`,
    `${words.evidence}: ${evidence}`,
    ...(limits === undefined ? [] : [`${words.limits}: ${limits}`]),
    '',
    `${words.next}:`,
    ...next.map((step, index) => `  ${String(index + 1)}. ${step}`),
  ];
}
