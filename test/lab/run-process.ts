import { execFile } from 'node:child_process';

/** Runs a program to its end; its standard output, or an error with what it said. */
export function runProcess(argv: readonly string[], input = ''): Promise<string> {
  const [command = '', ...rest] = argv;
  return new Promise((resolve, reject) => {
    const child = execFile(command, rest, { encoding: 'utf8', maxBuffer: 8_000_000 }, (error, stdout, stderr) => {
      if (error === null) resolve(stdout);
      else reject(new Error(`${argv.slice(0, 12).join(' ')}: ${stderr.trim() || error.message}`));
    });
    // A shell that stops at its first failing command leaves the rest of its input unread: what it said is the error.
    child.stdin?.on('error', () => undefined).end(input);
  });
}
