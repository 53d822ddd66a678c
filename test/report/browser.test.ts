import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wholeReport } from '../../src/cli/recordings/whole-report.ts';
import { LANGUAGES } from '../../src/i18n/index.ts';
import { parseRunFile } from '../../src/run-file/read.ts';
import { RECORDINGS } from '../run-file/recordings.ts';
import { findChromium, Page } from './browser.ts';

const CHROMIUM = findChromium();
/** To be looked at: they stay after the test. */
const ARTIFACTS = fileURLToPath(new URL('../../artifacts/html', import.meta.url));
const SHOWN = RECORDINGS.filter(([name]) => /^(?:dead-path|policy-denial|healthy)/u.test(name)).flatMap(([name, path]) => [[name, 'en', path], [name, 'es', path]] as const);

describe.skipIf(CHROMIUM === null)(`the HTML report in Chromium${CHROMIUM === null ? ' (skipped: no chromium in PATH)' : ''}`, () => {
  let page: Page;
  let folder = '';
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'netdiag-html-'));
    mkdirSync(ARTIFACTS, { recursive: true });
    page = await Page.open(CHROMIUM ?? '');
  }, 60_000);
  afterAll(async () => {
    await page.close();
    rmSync(folder, { recursive: true });
  });

  it.each(SHOWN)('%s in %s: loads nothing, fits a phone, a desktop and paper', async (name, language, path) => {
    const read = parseRunFile(readFileSync(path, 'utf8'));
    if (!read.ok) throw new Error(JSON.stringify(read.problem));
    const file = join(folder, `${name}.html`);
    writeFileSync(file, wholeReport('html', read.recording.events, false, LANGUAGES[language]));
    const saved = (ending: string): string => join(ARTIFACTS, `${name.replace('.jsonl', '')}-${language}-${ending}`);
    for (const [device, width, height] of [['phone', 390, 844], ['desktop', 1280, 900]] as const) {
      page.requests.length = 0;
      await page.show(file, width, height);
      expect(page.requests).toEqual([`file://${file}`]);
      writeFileSync(saved(`${device}.png`), await page.picture());
      // Open, there is more that could be too wide.
      await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
      expect(await page.evaluate('document.documentElement.scrollWidth'), `${device}: wider than the window`).toBeLessThanOrEqual(width);
    }
    const paper = await page.paper();
    expect(paper.subarray(0, 5).toString()).toBe('%PDF-');
    writeFileSync(saved('print.pdf'), paper);
    expect(await page.evaluate('document.documentElement.lang')).toBe(language);
  }, 60_000);

  it('has the words of folded evidence on paper', async () => {
    const [, path] = RECORDINGS.find(([name]) => name.startsWith('dead-path')) ?? ['', ''];
    const read = parseRunFile(readFileSync(path, 'utf8'));
    const file = join(folder, 'folded.html');
    writeFileSync(file, wholeReport('html', read.ok ? read.recording.events : [], false, LANGUAGES.en));
    await page.show(file, 1280, 900);
    const isShown = 'document.querySelector("details pre").checkVisibility()';
    expect(await page.evaluate(isShown)).toBe(false);
    await page.ask('Emulation.setEmulatedMedia', { media: 'print' });
    expect(await page.evaluate(isShown)).toBe(true);
    await page.ask('Emulation.setEmulatedMedia', { media: '' });
  }, 60_000);
});
