import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as z from 'zod';
import type { bundle } from '../../infra/bundle.js';
import type { readStage } from '../../infra/read-stage.js';
import type { Places } from '../../local/functions.js';
import type { synthesised } from '../infra/template.js';
import type { deployedIn, localStage } from './deployed-functions.js';
import { bundleFolder } from './previous-version.js';

/*
 * tsx bundle-tree.ts TREE FOLDER PLACES: writes the template of the version whose files lie in TREE, and the bundles of its
 * functions, each made by that version's own code.
 */
const [, , tree = '', folder = '', told = ''] = process.argv;
const places = z.custom<Places>().parse(JSON.parse(told));

const made = <Made>() => z.custom<Made>((value) => typeof value === 'function');
const from = async <Exports>(file: string, exports: z.ZodType<Exports>): Promise<Exports> =>
  exports.parse(await import(pathToFileURL(join(tree, file)).href));

const bundler = await from('infra/bundle.ts', z.object({ bundle: made<typeof bundle>() }));
const stages = await from('infra/read-stage.ts', z.object({ readStage: made<typeof readStage>() }));
const app = await from('test/infra/template.ts', z.object({ synthesised: made<typeof synthesised>() }));
const deployed = await from(
  'test/deployed/deployed-functions.ts',
  z.object({ deployedIn: made<typeof deployedIn>(), localStage: made<typeof localStage>() }),
);

const template = app.synthesised(deployed.localStage(stages.readStage().config, places));
writeFileSync(join(folder, 'template.json'), JSON.stringify(template));
for (const one of deployed.deployedIn(template)) bundler.bundle(one, bundleFolder(folder, one));
