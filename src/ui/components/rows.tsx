import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Theme } from '../theme.ts';
import { clipLine, type Line, type Lines } from './line.ts';

interface RowProps {
  readonly line: Line;
  readonly width: number;
  readonly theme: Theme;
  readonly left?: number;
}

/** One row of the screen: never wider than `width`, never higher than one line, never without a line. */
export function Row({ line, width, theme, left = 0 }: RowProps): ReactElement {
  const clipped = clipLine(line, width, left, theme.glyphs.ellipsis);
  return (
    <Text wrap="truncate">
      {clipped.length === 0
        ? ' '
        : clipped.map((part, index) => (
            <Text key={index} {...theme.style[part.tone]}>
              {part.text}
            </Text>
          ))}
    </Text>
  );
}

interface RowsProps {
  readonly lines: Lines;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly theme: Theme;
  readonly left?: number;
}

/** The rows of `lines` in sight, and only those: every list and panel is drawn by this. */
export function Rows({ lines, top, width, height, theme, left = 0 }: RowsProps): ReactElement {
  const shown = Math.max(0, Math.min(height, lines.count - top));
  return (
    <Box flexDirection="column" width={width} height={height}>
      {Array.from({ length: shown }, (_, row) => (
        <Row key={row} line={lines.at(top + row)} width={width} theme={theme} left={left} />
      ))}
    </Box>
  );
}
