/** Bundles test/ui/dev-console.tsx, or another entry beside it, into dist/dev-console.mjs, or into the file that is named. */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

/** Ink's devtools.js imports react-devtools-core, which is not installed; a bundle would import it at its start. */
const withoutDevelopmentTools = {
  name: 'without-development-tools',
  setup(bundler) {
    bundler.onLoad({ filter: /[\\/]ink[\\/]build[\\/]devtools\.js$/ }, () => ({ contents: '' }));
  },
};

export async function buildDevConsole(outfile, entry = './dev-console.tsx') {
  await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node22',
    outfile,
    plugins: [withoutDevelopmentTools],
    define: { 'process.env.NODE_ENV': '"production"' },
    // signal-exit and others are CommonJS and require Node's own modules.
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
    logLevel: 'warning',
  });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildDevConsole(process.argv[2] ?? fileURLToPath(new URL('../../dist/dev-console.mjs', import.meta.url)));
}
