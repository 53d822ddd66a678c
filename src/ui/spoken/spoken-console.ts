import type { ConsoleStore } from '../../store/index.ts';
import type { ConsoleContext } from '../context.ts';
import type { Shown } from '../terminal/stage.ts';
import { spokenParts, type SpokenParts } from './spoken-parts.ts';

/**
 * The console for a screen reader: lines that only ever follow one another, on the normal screen. What changed is said once, and nothing
 * that was said is drawn over.
 */
export function speak(context: ConsoleContext, store: ConsoleStore, stdout: NodeJS.WriteStream): Shown {
  const { promise: left, resolve: leave } = Promise.withResolvers<undefined>();
  let said: SpokenParts = new Map();
  const say = (): void => {
    const parts = spokenParts(context, store.getState());
    const fresh = [...parts].filter(([name, text]) => text !== '' && said.get(name) !== text).map(([, text]) => text);
    said = parts;
    // Raw mode: a line feed alone does not go to the start of the line.
    if (fresh.length > 0 && stdout.writable) stdout.write(`${fresh.join('\n').replaceAll('\n', '\r\n')}\r\n`);
  };
  stdout.write(`${context.messages.spoken.welcome}\r\n`);
  say();
  const unsubscribe = store.subscribe(say);
  return {
    unmount: () => {
      unsubscribe();
      leave(undefined);
    },
    waitUntilExit: () => left,
    waitUntilRenderFlush: () => Promise.resolve(),
  };
}
