// npm start: sets up what is missing or stale, then is the command itself, in this very process.
import { setUpOrExit } from './setup.mjs';

await setUpOrExit();
await import('../bin/netdiag-tui.js');
