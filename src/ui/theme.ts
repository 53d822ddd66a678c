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
  readonly style: Readonly<Record<Tone, Style>>;
}

/**
 * NO_COLOR (no-color.org): any value but the empty one. ASCII glyphs where the Linux console's font has few others, and where the
 * locale says that there are none (C or POSIX, locale(7)).
 */
export function chooseTheme(env: Readonly<Record<string, string | undefined>>, ascii: boolean): Theme {
  const noColour = (env['NO_COLOR'] ?? '') !== '';
  const locale = [env['LC_ALL'], env['LC_CTYPE'], env['LANG']].find((value) => value !== undefined && value !== '');
  const isPoor = env['TERM'] === 'linux' || locale === 'C' || locale === 'POSIX';
  return { glyphs: ascii || isPoor ? ASCII : UNICODE, style: noColour ? UNCOLOURED : COLOURED };
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
