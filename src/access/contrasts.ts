import { KEPT, type ComparedPlace } from '../domain/access.ts';
import { ensureToolkit, enterToolkit } from './toolkit.ts';
import type { Climber, Entered } from './way-in.ts';

/** A place of our own to compare with, that somebody asked for. `node` null: the target's. */
export type ContrastWish = { readonly kind: 'toolkit' } | { readonly kind: 'node'; readonly node: string | null };

export interface Contrast {
  readonly told: ComparedPlace;
  /** null when it cannot be had. */
  readonly entered: Entered | null;
}

/** Makes the places to compare with, one question after the other. One that cannot be had is told and is no problem. */
export async function enterContrasts(climber: Climber, wishes: readonly ContrastWish[], target: { readonly namespace: string; readonly node: string | null }, stays: boolean): Promise<readonly Contrast[]> {
  const contrasts: Contrast[] = [];
  for (const wish of wishes) {
    const hostNetwork = wish.kind === 'node';
    const rung = hostNetwork ? 'node' : 'toolkit';
    const node = wish.kind === 'node' && wish.node !== null ? wish.node : target.node;
    const outcome = await ensureToolkit(climber, { namespace: target.namespace, node, hostNetwork, labels: {} }, stays);
    const kept = { ...KEPT[rung], node: node === target.node };
    const place = outcome.ok ? outcome.pod.created.name : outcome.place;
    contrasts.push({
      told: { rung: { rung, place, refusal: outcome.ok ? null : outcome.refusal, kept, commands: outcome.commands }, created: outcome.ok ? outcome.pod.created : null },
      entered: outcome.ok ? enterToolkit(climber, outcome.pod, hostNetwork, node === target.node) : null,
    });
  }
  return contrasts;
}
