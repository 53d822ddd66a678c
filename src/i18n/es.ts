import type { Messages } from './en.ts';
import { access } from './es/access.ts';
import { cast } from './es/cast.ts';
import { causes } from './es/causes.ts';
import { cli } from './es/cli.ts';
import { config } from './es/config.ts';
import { console } from './es/console.ts';
import { demos } from './es/demos.ts';
import { dependencies } from './es/dependencies.ts';
import { document } from './es/document.ts';
import { explain } from './es/explain.ts';
import { exported } from './es/exported.ts';
import { fanOut } from './es/fan-out.ts';
import { keys } from './es/keys.ts';
import { pairing } from './es/pairing.ts';
import { picture } from './es/picture.ts';
import { podPages } from './es/pod-pages.ts';
import { policy } from './es/policy.ts';
import { recordings } from './es/recordings.ts';
import { report } from './es/report.ts';
import { spoken } from './es/spoken.ts';
import { toolkit } from './es/toolkit.ts';
import { tree } from './es/tree.ts';
import { ui } from './es/ui.ts';
import { watch } from './es/watch.ts';
import { wishes } from './es/wishes.ts';

export const es: Messages = {
  access,
  cast,
  causes,
  cli,
  config,
  console,
  demos,
  dependencies,
  document,
  explain,
  exported,
  fanOut,
  keys,
  pairing,
  picture,
  podPages,
  policy,
  recordings,
  report,
  spoken,
  toolkit,
  tree,
  ui,
  watch,
  wishes,
};
