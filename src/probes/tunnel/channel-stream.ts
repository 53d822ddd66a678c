import { Duplex } from 'node:stream';
import type { ByteChannel } from '../../domain/vantage.ts';

/**
 * A byte channel as a Duplex, so that node:tls and node:http can speak over it. Ends when the command's output ends; destroying it closes the
 * channel. A channel cannot be half-closed, so ending the writable side sends nothing. `onEnd` is called when the command's output ended by itself.
 */
export function streamOfChannel(channel: ByteChannel, onBytes: (bytes: Uint8Array) => void, onEnd: () => void): Duplex {
  const chunks = channel.output[Symbol.asyncIterator]();
  let reading = false;
  const pull = async (stream: Duplex): Promise<void> => {
    if (reading) return;
    reading = true;
    try {
      for (let wanted = true; wanted && !stream.destroyed; ) {
        const { done, value } = await chunks.next();
        if (done === true) {
          if (!stream.destroyed) onEnd();
          stream.push(null);
          return;
        }
        onBytes(value);
        wanted = stream.push(Buffer.from(value));
      }
    } catch {
      // A broken channel ends like a closed one; why it ended stands in its result.
      if (!stream.destroyed) stream.push(null);
    } finally {
      reading = false;
    }
  };
  return new Duplex({
    allowHalfOpen: true,
    read() {
      void pull(this);
    },
    write(chunk: Buffer, _encoding, done) {
      try {
        channel.write(chunk);
      } catch {
        // The command is gone: its output ends too, and that is what is told.
      }
      done();
    },
    final(done) {
      done();
    },
    destroy(_error, done) {
      channel.close();
      done(null);
    },
  });
}

export interface Tap {
  readonly received: (bytes: Uint8Array) => void;
  readonly sent: (bytes: Uint8Array) => void;
}

/** The same stream, with every byte shown to `tap` on its way. */
export function tapStream(inner: Duplex, tap: Tap): Duplex {
  const outer = new Duplex({
    read() {
      inner.resume();
    },
    write(chunk: Buffer, _encoding, done) {
      tap.sent(chunk);
      inner.write(chunk, () => { done(); });
    },
    final(done) {
      done();
    },
    destroy(_error, done) {
      inner.destroy();
      done(null);
    },
  });
  inner.on('data', (chunk: Buffer) => {
    tap.received(chunk);
    if (!outer.destroyed && !outer.push(chunk)) inner.pause();
  });
  inner.on('end', () => outer.push(null));
  inner.on('error', () => outer.destroy());
  return outer;
}
