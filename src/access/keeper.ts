/*
 * What keeps a container of ours alive, and ends it by itself: one process that sleeps. It is told apart from everything else in the
 * process namespace, which may be the application's own, by its arguments; nothing else is ever signalled.
 */

/** How far a node's clock may differ from ours before a container that starts late is taken for a forgotten one. */
const CLOCK_MARGIN_SECONDS = 900;

/** The name under which keepers run. */
export const KEEPER = 'netdiag-keeper';

// $1 our mark, $2 seconds to stay, $3 the epoch second after which it is not started any more: an image that comes days later
// finds nobody waiting. TERM has to be caught: process 1 of a namespace gets no default action (pid_namespaces(7)).
const KEEP_SCRIPT = `
trap 'kill "$timer" 2>/dev/null; exit 0' TERM INT HUP
now=$(date +%s 2>/dev/null) && [ "$now" -gt "$3" ] && exit 0
sleep "$2" &
timer=$!
wait "$timer"
exit 0
`;

// $1 our mark. The arguments of a process are in /proc/PID/cmdline, each ended by a NUL byte (proc(5)).
const END_SCRIPT = `
for file in /proc/[0-9]*/cmdline; do
  words=$(tr '\\000' ' ' <"$file" 2>/dev/null) || continue
  case $words in
    *" ${KEEPER} $1 "*) pid=\${file#/proc/}; kill -TERM "\${pid%/cmdline}" && ended=yes ;;
  esac
done
[ -n "$ended" ]
`;

/** `mark` is a word that nothing else on the machine has among its arguments. */
export function keeperArgv(mark: string, ttlSeconds: number, nowMs: number): readonly string[] {
  const latestStart = Math.floor(nowMs / 1000) + ttlSeconds + CLOCK_MARGIN_SECONDS;
  return ['sh', '-c', KEEP_SCRIPT, KEEPER, mark, String(ttlSeconds), String(latestStart)];
}

/** Ends the keeper, and with it its container and all that runs in it. */
export function endKeeperArgv(mark: string): readonly string[] {
  return ['sh', '-c', END_SCRIPT, 'netdiag-end', mark];
}
