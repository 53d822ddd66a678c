/**
 * A nameserver whose every answer can be set, for tests and the fault lab:
 *
 *     node test/lab/dns-server.ts CONFIG.json        # a DnsServerConfig; prints `listening` when its sockets are open
 *
 * The first rule that fits the query decides; without one, the answer is NXDOMAIN. A UDP answer larger than 512 octets (or
 * than the EDNS size that the client offers) goes out empty with the TC flag, as RFC 1035 4.2.1 and RFC 6891 want it.
 */
import { readFileSync } from 'node:fs';
import dgram from 'node:dgram';
import net from 'node:net';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import dnsPacket from 'dns-packet';
import type { Answer, Packet, Question } from 'dns-packet';
import ipaddr from 'ipaddr.js';

export type Transport = 'udp' | 'tcp';

export interface DnsReply {
  /** RCODE; NOERROR when absent. */
  readonly rcode?: 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED';
  /** Answer section, CNAMEs included, in the order in which they go out. */
  readonly answers?: readonly Answer[];
  /** Wait before the answer goes out. */
  readonly delayMs?: number;
  /** No answer at all; over TCP the connection stays open and silent. */
  readonly drop?: true;
  /** TC flag, whatever the size. */
  readonly truncate?: true;
  /** Over TCP, close without an answer; over UDP the same as drop. */
  readonly close?: true;
  /** Octets sent as they are (base64), in place of a DNS message. */
  readonly raw?: string;
}

export interface DnsRule {
  /** Lower case, without the last dot; `*.zone` is any name below the zone, `*` any name. */
  readonly name: string;
  readonly recordType?: 'A' | 'AAAA';
  readonly transport?: Transport;
  /** Only for clients in this range (CIDR). */
  readonly client?: string;
  readonly reply: DnsReply;
}

export interface DnsServerConfig {
  readonly address: string;
  readonly port: number;
  /** Sockets that are opened: a transport that is not listed has a closed port. */
  readonly transports: readonly Transport[];
  readonly rules: readonly DnsRule[];
}

export interface DnsServer {
  close(): Promise<void>;
}

interface Client {
  readonly address: string;
  readonly transport: Transport;
}

const RCODE = { NOERROR: 0, FORMERR: 1, SERVFAIL: 2, NXDOMAIN: 3, NOTIMP: 4, REFUSED: 5 } as const;
const PLAIN_UDP_OCTETS = 512;

export async function startDnsServer(config: DnsServerConfig): Promise<DnsServer> {
  const closers: (() => Promise<void>)[] = [];
  if (config.transports.includes('udp')) closers.push(await listenUdp(config));
  if (config.transports.includes('tcp')) closers.push(await listenTcp(config));
  return {
    close: async () => {
      await Promise.all(closers.map((close) => close()));
    },
  };
}

async function listenUdp(config: DnsServerConfig): Promise<() => Promise<void>> {
  const socket = dgram.createSocket(config.address.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (octets, remote) => {
    const query = readQuery(octets);
    if (query === null) return;
    const reply = choose(config.rules, query, { address: remote.address, transport: 'udp' });
    if (reply.drop === true || reply.close === true) return;
    const answer = fitUdp(answerOctets(query, reply), query, reply);
    setTimeout(() => { socket.send(answer, remote.port, remote.address, () => undefined); }, reply.delayMs ?? 0);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(config.port, config.address, resolve);
  });
  return () => new Promise((resolve) => { socket.close(() => { resolve(); }); });
}

async function listenTcp(config: DnsServerConfig): Promise<() => Promise<void>> {
  const open = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    let pending = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      pending = Buffer.concat([pending, chunk]);
      while (pending.length >= 2 && pending.length >= 2 + pending.readUInt16BE(0)) {
        const end = 2 + pending.readUInt16BE(0);
        answerTcp(config, socket, pending.subarray(2, end));
        pending = pending.subarray(end);
      }
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(config.port, config.address, resolve);
  });
  return () =>
    new Promise((resolve) => {
      server.close(() => { resolve(); });
      for (const socket of open) socket.destroy();
    });
}

function answerTcp(config: DnsServerConfig, socket: net.Socket, octets: Buffer): void {
  const query = readQuery(octets);
  if (query === null) {
    socket.destroy();
    return;
  }
  const reply = choose(config.rules, query, { address: socket.remoteAddress ?? '', transport: 'tcp' });
  if (reply.drop === true) return;
  if (reply.close === true) {
    socket.end();
    return;
  }
  const answer = answerOctets(query, reply);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(answer.length);
  setTimeout(() => { socket.write(Buffer.concat([length, answer])); }, reply.delayMs ?? 0);
}

function readQuery(octets: Buffer): Packet | null {
  try {
    const packet = dnsPacket.decode(octets);
    return packet.questions?.length === 1 ? packet : null;
  } catch {
    return null;
  }
}

function choose(rules: readonly DnsRule[], query: Packet, client: Client): DnsReply {
  const question = query.questions?.[0];
  if (question === undefined) return { rcode: 'FORMERR' };
  return rules.find((rule) => fits(rule, question, client))?.reply ?? { rcode: 'NXDOMAIN' };
}

function fits(rule: DnsRule, question: Question, client: Client): boolean {
  const name = question.name.toLowerCase();
  const sameName = rule.name === '*' || rule.name === name || (rule.name.startsWith('*.') && name.endsWith(rule.name.slice(1)));
  return (
    sameName &&
    (rule.recordType === undefined || rule.recordType === question.type) &&
    (rule.transport === undefined || rule.transport === client.transport) &&
    (rule.client === undefined || within(client.address, rule.client))
  );
}

function within(address: string, range: string): boolean {
  const parsed = ipaddr.process(address);
  const [network, bits] = ipaddr.parseCIDR(range);
  return parsed.kind() === network.kind() && parsed.match([network, bits]);
}

/** Negative answers carry the zone's SOA, as RFC 2308 asks of a server. */
function answerOctets(query: Packet, reply: DnsReply): Buffer {
  if (reply.raw !== undefined) return Buffer.from(reply.raw, 'base64');
  const answers = [...(reply.answers ?? [])];
  const rcode = RCODE[reply.rcode ?? 'NOERROR'];
  const addresses = answers.some((answer) => answer.type === 'A' || answer.type === 'AAAA');
  const negative = rcode === RCODE.NXDOMAIN || (rcode === RCODE.NOERROR && !addresses);
  return encodeAnswer(query, { rcode, answers, authorities: negative ? [SOA] : [], truncated: reply.truncate === true });
}

const SOA: Answer = {
  type: 'SOA',
  name: 'example',
  ttl: 30,
  data: { mname: 'ns.example', rname: 'admin.example', serial: 1, refresh: 3600, retry: 600, expire: 86_400, minimum: 30 },
};

interface Sections {
  readonly rcode: number;
  readonly answers: Answer[];
  readonly authorities: Answer[];
  readonly truncated: boolean;
}

function encodeAnswer(query: Packet, sections: Sections): Buffer {
  const flags =
    dnsPacket.RECURSION_DESIRED |
    dnsPacket.RECURSION_AVAILABLE |
    (sections.truncated ? dnsPacket.TRUNCATED_RESPONSE : 0) |
    sections.rcode;
  const packet: Packet = {
    type: 'response',
    flags,
    questions: query.questions ?? [],
    answers: sections.answers,
    authorities: sections.authorities,
  };
  if (query.id !== undefined) packet.id = query.id;
  return dnsPacket.encode(packet);
}

function fitUdp(answer: Buffer, query: Packet, reply: DnsReply): Buffer {
  const edns = query.additionals?.find((record) => record.type === 'OPT');
  const limit = edns?.type === 'OPT' ? Math.max(PLAIN_UDP_OCTETS, edns.udpPayloadSize) : PLAIN_UDP_OCTETS;
  if (answer.length <= limit && reply.truncate !== true) return answer;
  return encodeAnswer(query, { rcode: RCODE[reply.rcode ?? 'NOERROR'], answers: [], authorities: [], truncated: true });
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const configs = process.argv.slice(2).map((file) => JSON.parse(readFileSync(file, 'utf8')) as DnsServerConfig);
  await Promise.all(configs.map(startDnsServer));
  process.stdout.write('listening\n');
}
