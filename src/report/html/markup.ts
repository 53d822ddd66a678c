/** HTML that was put together from escaped pieces. */
export class Markup {
  readonly html: string;

  constructor(html: string) {
    this.html = html;
  }
}

type Piece = string | number | Markup | null | readonly Piece[];

/** A template whose strings are escaped, whatever they hold; only pieces that are Markup already stand as they are. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  return new Markup(parts.map((part, index) => part + (index < pieces.length ? text(pieces[index] ?? null) : '')).join(''));
}

function text(piece: Piece): string {
  if (piece === null) return '';
  if (piece instanceof Markup) return piece.html;
  if (typeof piece === 'object') return piece.map(text).join('');
  return escaped(String(piece));
}

/** For content and quoted attributes alike (HTML 13.1.2.3, 13.1.4). */
function escaped(value: string): string {
  return value.replace(/\p{Cs}/gu, '\uFFFD').replace(/[&<>"'`]/gu, (character) => `&#${String(character.codePointAt(0) ?? 0)};`);
}

/** A sentence of ours: what stands between backticks is code. */
export function sentence(value: string): Markup {
  const parts = value.split('`');
  return html`${parts.map((part, index) => (index % 2 === 1 && index < parts.length - 1 ? html`<code>${part}</code>` : index % 2 === 1 ? html`\`${part}` : html`${part}`))}`;
}
