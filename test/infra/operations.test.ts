import { Match, Template as Assertions } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { readStage } from '../../infra/read-stage.js';
import { StageConfig } from '../../infra/stage-config.js';
import { arnOf } from './broken.js';
import { idOf, synthesised, type Template } from './template.js';

const { config } = readStage();
const template = synthesised(config);

/** Asserts by throwing, which a test without an `expect` of its own would hide. */
const expectResource = (within: Template, type: string, properties: unknown): void => {
  expect(() => {
    Assertions.fromJSON(within).hasResourceProperties(type, properties);
  }).not.toThrow();
};

describe('a new version of the classifier', () => {
  it('is started by its alias alone', () => {
    const alias = idOf(template, 'ClassifyPostsWorkerFunctionAliaslive');
    const sources = Object.values(template.Resources).filter(
      ({ Type, Properties }) =>
        Type === 'AWS::Lambda::EventSourceMapping' &&
        JSON.stringify(Properties).includes(idOf(template, 'ClassifyPostsQueue')),
    );
    expect(sources).toHaveLength(1);
    expect(JSON.stringify(sources[0]?.Properties['FunctionName'])).toContain(alias);
  });

  it('gets a tenth of the messages first, and is taken back when the alarm goes off', () => {
    expectResource(template, 'AWS::CodeDeploy::DeploymentGroup', {
      DeploymentConfigName: 'CodeDeployDefault.LambdaCanary10Percent10Minutes',
      AlarmConfiguration: {
        Enabled: true,
        Alarms: [{ Name: { Ref: idOf(template, 'ClassifyPostsRegressing') } }],
      },
      AutoRollbackConfiguration: {
        Enabled: true,
        Events: Match.arrayWith(['DEPLOYMENT_FAILURE', 'DEPLOYMENT_STOP_ON_ALARM']),
      },
    });
  });

  it('raises the alarm by what fails inside a batch too, which is no error of the function', () => {
    const metrics = JSON.stringify(template.Resources[idOf(template, 'ClassifyPostsRegressing')]?.Properties);
    for (const name of [
      'message-failed.messages',
      'message-parked.messages',
      'posts-classified.returned',
      'Errors',
    ])
      expect(metrics).toContain(`"MetricName":"${name}"`);
  });
});

describe('the record', () => {
  it('is closed to change and deletion for everybody, by its own policy', () => {
    expectResource(template, 'AWS::DynamoDB::Table', {
      ResourcePolicy: {
        PolicyDocument: {
          Statement: [
            {
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Action: Match.arrayWith([
                'dynamodb:BatchWriteItem',
                'dynamodb:DeleteItem',
                'dynamodb:UpdateItem',
              ]),
            },
          ],
        },
      },
    });
    const kept = Object.entries(template.Resources).filter(
      ([, { Properties }]) => 'ResourcePolicy' in Properties,
    );
    expect(kept.map(([id]) => id)).toEqual([idOf(template, 'TablesRecord')]);
  });
});

describe('the role for emergencies', () => {
  it('is taken with a second factor, in the region where its alarm is', () => {
    expectResource(template, 'AWS::IAM::Role', {
      RoleName: 'netral-sample-break-glass',
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Condition: {
              Bool: { 'aws:MultiFactorAuthPresent': 'true' },
              StringEquals: { 'aws:RequestedRegion': config.region },
            },
          },
        ],
      },
    });
  });

  it('raises an alarm when it is taken, which rules see only when they ask for reading calls', () => {
    expectResource(template, 'AWS::Events::Rule', {
      State: 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS',
      EventPattern: { detail: { requestParameters: { roleArn: [arnOf(template, 'BreakGlassRole')] } } },
    });
    expectResource(template, 'AWS::CloudWatch::Alarm', {
      MetricName: 'MatchedEvents',
      Dimensions: [{ Name: 'RuleName', Value: { Ref: idOf(template, 'BreakGlassTaken') } }],
    });
  });

  it('touches neither the record nor a seal', () => {
    expectResource(template, 'AWS::IAM::Policy', {
      Roles: [{ Ref: idOf(template, 'BreakGlassRole') }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({ Effect: 'Deny', Resource: arnOf(template, 'TablesRecord') }),
          Match.objectLike({ Effect: 'Deny', Action: 's3:*' }),
        ]),
      },
    });
  });
});

describe('an address of its own', () => {
  const certificate =
    'arn:aws:acm:ap-southeast-3:111122223333:certificate/0f3f8d4e-1a2b-4c3d-9e8f-0123456789ab';

  it('is served with the agency’s certificate, and the gateway’s own endpoint is closed', () => {
    const own = synthesised({ ...config, certificate });
    expectResource(own, 'AWS::ApiGatewayV2::DomainName', {
      DomainName: 'netral.sukamaju.example',
      DomainNameConfigurations: [{ CertificateArn: certificate }],
    });
    expectResource(own, 'AWS::ApiGatewayV2::Api', { DisableExecuteApiEndpoint: true });
  });

  it.each(['us-east-1', 'ap-southeast-1'])('does not take a certificate of %s', (region) => {
    const parsed = StageConfig.shape.certificate.safeParse(certificate.replace('ap-southeast-3', region));
    expect(parsed.error?.issues[0]?.message).toMatch(/certificate in ap-southeast-3/);
  });
});

describe('the page that operators look at', () => {
  it.each(['Scanning', 'Review'])('shows every alarm of %s', (stack) => {
    const page = Object.values(template.Resources).find(
      ({ Type, Properties }) =>
        Type === 'AWS::CloudWatch::Dashboard' && Properties['DashboardName'] === `Netral-sample-${stack}`,
    );
    const body = JSON.stringify(page?.Properties['DashboardBody']);
    const own = stack === 'Scanning' ? /^(Classify|Collect|Plan|Identify)/ : /^(Api|Notify|SendD|Note|Keep)/;
    const alarms = Object.entries(template.Resources).filter(
      ([id, { Type }]) => Type === 'AWS::CloudWatch::Alarm' && own.test(id),
    );
    expect(alarms.length).toBeGreaterThan(10);
    for (const [id] of alarms) expect(body).toContain(`"${id}"`);
  });
});
