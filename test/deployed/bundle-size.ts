import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { ROOT, type Entry } from '../../infra/bundle.js';
import { FUNCTIONS, type FunctionName } from '../../shared/functions.js';
import { USUAL_NETWORKS } from '../../shared/networks.js';

/** Every function that a deployment of the usual networks has. */
export const ENTRIES: readonly (Entry & { readonly name: string })[] = Object.keys(FUNCTIONS)
  .filter((job): job is FunctionName => job in FUNCTIONS)
  .flatMap((job): (Entry & { readonly name: string })[] =>
    job === 'collect-posts'
      ? USUAL_NETWORKS.map((network) => ({ name: `${job} (${network})`, job, network }))
      : [{ name: job, job }],
  );

export interface BundleSize {
  /** What a start reads: `index.mjs` and all that it imports at once. */
  readonly atStart: number;
  readonly atStartGzipped: number;
  /** With what is read only when it is asked for. */
  readonly whole: number;
}

/** The size of a bundle in bytes, maps apart. */
export const bundleSize = ({ outputs }: Metafile): BundleSize => {
  const read = new Set<string>();
  const follow = (file: string): void => {
    if (read.has(file)) return;
    read.add(file);
    for (const { path, kind, external } of outputs[file]?.imports ?? [])
      if (kind === 'import-statement' && external !== true) follow(path);
  };
  const index = Object.keys(outputs).find((file) => file.endsWith('index.mjs'));
  if (index === undefined) throw new Error('The bundle has no index.mjs');
  follow(index);
  const sum = (files: Iterable<string>, size: (file: string) => number): number =>
    [...files].reduce((total, file) => total + size(file), 0);
  return {
    atStart: sum(read, (file) => outputs[file]?.bytes ?? 0),
    atStartGzipped: sum(read, (file) => gzipSync(readFileSync(join(ROOT, file))).length),
    whole: sum(
      Object.keys(outputs).filter((file) => file.endsWith('.mjs')),
      (file) => outputs[file]?.bytes ?? 0,
    ),
  };
};
