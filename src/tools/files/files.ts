import type { Dialect, Parse } from '../../domain/dialect.ts';
import { notUnderstood } from '../dns-message/resolve-fact.ts';
import { wholeLines } from '../whole-lines.ts';
import { readHostsFile } from '../hosts-file/hosts-file.ts';
import { readResolvConf } from '../resolv-conf/resolv-conf.ts';
import { parseFiles } from './parse.ts';
import { FILES_PYTHON, FILES_SCRIPT } from './script.ts';

const withShell = (id: string, tool: string, implementation: string, prefix: readonly string[]): Dialect<'files'> => ({
  id,
  tool,
  implementation,
  argv: () => [...prefix, '-c', FILES_SCRIPT, 'netdiag-files'],
  parse: parseFiles,
});

const python3: Dialect<'files'> = {
  id: 'files-python3',
  tool: 'python3',
  implementation: 'python3',
  argv: () => ['python3', '-S', '-E', '-c', FILES_PYTHON],
  parse: parseFiles,
};

/**
 * Both files one after the other, without a mark between them: their lines tell themselves apart. Also how pasted files are read.
 * cat's status tells whether it could read both; if not, what it printed still counts.
 */
export const parseBareFiles: Parse = (output) => {
  const lines = wholeLines(output);
  const facts = [readResolvConf(lines), readHostsFile(lines)].filter((fact) => fact !== null);
  return facts.length > 0 ? facts : [notUnderstood(output)];
};

const cat: Dialect<'files'> = {
  id: 'files-cat',
  tool: 'cat',
  implementation: 'cat',
  argv: () => ['cat', '/etc/resolv.conf', '/etc/hosts'],
  parse: parseBareFiles,
};

/** Ways to read the vantage's files, best first. */
export const filesDialects: readonly Dialect<'files'>[] = [
  withShell('files-sh', 'sh', 'sh', ['sh']),
  withShell('files-bash', 'bash', 'bash', ['bash']),
  withShell('files-busybox', 'busybox', 'busybox', ['busybox', 'sh']),
  python3,
  cat,
];
