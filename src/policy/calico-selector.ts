import type { Labels } from './selector.ts';

type Test = (labels: Labels) => boolean;

/**
 * Calico's selector language (Calico reference, "Selectors"): `app == 'x'`, `!=`, `has(k)`, `k in {'a','b'}`, `not in`, `contains`,
 * `starts with`, `ends with`, `all()`, `global()`, `!`, `&&`, `||` and parentheses. Empty selects everything.
 * @returns null for a text that is not in this language.
 */
export function parseCalicoSelector(text: string): Test | null {
  if (text.trim() === '') return () => true;
  const tokens = tokensOf(text);
  return tokens === null ? null : new Parser(tokens).parse();
}

/** `'it'`, `"it"`, `has(`, `all()`, `a.b/c-d`, and the marks between them. */
const TOKEN = /\s*(?:'(?<single>[^']*)'|"(?<double>[^"]*)"|(?<mark>==|!=|&&|\|\||[!(){},])|(?<word>[\w./-]+))/uy;

interface Token {
  readonly kind: 'string' | 'mark' | 'word';
  readonly text: string;
}

function tokensOf(text: string): readonly Token[] | null {
  const tokens: Token[] = [];
  const trimmed = text.trimEnd();
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < trimmed.length) {
    const groups = TOKEN.exec(trimmed)?.groups;
    if (groups === undefined) return null;
    const string = groups['single'] ?? groups['double'];
    if (string !== undefined) tokens.push({ kind: 'string', text: string });
    else if (groups['mark'] !== undefined) tokens.push({ kind: 'mark', text: groups['mark'] });
    else tokens.push({ kind: 'word', text: groups['word'] ?? '' });
  }
  return tokens;
}

class Parser {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  parse(): Test | null {
    const test = this.#either();
    return this.#at === this.#tokens.length ? test : null;
  }

  #either(): Test | null {
    return this.#joined('||', () => this.#together(), (tests) => (labels) => tests.some((test) => test(labels)));
  }

  #together(): Test | null {
    return this.#joined('&&', () => this.#single(), (tests) => (labels) => tests.every((test) => test(labels)));
  }

  #joined(mark: string, part: () => Test | null, join: (tests: readonly Test[]) => Test): Test | null {
    const tests: Test[] = [];
    do {
      const test = part();
      if (test === null) return null;
      tests.push(test);
    } while (this.#take('mark', mark));
    return join(tests);
  }

  #single(): Test | null {
    if (this.#take('mark', '!')) {
      const test = this.#single();
      return test === null ? null : (labels) => !test(labels);
    }
    if (this.#take('mark', '(')) {
      const test = this.#either();
      return this.#take('mark', ')') ? test : null;
    }
    const word = this.#next('word');
    if (word === null) return null;
    return this.#take('mark', '(') ? this.#call(word) : this.#comparison(word);
  }

  #call(name: string): Test | null {
    const label = name === 'has' ? this.#next('word') : null;
    if (!this.#take('mark', ')')) return null;
    if (name === 'all') return () => true;
    // global() means policies and sets without a namespace: as a selector of pods it selects none.
    if (name === 'global') return () => false;
    return name === 'has' && label !== null ? (labels) => Object.hasOwn(labels, label) : null;
  }

  #comparison(label: string): Test | null {
    if (this.#take('mark', '==')) return this.#withString((wanted) => (labels) => valueOf(labels, label) === wanted);
    if (this.#take('mark', '!=')) return this.#withString((wanted) => (labels) => valueOf(labels, label) !== wanted);
    switch (this.#next('word')) {
      case 'in':
        return this.#withSet((set) => (labels) => set.includes(valueOf(labels, label) ?? null));
      case 'not':
        return this.#take('word', 'in') ? this.#withSet((set) => (labels) => !set.includes(valueOf(labels, label) ?? null)) : null;
      case 'contains':
        return this.#withString((part) => (labels) => valueOf(labels, label)?.includes(part) === true);
      case 'starts':
        return this.#take('word', 'with') ? this.#withString((part) => (labels) => valueOf(labels, label)?.startsWith(part) === true) : null;
      case 'ends':
        return this.#take('word', 'with') ? this.#withString((part) => (labels) => valueOf(labels, label)?.endsWith(part) === true) : null;
      default:
        return null;
    }
  }

  #withString(make: (text: string) => Test): Test | null {
    const text = this.#next('string');
    return text === null ? null : make(text);
  }

  #withSet(make: (set: readonly (string | null)[]) => Test): Test | null {
    if (!this.#take('mark', '{')) return null;
    const set: string[] = [];
    while (!this.#take('mark', '}')) {
      if (set.length > 0 && !this.#take('mark', ',')) return null;
      const text = this.#next('string');
      if (text === null) return null;
      set.push(text);
    }
    return make(set);
  }

  #next(kind: Token['kind']): string | null {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind) return null;
    this.#at += 1;
    return token.text;
  }

  #take(kind: Token['kind'], text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== kind || token.text !== text) return false;
    this.#at += 1;
    return true;
  }
}

function valueOf(labels: Labels, key: string): string | undefined {
  return Object.hasOwn(labels, key) ? labels[key] : undefined;
}
