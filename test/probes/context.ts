import type { OutputLine } from '../../src/domain/command.ts';
import type { ProbeContext } from '../../src/probes/probe.ts';
import { scriptedVantage, type Script, type ScriptedVantage } from '../fakes/scripted-vantage.ts';

export interface Watched extends ProbeContext {
  readonly vantage: ScriptedVantage;
  readonly shown: { readonly started: (readonly string[])[]; readonly lines: OutputLine[]; readonly ended: string[] };
}

/** A probe's context over a scripted vantage with these tools. */
export function context(tools: Readonly<Record<string, string>>, script: Script, signal: AbortSignal = new AbortController().signal): Watched {
  const shown: Watched['shown'] = { started: [], lines: [], ended: [] };
  return {
    vantage: scriptedVantage(script),
    tools: { kind: 'tools', tools, versions: {} },
    limits: { connectTimeoutMs: 1000, commandTimeoutMs: 2000 },
    signal,
    shown,
    watch: {
      started: (argv) => `c${String(shown.started.push(argv))}`,
      line: (_command, line) => { shown.lines.push(line); },
      ended: (command) => { shown.ended.push(command); },
    },
  };
}
