import type { Messages } from './en.ts';
import { causes } from './es/causes.ts';

export const es: Messages = { causes };
