import { Stack, type StackProps } from 'aws-cdk-lib';
import { CfnBudget, CfnBudgetsAction } from 'aws-cdk-lib/aws-budgets';
import { Effect, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';

interface BudgetStackProps extends StackProps {
  /** The address that is told. */
  readonly operators: string;
  readonly monthlyUsd: number;
  /** The name of the role of the job that orders looks at accounts: without it nothing new is read, and nothing else stands still. */
  readonly stops: string;
}

const WARN_PERCENT = 80;

/**
 * What a month may cost. Operators are told before it is spent; when it is, AWS itself takes the planner's permissions
 * away until somebody gives them back. Review, answers, mails and clocks go on. Budgets belong to an account, not to a
 * region, and CloudFormation makes none in Jakarta; this stack knows amounts and the name of a role, and nothing of a person.
 */
export class BudgetStack extends Stack {
  constructor(scope: Construct, id: string, { operators, monthlyUsd, stops, ...props }: BudgetStackProps) {
    super(scope, id, props);
    const told = { subscriptionType: 'EMAIL', address: operators };
    const budgetName = this.stackName;
    const budget = new CfnBudget(this, 'Budget', {
      budget: {
        budgetName,
        budgetType: 'COST',
        timeUnit: 'MONTHLY',
        budgetLimit: { amount: monthlyUsd, unit: 'USD' },
        costFilters: { TagKeyValue: ['user:Application$Netral'] },
      },
      notificationsWithSubscribers: [
        {
          notification: {
            notificationType: 'ACTUAL',
            comparisonOperator: 'GREATER_THAN',
            threshold: WARN_PERCENT,
            thresholdType: 'PERCENTAGE',
          },
          subscribers: [told],
        },
      ],
    });

    const standstill = new ManagedPolicy(this, 'Standstill', {
      description: 'Netral: nothing new is looked at, because the month’s budget is spent',
      statements: [new PolicyStatement({ effect: Effect.DENY, actions: ['*'], resources: ['*'] })],
    });
    const hand = new Role(this, 'Hand', {
      assumedBy: new ServicePrincipal('budgets.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': this.account } },
      }),
    });
    hand.addToPolicy(
      new PolicyStatement({
        actions: ['iam:AttachRolePolicy', 'iam:DetachRolePolicy'],
        resources: [this.formatArn({ service: 'iam', region: '', resource: 'role', resourceName: stops })],
        conditions: { ArnEquals: { 'iam:PolicyARN': standstill.managedPolicyArn } },
      }),
    );
    const stop = new CfnBudgetsAction(this, 'Stop', {
      budgetName,
      notificationType: 'ACTUAL',
      actionType: 'APPLY_IAM_POLICY',
      approvalModel: 'AUTOMATIC',
      actionThreshold: { type: 'PERCENTAGE', value: 100 },
      executionRoleArn: hand.roleArn,
      definition: { iamActionDefinition: { policyArn: standstill.managedPolicyArn, roles: [stops] } },
      subscribers: [{ type: 'EMAIL', address: operators }],
    });
    stop.node.addDependency(budget);
  }
}
