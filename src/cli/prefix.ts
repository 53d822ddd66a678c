import { parseArgsStringToArgv } from 'string-argv';

export type PrefixFault = 'empty' | 'unbalanced-quotes' | 'looks-like-option';
export type PrefixResult = { readonly ok: true; readonly argv: readonly string[] } | { readonly ok: false; readonly fault: PrefixFault };

/** Splits a command prefix into argv. It is never given to a shell, so nothing in it is expanded. */
export function parsePrefix(text: string): PrefixResult {
  // string-argv closes an open quote silently; we would rather ask.
  if (hasOpenQuote(text)) return { ok: false, fault: 'unbalanced-quotes' };
  const argv = parseArgsStringToArgv(text);
  const [program] = argv;
  if (program === undefined || program === '') return { ok: false, fault: 'empty' };
  if (program.startsWith('-')) return { ok: false, fault: 'looks-like-option' };
  return { ok: true, argv };
}

/** By string-argv's own rules: quotes do not nest, and a backslash is an ordinary character. */
function hasOpenQuote(text: string): boolean {
  let open: string | null = null;
  for (const char of text) {
    if (open === null && (char === '"' || char === "'")) open = char;
    else if (char === open) open = null;
  }
  return open !== null;
}
