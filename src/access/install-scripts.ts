import { KEEPER } from './keeper.ts';
import { FOLDER, PACKAGE_MANAGERS, WANTED_TOOLS, type PackageManager } from './package-managers.ts';

/** What a container says about whether tools can be installed in it. */
export interface InstallSurvey {
  /** null when it was not understood. */
  readonly user: number | null;
  readonly manager: PackageManager | null;
  /** Whether programs can be added. */
  readonly isWritable: boolean;
  /** Of the wanted tools. */
  readonly missing: readonly string[];
}

// $1 package managers, $2 wanted tools, each a list of words. Shell built-ins only, but for id. `-w` asks the kernel (access(2)): a
// file system that is mounted read-only is not writable for root either.
const SURVEY_SCRIPT = `
echo "user $(id -u)"
for word in $1; do command -v "$word" >/dev/null 2>&1 && { echo "manager $word"; break; }; done
[ -w /usr/bin ] && [ -w /tmp ] && echo writable
for word in $2; do command -v "$word" >/dev/null 2>&1 || echo "missing $word"; done
echo end
`;

export function surveyArgv(): readonly string[] {
  return ['sh', '-c', SURVEY_SCRIPT, 'netdiag-install-survey', PACKAGE_MANAGERS.map(({ name }) => name).join(' '), WANTED_TOOLS.join(' ')];
}

/** null when the output is not whole. */
export function readInstallSurvey(stdout: string): InstallSurvey | null {
  const lines = stdout.split('\n').map((line) => line.trim());
  if (!lines.includes('end')) return null;
  const valuesOf = (word: string): readonly string[] => lines.flatMap((line) => (line.startsWith(`${word} `) ? [line.slice(word.length + 1)] : []));
  const [user = ''] = valuesOf('user');
  const manager = PACKAGE_MANAGERS.find(({ name }) => name === valuesOf('manager')[0]) ?? null;
  return { user: /^\d+$/u.test(user) ? Number(user) : null, manager, isWritable: lines.includes('writable'), missing: valuesOf('missing') };
}

/** Exit codes of the keeper of an installation. */
export const INSTALL_EXIT = { undone: 0, occupied: 3, unlisted: 4, notInstalled: 5, notUndone: 6 } as const;

/** The line that says that the packages are there. */
export function installedLine(mark: string): string {
  return `netdiag-installed ${mark}`;
}

/*
 * One process installs, waits, and undoes, so that whatever becomes of us the tools go again: TERM ends the wait, and comes to its turn
 * only when an installation that is going on is through (a shell runs a trap after the command that it waits for). $1 our mark, $2
 * seconds to stay, the rest packages; everything else in it is constant. What the package manager says goes to a file, and its end is
 * told when it failed: nobody may be there to read it, and a pipe that nobody reads would stop it half-way.
 */
function keepScript({ before, install, remove, list }: PackageManager): string {
  return `
mark=$1; stay=$2; shift 2
export DEBIAN_FRONTEND=noninteractive LC_ALL=C
begun=
mkdir ${FOLDER} || exit ${String(INSTALL_EXIT.occupied)}
chmod 755 ${FOLDER}
log=${FOLDER}/log
leave() { rm -rf ${FOLDER}; exit "$1"; }
undo() {
  trap '' TERM INT HUP
  [ -n "$timer" ] && { kill "$timer"; wait "$timer"; } 2>/dev/null
  [ -n "$begun" ] || leave "$1"
${list === null ? `  ${words(remove)} </dev/null >>$log 2>&1` : undoNew(list, remove)} || { tail -n 5 $log >&2; leave ${String(INSTALL_EXIT.notUndone)}; }
  leave "$1"
}
trap 'undo ${String(INSTALL_EXIT.undone)}' TERM INT HUP
${list === null ? '' : `${words(list)} >${FOLDER}/before && [ -s ${FOLDER}/before ] || leave ${String(INSTALL_EXIT.unlisted)}`}
begun=yes
{ ${[...before.map(words), `${words(install)} "$@"`].map((command) => `${command} </dev/null >>$log 2>&1`).join(' && ')}; } || { tail -n 5 $log >&2; undo ${String(INSTALL_EXIT.notInstalled)}; }
echo "netdiag-installed $mark"
sleep "$stay" &
timer=$!
wait "$timer"
undo ${String(INSTALL_EXIT.undone)}
`;
}

/** Removes what is installed now and was not before. Without a list of before nothing is known to be new, and nothing is removed. */
function undoNew(list: readonly string[], remove: readonly string[]): string {
  return `  new=
  [ -s ${FOLDER}/before ] || { echo 'the list of packages from before is lost' >&2; leave ${String(INSTALL_EXIT.notUndone)}; }
  ${words(list)} >${FOLDER}/after
  while read -r package; do
    grep -qxF -e "$package" ${FOLDER}/before
    [ $? = 1 ] && new="$new $package"
  done <${FOLDER}/after
  { [ -z "$new" ] || ${words(remove)} $new </dev/null >>$log 2>&1; }`;
}

/** Constants of this program as words of a script. */
function words(argv: readonly string[]): string {
  return argv.map((word) => `'${word}'`).join(' ');
}

export function installArgv(manager: PackageManager, mark: string, ttlSeconds: number, packages: readonly string[]): readonly string[] {
  return ['sh', '-c', keepScript(manager), KEEPER, mark, String(ttlSeconds), ...packages];
}

/** Gives 0 when nothing of an installation is left. */
export const GONE_ARGV: readonly string[] = ['sh', '-c', `[ ! -e ${FOLDER} ]`];
