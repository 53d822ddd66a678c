import { access } from './en/access.ts';
import { cast } from './en/cast.ts';
import { causes } from './en/causes.ts';
import { cli } from './en/cli.ts';
import { config } from './en/config.ts';
import { console } from './en/console.ts';
import { demos } from './en/demos.ts';
import { dependencies } from './en/dependencies.ts';
import { document } from './en/document.ts';
import { explain } from './en/explain.ts';
import { exported } from './en/exported.ts';
import { fanOut } from './en/fan-out.ts';
import { keys } from './en/keys.ts';
import { pairing } from './en/pairing.ts';
import { picture } from './en/picture.ts';
import { podPages } from './en/pod-pages.ts';
import { policy } from './en/policy.ts';
import { recordings } from './en/recordings.ts';
import { report } from './en/report.ts';
import { spoken } from './en/spoken.ts';
import { toolkit } from './en/toolkit.ts';
import { tree } from './en/tree.ts';
import { ui } from './en/ui.ts';
import { watch } from './en/watch.ts';
import { wishes } from './en/wishes.ts';

/** The catalogue of texts: English defines it, every other language satisfies `Messages` (a missing text is a compile error). */
export const en = {
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

export type Messages = typeof en;
