import { Stack } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaApplication, LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Alias } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { NetralFunction } from './netral-function.js';

interface CanaryProps {
  readonly function: NetralFunction;
  /** Goes off when the function does its work badly; a new version is then taken back. */
  readonly alarm: Alarm;
}

/** The name under which a function is started, and which always means a version that has proved itself. */
const LIVE = 'live';

/** A new version gets a tenth of the work for ten minutes, and the rest only if no alarm goes off by then. */
export class Canary extends Construct {
  readonly live: Alias;

  constructor(scope: Construct, id: string, { function: fn, alarm }: CanaryProps) {
    super(scope, id);
    this.live = fn.lambda.addAlias(LIVE);
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('codedeploy.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    });
    role.addToPolicy(
      new PolicyStatement({
        actions: ['lambda:GetAlias', 'lambda:UpdateAlias', 'lambda:GetProvisionedConcurrencyConfig'],
        resources: [this.live.functionArn],
      }),
    );
    // Alarms can be described by no name.
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:DescribeAlarms'], resources: ['*'] }));
    new LambdaDeploymentGroup(this, 'Deployment', {
      application: new LambdaApplication(this, 'Application'),
      alias: this.live,
      alarms: [alarm],
      deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_10MINUTES,
      autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: true },
      // As it is: CDK would add a policy of AWS that is for all functions of the account.
      role: role.withoutPolicyUpdates(),
    });
  }
}
