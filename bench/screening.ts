import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import { BUNDLING, ROOT } from '../infra/bundle.js';
import { corpus } from './corpus.js';
import { packsOf, writtenTerms } from './many-terms.js';

const SIZES = [2_000, 20_000];

/**
 * Posts per second on one core, beside other ways to find terms; × is how many times faster the screening is. It is
 * measured bundled as it is deployed: what runs TypeScript as it is gives every inner function its name anew each
 * time, which costs a third of the speed and is no part of the product.
 */
export const benchScreening = async ([path]: readonly string[]): Promise<void> => {
  const texts = corpus(path);
  const sizes = (await Promise.all(SIZES.map(packsOf))).map((packs) => ({
    packs,
    terms: [...new Set(writtenTerms(packs).map((term) => term.toLowerCase()))],
  }));
  console.log(
    `${texts.length.toLocaleString('en')} posts${path === undefined ? ' of the sample agency' : ''}`,
  );
  // Inside the project, so that the rivals are found.
  mkdirSync(join(ROOT, 'dist'), { recursive: true });
  const folder = mkdtempSync(join(ROOT, 'dist', 'bench-'));
  try {
    writeFileSync(join(folder, 'work.json'), JSON.stringify({ texts, sizes }));
    buildSync({
      ...BUNDLING,
      entryPoints: ['measure-screening', 'cold-start'].map((name) => join(import.meta.dirname, `${name}.ts`)),
      entryNames: '[name]',
      outdir: folder,
    });
    execFileSync(process.execPath, ['--expose-gc', join(folder, 'measure-screening.mjs')], {
      stdio: 'inherit',
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
};
