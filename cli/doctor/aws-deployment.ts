import { BudgetsClient, DescribeBudgetCommand } from '@aws-sdk/client-budgets';
import {
  CloudFormationClient,
  DescribeStacksCommand,
  paginateListStackResources,
} from '@aws-sdk/client-cloudformation';
import { CloudTrailClient, DescribeTrailsCommand, GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CognitoIdentityProviderClient,
  DescribeUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  GetAccountSettingsCommand,
  GetFunctionConcurrencyCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { GetScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsRefusal } from '../aws-refusal.js';
import { CliError } from '../cli-error.js';
import type { Deployment } from './deployment.js';

interface Part {
  readonly name: string;
  readonly type: string;
  /** What AWS calls it. */
  readonly id: string;
}

/** CloudFormation makes no budgets in Jakarta; they stand here. */
const BUDGET_REGION = 'us-east-1';

const explained = (error: unknown, stage: string, region: string): unknown =>
  error instanceof Error && error.name === 'ValidationError'
    ? new CliError(
        `There is no deployment of stage "${stage}" in ${region}.`,
        `Deploy it first: npm run deploy -- ${stage}`,
      )
    : awsRefusal(error, region);

/** What is there, as CloudFormation lists it, and the account that it is in. */
const partsOf = async (stage: string, region: string) => {
  const client = new CloudFormationClient({ region });
  const parts: Part[] = [];
  let account = '';
  try {
    for (const stack of ['Foundation', 'Scanning', 'Review'])
      for await (const page of paginateListStackResources(
        { client },
        { StackName: `Netral-${stage}-${stack}` },
      ))
        for (const part of page.StackResourceSummaries ?? [])
          parts.push({
            name: part.LogicalResourceId ?? '',
            type: part.ResourceType ?? '',
            id: part.PhysicalResourceId ?? '',
          });
    const { Stacks: [foundation] = [] } = await client.send(
      new DescribeStacksCommand({ StackName: `Netral-${stage}-Foundation` }),
    );
    account = foundation?.StackId?.split(':')[4] ?? '';
  } catch (error) {
    throw explained(error, stage, region);
  } finally {
    client.destroy();
  }
  return { parts, account };
};

/** A deployment as it is in AWS, looked at with the operator's own right to read. */
export const awsDeployment = async (stage: string, region: string): Promise<Deployment> => {
  const { parts, account } = await partsOf(stage, region);
  const ofType = (type: string): readonly Part[] => parts.filter((part) => part.type === type);
  const at = { region };
  const forEach = <Value>(type: string, look: (part: Part) => Promise<Value>): Promise<readonly Value[]> =>
    Promise.all(ofType(type).map(look));

  return {
    mail: async () => {
      const client = new SESv2Client(at);
      const domain = ofType('AWS::SES::EmailIdentity')[0]?.id ?? '';
      const identity = await client.send(new GetEmailIdentityCommand({ EmailIdentity: domain }));
      const account = await client.send(new GetAccountCommand());
      return {
        domain,
        isVerified: identity.VerifiedForSendingStatus === true,
        isSigned: identity.DkimAttributes?.Status === 'SUCCESS',
        isInSandbox: account.ProductionAccessEnabled !== true,
        perDay: account.SendQuota?.Max24HourSend ?? 0,
      };
    },
    schedules: () => {
      const client = new SchedulerClient(at);
      return forEach('AWS::Scheduler::Schedule', async ({ id, name }) => {
        const { State } = await client.send(new GetScheduleCommand({ Name: id }));
        return { name, isOn: State === 'ENABLED' };
      });
    },
    alarms: async () => {
      const client = new CloudWatchClient(at);
      const names = ofType('AWS::CloudWatch::Alarm').map(({ id }) => id);
      const { MetricAlarms = [] } = await client.send(
        new DescribeAlarmsCommand({ AlarmNames: names, MaxRecords: 100 }),
      );
      return MetricAlarms.map(({ AlarmName = '', StateValue = '', ActionsEnabled }) => ({
        name: AlarmName,
        state: StateValue,
        isOn: ActionsEnabled === true,
      }));
    },
    subscribers: async () => {
      const client = new SNSClient(at);
      const answers = await forEach('AWS::SNS::Topic', ({ id }) =>
        client.send(new ListSubscriptionsByTopicCommand({ TopicArn: id })),
      );
      return answers.flatMap(({ Subscriptions = [] }) =>
        Subscriptions.map(({ Endpoint = '', SubscriptionArn = '' }) => ({
          address: Endpoint,
          // Until then it stands for the ARN itself.
          isConfirmed: SubscriptionArn.startsWith('arn:'),
        })),
      );
    },
    parked: async () => {
      const client = new SQSClient(at);
      const queues = ofType('AWS::SQS::Queue').filter(({ name }) => /DeadLetters|Missed/.test(name));
      return Promise.all(
        queues.map(async ({ id, name }) => {
          const { Attributes } = await client.send(
            new GetQueueAttributesCommand({ QueueUrl: id, AttributeNames: ['ApproximateNumberOfMessages'] }),
          );
          return { name, messages: Number(Attributes?.['ApproximateNumberOfMessages'] ?? 0) };
        }),
      );
    },
    secrets: () => {
      const client = new SecretsManagerClient(at);
      return forEach('AWS::SecretsManager::Secret', async ({ id, name }) => {
        const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: id }));
        return {
          name,
          hasValue: Object.values(VersionIdsToStages).some((stages) => stages.includes('AWSCURRENT')),
        };
      });
    },
    userPool: async () => {
      const [pool] = ofType('AWS::Cognito::UserPool');
      if (pool === undefined) return null;
      const { UserPool } = await new CognitoIdentityProviderClient(at).send(
        new DescribeUserPoolCommand({ UserPoolId: pool.id }),
      );
      return { name: pool.id, mfa: UserPool?.MfaConfiguration ?? 'OFF' };
    },
    budget: async () => {
      const { Budget } = await new BudgetsClient({ region: BUDGET_REGION }).send(
        new DescribeBudgetCommand({ AccountId: account, BudgetName: `Netral-${stage}-Budget` }),
      );
      return {
        limitUsd: Number(Budget?.BudgetLimit?.Amount ?? 0),
        spentUsd: Number(Budget?.CalculatedSpend?.ActualSpend?.Amount ?? 0),
      };
    },
    logs: async () => {
      const client = new CloudWatchLogsClient(at);
      return forEach('AWS::Logs::LogGroup', async ({ id }) => {
        const { logGroups = [] } = await client.send(
          new DescribeLogGroupsCommand({ logGroupNamePrefix: id }),
        );
        return {
          name: id,
          days: logGroups.find(({ logGroupName }) => logGroupName === id)?.retentionInDays ?? null,
        };
      });
    },
    trails: async () => {
      const client = new CloudTrailClient(at);
      const { trailList = [] } = await client.send(new DescribeTrailsCommand({ includeShadowTrails: true }));
      return Promise.all(
        trailList.map(async ({ Name = '', TrailARN = '' }) => {
          const { IsLogging } = await client.send(new GetTrailStatusCommand({ Name: TrailARN }));
          return { name: Name, isLogging: IsLogging === true };
        }),
      );
    },
    quotas: async () => {
      const client = new LambdaClient(at);
      const { AccountLimit } = await client.send(new GetAccountSettingsCommand());
      const held = await forEach('AWS::Lambda::Function', async ({ id, name }) => {
        const { ReservedConcurrentExecutions } = await client.send(
          new GetFunctionConcurrencyCommand({ FunctionName: id }),
        );
        return ReservedConcurrentExecutions === undefined ? [] : [name];
      });
      return { concurrentRuns: AccountLimit?.ConcurrentExecutions ?? 0, heldBack: held.flat() };
    },
  };
};
