import type { DependencyList } from '../domain/dependency-list.ts';
import type { FoundDependency } from '../domain/found-dependency.ts';
import { cleanLine } from '../domain/sanitise.ts';
import type { Messages } from '../i18n/index.ts';
import { shellLine } from './shell-quote.ts';
import { untestableReason } from './verdict-text.ts';

/** The list for people: what fails now first, each with where it was found. */
export function dependencyLines({ target, dependencies, hidden, unreadable }: DependencyList, messages: Messages): readonly string[] {
  const { dependencies: words } = messages;
  const command = shellLine(['netdiag-tui', 'run', '-n', target.namespace, `pod/${target.pod}`, '-c', target.container, '--to', 'auto']);
  const canChoose = dependencies.some(({ state }) => state === 'failing' || state === 'failed-before');
  return [
    words.heading(`${target.namespace}/${target.pod}`, target.container, dependencies.length),
    ...(dependencies.length === 0 ? [words.none] : dependencies.flatMap((one) => ['', ...entryLines(one, messages)])),
    ...section(words.hiddenTitle, hidden.map(({ source, names }) => words.hidden(source, names))),
    ...section(words.unreadableTitle, unreadable.map((one) => `${one.source}: ${untestableReason(one, messages)}`)),
    ...(canChoose ? ['', words.next(command)] : []),
  ].map(cleanLine);
}

function entryLines({ url, state, errors, foundIn }: FoundDependency, { dependencies: words }: Messages): readonly string[] {
  const count = errors > 0 ? ` · ${words.errors(errors)}` : '';
  return [`${url}   [${words.states[state]}${count}]`, ...foundIn.map((found) => `    ${words.foundIn(found)}`)];
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', `${title}:`, ...lines.map((line) => `    ${line}`)];
}
