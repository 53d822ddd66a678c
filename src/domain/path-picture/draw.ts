import type { PathPicture, PathStop, StopKind } from './picture.ts';

/** The words of the picture, in the reader's language. */
export interface PictureWords {
  readonly stops: Readonly<Record<StopKind, string>>;
  /** `3 silent`: hops that did not answer, hops left out. */
  readonly silentHops: (count: number) => string;
  readonly skippedHops: (count: number) => string;
  readonly breaksHere: string;
  readonly arrives: string;
  readonly unknown: string;
}

export interface PictureGlyphs {
  readonly reached: string;
  readonly unreached: string;
  readonly broken: string;
  readonly link: string;
  readonly cut: string;
}

export const PICTURE_UNICODE: PictureGlyphs = { reached: '●', unreached: '○', broken: '✗', link: '│', cut: '╳' };
export const PICTURE_ASCII: PictureGlyphs = { reached: '*', unreached: 'o', broken: 'x', link: '|', cut: 'X' };

export interface PictureLine {
  readonly text: string;
  readonly emphasis: 'plain' | 'pass' | 'fail' | 'dim';
}

/** The path from top to bottom, one line a stop, as it is pasted into a ticket: plain text of any width, no line longer than its names. */
export function drawPicture(picture: PathPicture, words: PictureWords, glyphs: PictureGlyphs): readonly PictureLine[] {
  const { stops, broken, status, cause } = picture;
  const kindWidth = Math.max(...stops.map(({ kind }) => words.stops[kind].length));
  const nameWidth = Math.max(...stops.map((stop) => nameOf(stop, words).length));
  const why = cause === null ? '' : ` (${cause})`;
  return stops.flatMap((stop, index): readonly PictureLine[] => {
    const isCut = broken?.where === 'before' && broken.stop === index;
    const isBroken = broken?.where === 'at' && broken.stop === index;
    const isBeyond = broken !== null && (index > broken.stop || isCut);
    const isEnd = index === stops.length - 1;
    const isUnsure = isEnd && broken === null && status !== 'reachable';
    const glyph = isBroken ? glyphs.broken : isBeyond || isUnsure ? glyphs.unreached : glyphs.reached;
    const said = isEnd && status === 'reachable' ? `  ${words.arrives}` : isUnsure ? `  ${words.unknown}` : '';
    const emphasis = isBroken ? 'fail' : isBeyond || isUnsure ? 'dim' : isEnd && status === 'reachable' ? 'pass' : 'plain';
    const line: PictureLine = { text: `${glyph} ${words.stops[stop.kind].padEnd(kindWidth)}  ${`${nameOf(stop, words).padEnd(nameWidth)}  ${timeOf(stop)}`.trimEnd()}${said}`.trimEnd(), emphasis };
    const mark: PictureLine = { text: `${isBroken ? glyphs.link : glyphs.cut} ${words.breaksHere}${why}`, emphasis: 'fail' };
    return isCut ? [mark, line] : isBroken ? [line, mark] : [line];
  });
}

/** The same in one line: `pod shop/orders → node n1 ✗ api.example:443`. */
export function drawBriefly(picture: PathPicture, words: PictureWords, arrow: string, broken: string): string {
  return picture.stops
    .map((stop, index) => {
      const name = stop.name === '' || stop.kind === 'silent' || stop.kind === 'skipped' ? words.stops[stop.kind] : stop.name;
      const isCut = picture.broken?.where === 'before' && picture.broken.stop === index;
      const isBroken = picture.broken?.where === 'at' && picture.broken.stop === index;
      const link = index === 0 ? '' : isCut ? ` ${broken} ` : ` ${arrow} `;
      return `${link}${isBroken ? `${broken} ` : ''}${name}`;
    })
    .join('');
}

function nameOf({ kind, name, address }: PathStop, words: PictureWords): string {
  if (kind === 'silent') return words.silentHops(Number(name));
  if (kind === 'skipped') return words.skippedHops(Number(name));
  return address === null ? name : `${name} (${address})`;
}

function timeOf({ rttMs }: PathStop): string {
  return rttMs === null ? '' : `${rttMs < 10 ? rttMs.toFixed(1) : Math.round(rttMs).toString()} ms`;
}
