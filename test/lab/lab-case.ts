/** One scenario's hold on a lab: what it opens, filters and writes is undone when it ends. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import type { DnsReply } from './dns-server.ts';
import { issue, type Authorities, type Issued, type Wish } from './certificates.ts';
import { ensureFolder, ETC_NETNS } from './namespaces.ts';
import { net4, net6, v4, v6, type Place } from './plan.ts';
import type { Random } from './random.ts';
import { runProcess } from './run-process.ts';
import type { DnsSpec, HttpReply, StreamSpec, Talk, TlsSpec } from './servers/spec.ts';
import type { Topology } from './topology.ts';

type DnsRules = DnsSpec['rules'];

export interface Site {
  readonly name: string;
  readonly v4: readonly string[];
  readonly v6: readonly string[];
}

const WORDS = ['orders', 'billing', 'api', 'auth', 'ledger', 'search', 'mail', 'queue', 'cdn', 'files', 'pay', 'users', 'stock', 'hooks', 'graph'] as const;
const VANTAGES = ['pod', 'pod2', 'node', 'out'] as const;

export class LabCase {
  readonly topology: Topology;
  readonly random: Random;
  readonly authorities: Authorities;
  /** What the target's processes find in their environment. */
  readonly environment: Record<string, string> = {};
  /** The same of the contrasts' processes. */
  readonly contrastEnvironment: Record<string, string> = {};
  /** Where the case's nameserver listens. */
  readonly nameserver: string;
  /** Which of its sockets are open; none: nobody is there. */
  nameserverTransports: DnsSpec['transports'] = ['udp', 'tcp'];
  readonly #rules: DnsRules[number][] = [];
  readonly #undo: string[] = [];
  readonly #filtered = new Set<Place | number>();
  /** The lab is not to be used again: what this case did to links and routes is not undone one by one. */
  spoilt = false;
  readonly #numbers: number[];
  readonly #serviceNumbers: number[];

  constructor(topology: Topology, random: Random, authorities: Authorities) {
    this.topology = topology;
    this.random = random;
    this.authorities = authorities;
    const numbers = random.shuffle(Array.from({ length: 240 }, (_, index) => index + 10));
    this.#numbers = numbers.slice(0, 120);
    this.#serviceNumbers = numbers.slice(120);
    this.nameserver = v4(this.plan.services, this.#serviceNumbers.pop() ?? 10);
  }

  get plan(): Topology['plan'] {
    return this.topology.plan;
  }

  // --- names and addresses --------------------------------------------------------------------------------------

  freshName(): string {
    return `${this.random.pick(WORDS)}-${this.random.between(100, 9999).toString(36)}.${this.plan.zone}`;
  }

  /** An Internet host with a name: its addresses are up, and the nameserver knows them. Nothing listens yet. */
  async site(count: { readonly v4?: number; readonly v6?: number } = {}): Promise<Site> {
    const numbers = this.#numbers.splice(0, Math.max(count.v4 ?? 1, count.v6 ?? 0));
    const site = {
      name: this.freshName(),
      v4: numbers.slice(0, count.v4 ?? 1).map((number) => v4(this.plan.servers, number)),
      v6: numbers.slice(0, count.v6 ?? 0).map((number) => v6(this.plan.servers, number)),
    };
    await this.addAddresses('srv', [...site.v4, ...site.v6]);
    this.resolves(site.name, site.v4, site.v6);
    return site;
  }

  /** An address of the servers' network that no host has. */
  vacantAddress(): string {
    return v4(this.plan.servers, this.#numbers.pop() ?? 250);
  }

  /** A further address where nameservers and proxies stand. */
  async serviceAddress(): Promise<string> {
    const address = v4(this.plan.services, this.#serviceNumbers.pop() ?? 250);
    await this.addAddresses('lan', [address]);
    return address;
  }

  async addAddresses(place: Place, addresses: readonly string[], device = 'eth0'): Promise<void> {
    const ns = this.topology.namespace(place);
    const each = addresses.map((address) => ({ address: `${address}/${address.includes(':') ? '128' : '32'}`, nodad: address.includes(':') ? ' nodad' : '' }));
    await this.shell(each.map(({ address, nodad }) => `ip -n ${ns} addr add ${address} dev ${device}${nodad}`), each.map(({ address }) => `ip -n ${ns} addr del ${address} dev ${device}`));
  }

  /** The usual port, or now and then a high one: a rule that knows ports by heart would be found out. */
  port(usual: number): number {
    return this.random.next() < 0.6 ? usual : this.random.between(2000, 32_000);
  }

  // --- the nameserver -------------------------------------------------------------------------------------------

  resolves(name: string, addresses4: readonly string[], addresses6: readonly string[] = []): void {
    this.#rules.push(
      { name, recordType: 'A', reply: { answers: addresses4.map((data) => ({ type: 'A', name, ttl: 60, data })) } },
      { name, recordType: 'AAAA', reply: { answers: addresses6.map((data) => ({ type: 'AAAA', name, ttl: 60, data })) } },
    );
  }

  /** Rules that come before those that are there. */
  answers(...rules: DnsRules): void {
    this.#rules.unshift(...rules);
  }

  get rules(): DnsRules {
    return this.#rules;
  }

  /** A rule before the others for every type of one name. */
  says(name: string, reply: DnsReply): void {
    this.answers({ name, reply });
  }

  async secondNameserver(rules: DnsRules = this.#rules): Promise<string> {
    const address = await this.serviceAddress();
    await this.topology.agent('lan').serve({ kind: 'dns', address, port: 53, transports: ['udp', 'tcp'], rules });
    return address;
  }

  resolvConf(places: readonly (typeof VANTAGES)[number][], text: string): void {
    for (const place of places) this.etc(place, 'resolv.conf', text);
  }

  /** Lines of a hosts file besides those that every pod has. */
  hosts(place: (typeof VANTAGES)[number], lines: readonly string[]): void {
    const own = place === 'pod' ? [`${v4(this.plan.pods, this.plan.podNumber)} app-7d9c5b8f4-x2x7k`] : [];
    this.etc(place, 'hosts', ['127.0.0.1\tlocalhost', '::1\tlocalhost ip6-localhost ip6-loopback', ...own, ...lines, ''].join('\n'));
  }

  // --- servers --------------------------------------------------------------------------------------------------

  async serve(addresses: readonly string[], port: number, talk: Talk, more: Partial<Pick<StreamSpec, 'tls'>> = {}, place: Place = 'srv'): Promise<void> {
    for (const address of addresses) await this.topology.agent(place).serve({ kind: 'stream', address, port, talk, ...more });
  }

  /** Connections from a place, kept until the end: an application's own. */
  async holdConnections(place: Place, address: string, port: number, count: number, { waits = false, says = '' } = {}): Promise<void> {
    await this.topology.agent(place).hold(address, port, count, waits, says);
  }

  async http(site: Site, port: number, ...replies: readonly HttpReply[]): Promise<void> {
    const given = replies.length > 0 ? replies : [OK];
    await this.serve([...site.v4, ...site.v6], port, { kind: 'http', replies: given });
  }

  /** HTTPS as it should be, but for what `bad` says. */
  async https(site: Site, port: number, bad: Partial<TlsSpec> = {}, ...replies: readonly HttpReply[]): Promise<void> {
    const good = bad.certificate === undefined ? await this.goodTls([site.name]) : null;
    await this.serve([...site.v4, ...site.v6], port, { kind: 'http', replies: replies.length > 0 ? replies : [OK] }, { tls: { ...(good ?? { key: '', certificate: '' }), ...bad } });
  }

  async goodTls(names: readonly string[]): Promise<TlsSpec> {
    const leaf = await this.leaf({ names });
    return { key: leaf.key, certificate: leaf.certificate + this.authorities.intermediate.certificate };
  }

  /** A leaf that the lab's intermediate signs, or another authority. */
  leaf(wish: Partial<Wish>, authority: Issued | null = this.authorities.intermediate): Promise<Issued> {
    return issue({ commonName: wish.names?.[0] ?? 'server', ...wish }, authority);
  }

  // --- the network ----------------------------------------------------------------------------------------------

  /** `iptables` rules of one place, removed at the end: `-A FORWARD -p tcp -j DROP`. */
  async filter(place: Place | number, ...rules: readonly string[]): Promise<void> {
    await this.#filterWith('iptables', place, rules);
  }

  async filter6(place: Place | number, ...rules: readonly string[]): Promise<void> {
    await this.#filterWith('ip6tables', place, rules);
  }

  async #filterWith(tool: string, place: Place | number, rules: readonly string[]): Promise<void> {
    this.#filtered.add(place);
    const ns = this.topology.namespace(place);
    await runProcess(['ip', 'netns', 'exec', ns, 'sh', '-e'], rules.map((rule) => `${tool} -w ${rule}`).join('\n'));
  }

  /** `ip` commands of one place, each with what undoes it. */
  async ip(place: Place | number, ...pairs: readonly (readonly [does: string, undoes: string | null])[]): Promise<void> {
    const ns = this.topology.namespace(place);
    const undo = pairs.flatMap(([, undoes]) => (undoes === null ? [] : [`ip -n ${ns} ${undoes}`]));
    await this.shell(pairs.map(([does]) => `ip -n ${ns} ${does}`), undo.reverse());
  }

  async sysctl(place: Place | number, name: string, value: string, before: string): Promise<void> {
    const set = (to: string): string => `ip netns exec ${this.topology.namespace(place)} sh -c 'echo ${to} > /proc/sys/${name}'`;
    await this.shell([set(value)], [set(before)]);
  }

  async shell(commands: readonly string[], undo: readonly string[]): Promise<void> {
    await runProcess(['sh', '-e'], commands.join('\n'));
    this.#undo.unshift(...undo);
  }

  get podAddress(): string {
    return v4(this.plan.pods, this.plan.podNumber);
  }

  get podAddress6(): string {
    return v6(this.plan.pods, this.plan.podNumber);
  }

  get gateway(): string {
    return v4(this.plan.pods, 1);
  }

  etc(place: Place, name: string, text: string): void {
    writeFileSync(path.join(ensureFolder(path.join(ETC_NETNS, this.topology.namespace(place))), name), text);
  }

  // --- beginning and end ----------------------------------------------------------------------------------------

  /** What every scenario starts from; inject may write it anew. */
  async prepare(): Promise<void> {
    await this.addAddresses('lan', [this.nameserver]);
    const clusterStyle = this.random.next() < 0.5;
    const pods = clusterStyle ? `search shop.svc.cluster.local svc.cluster.local cluster.local\noptions ndots:5\n` : '';
    this.resolvConf(['pod', 'pod2'], `nameserver ${this.nameserver}\n${pods}`);
    this.resolvConf(['node', 'out'], `nameserver ${this.nameserver}\n`);
    for (const place of VANTAGES) this.hosts(place, []);
  }

  /** Opens the nameserver, with all that inject made it know. */
  async open(): Promise<void> {
    const { nameserver: address, nameserverTransports: transports } = this;
    if (transports.length > 0) await this.topology.agent('lan').serve({ kind: 'dns', address, port: 53, transports, rules: this.#rules });
  }

  /** Puts everything back. Throws when the lab cannot be used again. */
  async close(): Promise<void> {
    await this.topology.resetServers();
    for (const place of this.#filtered) await this.#resetFilters(place);
    await runProcess(['sh', '-e'], this.#undo.join('\n'));
  }

  async #resetFilters(place: Place | number): Promise<void> {
    const tables = (masquerade: string): string =>
      `*filter\nCOMMIT\n*mangle\nCOMMIT\n*raw\nCOMMIT\n*nat\n${place === 'node' ? `-A POSTROUTING -s ${masquerade} -o eth0 -j MASQUERADE\n` : ''}COMMIT\n`;
    const ns = this.topology.namespace(place);
    await runProcess(['ip', 'netns', 'exec', ns, 'iptables-restore', '-w'], tables(net4(this.plan.pods)));
    await runProcess(['ip', 'netns', 'exec', ns, 'ip6tables-restore', '-w'], tables(net6(this.plan.pods)));
  }
}

export const OK: HttpReply = { status: 200, reason: 'OK', headers: { 'content-type': 'application/json', server: 'nginx/1.24.0' }, body: '{"status":"ok"}\n' };
