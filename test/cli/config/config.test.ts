import { describe, expect, it } from 'vitest';
import { LANGUAGES } from '../../../src/i18n/index.ts';
import { parseConfig } from '../../../src/cli/config/config.ts';
import { configFile } from '../../../src/cli/config/file.ts';
import { DEFAULT_TOOLKIT } from '../../../src/cli/config/toolkit-settings.ts';

const parse = (text: string): ReturnType<typeof parseConfig> => parseConfig(text, LANGUAGES.en);
const errors = (text: string): readonly string[] => {
  const result = parse(text);
  return result.ok ? [] : result.errors.map(({ line, message }) => `${line.toString()}: ${message}`);
};

describe('config.yaml', () => {
  it('may be empty', () => {
    expect(parse('')).toMatchObject({ ok: true, config: { theme: 'dark', keys: {} } });
    expect(parse('# nothing yet\n')).toMatchObject({ ok: true });
  });

  it('sets theme, glyphs, favourites and keys', () => {
    expect(parse('theme: light\nascii: true\nfavourites: [shop, kube-system]\nkeys:\n  freeze: f\n  reload: [ctrl-g]\n')).toEqual({
      ok: true,
      config: { theme: 'light', ascii: true, screenReader: false, favourites: ['shop', 'kube-system'], keys: { freeze: ['f'], reload: ['ctrl-g'] }, toolkit: DEFAULT_TOOLKIT },
    });
  });

  it('sets what things in the cluster are made of', () => {
    expect(parse('toolkit:\n  image: registry.example/kit:2\n  pullSecrets: [registry]\n  limits:\n    cpu: 1\n    memory: 256Mi\n')).toMatchObject({
      ok: true,
      config: { toolkit: { ...DEFAULT_TOOLKIT, image: 'registry.example/kit:2', pullSecrets: ['registry'], limits: { cpu: '1', memory: '256Mi' } } },
    });
  });

  it.each([
    ['toolkit:\n  image: -x', '2: toolkit takes image'],
    ['toolkit:\n  ttl: 5s', '2: toolkit takes image'],
    ['toolkit:\n  limits:\n    cpu: lots', '2: toolkit takes image'],
    ['toolkit:\n  imge: x', '1: toolkit takes image'],
    ['theme: ligth', '1: theme takes dark, light or none.'],
    ['\n\nthme: dark', '3: There is no setting thme. Did you mean theme?'],
    ['keys:\n  freze: f', '2: There is no action freze. Did you mean freeze?'],
    ['keys:\n  freeze: ctrl-alt-f', '2: "ctrl-alt-f" is no key'],
    ['keys:\n  up: u\n  freeze: z', '3: "z" would be freeze and zoom (run).'],
    ['keys:\n  quitNow: x', '2: quitNow keeps its key'],
    ['favourites:\n  - shop\n  - Not A Namespace', '3: favourites takes'],
    ['keys: [a', 'YAML'],
    ['just text', '1: Settings are wanted'],
  ])('says in which line %j is wrong', (text, expected) => {
    expect(errors(text).join('\n')).toContain(expected);
  });

  it('is found where XDG says', () => {
    expect(configFile({ HOME: '/home/ana' })).toBe('/home/ana/.config/netdiag-tui/config.yaml');
    expect(configFile({ HOME: '/home/ana', XDG_CONFIG_HOME: '/etc/xdg' })).toBe('/etc/xdg/netdiag-tui/config.yaml');
    expect(configFile({ HOME: '/home/ana', XDG_CONFIG_HOME: 'relative' })).toBe('/home/ana/.config/netdiag-tui/config.yaml');
  });
});
