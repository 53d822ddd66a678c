import type { CommandOutput, OutputStream } from '../domain/command.ts';

/** One command of a pasted terminal: the program's name when its prompt line was pasted too, and what it printed. */
export interface PastedCommand {
  readonly program: string | null;
  readonly lines: readonly string[];
}

// $ curl -v https://api      root@orders-6f7c:/app# dig api      bash-5.1$ nc -vz api 443      / # wget api      > nslookup api
const PROMPT = /^(?:[\w@.:~/[\] -]{0,80}?[$#%❯>] ?|\+ )(?=[a-z])(?:sudo |time |timeout \S+ |kubectl exec .{0,200}? -- |docker exec (?:-\S+ )*\S+ |ip netns exec \S+ )*(?:\/(?:usr\/)?s?bin\/)?([a-z][\w.-]{0,20})(?= |$)/u;
// A command line without its prompt, pasted as the first line.
const BARE_COMMAND = /^(curl|wget|nc|ncat|telnet|dig|nslookup|host|ping6?|traceroute6?|mtr|tracepath6?|openssl|ip|ifconfig|ss|netstat|getent|cat|arp|route)(?: -{1,2}\w| [\w./:-]+$| s_client| \/etc)/u;
const PROGRAMS: ReadonlySet<string> = new Set('curl wget nc ncat netcat telnet dig nslookup host ping ping6 traceroute traceroute6 tracert mtr tracepath openssl ip ifconfig ss netstat getent cat arp route'.split(' '));

/** Splits pasted text at its shell prompts. Text without a prompt is one command of unknown program. */
export function pastedCommands(plain: string): readonly PastedCommand[] {
  const commands: { program: string | null; lines: string[] }[] = [{ program: null, lines: [] }];
  plain.split('\n').forEach((line, index) => {
    const program = (PROMPT.exec(line) ?? (index === 0 && plain.includes('\n') ? BARE_COMMAND.exec(line) : null))?.[1];
    if (program !== undefined && PROGRAMS.has(program)) commands.push({ program, lines: [] });
    else commands.at(-1)?.lines.push(line);
  });
  return commands.filter(({ lines }) => lines.some((line) => line.trim() !== ''));
}

/** Pasted lines as a parser wants them. A terminal does not keep the streams apart, so the caller says which one they are taken for. */
export function asOutput(lines: readonly string[], stream: OutputStream): CommandOutput {
  const text = lines.map((line) => `${line}\n`).join('');
  return {
    exitCode: null,
    stdout: stream === 'stdout' ? text : '',
    stderr: stream === 'stderr' ? text : '',
    lines: lines.map((line) => ({ stream, text: line, atMs: 0 })),
    durationMs: 0,
  };
}
