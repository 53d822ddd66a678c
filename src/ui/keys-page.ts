import { en } from '../i18n/en.ts';
import { keyName } from './components/key-name.ts';
import { BINDINGS, SCOPES, bindingsOf } from './key-bindings.ts';

/** docs/keys.md: the table of keys for people. */
export function keysPage(): string {
  const sections = SCOPES.map((scope) => {
    const rows = bindingsOf(BINDINGS, scope).map(({ action, keys }) => `| ${keys.map((key) => code(keyName(key))).join(' ')} | ${en.keys.actions[action]} | ${code(action)} |`);
    return [`## ${en.keys.scopes[scope]}`, '', '| keys | what | action |', '|-|-|-|', ...rows].join('\n');
  });
  return `# Keys\n\nWritten by \`node_modules/.bin/node scripts/keys.mjs\` from the console's table of keys. \`action\` is its name in \`keys\` of config.yaml.\n\n${sections.join('\n\n')}\n`;
}

function code(text: string): string {
  return `\`${text}\``;
}
