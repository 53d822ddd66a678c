import type { Ending } from './transport.ts';

/*
 * A program that is missing, or may not be run, is told by whoever was to start it, in that one's words; the exit status (126, 127,
 * 1, 255) is shared with ordinary failures. So a line counts only when it names the program that was asked for.
 */
const NOT_STARTED: readonly RegExp[] = [
  // sh: 1: exec: nosuch: not found                                    dash 0.5.12
  // sh: line 1: exec: nosuch: not found                               bash 5.2 as sh
  // sh: line 1: exec: /etc/passwd: cannot execute: Permission denied  bash 5.2 as sh
  // sh: exec: line 0: nosuch: not found                               BusyBox 1.35 ash
  /^sh: (?:(?:line )?\d+: exec|exec: line \d+): (?<program>.+?): (?:cannot execute: )?(?<why>not found|No such file or directory|Permission denied)$/u,
  // bash: line 1: nosuch: command not found                           bash 5.2 at the far end of ssh
  // sudo: nosuch: command not found                                   sudo 1.9
  /^(?:bash: line \d+|[a-z]*sh: \d+|sudo): (?<program>.+?): (?<why>command not found|not found|Permission denied)$/u,
  // timeout: failed to run command 'nosuch': No such file or directory    coreutils 9.1 (chroot, nice, stdbuf alike)
  // timeout: can't execute 'nosuch': No such file or directory             BusyBox 1.35
  // nsenter: failed to execute nosuch: No such file or directory           util-linux 2.38 (setsid, unshare alike)
  /^[a-z]+: (?:failed to run command|can't execute|failed to execute) ['‘"]?(?<program>.+?)['’"]?: (?<why>No such file or directory|Permission denied)$/u,
  // env: 'nosuch': No such file or directory                          coreutils 9.1
  /^env: ['‘](?<program>.+?)['’]: (?<why>No such file or directory|Permission denied)$/u,
  // exec of "nosuch" failed: No such file or directory                iproute2 6.1 (ip netns exec)
  /^exec of "(?<program>.+?)" failed: (?<why>No such file or directory|Permission denied)$/u,
  // OCI runtime exec failed: exec failed: unable to start container process: exec: "nosuch": executable file not found in $PATH: unknown     runc 1.1
  // ... exec: "/nosuch": stat /nosuch: no such file or directory: unknown     runc 1.1
  // ... exec: "/etc/passwd": permission denied: unknown               runc 1.1
  /exec: "(?<program>[^"]+)": (?:stat \S+: )?(?<why>executable file not found in \$PATH|no such file or directory|permission denied)/u,
  // executable file `nosuch` not found in $PATH: No such file or directory     crun 1.8
  /executable file `(?<program>[^`]+)` (?<why>not found in \$PATH)/u,
];

/** What the text says about why `program` was not started; null when it says nothing of the kind. */
export function readNotStarted(program: string, text: string): Ending | null {
  for (const line of text.split('\n')) {
    for (const pattern of NOT_STARTED) {
      const groups = pattern.exec(line)?.groups;
      if (groups === undefined || groups['program'] !== program) continue;
      const isDenied = /permission denied/iu.test(groups['why'] ?? '');
      return { exitCode: null, failure: isDenied ? 'not-permitted' : 'no-such-command', detail: line };
    }
  }
  return null;
}

export interface EndedCommand {
  /** The program asked for, and the one that was really started first (a wrapping `sh` or `timeout`). */
  readonly program: string;
  readonly outermost: string;
  readonly ending: Ending;
  /** Cleaned; what a prefix said included. */
  readonly stderr: string;
  /** null when the command was not wrapped, and nothing proves that it started. */
  readonly hasStarted: boolean | null;
}

/** The true end of a command: a missing program and a place that cannot be entered are failures, not the command's exit status. */
export function judgeEnding(command: EndedCommand): Ending {
  const { ending, stderr } = command;
  if (ending.failure !== null) return ending;
  if (ending.exitCode !== 0) {
    const notStarted = readNotStarted(command.program, stderr) ?? readNotStarted(command.outermost, stderr);
    if (notStarted !== null) return notStarted;
  }
  if (command.hasStarted === false) {
    return { exitCode: null, failure: 'vantage-lost', detail: lastLine(stderr) ?? `the command did not start (status ${String(ending.exitCode)})` };
  }
  return readLostPlace(ending, stderr) ?? ending;
}

/** What a prefix says when the place behind it cannot be entered, where no wrapped command can prove it. */
const LOST_PLACE: readonly RegExp[] = [
  // Cannot open network namespace "nosuch": No such file or directory      iproute2 6.1, status 255
  /^Cannot open network namespace "/mu,
  // ssh: connect to host 10.9.0.2 port 22: Connection refused              OpenSSH 9.2, status 255
  // ssh: Could not resolve hostname n3: Name or service not known
  /^ssh: (?:connect to host|Could not resolve hostname) /mu,
  // root@10.9.0.2: Permission denied (publickey,password).                 OpenSSH 9.2
  /^\S+@\S+: Permission denied \([a-z,-]+\)\.$/mu,
  // Error response from daemon: No such container: app                     Docker 20.10, status 1
  /^Error(?: response from daemon)?: No such container: /mu,
  // Error from server (NotFound): pods "nosuch" not found                  kubectl 1.34, status 1
  /^Error from server \([A-Za-z]+\): /mu,
];

function readLostPlace(ending: Ending, stderr: string): Ending | null {
  if (ending.exitCode !== 255 && ending.exitCode !== 1) return null;
  const isLost = LOST_PLACE.some((pattern) => pattern.test(stderr));
  return isLost ? { exitCode: null, failure: 'vantage-lost', detail: lastLine(stderr) } : null;
}

function lastLine(text: string): string | null {
  return text.split('\n').filter((line) => line.trim() !== '').at(-1) ?? null;
}
