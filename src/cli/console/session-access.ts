import { cleanUp } from '../../access/clean-up.ts';
import type { Climbed } from '../../access/climb.ts';
import { findLeftovers } from '../../access/leftovers.ts';
import type { Owner } from '../../access/owner.ts';
import type { Entered } from '../../access/way-in.ts';
import type { AccessDialogue, CreatedThing } from '../../domain/access.ts';
import type { ClusterFailure } from '../../domain/cluster.ts';
import type { FoundLeftovers, LeftoverSearch, PortResult, PreparedShell } from '../../domain/console-ports.ts';
import type { CleanedUp, Leftover } from '../../domain/leftover.ts';
import type { ClusterConnection } from '../../kube/client.ts';
import { ownerOf } from '../access/climber.ts';
import type { AccessOptions } from '../access/access-options.ts';
import { attachTo } from '../access/interactive.ts';
import { climbTo, type PodTarget } from '../session/pod-places.ts';

/**
 * What a console makes in the cluster. It lives as long as the session, so that the next run and the shell find it, and is ended when
 * the console is left.
 */
export class SessionAccess {
  readonly #options: AccessOptions;
  readonly #made = new Map<string, Entered>();

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  get isArmed(): boolean {
    return this.#options.write;
  }

  get things(): readonly CreatedThing[] {
    return [...this.#made.values()].flatMap(({ created }) => (created === null ? [] : [created]));
  }

  /** Gets to a container; what is made for it is the session's from then on. */
  async climb(connection: ClusterConnection, target: PodTarget, dialogue: AccessDialogue, signal: AbortSignal, shell: boolean): Promise<Climbed> {
    const detail = await connection.reader.getPod(target.namespace, target.pod, signal);
    if (!detail.ok) throw new Error(detail.failure.detail);
    const climbed = await climbTo(connection, { target: { ...target, node: detail.value.node }, pod: detail.value }, {
      access: this.#options,
      signal,
      consent: (change) => (this.isArmed ? dialogue.consent(change) : Promise.resolve('read-only')),
      progress: (step) => { dialogue.progress(step); },
      ...(shell ? { enough: ({ tools }) => tools['sh'] !== undefined } : {}),
    });
    if (!climbed.ok) throw new Error(climbed.problem.detail);
    const { access, entered } = climbed.value;
    if (entered.created?.isNew !== true) return climbed.value;
    const { created } = entered;
    this.#made.set(created.name, entered);
    return { access, entered: { ...entered, release: () => Promise.resolve() } };
  }

  async prepareShell(connection: ClusterConnection, target: PodTarget, dialogue: AccessDialogue, signal: AbortSignal): Promise<PreparedShell> {
    const { access, entered } = await this.climb(connection, target, dialogue, signal, true);
    const { pod, name } = entered.vantage.identity;
    if (access.used === null || pod === null) return { access, open: null };
    const address = { namespace: pod.namespace, pod: pod.name, container: name.split('/').at(-1) ?? '' };
    return { access, open: (leaving) => attachTo(connection.exec, address, [], leaving) };
  }

  async find(connection: ClusterConnection, namespace: string, search: LeftoverSearch, signal: AbortSignal): Promise<PortResult<FoundLeftovers>> {
    const owner: Owner = await ownerOf(connection, signal);
    const { leftovers, unread } = await findLeftovers(
      connection.access,
      { namespace: null, fallbackNamespace: namespace, owner: search.who === 'mine' ? owner.name : null, thorough: search.thorough },
      signal,
    );
    const [failure] = unread.filter(({ kind }) => kind !== 'forbidden');
    if (failure !== undefined) return { ok: false, failure: { kind: failure.kind === 'unreachable' ? 'unreachable' : 'failed', detail: failure.detail } };
    return { ok: true, value: { owner: owner.name, session: owner.session, leftovers, unread: unread.map((one: ClusterFailure) => one.detail) } };
  }

  async *cleanUp(connection: ClusterConnection, leftovers: readonly Leftover[], signal: AbortSignal): AsyncGenerator<CleanedUp> {
    for await (const cleaned of cleanUp(connection, leftovers, signal)) {
      if (cleaned.end.kind === 'gone') this.#forget(cleaned.leftover);
      yield cleaned;
    }
  }

  /** Ends what this session made, all at once, as far as the signal lets it; gives what is not confirmed as ended. */
  async end(signal: AbortSignal): Promise<readonly CreatedThing[]> {
    await Promise.all(
      [...this.#made].map(async ([name, entered]) => {
        await entered.release(signal);
        if (!signal.aborted) this.#made.delete(name);
      }),
    );
    return this.things;
  }

  /** Forgets it: it ends by itself. */
  keep(): void {
    this.#made.clear();
  }

  #forget({ namespace, pod, container }: Leftover): void {
    this.#made.delete([namespace, pod, container].filter((part) => part !== null).join('/'));
  }
}
