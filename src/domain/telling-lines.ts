/** Words that tools use where they say how it went. */
const TELLING =
  /error|fail|refus|tim(?:ed|e) ?out|unreach|verify|expired|valid|self.signed|HTTP\/|status:|NXDOMAIN|SERVFAIL|REFUSED|can't|cannot|not found|connected|connection|succeeded|reset|closed|denied|prohibit|no route|packet loss|alert|issuer|subject|ANSWER|address|state /iu;

/** PEM blocks and rulers say nothing to a reader. */
const BALLAST = /^(?:-{3,}.*|[A-Za-z0-9+/]{40,}={0,2})$/u;

/** Lines without what no reader reads: PEM blocks, rulers, empty lines. */
export function withoutBallast(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => line.trim() !== '' && !BALLAST.test(line.trim()));
}

/**
 * At most `count` of the lines, in their order: those that say how it went first of all, and others from the beginning where
 * there is room.
 */
export function tellingLines(lines: readonly string[], count: number): readonly string[] {
  const readable = withoutBallast(lines);
  const telling = readable.map((line, index) => ({ index, telling: TELLING.test(line) }));
  const chosen = new Set(
    [...telling.filter((one) => one.telling), ...telling.filter((one) => !one.telling)].slice(0, count).map(({ index }) => index),
  );
  return readable.filter((_, index) => chosen.has(index));
}
