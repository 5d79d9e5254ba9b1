import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
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

/** Writes what takes a module's place, and says where it lies. */
const cached = (name: string, contents: string): string => {
  const folder = join(ROOT, 'node_modules', '.cache', 'netral');
  mkdirSync(folder, { recursive: true });
  const file = join(folder, name);
  writeFileSync(file, contents);
  return file;
};

/**
 * Zod as its own entry exports it, without the fifty languages of its messages: nobody reads those but in English, and
 * whatever takes zod as one object, as the API's library does, would carry all of them (260 kB).
 */
const zodInEnglish = (): string => {
  const folder = join(ROOT, 'node_modules', 'zod', 'v4');
  const entry = join(folder, 'classic', 'external.js');
  const lines = readFileSync(entry, 'utf8').split('\n');
  // Once by themselves, and once within the core.
  const kept = lines.filter((line) => !/^export \* as (?:locales|core) /.test(line));
  if (kept.length !== lines.length - 2)
    throw new Error(`${entry} exports its languages otherwise than it did`);
  const whole = kept
    .join('\n')
    .replaceAll('from "../', `from "${folder}/`)
    .replaceAll('from "./', `from "${folder}/classic/`);
  return cached('zod.js', `${whole}\nimport * as z from './zod.js';\nexport { z, z as default };\n`);
};

/**
 * One of Node's modules without its getters: an ES module that imports it reads all that it exports, and some of that is loaded
 * by being read: all of `undici` with `WebSocket` of `http`, the streams of the process with `process`.
 */
const withoutGetters = (name: 'http' | 'process'): string => {
  const properties = Object.getOwnPropertyDescriptors(process.getBuiltinModule(name));
  const names = Object.keys(properties).filter((key) => properties[key]?.value !== undefined);
  return cached(
    `${name}.js`,
    [
      `const whole = process.getBuiltinModule('node:${name}');`,
      'const of = (key) => whole[key];',
      'export default whole;',
      ...names.map((key) => `export const ${key} = /* @__PURE__ */ of('${key}');`),
    ].join('\n'),
  );
};

/**
 * The way to credentials that Lambda has, its environment. The SDK's others take 40 kB and eight files of a start to say that
 * they were not asked.
 */
const credentialsOfLambda = (): string =>
  cached(
    'credentials.js',
    "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';\n",
  );

/** Where a function's `handler.ts` lies. */
export const folderOf = ({ job, network }: Entry): string =>
  join(ROOT, 'functions', job, ...(network === undefined ? [] : [network]));

const HTTP = withoutGetters('http');
const PROCESS = withoutGetters('process');

/**
 * How whatever is deployed is bundled; the tests and the benches bundle by this too. What a start does not need lies in
 * files of its own, which are read when they are asked for: S3, YAML. The maps are
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
  alias: {
    zod: zodInEnglish(),
    http: HTTP,
    'node:http': HTTP,
    process: PROCESS,
    'node:process': PROCESS,
    '@aws-sdk/credential-provider-node': credentialsOfLambda(),
    // As ES modules. What Node is given of it is CommonJS, for which every file of a bundle would need a `require`.
    yaml: join(ROOT, 'node_modules', 'yaml', 'browser', 'index.js'),
  },
  mainFields: ['module', 'main'],
  minify: true,
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
