import type { PanelStatus } from '../store/select.ts';

/** What a piece of text is, not how it looks: colour is only ever added to a word or a glyph that says the same. */
export type Tone = 'plain' | 'dim' | 'strong' | 'accent' | 'pass' | 'fail' | 'warn' | 'unknown' | 'selected';

export interface Style {
  readonly color?: string;
  readonly bold?: boolean;
  readonly dimColor?: boolean;
  readonly inverse?: boolean;
}

export interface Glyphs {
  readonly status: Readonly<Record<PanelStatus, string>>;
  readonly cursor: string;
  readonly focus: string;
  readonly rule: string;
  readonly gap: string;
  readonly arrow: string;
  readonly ellipsis: string;
  readonly dot: string;
  readonly caret: string;
  readonly bullet: string;
  readonly driver: string;
  readonly note: string;
  readonly times: string;
}

const UNICODE: Glyphs = {
  status: { pass: '✓', fail: '✗', warn: '!', unknown: '?', skipped: '–', waiting: '○', running: '●' },
  cursor: '❯',
  focus: '▶',
  rule: '─',
  gap: '│',
  arrow: '→',
  ellipsis: '…',
  dot: '·',
  caret: '▏',
  bullet: '•',
  driver: '◆',
  note: '✎',
  times: '×',
};

const ASCII: Glyphs = {
  status: { pass: '+', fail: 'x', warn: '!', unknown: '?', skipped: '-', waiting: 'o', running: '*' },
  cursor: '>',
  focus: '>',
  rule: '-',
  gap: '|',
  arrow: '->',
  ellipsis: '~',
  dot: '-',
  caret: '_',
  bullet: '*',
  driver: '@',
  note: '#',
  times: 'x',
};

const COLOURED: Readonly<Record<Tone, Style>> = {
  plain: {},
  dim: { dimColor: true },
  strong: { bold: true },
  accent: { color: 'cyan', bold: true },
  pass: { color: 'green', bold: true },
  fail: { color: 'red', bold: true },
  warn: { color: 'yellow', bold: true },
  unknown: { color: 'magenta', bold: true },
  selected: { inverse: true },
};

/**
 * On a light ground the terminal's own green, cyan and yellow are hard to read, and what it calls dim is paler still: these are at least
 * 4.5 times as dark as the ground (WCAG 2.2, 1.4.3).
 */
const LIGHT: Readonly<Record<Tone, Style>> = {
  ...COLOURED,
  dim: { color: '#5a5a5a' },
  accent: { color: '#00479e', bold: true },
  pass: { color: '#006400', bold: true },
  fail: { color: '#a80000', bold: true },
  warn: { color: '#7a4a00', bold: true },
  unknown: { color: '#7a1a8c', bold: true },
};

export type ColourTheme = 'dark' | 'light' | 'none';

const UNCOLOURED: Readonly<Record<Tone, Style>> = {
  ...COLOURED,
  accent: { bold: true },
  pass: { bold: true },
  fail: { bold: true },
  warn: { bold: true },
  unknown: { bold: true },
};

export interface Theme {
  readonly glyphs: Glyphs;
  readonly isAscii: boolean;
  readonly style: Readonly<Record<Tone, Style>>;
}

/**
 * NO_COLOR (no-color.org): any value but the empty one. ASCII glyphs where the Linux console's font has few others, and where the
 * locale says that there are none (C or POSIX, locale(7)).
 */
export function chooseTheme(env: Readonly<Record<string, string | undefined>>, ascii: boolean, colours: ColourTheme = 'dark'): Theme {
  const noColour = (env['NO_COLOR'] ?? '') !== '';
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  const isPoor = env['TERM'] === 'linux' || locale === 'C' || locale === 'POSIX';
  const isAscii = ascii || isPoor;
  return { glyphs: isAscii ? ASCII : UNICODE, isAscii, style: noColour || colours === 'none' ? UNCOLOURED : colours === 'light' ? LIGHT : COLOURED };
}

export function toneOfStatus(status: PanelStatus): Tone {
  switch (status) {
    case 'pass':
    case 'fail':
    case 'warn':
    case 'unknown':
      return status;
    case 'running':
      return 'accent';
    case 'waiting':
    case 'skipped':
      return 'dim';
  }
}
