import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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

/** Writes what takes a module's place, whole at once since others may be reading it, and says where it lies. */
const cached = (name: string, contents: string): string => {
  const file = join(ROOT, 'node_modules', '.cache', 'netral', name);
  mkdirSync(dirname(file), { recursive: true });
  const written = `${file}.${randomUUID()}`;
  writeFileSync(written, contents);
  renameSync(written, file);
  return file;
};

/** A text of zod's without these parts of it. */
const without = (text: string, parts: readonly RegExp[]): string =>
  parts.reduce((left, part) => {
    const shorter = left.replace(part, '');
    if (shorter === left) throw new Error(`zod is written otherwise than it was: it has no ${part.source}`);
    return shorter;
  }, text);

/** Parts of zod's modules that functions have no use for. */
const UNUSED: Readonly<Record<string, readonly RegExp[]>> = {
  // The languages, once by themselves and once within the core; schemas from and to JSON Schema; the compiler of schemas.
  'external.js': [
    /^export \* as core .*$/m,
    /^export \* as locales .*$/m,
    /^export \{ toJSONSchema \}.*$/m,
    /^export \{ fromJSONSchema \}.*$/m,
    / compile, withParser, ZodCompileAsyncError, ZodCompileUnsupportedError,/,
  ],
  // How each schema describes itself as JSON Schema.
  'schemas.js': [
    /^ *inst\._zod\.processJSONSchema = .*$/gm,
    /^ *jsonSchema: \{\n(?:.*createStandardJSONSchemaMethod.*\n){2} *\},$/m,
    /^ *toJSONSchema\(params\) \{\n.*createToJSONSchemaMethod.*\n *\},$/m,
  ],
};

/** One of zod's modules without what functions have no use for. An update that writes it otherwise must not go unseen. */
export const usedOfZod = (name: string, text: string): string => {
  const used = without(text, UNUSED[name] ?? []);
  const left = used.split('\n').find((line) => line.includes('processJSONSchema'));
  if (left !== undefined) throw new Error(`zod is written otherwise than it was: ${name} has ${left.trim()}`);
  return used;
};

/**
 * Zod as it is read in English by functions, which describe no schema to anybody but by the API's library. Whatever takes zod
 * as one object, as that library does, would carry all of it (320 kB), and every other function 18 kB of JSON Schema.
 */
const zodOfFunctions = (): string => {
  const folder = join(ROOT, 'node_modules', 'zod', 'v4');
  const modules = readdirSync(join(folder, 'classic')).filter((name) => /\.js$|^package\.json$/.test(name));
  for (const name of modules) {
    const text = readFileSync(join(folder, 'classic', name), 'utf8');
    cached(join('zod', name), usedOfZod(name, text).replaceAll('from "../', `from "${folder}/`));
  }
  return join(ROOT, 'node_modules', '.cache', 'netral', 'zod', 'index.js');
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
    zod: zodOfFunctions(),
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
