import type { Messages } from './en.ts';
import { causes } from './es/causes.ts';
import { explain } from './es/explain.ts';
import { report } from './es/report.ts';
import { tree } from './es/tree.ts';
import { ui } from './es/ui.ts';

export const es: Messages = { causes, explain, report, tree, ui };
