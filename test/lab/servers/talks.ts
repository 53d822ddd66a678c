/** Conversations over a connection, encrypted or not. */
import type net from 'node:net';
import type { HttpReply, Talk } from './spec.ts';

export type Conversation = (socket: net.Socket) => void;

/** Calls back with each request's head, without its body: the lab's clients send none that matters. */
export function onRequests(socket: net.Socket, handle: (head: string) => void): void {
  let pending = '';
  socket.on('data', (chunk: Buffer) => {
    pending += chunk.toString('latin1');
    for (let end = pending.indexOf('\r\n\r\n'); end !== -1; end = pending.indexOf('\r\n\r\n')) {
      const head = pending.slice(0, end);
      pending = pending.slice(end + 4);
      handle(head);
    }
  });
}

export function httpTalk(replies: readonly HttpReply[]): Conversation {
  let turn = -1;
  return (socket) => {
    turn += 1;
    const reply = replies[turn % replies.length];
    if (reply === undefined) return;
    onRequests(socket, (head) => { answer(socket, head, reply); });
  };
}

function answer(socket: net.Socket, head: string, reply: HttpReply): void {
  const octets = replyOctets(reply, head.startsWith('HEAD '));
  const closes = reply.version === '1.0' || /^connection: *close/imu.test(head);
  setTimeout(() => {
    if (reply.cutAfter !== undefined) socket.end(octets.subarray(0, reply.cutAfter));
    else if (closes) socket.end(octets);
    else socket.write(octets);
  }, reply.delayMs ?? 0);
}

export function replyOctets(reply: HttpReply, withoutBody = false): Buffer {
  const body = Buffer.from(reply.body ?? '');
  const framing = reply.chunked === true ? 'transfer-encoding: chunked' : `content-length: ${String(body.length)}`;
  const fields = Object.entries({ date: new Date().toUTCString(), ...reply.headers }).map(([name, value]) => `${name}: ${value}`);
  const lines = [`HTTP/${reply.version ?? '1.1'} ${String(reply.status)} ${reply.reason ?? 'Some Reason'}`, ...fields, framing];
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  if (withoutBody) return head;
  return Buffer.concat([head, reply.chunked === true ? chunks(body) : body]);
}

function chunks(body: Buffer): Buffer {
  const size = 7;
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from('\r\n'));
  }
  return Buffer.concat([...parts, Buffer.from('0\r\n\r\n')]);
}

export function hangUpTalk(talk: Extract<Talk, { kind: 'hang-up' }>): Conversation {
  const leave = (socket: net.Socket): void => {
    if (talk.how === 'reset' && 'resetAndDestroy' in socket) socket.resetAndDestroy();
    else socket.end();
  };
  return (socket) => {
    if (talk.when === 'at-once') leave(socket);
    else socket.once('data', () => { leave(socket); });
  };
}

export function saysTalk(talk: Extract<Talk, { kind: 'says' }>): Conversation {
  const say = (socket: net.Socket): void => {
    const octets = Buffer.from(talk.text, 'latin1');
    if (talk.then === 'closes') socket.end(octets);
    else socket.write(octets);
  };
  return (socket) => {
    socket.on('data', () => undefined);
    if (talk.when === 'at-once') say(socket);
    else socket.once('data', () => { say(socket); });
  };
}

export function dripTalk({ text, everyMs }: Extract<Talk, { kind: 'drips' }>): Conversation {
  return (socket) => {
    let at = 0;
    const timer = setInterval(() => {
      if (at >= text.length) socket.end();
      else socket.write(text.charAt(at));
      at += 1;
    }, everyMs);
    socket.on('data', () => undefined).on('close', () => { clearInterval(timer); });
  };
}

export function inTurn(conversations: readonly Conversation[], then: 'from-the-start' | 'the-last'): Conversation {
  let turn = -1;
  return (socket) => {
    turn += 1;
    const at = then === 'the-last' ? Math.min(turn, conversations.length - 1) : turn % conversations.length;
    conversations[at]?.(socket);
  };
}
