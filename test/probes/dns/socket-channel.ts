/** A byte channel to a server on this machine, as a command in a vantage would carry it. */
import dgram from 'node:dgram';
import net from 'node:net';
import { PassThrough } from 'node:stream';
import type { CommandResult } from '../../../src/domain/command.ts';
import type { ByteChannel } from '../../../src/domain/vantage.ts';

export function udpChannel(address: string, port: number): ByteChannel {
  const output = new PassThrough();
  const { promise, resolve } = Promise.withResolvers<CommandResult>();
  const socket = dgram.createSocket('udp4');
  const end = (stderr: string): void => {
    output.end();
    resolve(ended(stderr));
  };
  const connected = new Promise<void>((done) => { socket.connect(port, address, done); });
  socket.on('message', (octets) => output.write(octets)).on('error', (error) => { end(error.message); });
  return {
    write: (bytes) => void connected.then(() => { socket.send(bytes); }),
    output,
    result: promise,
    close: () => {
      socket.removeAllListeners('error').on('error', () => undefined).close();
      end('');
    },
  };
}

export function tcpChannel(address: string, port: number): ByteChannel {
  const output = new PassThrough();
  const { promise, resolve } = Promise.withResolvers<CommandResult>();
  let said = '';
  const socket = net.connect(port, address);
  socket.on('data', (octets) => output.write(octets)).on('error', (error) => { said = error.message; });
  socket.on('close', () => {
    output.end();
    resolve(ended(said));
  });
  return { write: (bytes) => void socket.write(bytes), output, result: promise, close: () => { socket.destroy(); } };
}

function ended(stderr: string): CommandResult {
  return { exitCode: stderr === '' ? 0 : 1, failure: null, detail: null, stdout: '', stderr, lines: [], durationMs: 0 };
}
