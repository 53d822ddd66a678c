import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { footerLine } from '../../src/ui/components/footer.ts';
import { lineWidth } from '../../src/ui/components/line.ts';
import { BINDINGS, TEXT_SCOPES, actionFor, bindingsOf, type Scope } from '../../src/ui/key-bindings.ts';
import { helpLines } from '../../src/ui/screens/help-screen.tsx';

const SCOPES: readonly Scope[] = ['list', 'filter', 'input', 'run', 'help', 'confirm'];

describe('the table of keys', () => {
  it.each(SCOPES)('binds each key of %s once', (scope) => {
    const keys = bindingsOf(scope).flatMap((binding) => binding.keys);
    expect(keys).toEqual([...new Set(keys)]);
  });

  it.each(TEXT_SCOPES)('leaves every printable key to the text in %s', (scope) => {
    const printable = bindingsOf(scope).flatMap((binding) => binding.keys).filter((key) => [...key].length === 1);
    expect(printable).toEqual([]);
  });

  it.each(SCOPES)('ctrl-c quits at once from %s', (scope) => {
    expect(actionFor(scope, 'ctrl-c')).toBe('quitNow');
  });

  it('never quits by esc', () => {
    const actions = SCOPES.map((scope) => actionFor(scope, 'esc'));
    expect(actions).toEqual(['back', 'back', 'back', 'back', 'back', 'no']);
  });

  it('answers a question with no when enter is pressed blindly', () => {
    expect(actionFor('confirm', 'enter')).toBe('no');
  });

  it('does nothing for keys that are in no row of it', () => {
    expect(['x', 'ctrl-z', 'Q', 'paste', '7'].map((key) => actionFor('run', key))).toEqual([null, null, null, null, null]);
  });

  it.each(Object.entries(LANGUAGES))('is all in the help (%s)', (_language, messages) => {
    const help = helpLines(messages, 80).map((line) => line.map((part) => part.text).join('')).join('\n');
    const listed = BINDINGS.filter((binding) => binding.scopes.some((scope) => scope !== 'help' && scope !== 'confirm'));
    expect(listed.filter((binding) => !help.includes(messages.ui.actions[binding.action]))).toEqual([]);
  });

  it.each(Object.entries(LANGUAGES))('shows in the footer how to go on, back and out in 80 columns (%s)', (_language, messages) => {
    for (const scope of ['list', 'run'] as const) {
      const footer = footerLine(scope, messages, 80);
      const text = footer.map((part) => part.text).join('');
      expect(lineWidth(footer)).toBeLessThanOrEqual(80);
      expect(text).toContain(messages.ui.actions.back);
      expect(text).toContain(messages.ui.actions.help);
      expect(text).toContain(messages.ui.actions.quit);
    }
  });
});
