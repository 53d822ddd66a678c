type Write = (chunk: string | Uint8Array, ...rest: readonly unknown[]) => boolean;

/** The stream, with what is written to it going through `write`, which gets the stream's own; everything else of it is its own. */
export function writtenThrough(stdout: NodeJS.WriteStream, write: (own: Write) => Write): NodeJS.WriteStream {
  const through = write((...all) => (stdout.write as Write)(...all));
  return new Proxy(stdout, {
    get(target, name) {
      if (name === 'write') return through;
      const value: unknown = Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
    set: (target, name, value) => Reflect.set(target, name, value, target),
  });
}
