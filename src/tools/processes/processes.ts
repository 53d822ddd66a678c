/**
 * Which processes of this network namespace hold how many files open, and how many they may (proc(5)). Those of other users cannot be looked
 * at without rights, and are left out. One `ls` finds the namespaces, and the shell's own words do the rest:
 *
 *     netdiag-processes 1
 *     process 17 1019 1024 node
 *     netdiag-processes end
 */
import type { Dialect, Parse } from '../../domain/dialect.ts';
import type { ProcessesFact } from '../../domain/facts.ts';
import { unavailable } from '../no-answer.ts';

export const PROCESSES_SCRIPT = `
LC_ALL=C; export LC_ALL
echo netdiag-processes 1
ours=$(ls -l /proc/self/ns/net 2>/dev/null); ours=\${ours##* }
[ -n "$ours" ] || exit 1
ls -l /proc/[0-9]*/ns/net 2>/dev/null | while read -r line; do
  case $line in *" -> $ours") ;; *) continue ;; esac
  path=\${line% -> *}; path=\${path##* }; dir=\${path%/ns/net}
  set -- "$dir"/fd/*
  [ -e "$1" ] || [ -L "$1" ] || continue
  count=$#
  limit=
  while read -r a b c soft rest; do [ "$a $b $c" = 'Max open files' ] && limit=$soft; done 2>/dev/null < "$dir/limits"
  name=
  read -r name 2>/dev/null < "$dir/comm"
  [ -n "$limit" ] && printf 'process %s %s %s %s\\n' "\${dir##*/}" "$count" "$limit" "$name"
done
echo netdiag-processes end
`;

export const parseProcesses: Parse = ({ stdout }) => {
  const lines = stdout.split('\n');
  if (lines[0] !== 'netdiag-processes 1' || !lines.includes('netdiag-processes end')) return [unavailable('not-understood', lines[0] ?? '')];
  return [{ kind: 'processes', processes: lines.flatMap((line) => readProcess(line) ?? []) }];
};

// process 17 1019 1024 node
function readProcess(line: string): ProcessesFact['processes'][number] | null {
  const [, pid, openFiles, limit, name] = /^process (\d+) (\d+) (\d+|unlimited) (.*)$/u.exec(line) ?? [];
  if (pid === undefined || openFiles === undefined) return null;
  return { pid: Number(pid), name: name ?? '', openFiles: Number(openFiles), openFilesLimit: limit === 'unlimited' ? null : Number(limit) };
}

function withShell(id: string, tool: string, implementation: string, shell: readonly string[]): Dialect<'processes'> {
  return { id, tool, implementation, argv: () => [...shell, '-c', PROCESSES_SCRIPT, 'netdiag-processes'], parse: parseProcesses };
}

export const processesDialects: readonly Dialect<'processes'>[] = [
  withShell('processes-sh', 'sh', 'sh', ['sh']),
  withShell('processes-bash', 'bash', 'bash', ['bash']),
  withShell('processes-busybox', 'busybox', 'busybox', ['busybox', 'sh']),
];
