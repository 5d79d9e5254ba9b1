import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync, type BuildOptions, type Metafile } from 'esbuild';
import { consoleScript } from '../console/bundle.js';
import type { FunctionName } from '../shared/functions.js';
import type { NetworkId } from '../shared/networks.js';

export const ROOT = join(import.meta.dirname, '..');

export interface Entry {
  readonly job: FunctionName;
  /** A collector carries the connector of its own network and no other. */
  readonly network?: NetworkId;
}

/** Where a function's `handler.ts` lies. */
export const folderOf = ({ job, network }: Entry): string =>
  join(ROOT, 'functions', job, ...(network === undefined ? [] : [network]));

/**
 * How whatever is deployed is bundled; the tests and the benches bundle by this too. What a start does not need lies in
 * files of its own, which are read when they are asked for: the SDK's other ways to credentials, YAML. The maps are
 * there for whoever reads a stack trace; Node does not read them, since that would cost every start 45 ms.
 */
export const BUNDLING = {
  absWorkingDir: ROOT,
  bundle: true,
  platform: 'node',
  target: 'node24',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  entryNames: 'index',
  splitting: true,
  mainFields: ['module', 'main'],
  minify: true,
  // YAML is CommonJS and requires Node's own modules, for which an ES module has no `require`.
  banner: { js: "import{createRequire}from'node:module';const require=createRequire(import.meta.url);" },
  sourcemap: 'external',
  sourcesContent: false,
  logLevel: 'error',
} as const satisfies BuildOptions;

/** Writes a function's `index.mjs`, with an export `handler`, and the files beside it. The API hands out the console. */
export const bundle = (entry: Entry, folder: string): Metafile => {
  const { metafile } = buildSync({
    ...BUNDLING,
    entryPoints: [join(folderOf(entry), 'handler.ts')],
    outdir: folder,
    metafile: true,
  });
  if (entry.job === 'serve-api') writeFileSync(join(folder, 'console.js'), consoleScript());
  return metafile;
};
