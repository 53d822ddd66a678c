import { causes } from './en/causes.ts';
import { cli } from './en/cli.ts';
import { explain } from './en/explain.ts';
import { policy } from './en/policy.ts';
import { report } from './en/report.ts';
import { tree } from './en/tree.ts';
import { ui } from './en/ui.ts';

/** The catalogue of texts: English defines it, every other language satisfies `Messages` (a missing text is a compile error). */
export const en = { causes, cli, explain, policy, report, tree, ui };

export type Messages = typeof en;
