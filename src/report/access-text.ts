import { rbacRules, type Access, type ComparedPlace, type Refusal, type Rung } from '../domain/access.ts';
import type { Messages } from '../i18n/index.ts';

/** How the target was entered: every rung that was looked at, why not, and what the used one keeps. */
export function accessLines(given: Access, messages: Messages): readonly string[] {
  const { access } = messages;
  const compared = (given.compared ?? []).flatMap((place) => comparedLines(place, messages));
  // The container's own tools are what everybody expects: nothing is said of them, unless others were wanted.
  if (given.used === 'exec' && given.rungs.length === 1) return compared;
  return [
    ...given.rungs.flatMap((rung) => rungLines(rung, messages)),
    ...grantLines(given, messages.access),
    ...(given.created === null ? [] : [`  ${access.created(given.created)}`]),
    ...compared,
  ];
}

function rungLines({ rung, place, refusal, kept }: Rung, { access }: Messages): readonly string[] {
  if (refusal === null) return [access.used(rung, place ?? '', access.kept(kept))];
  return [access.notUsed(rung, place, access.refusal(refusal))];
}

function comparedLines({ rung, created }: ComparedPlace, messages: Messages): readonly string[] {
  const { access } = messages;
  const { rung: id, place, refusal, kept } = rung;
  if (refusal !== null) return [access.notCompared(id, access.refusal(refusal)), ...refusalHints(rung, messages)];
  return [access.compared(id, place ?? '', access.kept(kept)), ...(created === null ? [] : [`  ${access.created(created)}`])];
}

/** What a quota or a limit range says of a pod without, or with other, amounts: `must specify limits.cpu for: toolkit`, `minimum cpu usage per Container is 200m`   Kubernetes 1.34 */
const ABOUT_AMOUNTS = /must specify (?:requests|limits)\.|(?:minimum|maximum) (?:cpu|memory) (?:usage|limit)|exceeded quota/u;

/** What would lift the refusal of a pod of our own. */
export function refusalHints(rung: Rung, { access }: Messages): readonly string[] {
  const { refusal } = rung;
  const isAboutAmounts = refusal?.kind === 'admission' && ABOUT_AMOUNTS.test(refusal.detail);
  return [...grantLines({ rungs: [rung] }, access), ...(isAboutAmounts ? [`  ${access.steps.amounts}`] : [])];
}

/** One set of rules for all that is missing. */
function grantLines({ rungs }: Pick<Access, 'rungs'>, access: Messages['access']): readonly string[] {
  const missing = rungs.flatMap(({ refusal }) => (refusal?.kind === 'not-permitted' ? refusal.missing : []));
  if (missing.length === 0) return [];
  const namespaces = [...new Set(missing.map(({ namespace }) => namespace ?? '-'))].join(', ');
  return [`  ${access.grant(namespaces)}`, ...rbacRules(missing).split('\n').map((line) => `    ${line}`)];
}

/** What to do when no rung led into the pod. */
export function accessSteps(given: Access | null, { access }: Messages): readonly string[] {
  if (given === null || given.used !== null) return [];
  return given.rungs.flatMap(({ rung, refusal }) => {
    switch (refusal?.kind) {
      case 'read-only':
      case 'declined':
        return [access.steps.write(rung), access.steps.byHand];
      case 'not-permitted':
        return refusal.missing.length === 0 ? [] : [access.steps.grant(rung, refusal.missing)];
      case 'failed':
        return rung === 'ephemeral' || rung === 'toolkit' ? [access.steps.image] : [];
      default:
        return [];
    }
  }).filter((step, index, all) => all.indexOf(step) === index);
}

/** What a person types to get in by the way that was offered. */
export function accessCommands(given: Access | null): readonly (readonly string[])[] {
  if (given === null || given.used !== null) return [];
  return given.rungs.flatMap(({ refusal, commands }) => (refusal?.kind === 'read-only' || refusal?.kind === 'declined' ? commands : []));
}

/** As data: each refusal with its sentence, and the rule that would lift it. */
export interface AccessJson {
  readonly used: Access['used'];
  readonly created: Access['created'];
  readonly rungs: readonly RungJson[];
  readonly compared: readonly (RungJson & { readonly created: Access['created'] })[];
}

interface RungJson {
  readonly rung: Rung['rung'];
  readonly place: string | null;
  readonly kept: Rung['kept'];
  readonly refusal: { readonly kind: Refusal['kind']; readonly summary: string; readonly missing: readonly { readonly verb: string; readonly group: string; readonly resource: string; readonly namespace: string | null }[]; readonly rules: string | null } | null;
  /** Each whole argv. */
  readonly commands: readonly (readonly string[])[];
}

export function accessJson({ used, created, rungs, compared = [] }: Access, messages: Messages): AccessJson {
  return { used, created, rungs: rungs.map((rung) => rungJson(rung, messages)), compared: compared.map((place) => ({ ...rungJson(place.rung, messages), created: place.created })) };
}

function rungJson({ rung, place, kept, refusal, commands }: Rung, messages: Messages): RungJson {
  return { rung, place, kept, refusal: refusal === null ? null : refusalJson(refusal, messages), commands };
}

function refusalJson(refusal: Refusal, { access }: Messages): NonNullable<RungJson['refusal']> {
  const missing = refusal.kind === 'not-permitted' ? refusal.missing : [];
  return { kind: refusal.kind, summary: access.refusal(refusal), missing, rules: missing.length === 0 ? null : rbacRules(missing) };
}
