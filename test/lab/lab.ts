/** A lab that is up: scenarios run in it one after the other, each from the same beginning. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { makeAuthorities, type Authorities } from './certificates.ts';
import { LabCase } from './lab-case.ts';
import { ensureFolder, ETC_NETNS, folderOf } from './namespaces.ts';
import type { Place } from './plan.ts';
import { randomFrom, seedFor, type Random } from './random.ts';
import type { ContrastName } from './scenario.ts';
import { Topology } from './topology.ts';
import { pathOf, type Toolbox } from './toolbox.ts';

/** NETDIAG_LAB_ROOT: a folder with another distribution's file system, which the target's tools are taken from. */
const IN_ROOT = fileURLToPath(new URL('in-root.sh', import.meta.url));

const PLACE_OF: Readonly<Record<ContrastName, Place>> = { node: 'node', pod: 'pod2', outside: 'out' };

let authorities: Promise<Authorities> | undefined;

export class Lab {
  readonly topology: Topology;
  readonly #authorities: Authorities;
  readonly #seed: number;

  private constructor(topology: Topology, made: Authorities, seed: number) {
    this.topology = topology;
    this.#authorities = made;
    this.#seed = seed;
  }

  static async build(seed: number, random: Random): Promise<Lab> {
    authorities ??= makeAuthorities(random.pick(['Contoso', 'Acme', 'Globex', 'Initech', 'Umbrella']));
    const [topology, made] = await Promise.all([Topology.build(random), authorities]);
    const lab = new Lab(topology, made, seed);
    for (const place of ['pod', 'pod2', 'node', 'out'] as const) lab.trust(place, [made.root.certificate]);
    return lab;
  }

  /** Writes the trust store that the vantage's tools read: `ip netns exec` mounts it over /etc/ssl. */
  trust(place: Place, roots: readonly string[]): void {
    const folder = ensureFolder(path.join(ETC_NETNS, this.topology.namespace(place), 'ssl'));
    writeFileSync(path.join(ensureFolder(path.join(folder, 'certs')), 'ca-certificates.crt'), roots.join(''));
    writeFileSync(path.join(folder, 'openssl.cnf'), 'openssl_conf = nothing\n[nothing]\n');
  }

  /** The case draws what it needs from the lab's seed and its own name. */
  async case(name: string): Promise<LabCase> {
    const one = new LabCase(this.topology, randomFrom(seedFor(this.#seed, name)), this.#authorities);
    await one.prepare();
    return one;
  }

  /** What stands before a command that runs in the target, with the case's environment. */
  targetPrefix(toolbox: Toolbox, environment: Readonly<Record<string, string>>): readonly string[] {
    const root = process.env['NETDIAG_LAB_ROOT'];
    const path = pathOf(root === undefined ? toolbox : 'all', folderOf(this.topology.plan.prefix));
    return inNamespace(this.topology.namespace('pod'), { PATH: path, HOME: '/', ...environment }, root === undefined ? [] : ['sh', IN_ROOT, root]);
  }

  contrastPrefix(contrast: ContrastName, environment: Readonly<Record<string, string>> = {}): readonly string[] {
    return inNamespace(this.topology.namespace(PLACE_OF[contrast]), { PATH: pathOf('all', ''), HOME: '/', ...environment });
  }

  remove(): void {
    this.topology.remove();
  }
}

function inNamespace(namespace: string, environment: Readonly<Record<string, string>>, within: readonly string[] = []): readonly string[] {
  return ['ip', 'netns', 'exec', namespace, ...within, 'env', '-i', ...Object.entries(environment).map(([name, value]) => `${name}=${value}`)];
}
