import type { Messages } from './en.ts';
import { causes } from './es/causes.ts';
import { cli } from './es/cli.ts';
import { explain } from './es/explain.ts';
import { policy } from './es/policy.ts';
import { report } from './es/report.ts';
import { tree } from './es/tree.ts';
import { ui } from './es/ui.ts';

export const es: Messages = { causes, cli, explain, policy, report, tree, ui };
