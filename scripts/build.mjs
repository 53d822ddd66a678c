// Bundles src/cli/main.ts into dist/: everything but the `node` package, in chunks that are loaded when they are needed.
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { ROOT } from './fresh.mjs';

/**
 * `import 'node:http'` copies every export, and for one of them (WebSocket) Node compiles its own undici: 60 ms at each start, measured with
 * Node 24.21. Taken as an object, its parts are made when they are used.
 */
const lazyHttp = {
  name: 'lazy-http',
  setup(build) {
    build.onResolve({ filter: /^(node:)?https?$/ }, ({ path }) => ({ path: path.replace('node:', ''), namespace: 'lazy-http' }));
    build.onLoad({ filter: /.*/, namespace: 'lazy-http' }, ({ path }) => ({ contents: `module.exports = process.getBuiltinModule('node:${path}');` }));
  },
};

/**
 * The Kubernetes client's configuration takes two small parts of the generated API through an index that brings all of it: 3 MB that are
 * read, compiled and run before the first list can be asked for.
 */
const withoutGeneratedApi = {
  name: 'without-generated-api',
  setup(build) {
    build.onLoad({ filter: /@kubernetes[\\/]client-node[\\/]dist[\\/]gen[\\/]index\.js$/ }, () => ({
      contents: "export { createConfiguration } from './configuration.js'; export * from './servers.js';",
    }));
  },
};

const startedAt = new Date();
const folder = join(ROOT, `dist.${process.pid}`);

try {
  const { metafile } = await esbuild.build({
    absWorkingDir: ROOT,
    entryPoints: ['src/cli/main.ts'],
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    jsx: 'automatic',
    minify: true,
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"' },
    external: ['react-devtools-core'],
    plugins: [lazyHttp, withoutGeneratedApi],
    // CommonJS packages inside the bundle still call require for Node's own modules.
    banner: { js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);" },
  });
  writeFileSync(join(folder, 'licenses.txt'), licensesOf(Object.keys(metafile.inputs)));
  writeFileSync(join(folder, 'meta.json'), JSON.stringify(chunksOf(metafile)));
  // A file that was saved while we built is newer than this bundle.
  utimesSync(join(folder, 'main.js'), startedAt, startedAt);
  rmSync(join(ROOT, 'dist'), { recursive: true, force: true });
  renameSync(folder, join(ROOT, 'dist'));
} catch (error) {
  // esbuild has printed its own errors.
  if (error.errors === undefined) process.stderr.write(`build: ${error.message}\n`);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** The licence of every package of which something is in the bundle: most ask for that. */
function licensesOf(inputs) {
  const packages = new Set(inputs.flatMap((input) => /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/u.exec(input) ?? []));
  return [...packages].sort().map(licenseOf).join('\n');
}

function licenseOf(path) {
  const { name, version, license } = JSON.parse(readFileSync(join(ROOT, path, 'package.json'), 'utf8'));
  const file = readdirSync(join(ROOT, path)).find((entry) => /^licen[cs]e/iu.test(entry) && existsSync(join(ROOT, path, entry)));
  const text = file === undefined ? '' : readFileSync(join(ROOT, path, file), 'utf8').trim();
  return `${name} ${version} (${license ?? 'see text'})\n\n${text}\n${'-'.repeat(80)}`;
}

/** Which packages each chunk holds and which chunks it loads at once: tests read it. */
function chunksOf({ outputs }) {
  return Object.fromEntries(
    Object.entries(outputs).map(([path, { bytes, imports, inputs }]) => [
      path.slice(path.indexOf('/') + 1),
      {
        bytes,
        loads: imports.filter(({ kind, external }) => kind === 'import-statement' && external !== true).map(({ path: to }) => to.slice(to.indexOf('/') + 1)),
        packages: [...new Set(Object.keys(inputs).flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/u.exec(input)?.[1] ?? []))].sort(),
      },
    ]),
  );
}
