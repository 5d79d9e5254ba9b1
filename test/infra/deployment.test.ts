import { Stack } from 'aws-cdk-lib';
import { Match, Template as Assertions } from 'aws-cdk-lib/assertions';
import { CfnBudget } from 'aws-cdk-lib/aws-budgets';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ACCESS } from '../../functions/serve-api/access.js';
import { Role } from '../../shared/domain/registry/person.js';
import { FUNCTIONS } from '../../shared/functions.js';
import { NETWORKS, USUAL_NETWORKS } from '../../shared/networks.js';
import { SHADOW_KEYS, TABLES } from '../../shared/tables.js';
import { readStage } from '../../infra/read-stage.js';
import { anApp, idOf, resourcesOf, synthesised } from './template.js';

const { config: sample } = readStage();
const template = synthesised(sample);
const assertions = Assertions.fromJSON(template);
const reference = (name: string) => ({ Ref: idOf(template, name) });
const arn = (name: string) => ({ 'Fn::GetAtt': [idOf(template, name), 'Arn'] });
const capital = (name: string) => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;

/** Asserts by throwing, which a test without an `expect` of its own would hide. */
const expectResource = (type: string, properties: unknown): void => {
  expect(() => {
    assertions.hasResourceProperties(type, properties);
  }).not.toThrow();
};

const keys = (partition: string, sort?: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  ...(sort === undefined ? [] : [{ AttributeName: sort, KeyType: 'RANGE' }]),
];

describe('tables', () => {
  it.each(Object.entries(TABLES))(
    'makes %s with its keys, and safe from loss',
    (name, { indexes, timeToLive }) => {
      const attributes = Object.entries<{ partition: string; sort?: { name: string } }>(indexes);
      expect(template.Resources[idOf(template, `Tables${capital(name)}`)]).toMatchObject({
        DeletionPolicy: 'Retain',
        UpdateReplacePolicy: 'Retain',
        Properties: {
          KeySchema: keys('pk', 'sk'),
          BillingMode: 'PAY_PER_REQUEST',
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: arn('RecordsKey') },
          ...(timeToLive === null
            ? {}
            : { TimeToLiveSpecification: { AttributeName: timeToLive, Enabled: true } }),
          ...(attributes.length === 0
            ? {}
            : {
                GlobalSecondaryIndexes: attributes.map(([IndexName, { partition, sort }]) => ({
                  IndexName,
                  KeySchema: keys(partition, sort?.name),
                  Projection: { ProjectionType: 'ALL' },
                })),
              }),
        },
      });
    },
  );

  it('never lets the registry or the record expire', () => {
    expect(template.Resources[idOf(template, 'TablesRegistry')]?.Properties).not.toHaveProperty(
      'TimeToLiveSpecification',
    );
    expect(template.Resources[idOf(template, 'TablesRecord')]?.Properties).not.toHaveProperty(
      'TimeToLiveSpecification',
    );
  });
});

describe('counts of trials', () => {
  it('let the API query them, and no finding', () => {
    expectResource('AWS::IAM::Policy', {
      Roles: [reference('ApiServerRole')],
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'dynamodb:Query',
            Effect: 'Allow',
            Resource: arn('TablesFindings'),
            Condition: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${SHADOW_KEYS}*`] } },
          }),
        ]),
      }),
    });
  });
});

describe('the classifier', () => {
  it('writes findings, notes what became of their posts, and looks for no more than one and its versions', () => {
    const Policies = z.object({
      Roles: z.array(z.unknown()).default([]),
      PolicyDocument: z.object({ Statement: z.array(z.object({ Action: z.unknown() })) }),
    });
    const actions = resourcesOf(template, 'AWS::IAM::Policy', Policies)
      .filter(([, { Roles }]) => JSON.stringify(Roles).includes(idOf(template, 'ClassifyPostsWorkerRole')))
      .flatMap(([, { PolicyDocument }]) => PolicyDocument.Statement)
      .flatMap(({ Action }) => [Action].flat())
      .filter((action) => String(action).startsWith('dynamodb:'));
    expect(actions.sort()).toEqual([
      'dynamodb:GetItem',
      'dynamodb:PutItem',
      'dynamodb:Query',
      'dynamodb:UpdateItem',
    ]);
  });
});

describe('keys', () => {
  it.each(['RecordsKey', 'TransitKey'])('turns %s every year and keeps it when its stack goes', (name) => {
    expect(template.Resources[idOf(template, name)]).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { EnableKeyRotation: true },
    });
  });
});

describe('buckets', () => {
  it.each(['BucketsPacks', 'BucketsFiles', 'BucketsSeals'])(
    'keeps %s private, encrypted and versioned',
    (name) => {
      expect(template.Resources[idOf(template, name)]).toMatchObject({
        DeletionPolicy: 'Retain',
        Properties: {
          PublicAccessBlockConfiguration: {
            BlockPublicAcls: true,
            BlockPublicPolicy: true,
            IgnorePublicAcls: true,
            RestrictPublicBuckets: true,
          },
          VersioningConfiguration: { Status: 'Enabled' },
          BucketEncryption: {
            ServerSideEncryptionConfiguration: [
              {
                BucketKeyEnabled: true,
                ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: arn('RecordsKey') },
              },
            ],
          },
        },
      });
      expectResource('AWS::S3::BucketPolicy', {
        Bucket: reference(name),
        PolicyDocument: Match.objectLike({
          Statement: Match.arrayWith([
            Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
          ]),
        }),
      });
    },
  );

  it('lets nobody alter a seal', () => {
    expectResource('AWS::S3::Bucket', {
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3650 } } },
    });
  });

  it('keeps no version of a deleted file', () => {
    expectResource('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({ NoncurrentVersionExpiration: { NoncurrentDays: 1 }, Status: 'Enabled' }),
        ]),
      },
    });
  });

  it.each([
    ['people/', 7],
    ['exports/', 7],
    ['submissions/', 7],
    ['uploads/', 1],
  ] as const)('lets nothing in %s live longer than %i days', (Prefix, ExpirationInDays) => {
    expectResource('AWS::S3::Bucket', {
      LifecycleConfiguration: {
        Rules: Match.arrayWith([Match.objectLike({ Prefix, ExpirationInDays, Status: 'Enabled' })]),
      },
    });
  });
});

describe('functions', () => {
  it.each(Object.entries(FUNCTIONS))('gives %s its time and memory, a log and a trace', (job, config) => {
    expectResource('AWS::Lambda::Function', {
      Tags: Match.arrayWith([{ Key: 'Job', Value: job }]),
      Timeout: config.timeoutSeconds,
      MemorySize: config.memoryMb,
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: Match.anyValue() },
    });
  });

  it('gives no two functions one role', () => {
    const lambdas = resourcesOf(template, 'AWS::Lambda::Function', z.object({ Role: z.unknown() }));
    const roles = lambdas.map(([, { Role: role }]) => JSON.stringify(role));
    expect(new Set(roles).size).toBe(roles.length);
  });

  it('encrypts every log and ends it', () => {
    const logs = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::Logs::LogGroup');
    // A collector for each network, and the access log of the API.
    expect(logs).toHaveLength(Object.keys(FUNCTIONS).length + USUAL_NETWORKS.length);
    for (const { Properties } of logs)
      expect(Properties).toMatchObject({ RetentionInDays: 30, KmsKeyId: arn('TransitKey') });
  });
});

describe('queues', () => {
  it.each(USUAL_NETWORKS)('bounds the collectors of %s', (network) => {
    expectResource('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: arn(`CollectPosts${network}Queue`),
      FunctionName: reference(`CollectPosts${network}WorkerFunction`),
      BatchSize: FUNCTIONS['collect-posts'].trigger.batchSize,
      MaximumBatchingWindowInSeconds: FUNCTIONS['collect-posts'].trigger.batchingWindowSeconds,
      ScalingConfig: { MaximumConcurrency: NETWORKS[network].concurrency },
    });
  });

  it.each([
    ...USUAL_NETWORKS.map((network) => [
      `CollectPosts${network}WorkerFunction`,
      'ClassifyPostsWorkerFunctionAliaslive',
    ]),
    ...USUAL_NETWORKS.map((network) => ['PlanScansJobFunction', `CollectPosts${network}WorkerFunction`]),
  ])('deploys %s only after who reads what it writes: %s', (writer, reader) => {
    const { DependsOn } = z
      .object({ DependsOn: z.array(z.string()) })
      .parse(template.Resources[idOf(template, writer)]);
    expect(DependsOn).toContain(idOf(template, reader));
  });

  it('gives the classifier posts in batches', () => {
    expectResource('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: arn('ClassifyPostsQueue'),
      BatchSize: FUNCTIONS['classify-posts'].trigger.batchSize,
      MaximumBatchingWindowInSeconds: FUNCTIONS['classify-posts'].trigger.batchingWindowSeconds,
    });
  });
});

describe('schedules', () => {
  it.each([
    ['PlanScans', `rate(${FUNCTIONS['plan-scans'].trigger.every.minutes} minutes)`],
    ['NotifyHolders', `rate(${FUNCTIONS['notify-holders'].trigger.every.minutes} minutes)`],
    ['KeepTime', `rate(${FUNCTIONS['keep-time'].trigger.every.minutes} minutes)`],
  ])('starts %s in its rhythm', (name, ScheduleExpression) => {
    expectResource('AWS::Scheduler::Schedule', {
      ScheduleExpression,
      Target: { Arn: arn(`${name}JobFunction`), DeadLetterConfig: { Arn: arn(`${name}Missed`) } },
    });
  });

  it('sends digests in the morning of the agency', () => {
    expect(FUNCTIONS['send-digests'].trigger.at).toBe('07:00');
    expectResource('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'cron(00 07 * * ? *)',
      ScheduleExpressionTimezone: sample.timeZone,
      Target: { Arn: arn('SendDigestsJobFunction') },
    });
  });

  it('keeps a run that failed with those that could not be started', () => {
    expectResource('AWS::Lambda::EventInvokeConfig', {
      FunctionName: reference('SendDigestsJobFunction'),
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: arn('SendDigestsMissed') } },
    });
  });
});

describe('the API', () => {
  const Route = z.object({ RouteKey: z.string(), AuthorizationType: z.string() });
  const routes = resourcesOf(template, 'AWS::ApiGatewayV2::Route', Route).map(([, route]) => route);

  it('opens those routes to everybody that the API itself opens, and no other', () => {
    const open = routes.filter(({ AuthorizationType }) => AuthorizationType === 'NONE');
    const meant = Object.entries(ACCESS)
      .filter(([, { kind }]) => kind === 'public')
      .map(([operation]) => (operation.includes(' /open/') ? 'ANY /open/{proxy+}' : operation));
    expect(open.map(({ RouteKey }) => RouteKey).sort()).toEqual([...new Set(meant)].sort());
  });

  it('asks everybody else for a token of the agency’s issuer', () => {
    expect(routes.filter(({ AuthorizationType }) => AuthorizationType !== 'NONE')).toEqual([
      { RouteKey: 'POST /me/{proxy+}', AuthorizationType: 'JWT' },
      { RouteKey: 'ANY /{proxy+}', AuthorizationType: 'JWT' },
    ]);
    expectResource('AWS::ApiGatewayV2::Authorizer', {
      AuthorizerType: 'JWT',
      JwtConfiguration: { Audience: [reference('SignInPeopleClient')] },
    });
  });

  it('logs neither addresses nor paths', () => {
    const { AccessLogSettings } = template.Resources[idOf(template, 'ApiGatewayStage')]!.Properties;
    const format = JSON.stringify(AccessLogSettings);
    expect(format).toContain('$context.routeKey');
    expect(format).not.toMatch(/sourceIp|\$context\.path|identity|claims/);
  });

  it('bounds what one gateway takes', () => {
    const bound = { ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 };
    expectResource('AWS::ApiGatewayV2::Stage', {
      DefaultRouteSettings: { ThrottlingBurstLimit: 200, ThrottlingRateLimit: 100 },
      RouteSettings: { 'ANY /open/{proxy+}': bound, 'POST /me/{proxy+}': bound },
    });
  });

  it('has no route that would tell of a self-check in its log or its metrics', () => {
    expect(JSON.stringify(routes)).not.toContain('self-check');
  });
});

describe('sign-in', () => {
  it('makes a pool that only the agency fills, with a second factor', () => {
    expectResource('AWS::Cognito::UserPool', {
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      DeletionProtection: 'ACTIVE',
    });
  });

  it('lets the console sign people in by the code flow, and nothing else', () => {
    expectResource('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['code'],
      CallbackURLs: ['https://netral.sukamaju.example/open/signed-in'],
      GenerateSecret: false,
    });
  });

  it.each(Role.options)('has a group of each %s', (GroupName) => {
    expectResource('AWS::Cognito::UserPoolGroup', { GroupName });
  });

  it('takes the agency’s own issuer instead', () => {
    const own = synthesised({
      ...sample,
      signIn: {
        kind: 'issuer',
        issuer: 'https://sso.sukamaju.example',
        audience: 'netral',
        rolesClaim: 'peran',
        clientId: 'netral-console',
        scopes: 'openid netral',
      },
    });
    const ownAssertions = Assertions.fromJSON(own);
    expect(ownAssertions.findResources('AWS::Cognito::UserPool')).toEqual({});
    expect(own.Resources[idOf(own, 'ApiGatewayTokens')]?.Properties).toMatchObject({
      JwtConfiguration: { Issuer: 'https://sso.sukamaju.example', Audience: ['netral'] },
    });
    expect(own.Resources[idOf(own, 'ApiServerFunction')]?.Properties).toMatchObject({
      Environment: {
        Variables: {
          OIDC_ISSUER: 'https://sso.sukamaju.example',
          OIDC_AUDIENCE: 'netral',
          ROLES_CLAIM: 'peran',
          OIDC_CLIENT_ID: 'netral-console',
          OIDC_SCOPES: 'openid netral',
        },
      },
    });
  });
});

describe('mail', () => {
  it('sends from the domain of the sender, encrypted on its way', () => {
    expectResource('AWS::SES::EmailIdentity', {
      EmailIdentity: 'sukamaju.example',
      ConfigurationSetAttributes: { ConfigurationSetName: reference('MailConfiguration') },
    });
    expectResource('AWS::SES::ConfigurationSet', { DeliveryOptions: { TlsPolicy: 'REQUIRE' } });
  });

  it('lets a mailer send as that sender alone', () => {
    expectResource('AWS::IAM::Policy', {
      Roles: [reference('NotifyHoldersJobRole')],
      PolicyDocument: Match.objectLike({
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'ses:SendEmail',
            Condition: { StringEquals: { 'ses:FromAddress': sample.mailSender } },
          }),
        ]),
      }),
    });
  });
});

describe('the budget', () => {
  it('tells the operators before it is spent', () => {
    expectResource('AWS::Budgets::Budget', {
      Budget: { BudgetLimit: { Amount: sample.monthlyBudgetUsd, Unit: 'USD' }, TimeUnit: 'MONTHLY' },
      NotificationsWithSubscribers: [
        {
          Notification: Match.objectLike({ Threshold: 80 }),
          Subscribers: [{ Address: sample.operators, SubscriptionType: 'EMAIL' }],
        },
      ],
    });
  });

  it('stops the planner when it is spent, and nobody else', () => {
    const { RoleName } = template.Resources[idOf(template, 'PlanScansJobRole')]!.Properties;
    expectResource('AWS::Budgets::BudgetsAction', {
      ActionType: 'APPLY_IAM_POLICY',
      ApprovalModel: 'AUTOMATIC',
      ActionThreshold: { Type: 'PERCENTAGE', Value: 100 },
      Definition: { IamActionDefinition: { Roles: [RoleName], PolicyArn: reference('Standstill') } },
    });
    expect(RoleName).toBe('netral-sample-plan-scans');
  });
});

describe('a resource that Jakarta does not know', () => {
  it('is refused when the app is synthesised', () => {
    const app = anApp();
    const stack = new Stack(app, 'Elsewhere', { env: { region: 'ap-southeast-3' } });
    new CfnBudget(stack, 'Budget', { budget: { budgetType: 'COST', timeUnit: 'MONTHLY' } });
    expect(() => app.synth()).toThrow(/AWS::Budgets::Budget/);
  });
});
