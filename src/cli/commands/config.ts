import { stringify } from 'yaml';
import type { CommandContext } from '../context.ts';
import { loadConfig } from '../config/load.ts';
import { EXIT } from '../exit-code.ts';
import { writeLines } from '../streams.ts';
import { BINDINGS } from '../../ui/key-bindings.ts';
import { remapped } from '../../ui/key-remap.ts';

/** Prints the settings in force as a config.yaml that would give them, every action with its keys. */
export async function execute(context: CommandContext): Promise<number> {
  const { config, file, exists } = await loadConfig(context);
  const bindings = remapped(config.keys);
  const actions = [...new Set(BINDINGS.map(({ action }) => action))].filter((action) => action !== 'quitNow');
  const keys = Object.fromEntries(actions.map((action) => [action, [...new Set(bindings.flatMap((binding) => (binding.action === action ? binding.keys : [])))]]));
  const text = stringify({ ...config, keys }, { collectionStyle: 'any', flowCollectionPadding: false });
  writeLines(context.streams.stdout, [`# ${context.messages.config.from(file, exists)}`, ...text.trimEnd().split('\n')]);
  return EXIT.ok;
}
