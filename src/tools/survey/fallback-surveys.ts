import type { ToolsFact } from '../../domain/facts.ts';
import type { CommandOutput } from '../../domain/command.ts';
import { unlinkedAppletKey } from './busybox.ts';
import { implementationOf, versionLine } from './implementations.ts';
import { SURVEYED_TOOLS } from './script.ts';

/** One direct command for a vantage without `sh`. It contacts nothing. */
export interface FallbackSurvey {
  readonly tool: string;
  readonly argv: readonly string[];
  /** `tools` and what this command's output proves besides; `tools` itself when it proves nothing. */
  readonly parse: (output: CommandOutput, tools: ToolsFact) => ToolsFact;
}

/** A tool that answers its version in these words, and the implementation that is then certain. */
function named(tool: string, implementation: string, argv: readonly string[], words: RegExp): FallbackSurvey {
  return {
    tool,
    argv,
    parse: (output, tools) => {
      const said = `${output.stdout}\n${output.stderr}`;
      const line = words.exec(said)?.[0];
      return output.exitCode === 0 && line !== undefined ? withTool(tools, tool, implementation, line) : tools;
    },
  };
}

function withTool(tools: ToolsFact, tool: string, implementation: string, version: string | null): ToolsFact {
  return {
    kind: 'tools',
    tools: { ...tools.tools, [tool]: implementation },
    versions: version === null ? tools.versions : { ...tools.versions, [tool]: version.slice(0, 120) },
  };
}

/** nc has no version flag that succeeds in every implementation: its usage decides, whatever the exit status. */
const NC_USAGE: FallbackSurvey = {
  tool: 'nc',
  argv: ['nc', '-h'],
  parse: (output, tools) => {
    const said = `${output.stdout}\n${output.stderr}`;
    const implementation = implementationOf('nc', said);
    return implementation === 'unknown' ? tools : withTool(tools, 'nc', implementation, versionLine(said));
  },
};

/** The applets of a busybox without links; which build of nc it is stays open until `busybox nc --help` is read. */
const BUSYBOX_LIST: FallbackSurvey = {
  tool: 'busybox',
  argv: ['busybox', '--list'],
  parse: (output, tools) => {
    if (output.exitCode !== 0) return tools;
    const applets = new Set(output.stdout.split('\n'));
    const found = SURVEYED_TOOLS.filter((tool) => applets.has(tool) && tools.tools[tool] === undefined && !ASKED_BY_USAGE.has(tool));
    const entries = found.flatMap((tool) => [[tool, 'busybox'], [unlinkedAppletKey(tool), 'busybox']]);
    return { ...tools, tools: { ...tools.tools, busybox: 'busybox', ...Object.fromEntries(entries) } };
  },
};

const ASKED_BY_USAGE: ReadonlySet<string> = new Set(['nc', 'nslookup', 'timeout', 'sh', 'busybox']);

function busyboxUsage(applet: string): FallbackSurvey {
  return {
    tool: unlinkedAppletKey(applet),
    argv: ['busybox', applet, '--help'],
    parse: (output, tools) => {
      const said = `${output.stdout}\n${output.stderr}`;
      if (tools.tools[applet] !== undefined || !/^BusyBox v/mu.test(said)) return tools;
      const withApplet = withTool(tools, applet, implementationOf(applet, said), versionLine(said));
      return withTool(withApplet, unlinkedAppletKey(applet), 'busybox', null);
    },
  };
}

/**
 * For vantages where `sh` cannot be started: commands to be tried one by one (or at once), each adding to the ToolsFact what it
 * proves. A vantage in which none of them starts has no tools, and its ToolsFact stays empty.
 */
export const fallbackSurveys: readonly FallbackSurvey[] = [
  BUSYBOX_LIST,
  busyboxUsage('nc'),
  busyboxUsage('nslookup'),
  busyboxUsage('timeout'),
  named('bash', 'bash', ['bash', '-c', 'echo "bash $BASH_VERSION"'], /^bash \d.*$/mu),
  named('python3', 'python3', ['python3', '--version'], /^Python 3\..*$/mu),
  named('python', 'python3', ['python', '--version'], /^Python 3\..*$/mu),
  // perl 5.36: `This is perl 5, version 36, subversion 0 (v5.36.0) built for x86_64-linux-gnu-thread-multi`
  named('perl', 'perl', ['perl', '-v'], /^This is perl 5.*$/mu),
  named('node', 'node', ['node', '--version'], /^v\d+\..*$/mu),
  NC_USAGE,
  named('ncat', 'ncat', ['ncat', '--version'], /^Ncat: Version .*$/mu),
  // Not --version: see script.ts.
  named('curl', 'curl', ['curl', '--help'], /^Usage: curl \[options.*$/mu),
  named('wget', 'gnu', ['wget', '--version'], /^GNU Wget \d.*$/mu),
  named('dig', 'dig', ['dig', '-v'], /^DiG \d.*$/mu),
  named('openssl', 'openssl', ['openssl', 'version'], /^(?:OpenSSL|LibreSSL) \d.*$/mu),
  named('getent', 'getent', ['getent', '--version'], /^getent .*$/mu),
  named('ip', 'iproute2', ['ip', '-V'], /^ip utility, iproute2.*$/mu),
  named('ss', 'iproute2', ['ss', '-V'], /^ss utility, iproute2.*$/mu),
  named('socat', 'socat', ['socat', '-V'], /^socat version .*$/mu),
  named('timeout', 'coreutils', ['timeout', '--version'], /^timeout \(GNU coreutils\).*$/mu),
  named('cat', 'cat', ['cat', '--version'], /^cat \(GNU coreutils\).*$/mu),
];
