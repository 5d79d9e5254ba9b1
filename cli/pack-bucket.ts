import { S3Client, S3ServiceException } from '@aws-sdk/client-s3';
import type { Command } from 'commander';
import { BadPackError } from '../shared/errors.js';
import { awsRefusal } from './aws-refusal.js';
import { CliError } from './cli-error.js';

export interface BucketOptions {
  readonly bucket: string;
  readonly region: string;
}

/** A command that changes what the bucket of packs names. */
export const onBucket = (command: Command): Command =>
  command
    .requiredOption('--bucket <name>', 'the bucket of packs, the output PacksBucket of the deployment')
    .option('--region <name>', 'where the bucket is', 'ap-southeast-3')
    .addHelpText(
      'after',
      '\nIt signs in to AWS as the AWS command line does, and is in use everywhere within a minute.',
    );

/** Runs `work` on the bucket; what somebody at the command line can mend is said in words. */
export const inBucket = async (
  { bucket, region }: BucketOptions,
  work: (client: S3Client) => Promise<void>,
): Promise<void> => {
  const client = new S3Client({ region });
  try {
    await work(client);
  } catch (error) {
    throw explained(error, bucket, region);
  } finally {
    client.destroy();
  }
};

const explained = (error: unknown, bucket: string, region: string): unknown => {
  if (error instanceof BadPackError)
    return new CliError('The packs do not hold; nothing was published.', null, error.faults);
  if (error instanceof S3ServiceException)
    return new CliError(
      `S3 refused the bucket ${bucket}: ${error.name}.`,
      'Check its name, the region and your permissions.',
    );
  return awsRefusal(error, region);
};
