import type { ToolsFact } from '../domain/facts.ts';

/*
 * Closing a connection (ssh, docker exec, kubectl exec, the API's WebSocket) leaves the command running at its far end. So where
 * there is a shell, the command is started by a fixed script that first tells its process id; the same process then becomes the
 * command. Ending it is a second command, sent the same way.
 */

/** What a place has that a wrapped command needs. */
export interface WrappingTools {
  /** null: not known yet; then only a command that itself is a shell is wrapped. */
  readonly shell: boolean | null;
  /**
   * BusyBox's timeout is not used: it leaves its watcher to process 1 of the container, which often does not reap, so that each
   * command would leave a zombie there (measured with BusyBox 1.35 under `sleep infinity`).
   */
  readonly timeout: 'coreutils' | null;
}

export const NOTHING_KNOWN: WrappingTools = { shell: null, timeout: null };

export function wrappingToolsOf(fact: ToolsFact): WrappingTools {
  return { shell: fact.tools['sh'] !== undefined, timeout: fact.tools['timeout'] === 'coreutils' ? 'coreutils' : null };
}

export interface WrappedCommand {
  readonly argv: readonly string[];
  /** What the line with the process id begins with; null when the command is not wrapped in a shell and tells none. */
  readonly marker: string | null;
}

// LC_ALL=C: parsers read the C locale's wording.
const START_SCRIPT = 'echo "$1 $$" >&2; shift; LC_ALL=C; export LC_ALL; exec "$@"';

/** Programs that prove, by being asked for, that the place has a shell: `sh` is looked up the same way. */
const SHELLS: ReadonlySet<string> = new Set(['sh', '/bin/sh']);

/** The far end's own limit is a backstop for when we are gone, so it is later than ours. */
const BACKSTOP_MS = 3_000;

/** `nonce` is any text without white space that the command cannot know. */
export function wrapCommand(argv: readonly string[], timeoutMs: number, tools: WrappingTools, nonce: string): WrappedCommand {
  const seconds = Math.ceil((timeoutMs + BACKSTOP_MS) / 1_000);
  const limited = tools.timeout === null ? argv : ['timeout', '-k', '1', String(seconds), ...argv];
  const hasShell = tools.shell ?? SHELLS.has(argv[0] ?? '');
  if (!hasShell) return { argv: limited, marker: null };
  const marker = `netdiag-pid-${nonce}`;
  return { argv: ['sh', '-c', START_SCRIPT, 'sh', marker, ...limited], marker };
}

/** The process id in a line of output; null when it is another line. Process 1 is never ours. */
export function readPidLine(line: string, marker: string): number | null {
  if (!line.startsWith(`${marker} `)) return null;
  const text = line.slice(marker.length + 1);
  const pid = /^\d{1,10}$/u.test(text) ? Number(text) : 0;
  return pid > 1 ? pid : null;
}

/*
 * Ends process $1 and its descendants: first the descendants alone, so that their parents still reap them (process 1 of a container
 * often does not), then all with TERM, and in the end what is left with KILL. Descendants are found in /proc (proc(5)): a
 * process's list of children where the kernel keeps one, else the parent that each process names in its stat, the second field after the
 * name's closing parenthesis: on a machine with many processes that takes long. `ps` and `pkill` are often not there. Shell built-ins only,
 * but for sleep.
 */
const END_SCRIPT = `
children_of() {
  for list in /proc/$1/task/*/children; do
    kids=
    { read -r kids < "$list"; } 2>/dev/null
    [ -n "$kids" ] && found="$found $kids"
  done
}
scan() {
  for stat in /proc/[0-9]*/stat; do
    { read -r line < "$stat"; } 2>/dev/null || continue
    pid=\${line%% *}
    rest=\${line##*) }
    state=\${rest%% *}
    rest=\${rest#* }
    parent=\${rest%% *}
    [ "$state" = Z ] && continue
    case $all in *" $pid "*) continue ;; esac
    case $all in *" $parent "*) found="$found $pid" ;; esac
  done
}
find_all() {
  all=" $1 "
  latest=$1
  for generation in 1 2 3 4; do
    found=
    if [ -e /proc/$$/task/$$/children ]; then
      for one in $latest; do children_of "$one"; done
    else
      scan
    fi
    [ -z "$found" ] && break
    all="$all\${found# } "
    latest=$found
  done
}
find_all "$1"
below=\${all#" $1 "}
[ -n "$below" ] && kill -TERM $below 2>/dev/null && { sleep 0.1 2>/dev/null || sleep 1; }
before=$all
find_all "$1"
kill -TERM $all 2>/dev/null
for pause in 0.1 0.3 0.6; do
  sleep "$pause" 2>/dev/null || sleep 1
  left=
  for pid in $before $all; do kill -0 "$pid" 2>/dev/null && left="$left $pid"; done
  [ -z "$left" ] && exit 0
done
kill -KILL $left 2>/dev/null
exit 0
`;

export function endCommand(pid: number): readonly string[] {
  return ['sh', '-c', END_SCRIPT, 'sh', String(pid)];
}
