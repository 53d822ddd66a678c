import type { Target } from '../domain/target.ts';
import type { Messages } from '../i18n/index.ts';
import { reportContent } from './content.ts';
import type { StartedRun } from './run-summary.ts';
import { shellLine } from './shell-quote.ts';
import { conclusionLines } from './verdict-block.ts';

/**
 * A run as one JUnit test case (the XML of Ant's junit task, as CI servers read it): a fault fails it, a verdict that could not be had is
 * its error, and neither is taken for success.
 */
export function junitXml(run: StartedRun, messages: Messages): string {
  const content = reportContent(run, messages);
  const { status, cause } = content.verdict;
  const name = `${startName(run.started.target)} → ${run.started.dependency.url}`;
  const seconds = (run.durationMs / 1000).toFixed(3);
  const [failures, errors] = status === 'fault' ? [1, 0] : status === 'inconclusive' ? [0, 1] : [0, 0];
  const counts = `tests="1" failures="${String(failures)}" errors="${String(errors)}" skipped="0" time="${seconds}"`;
  const why = xml(conclusionLines(run, messages).join('\n'));
  const element = status === 'fault' ? 'failure' : 'error';
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="netdiag-tui" ${counts}>`,
    `  <testsuite name="netdiag-tui" ${counts} timestamp="${xml(run.started.startedAt)}">`,
    `    <testcase classname="netdiag-tui" name="${xml(name)}" time="${seconds}">`,
    status === 'reachable'
      ? `      <system-out>${why}</system-out>`
      : `      <${element} type="${xml(cause ?? status)}" message="${xml(content.summary)}">${why}</${element}>`,
    '    </testcase>',
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

/** The same in every language and after every rollout, since CI servers tell a test's history by its name. */
function startName(target: Target): string {
  switch (target.kind) {
    case 'pod':
      return `${target.namespace}/${target.pickedFrom ?? target.pod}/${target.container}`;
    case 'local':
      return 'local';
    case 'via':
      return shellLine(target.argv);
  }
}

/** Text for XML 1.0, in content and attributes; characters that XML cannot hold at all (2.2) become U+FFFD. */
function xml(text: string): string {
  return text
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replace(/[&<>"']/gu, (character) => `&#${String(character.codePointAt(0) ?? 0)};`);
}
