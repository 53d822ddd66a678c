/** docs/scorecard.md: two parts, each written by whoever measures it, while the other one stays. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const PAGE = fileURLToPath(new URL('../docs/scorecard.md', import.meta.url));
const OF_THE_CLUSTER = '## In a cluster\n';

/** The first part, with the page's title. */
export function writeLabPart(text: string): void {
  writeFileSync(PAGE, `${text.trimEnd()}\n\n${parts().cluster}`);
}

/** The second part, without its heading. */
export function writeClusterPart(text: string): void {
  writeFileSync(PAGE, `${parts().lab.trimEnd()}\n\n${OF_THE_CLUSTER}\n${text.trimEnd()}\n`);
}

function parts(): { readonly lab: string; readonly cluster: string } {
  const page = existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '';
  const at = page.indexOf(OF_THE_CLUSTER);
  return at < 0 ? { lab: page, cluster: '' } : { lab: page.slice(0, at), cluster: page.slice(at) };
}
