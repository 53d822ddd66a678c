/**
 * OSC 52 (xterm ctlseqs, "Manipulate Selection Data"): the terminal puts it into the clipboard of the machine that one sits at, also
 * over SSH. GNU screen needs it wrapped in a DCS of its own and takes at most 768 bytes in one (screen(1), "String Escapes"); tmux takes
 * it as it is (set-clipboard on). Terminals commonly stop at 100,000 bytes: null for a text that is longer.
 */
export function clipboardSequence(text: string, env: Readonly<Record<string, string | undefined>>): string | null {
  const encoded = Buffer.from(text).toString('base64');
  if (encoded.length > LONGEST) return null;
  const sequence = `\u001b]52;c;${encoded}\u0007`;
  return env['TMUX'] === undefined && (env['STY'] !== undefined || env['TERM']?.startsWith('screen') === true) ? inScreen(sequence) : sequence;
}

const LONGEST = 99_000;
const SCREEN_PIECE = 760;

function inScreen(sequence: string): string {
  const pieces = sequence.match(new RegExp(`[^]{1,${SCREEN_PIECE.toString()}}`, 'gu')) ?? [];
  return pieces.map((piece) => `\u001bP${piece}\u001b\\`).join('');
}
