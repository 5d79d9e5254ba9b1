import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { versionIn } from '../infra/version.js';
import { awsRefusal } from './aws-refusal.js';

/**
 * The versions of a stage that are deployed, as its stacks of functions say; more than one after a deployment that was cut off,
 * none where nothing is. Foundation is not asked: a description alone is not updated, and what lasts seldom changes.
 */
export const deployedVersions = async (stage: string, region: string): Promise<readonly string[]> => {
  const client = new CloudFormationClient({ region });
  const versionOf = async (stack: string): Promise<readonly string[]> => {
    try {
      const { Stacks: [found] = [] } = await client.send(
        new DescribeStacksCommand({ StackName: `Netral-${stage}-${stack}` }),
      );
      return found === undefined ? [] : [versionIn(found.Description)];
    } catch (error) {
      if (error instanceof Error && error.name === 'ValidationError') return [];
      throw awsRefusal(error, region);
    }
  };
  try {
    const versions = await Promise.all(['Scanning', 'Review'].map(versionOf));
    return [...new Set(versions.flat())];
  } finally {
    client.destroy();
  }
};
