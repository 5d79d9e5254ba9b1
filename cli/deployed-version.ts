import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { versionIn } from '../infra/version.js';
import { awsRefusal } from './aws-refusal.js';

/** The version of a stage that is deployed, as its stacks say; `null` where nothing is. */
export const deployedVersion = async (stage: string, region: string): Promise<string | null> => {
  const client = new CloudFormationClient({ region });
  try {
    const { Stacks: [foundation] = [] } = await client.send(
      new DescribeStacksCommand({ StackName: `Netral-${stage}-Foundation` }),
    );
    return foundation === undefined ? null : versionIn(foundation.Description);
  } catch (error) {
    if (error instanceof Error && error.name === 'ValidationError') return null;
    throw awsRefusal(error, region);
  } finally {
    client.destroy();
  }
};
