/** Opens the server that a spec describes. */
import dgram from 'node:dgram';
import net from 'node:net';
import { startDnsServer, type DnsReply, type DnsRule } from '../dns-server.ts';
import { protocolTalk } from './protocols.ts';
import { proxyTalk } from './proxy.ts';
import type { DatagramSpec, DnsSpec, ServerSpec, StreamSpec, Talk } from './spec.ts';
import { dripTalk, hangUpTalk, httpTalk, inTurn, saysTalk, type Conversation } from './talks.ts';
import { secured } from './tls.ts';

export interface OpenServer {
  close(): Promise<void>;
}

export function openServer(spec: ServerSpec): Promise<OpenServer> {
  switch (spec.kind) {
    case 'stream':
      return openStream(spec);
    case 'datagram':
      return openDatagram(spec);
    case 'dns':
      return openDns(spec);
  }
}

function openDns(spec: DnsSpec): Promise<OpenServer> {
  return startDnsServer({ ...spec, rules: spec.rules.map(({ thenReplies, ...rule }) => (thenReplies === undefined ? rule : rotating(rule, [rule.reply, ...thenReplies]))) });
}

function rotating(rule: DnsRule, replies: readonly DnsReply[]): DnsRule {
  let turn = -1;
  return {
    ...rule,
    get reply() {
      turn += 1;
      return replies[turn % replies.length] ?? {};
    },
  };
}

async function openStream(spec: StreamSpec): Promise<OpenServer> {
  const open = new Set<net.Socket>();
  const converse = conversationOf(spec.talk);
  const server = net.createServer({ pauseOnConnect: spec.tls !== undefined, noDelay: true }, (socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket)).on('error', () => undefined);
    if (spec.tls === undefined) converse(socket);
    else secured(socket, spec.tls, converse);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port: spec.port, host: spec.address, backlog: 128 }, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => { resolve(); });
        for (const socket of open) socket.destroy();
      }),
  };
}

function conversationOf(talk: Talk): Conversation {
  switch (talk.kind) {
    case 'http':
      return httpTalk(talk.replies);
    case 'protocol':
      return protocolTalk(talk.name, talk.state);
    case 'silent':
      return (socket) => { socket.resume(); };
    case 'line':
      return (socket) => {
        socket.on('data', (bytes: Buffer) => {
          const isUnwanted = talk.hangsUpOn !== undefined && bytes.toString('latin1').startsWith(talk.hangsUpOn);
          if (bytes.includes(0x0a)) socket.end(isUnwanted ? '' : talk.text);
        });
      };
    case 'drips':
      return dripTalk(talk);
    case 'turns':
      return inTurn(talk.talks.map(conversationOf), talk.then);
    case 'hang-up':
      return hangUpTalk(talk);
    case 'says':
      return saysTalk(talk);
    case 'proxy':
      return proxyTalk(talk);
  }
}

async function openDatagram(spec: DatagramSpec): Promise<OpenServer> {
  const socket = dgram.createSocket(spec.address.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', (octets, remote) => {
    if (spec.does === 'echoes') socket.send(octets, remote.port, remote.address);
  });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(spec.port, spec.address, resolve);
  });
  return { close: () => new Promise((resolve) => { socket.close(() => { resolve(); }); }) };
}
