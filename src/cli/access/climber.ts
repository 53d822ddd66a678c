import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { ownerName, randomWord, type Owner } from '../../access/owner.ts';
import type { Climber, Goal, Surveyed } from '../../access/way-in.ts';
import type { Change, Consent, Progress } from '../../domain/access.ts';
import type { PodDetail } from '../../domain/cluster.ts';
import type { ToolsFact, UnavailableFact } from '../../domain/facts.ts';
import type { Vantage } from '../../domain/vantage.ts';
import type { ClusterConnection } from '../../kube/client.ts';
import type { PodAccess } from '../../kube/pod-access.ts';
import { canReachOut, surveyTools, toolsOf } from '../../probes/ask.ts';
import type { CommandWatch } from '../../probes/probe.ts';
import type { AccessOptions } from './access-options.ts';

/** Stands for this process: what it makes carries it. */
const SESSION = `${randomWord(4)}-${randomUUID().slice(0, 8)}`;

export interface ClimberOptions {
  readonly access: AccessOptions;
  /** Absent: nothing is changed. */
  readonly consent?: (change: Change) => Promise<Consent>;
  readonly progress?: (step: Progress) => void;
  /** What a place must have to be of use; absent: a tool that opens connections. */
  readonly enough?: (tools: ToolsFact) => boolean;
  readonly signal: AbortSignal;
}

export async function createClimber(connection: ClusterConnection, pullSecrets: readonly string[], options: ClimberOptions): Promise<Climber> {
  const { access, consent = readOnly, progress = () => undefined, enough = canReachOut, signal } = options;
  const { image, ttlSeconds } = access;
  return {
    exec: connection.exec,
    access: connection.access,
    owner: await ownerOf(connection, signal),
    options: { image, ttlSeconds, pullSecrets: [...new Set([...pullSecrets, ...access.pullSecrets])], requests: access.requests, limits: access.limits },
    signal,
    survey: (vantage) => survey(vantage, enough, signal),
    consent,
    progress,
    nowMs: Date.now,
  };
}

function readOnly(): Promise<Consent> {
  return Promise.resolve('read-only');
}

export async function ownerOf({ access }: ClusterConnection, signal: AbortSignal): Promise<Owner> {
  const user = await access.whoAmI(signal);
  return { name: ownerName(user.ok ? user.value : null, systemUser()), session: SESSION };
}

/** A container may run us under a number that has no name. */
function systemUser(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? '');
  }
}

const UNWATCHED: CommandWatch = { started: () => '', line: () => undefined, ended: () => undefined };

async function survey(vantage: Vantage, enough: (tools: ToolsFact) => boolean, signal: AbortSignal): Promise<Surveyed> {
  const found = await surveyTools(vantage, UNWATCHED, signal);
  const tools = toolsOf(found);
  if (tools !== null) return enough(tools) ? { kind: 'tools' } : { kind: 'none', detail: Object.keys(tools.tools).join(', ') };
  const refusal = found.facts.find((fact): fact is UnavailableFact => fact.kind === 'unavailable');
  const detail = refusal?.detail ?? '';
  return refusal?.reason === 'not-permitted' ? { kind: 'not-permitted', detail } : { kind: 'lost', detail };
}

/** The container of a pod as the ladder's goal. */
export function goalOf(pod: PodAccess, detail: PodDetail, container: string, { keep, installTools }: Pick<AccessOptions, 'keep' | 'installTools'>): Goal {
  const variables = detail.containers.find(({ name }) => name === container)?.environment ?? [];
  const known = variables.flatMap(({ name, value }) => (value === null ? [] : [[name, value] as const]));
  return { pod, container, environment: Object.fromEntries(known), role: { id: 'target', role: 'target' }, stays: keep, installs: installTools };
}
