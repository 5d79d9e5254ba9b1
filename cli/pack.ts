import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import { Command } from 'commander';
import { readPackFolder } from '../shared/adapters/pack-files.js';
import { publishPacks } from '../shared/adapters/s3-pack-store.js';
import { BadPackError } from '../shared/errors.js';
import { CliError } from './cli-error.js';
import type { Surroundings } from './context.js';
import { packCheck } from './pack-check.js';
import { packEvaluate } from './pack-evaluate.js';
import { packExplain } from './pack-explain.js';

/** `netral pack`: what the screening knows, as data. */
export const packCommand = (around: Surroundings): Command => {
  const { out } = around;
  const pack = new Command('pack').description('what the screening knows, as data');
  pack
    .command('publish')
    .description('check the packs of a folder and put them to use, all at once')
    .argument('<folder>', 'holds codes, language and contests')
    .requiredOption('--bucket <name>', 'the bucket of packs, the output PacksBucket of the deployment')
    .option('--region <name>', 'where the bucket is', 'ap-southeast-3')
    .addHelpText(
      'after',
      '\nIt signs in to AWS as the AWS command line does, and is in use everywhere within a minute.',
    )
    .action(async (folder: string, { bucket, region }: { bucket: string; region: string }) => {
      try {
        const texts = await readPackFolder(folder);
        await publishPacks(new S3Client({ region }), bucket, texts);
        out(`${texts.length} packs are in use.\n`);
      } catch (error) {
        throw explained(error, folder, bucket);
      }
    });
  packCheck(pack, around);
  packExplain(pack, around);
  packEvaluate(pack, around);
  return pack;
};

/** Faults that somebody at the command line can mend. */
const explained = (error: unknown, folder: string, bucket: string): unknown => {
  if (error instanceof BadPackError)
    return new CliError('The packs do not hold; nothing was published.', null, error.faults);
  if (error instanceof S3ServiceException)
    return new CliError(
      `S3 refused the bucket ${bucket}: ${error.name}.`,
      'Check its name, the region and your permissions.',
    );
  if (!(error instanceof Error)) return error;
  if ('code' in error && error.code === 'ENOENT')
    return new CliError(
      `${folder} is not a folder of packs.`,
      'It holds the folders codes, language and contests.',
    );
  if (error.name === 'CredentialsProviderError')
    return new CliError(
      'Nobody is signed in to AWS.',
      'Sign in as for the AWS command line, or set AWS_PROFILE.',
    );
  return error;
};
