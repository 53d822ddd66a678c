import { LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import type { Messages } from '../../i18n/index.ts';
import { conflictsOf, isKeyName, type KeyChoices } from '../../ui/key-remap.ts';
import { closest } from '../closest.ts';
import { DEFAULT_TOOLKIT, type ToolkitSettings } from './toolkit-settings.ts';
import { TOOLKIT_SHAPE } from './toolkit-shape.ts';

/** What a user may set in config.yaml. */
export interface Config {
  /** `none`: no colour, as NO_COLOR does. */
  readonly theme: 'dark' | 'light' | 'none';
  readonly ascii: boolean;
  /** Lines for a screen reader instead of a screen. */
  readonly screenReader: boolean;
  /** Namespaces that the digits go to. */
  readonly favourites: readonly string[];
  readonly keys: KeyChoices;
  readonly toolkit: ToolkitSettings;
}

export const DEFAULT_CONFIG: Config = { theme: 'dark', ascii: false, screenReader: false, favourites: [], keys: {}, toolkit: DEFAULT_TOOLKIT };

export interface ConfigError {
  /** From 1. */
  readonly line: number;
  readonly message: string;
}

const NAMESPACE = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/u;

const SHAPE = {
  theme: z.enum(['dark', 'light', 'none']),
  ascii: z.boolean(),
  screenReader: z.boolean(),
  favourites: z.array(z.string().regex(NAMESPACE)).max(9),
  keys: z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])),
  toolkit: TOOLKIT_SHAPE,
};
type Setting = keyof typeof SHAPE;
const SETTINGS = Object.keys(SHAPE) as readonly Setting[];

/** Reads the text of a config.yaml. All that is wrong is told, each with its line; then the defaults stand for nothing. */
export function parseConfig(text: string, messages: Messages): { readonly ok: true; readonly config: Config } | { readonly ok: false; readonly errors: readonly ConfigError[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) {
    return { ok: false, errors: document.errors.map((error) => ({ line: lines.linePos(error.pos[0]).line, message: `YAML: ${error.message}` })) };
  }
  const data: unknown = document.toJS();
  if (data === null || data === undefined) return { ok: true, config: DEFAULT_CONFIG };
  const errors = new Errors(document, lines);
  if (typeof data !== 'object' || Array.isArray(data)) return { ok: false, errors: [{ line: 1, message: messages.config.notSettings }] };
  const config = read(data as Record<string, unknown>, errors, messages);
  return errors.all.length === 0 ? { ok: true, config } : { ok: false, errors: errors.all };
}

function read(data: Record<string, unknown>, errors: Errors, { config: text, keys: { actions } }: Messages): Config {
  for (const name of Object.keys(data)) {
    if (!SETTINGS.includes(name as Setting)) errors.add([name], text.unknownSetting(name, closest(name, SETTINGS)));
  }
  const known = Object.fromEntries(SETTINGS.flatMap((name) => {
    if (data[name] === undefined || data[name] === null) return [];
    const result = SHAPE[name].safeParse(data[name]);
    if (!result.success) errors.add([name, ...(result.error.issues[0]?.path ?? []).map(String)], text.badValue(name, text.expected[name]));
    return result.success ? [[name, result.data]] : [];
  })) as { [Name in Setting]?: z.infer<(typeof SHAPE)[Name]> };
  const keys: Record<string, readonly string[]> = {};
  for (const [action, given] of Object.entries(known.keys ?? {})) {
    const list = typeof given === 'string' ? [given] : given;
    const bad = list.find((key) => !isKeyName(key));
    if (!Object.hasOwn(actions, action)) errors.add(['keys', action], text.unknownAction(action, closest(action, Object.keys(actions))));
    else if (action === 'quitNow') errors.add(['keys', action], text.fixedAction(action));
    else if (bad !== undefined) errors.add(['keys', action], text.unknownKey(bad));
    else keys[action] = list;
  }
  for (const { action, key, other, scope } of conflictsOf(keys as KeyChoices)) errors.add(['keys', action], text.conflict(key, action, other, scope));
  return { theme: known.theme ?? 'dark', ascii: known.ascii ?? false, screenReader: known.screenReader ?? false, favourites: known.favourites ?? [], keys: keys as KeyChoices, toolkit: { ...DEFAULT_TOOLKIT, ...known.toolkit } as ToolkitSettings };
}

class Errors {
  readonly all: ConfigError[] = [];
  readonly #document: Document;
  readonly #lines: LineCounter;

  constructor(document: Document, lines: LineCounter) {
    this.#document = document;
    this.#lines = lines;
  }

  /** At the value that the path names; at its nearest parent where that has no place of its own. */
  add(path: readonly string[], message: string): void {
    for (let length = path.length; length > 0; length -= 1) {
      const parent: unknown = length === 1 ? this.#document.contents : this.#document.getIn(path.slice(0, length - 1), true);
      const items = (parent as { readonly items?: readonly { readonly key?: { readonly value?: unknown; readonly range?: readonly number[] }; readonly range?: readonly number[] }[] } | undefined)?.items ?? [];
      const found = items.find((item) => item.key?.value === path[length - 1])?.key ?? items[Number(path[length - 1])];
      const offset = found?.range?.[0];
      if (offset !== undefined) {
        this.all.push({ line: this.#lines.linePos(offset).line, message });
        return;
      }
    }
    this.all.push({ line: 1, message });
  }
}
