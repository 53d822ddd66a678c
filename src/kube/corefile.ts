/** The parts of a Corefile that say where an answer comes from (https://coredns.io/manual/configuration/). */
export interface CorefileReading {
  /** Where questions for the name are sent on to, as written: `198.51.100.53`, `tls://9.9.9.9`, `/etc/resolv.conf`. Empty: nowhere. */
  readonly forwarders: readonly string[];
  /** Lines of other plugins that decide about the name: rewrite, hosts, template, file, acl. */
  readonly concerning: readonly string[];
}

interface ServerBlock {
  readonly zones: readonly string[];
  readonly lines: readonly { readonly words: readonly string[]; readonly depth: number; readonly directive: string }[];
}

const DECIDING: ReadonlySet<string> = new Set(['rewrite', 'hosts', 'template', 'file', 'acl', 'auto', 'route53', 'k8s_external']);

/** Reads what a Corefile does with a name (absolute or not). The server block with the longest zone that covers the name answers. */
export function readCorefile(text: string, name: string): CorefileReading {
  const wanted = plain(name);
  const blocks = blocksOf(text);
  const rank = (block: ServerBlock): number => Math.max(...block.zones.filter((zone) => covers(zone, wanted)).map((zone) => zone.length), -1);
  const block = blocks.toSorted((a, b) => rank(b) - rank(a))[0];
  if (block === undefined || rank(block) < 0) return { forwarders: [], concerning: [] };
  const forwards = block.lines.filter(({ depth, words }) => depth === 1 && (words[0] === 'forward' || words[0] === 'proxy'));
  const forward = forwards.filter(({ words }) => covers(plain(words[1] ?? '.'), wanted)).toSorted((a, b) => (b.words[1] ?? '').length - (a.words[1] ?? '').length)[0];
  return {
    forwarders: (forward?.words.slice(2) ?? []).filter((word) => word !== '{'),
    concerning: block.lines.filter(({ directive, words }) => DECIDING.has(directive) && mentions(words, wanted)).map(({ words }) => words.join(' ')),
  };
}

function blocksOf(text: string): readonly ServerBlock[] {
  const blocks: { zones: readonly string[]; lines: { words: readonly string[]; depth: number; directive: string }[] }[] = [];
  let depth = 0;
  let directive = '';
  for (const raw of text.split('\n')) {
    const words = raw.replace(/(^|\s)#.*$/u, '').trim().split(/\s+/u).filter((word) => word !== '');
    const [first] = words;
    if (first === undefined) continue;
    const opens = words.at(-1) === '{';
    if (depth === 0 && opens) {
      blocks.push({ zones: words.slice(0, -1).map(zoneOf), lines: [] });
    } else if (first !== '}') {
      if (depth === 1) directive = first;
      blocks.at(-1)?.lines.push({ words, depth, directive });
    }
    depth += (opens ? 1 : 0) - (first === '}' ? 1 : 0);
  }
  return blocks;
}

/** `dns://example.org:1053` without scheme and port. */
function zoneOf(word: string): string {
  return plain(word.replace(/,$/u, '').replace(/^[a-z0-9]+:\/\//u, '').replace(/:\d+$/u, ''));
}

function plain(name: string): string {
  return name.toLowerCase().replace(/\.+$/u, '');
}

function covers(zone: string, name: string): boolean {
  return zone === '' || name === zone || name.endsWith(`.${zone}`);
}

/** The line names the name itself or a domain of two labels or more that it lies in. */
function mentions(words: readonly string[], name: string): boolean {
  const labels = name.split('.');
  const parents = labels.map((_, index) => labels.slice(index).join('.')).filter((parent) => parent.includes('.') || parent === name);
  return words.some((word) => parents.includes(plain(word)));
}
