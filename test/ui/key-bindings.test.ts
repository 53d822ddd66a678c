import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { footerLine } from '../../src/ui/components/footer.ts';
import { lineWidth } from '../../src/ui/components/line.ts';
import { BINDINGS, SCOPES, TEXT_SCOPES, actionFor, bindingsOf } from '../../src/ui/key-bindings.ts';
import { remapped } from '../../src/ui/key-remap.ts';
import { keysPage } from '../../src/ui/keys-page.ts';
import { HELP_SCOPES, helpLines } from '../../src/ui/screens/help-lines.ts';

describe('the table of keys', () => {
  it('is what docs/keys.md says', () => {
    expect(readFileSync(new URL('../../docs/keys.md', import.meta.url), 'utf8')).toBe(keysPage());
  });

  it('takes the keys of a user, in text only those that are no characters', () => {
    const bindings = remapped({ freeze: ['f'], back: ['ctrl-g', 'b'] });
    expect(actionFor(bindings, 'run', 'f')).toBe('freeze');
    expect(actionFor(bindings, 'run', 'space')).toBeNull();
    expect(actionFor(bindings, 'run', 'b')).toBe('back');
    expect(actionFor(bindings, 'filter', 'b')).toBeNull();
    expect(actionFor(bindings, 'filter', 'ctrl-g')).toBe('back');
    expect(actionFor(bindings, 'run', 'ctrl-c')).toBe('quitNow');
  });

  it.each(SCOPES)('binds each key of %s once', (scope) => {
    const keys = bindingsOf(BINDINGS, scope).flatMap((binding) => binding.keys);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it.each(TEXT_SCOPES)('leaves every printable key to the text in %s', (scope) => {
    const printable = bindingsOf(BINDINGS, scope).flatMap((binding) => binding.keys).filter((key) => [...key].length === 1);
    expect(printable).toEqual([]);
  });

  it.each(SCOPES)('ctrl-c quits at once from %s', (scope) => {
    expect(actionFor(BINDINGS, scope, 'ctrl-c')).toBe('quitNow');
  });

  it('never quits by esc', () => {
    const actions = SCOPES.map((scope) => actionFor(BINDINGS, scope, 'esc'));
    expect(new Set(actions)).toEqual(new Set(['back']));
  });

  it('does nothing for keys that are in no row of it', () => {
    expect(['X', 'ctrl-z', 'Q', 'paste', '7'].map((key) => actionFor(BINDINGS, 'run', key))).toEqual([null, null, null, null, null]);
  });

  it.each(Object.entries(LANGUAGES))('is all in the help (%s)', (_language, messages) => {
    const help = helpLines({ messages, bindings: BINDINGS }, 80).map((line) => line.map((part) => part.text).join('')).join('\n');
    const listed = BINDINGS.filter((binding) => binding.scopes.some((scope) => (HELP_SCOPES as readonly string[]).includes(scope)));
    expect(listed.filter((binding) => !help.includes(messages.keys.actions[binding.action]))).toEqual([]);
  });

  it.each(Object.entries(LANGUAGES))('shows in the footer how to go on, back and out in 80 columns (%s)', (_language, messages) => {
    for (const scope of ['list', 'run'] as const) {
      const footer = footerLine({ messages, bindings: BINDINGS }, scope, 80);
      const text = footer.map((part) => part.text).join('');
      expect(lineWidth(footer)).toBeLessThanOrEqual(80);
      expect(text).toContain(messages.keys.actions.back);
      expect(text).toContain(messages.keys.actions.help);
      expect(text).toContain(messages.keys.actions.quit);
    }
  });
});
