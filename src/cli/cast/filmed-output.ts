import { StringDecoder } from 'node:string_decoder';
import { writtenThrough } from '../../ui/terminal/written-through.ts';
import type { CastFile } from './cast-file.ts';

/** A copy into somebody's clipboard (OSC 52, xterm ctlseqs) is for this terminal alone, not for whoever plays the film. */
const CLIPBOARD = /\u001b\]52;[^\u0007\u001b]*(?:\u0007|\u001b\\)/gu;

/** The stream, with a film of what is written to it and of its size. */
export function filmedOutput(stdout: NodeJS.WriteStream, film: CastFile): NodeJS.WriteStream {
  const decoder = new StringDecoder('utf8');
  // Before the console draws for the new size.
  stdout.prependListener('resize', () => { film.resize({ columns: stdout.columns, rows: stdout.rows }); });
  return writtenThrough(stdout, (own) => (chunk, ...rest) => {
    const text = typeof chunk === 'string' ? chunk : decoder.write(Buffer.from(chunk));
    film.output(text.replace(CLIPBOARD, ''));
    return own(chunk, ...rest);
  });
}
