import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type Entry } from '../../infra/bundle.js';
import type { Places } from '../../local/functions.js';
import { Template } from '../infra/template.js';

/** The version that deployments of this one come from, by its commit: 0.2.0 (docs/adr/27). */
const PREVIOUS = '302fc81';

/** Where the bundle of a function lies. */
export const bundleFolder = (folder: string, { job, network }: Entry): string =>
  join(folder, [job, network ?? 'all'].join(' of '));

/** The version before this one, from the history of the repository, as what `deployedFunctions` takes. */
export const previousVersion = (folder: string) => {
  const tree = join(folder, 'tree');
  mkdirSync(tree, { recursive: true });
  const archive = execFileSync('git', ['archive', PREVIOUS], { cwd: ROOT, maxBuffer: 1e9 });
  execFileSync('tar', ['-x', '-C', tree], { input: archive });
  symlinkSync(join(ROOT, 'node_modules'), join(tree, 'node_modules'));
  return {
    template: (places: Places): Template => {
      execFileSync(
        process.execPath,
        [
          '--import',
          'tsx',
          join(import.meta.dirname, 'bundle-tree.ts'),
          tree,
          folder,
          JSON.stringify(places),
        ],
        { cwd: tree, stdio: 'inherit' },
      );
      return Template.parse(JSON.parse(readFileSync(join(folder, 'template.json'), 'utf8')));
    },
    bundles: (entry: Entry, to: string): void => {
      cpSync(bundleFolder(folder, entry), to, { recursive: true });
    },
  };
};
