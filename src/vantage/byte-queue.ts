/** Bytes handed from a listener to one reader that awaits them. Nothing is lost between two reads. */
export interface ByteQueue {
  readonly push: (bytes: Uint8Array) => void;
  end(): void;
  readonly bytes: AsyncIterable<Uint8Array>;
}

export function createByteQueue(): ByteQueue {
  const waiting: Uint8Array[] = [];
  let isEnded = false;
  let wake = Promise.withResolvers<undefined>();
  const signal = (): void => {
    wake.resolve(undefined);
    wake = Promise.withResolvers<undefined>();
  };
  return {
    push(bytes) {
      waiting.push(bytes);
      signal();
    },
    end() {
      isEnded = true;
      signal();
    },
    bytes: {
      async *[Symbol.asyncIterator]() {
        for (;;) {
          const next = waiting.shift();
          if (next !== undefined) yield next;
          else if (isEnded) return;
          else await wake.promise;
        }
      },
    },
  };
}
