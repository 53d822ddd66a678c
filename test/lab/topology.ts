/** Builds a lab: pod – node – routers – internet hosts, in namespaces that have no way out of the machine. */
import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { AgentProcess } from './agent-process.ts';
import { guard, newPrefix } from './namespaces.ts';
import { drawPlan, namespaceOf, type Place, type Plan } from './plan.ts';
import type { Random } from './random.ts';
import { runProcess } from './run-process.ts';
import { addressCommands, linkCommands } from './topology-script.ts';

/** The kernel tells of a new link's carrier a moment later (net/core/link_watch.c): up to a second on a busy machine. */
const CARRIER = 'for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do [ "$(cat /sys/class/net/eth0/operstate)" = up ] && break; sleep 0.1; done';

const DELAY_LINK = fileURLToPath(new URL('delay-link.py', import.meta.url));

export class Topology {
  readonly plan: Plan;
  readonly #agents = new Map<string, AgentProcess>();
  readonly #relay: ChildProcess;
  readonly #release: () => void;

  private constructor(plan: Plan, relay: ChildProcess, release: () => void) {
    this.plan = plan;
    this.#relay = relay;
    this.#release = release;
  }

  static async build(random: Random): Promise<Topology> {
    const plan = drawPlan(random, newPrefix());
    const release = guard(plan.prefix);
    await runProcess(['sh', '-e'], linkCommands(plan).join('\n'));
    const relay = await startRelay(plan);
    const topology = new Topology(plan, relay, release);
    // The servers' namespaces are needed by nearly every scenario: their agents start while the addresses are set.
    topology.agent('srv');
    topology.agent('lan');
    await runProcess(['sh', '-e'], addressCommands(plan).join('\n'));
    await runProcess(['ip', 'netns', 'exec', topology.namespace('pod'), 'sh'], CARRIER);
    return topology;
  }

  namespace(place: Place | number): string {
    return namespaceOf(this.plan, place);
  }

  agent(place: Place | number): AgentProcess {
    const namespace = this.namespace(place);
    const known = this.#agents.get(namespace);
    if (known !== undefined) return known;
    const agent = new AgentProcess(namespace);
    this.#agents.set(namespace, agent);
    return agent;
  }

  async resetServers(): Promise<void> {
    await Promise.all([...this.#agents.values()].map((agent) => agent.reset()));
  }

  remove(): void {
    for (const agent of this.#agents.values()) agent.end();
    this.#relay.stdin?.end();
    this.#release();
  }
}

/** Both ends are made in the first router's namespace; the far one is then moved to the second. */
async function startRelay(plan: Plan): Promise<ChildProcess> {
  const near = namespaceOf(plan, 1);
  const relay = spawn('ip', ['netns', 'exec', near, 'python3', DELAY_LINK, 'wan0', 'wan1', String(plan.delayMs)], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    relay.stdout.once('data', () => { resolve(); });
    relay.once('close', () => { reject(new Error('the delay link did not start')); });
  });
  await runProcess(['ip', '-n', near, 'link', 'set', 'wan1', 'netns', namespaceOf(plan, 2), 'name', 'wan0']);
  return relay;
}
