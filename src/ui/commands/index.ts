import type { Messages } from '../../i18n/index.ts';
import { cleanUpAll } from '../access/clean-up.ts';
import { openShellHere } from '../access/shell.ts';
import { showWaysIn } from '../access/ways-in.ts';
import { askAll } from '../fan-out/ask-all.ts';
import type { Command } from './command.ts';
import { chooseLive } from '../pairing/attach.ts';
import { chooseRecording } from '../recordings/open-recording.ts';
import { goTo } from './go-to.ts';

const openNamespaces: Command['run'] = (app, [name]) => { goTo(app, name === undefined ? [] : [{ kind: 'pods', namespace: name }]); };
const openContexts: Command['run'] = (app) => { goTo(app, [{ kind: 'contexts' }]); };
const openPods: Command['run'] = (app, [name]) => { goTo(app, [{ kind: 'pods', namespace: name ?? app.journey.namespace }]); };
const startHere: Command['run'] = (app) => { goTo(app, [{ kind: 'dependencies', target: { kind: 'local' } }]); };
const showHelp: Command['run'] = ({ dialogs }) => { void dialogs.showHelp(); };
const quit: Command['run'] = (app) => { app.quit(); };

/** The commands of the `:` line: one entry each. */
export const COMMANDS: readonly Command[] = [
  command(['namespaces', 'ns'], 'namespaces', openNamespaces),
  command(['pods', 'po'], 'pods', openPods),
  command(['contexts', 'ctx'], 'contexts', openContexts),
  command(['local'], 'local', startHere),
  command(['runs'], 'runs', (app) => { void chooseRecording(app, 'all'); }),
  command(['demo'], 'demo', (app) => { void chooseRecording(app, 'demos'); }),
  command(['attach'], 'attach', (app) => { void chooseLive(app); }),
  command(['shell', 'sh'], 'shell', (app) => { void openShellHere(app); }),
  command(['all'], 'all', (app) => { void askAll(app); }),
  command(['access'], 'access', (app) => { void showWaysIn(app); }),
  command(['cleanup', 'clean'], 'cleanup', (app) => { void cleanUpAll(app); }),
  command(['help', 'h'], 'help', showHelp),
  command(['quit', 'q'], 'quit', quit),
];

function command(names: readonly string[], text: keyof Messages['console']['commands'], run: Command['run']): Command {
  return { names, about: ({ console: texts }) => texts.commands[text], run };
}

/** The commands whose name begins with what was typed; a whole name alone when it is one. */
export function commandsFor(text: string): readonly Command[] {
  const [name = ''] = text.trim().toLowerCase().split(/\s+/u);
  const exact = COMMANDS.find((command) => command.names.includes(name));
  return exact === undefined ? COMMANDS.filter((command) => command.names.some((candidate) => candidate.startsWith(name))) : [exact];
}
