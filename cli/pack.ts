import { Command } from 'commander';
import { publishPacks } from '../shared/adapters/s3-pack-publisher.js';
import { showing, type Surroundings } from './context.js';
import { inBucket, onBucket, type BucketOptions } from './pack-bucket.js';
import { packCheck } from './pack-check.js';
import { packCompile } from './pack-compile.js';
import { packEvaluate } from './pack-evaluate.js';
import { packExplain } from './pack-explain.js';
import { packTextsIn } from './pack-folder.js';
import { healthCommand } from './pack-health.js';
import { newCommand } from './pack-new.js';
import { replayCommand } from './pack-replay.js';
import { schemaCommand } from './pack-schema.js';
import { shadowCommand } from './pack-shadow.js';

/** `netral pack`: what the screening knows, as data. */
export const packCommand = (around: Surroundings): Command => {
  const pack = new Command('pack').description('what the screening knows, as data');
  onBucket(pack.command('publish'))
    .description('check the packs of a folder and put them to use, all at once')
    .argument('<folder>', 'holds codes, language and contests')
    .option('--candidate', 'only try them: they count on live traffic beside those in use')
    .action(async (folder: string, options: BucketOptions & { candidate?: boolean }, command: Command) => {
      const texts = await packTextsIn(folder);
      const as = options.candidate === true ? 'candidate' : 'active';
      await inBucket(options, (client) => publishPacks(client, options.bucket, texts, as));
      showing(command, around)({ packs: texts.length, as }, () => [
        as === 'active'
          ? `${texts.length} packs are in use.`
          : `${texts.length} packs are tried beside those in use; netral pack shadow status tells how they do.`,
      ]);
    });
  for (const command of [
    shadowCommand(around),
    replayCommand(around),
    healthCommand(around),
    newCommand(around),
    schemaCommand(around),
  ])
    pack.addCommand(command);
  packCheck(pack, around);
  packExplain(pack, around);
  packEvaluate(pack, around);
  packCompile(pack, around);
  return pack;
};
