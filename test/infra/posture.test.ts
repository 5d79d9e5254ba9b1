import { Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks, NIST80053R5Checks, ServerlessChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';
import { beforeAll, describe, expect, it } from 'vitest';
import { deployment } from '../../infra/deployment.js';
import { readStage } from '../../infra/read-stage.js';
import { ACKNOWLEDGED } from './acknowledged.js';
import { anApp } from './template.js';

interface Finding {
  readonly rule: string;
  readonly at: string;
}

const PACKS = [AwsSolutionsChecks, ServerlessChecks, NIST80053R5Checks];

const findingsIn = (scope: IConstruct): readonly Finding[] =>
  PACKS.flatMap((Pack) =>
    new Pack(scope).validateScope(scope).violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({
        rule: ruleName,
        at: constructPath ?? '',
      })),
    ),
  );

const isAcknowledged = ({ rule, at }: Finding): boolean =>
  ACKNOWLEDGED.some((acknowledged) => acknowledged.rule.test(rule) && acknowledged.at.test(at));

describe('the rule packs AwsSolutions, Serverless and NIST 800-53 revision 5', () => {
  let found: readonly Finding[] = [];
  beforeAll(() => {
    const app = anApp();
    deployment(app, readStage());
    found = findingsIn(app);
  });

  it('find nothing that is not acknowledged with a reason', () => {
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter((finding) => !isAcknowledged(finding))).toEqual([]);
  });

  it('still find everything that is acknowledged', () => {
    const stale = ACKNOWLEDGED.filter(
      ({ rule, at }) => !found.some((finding) => rule.test(finding.rule) && at.test(finding.at)),
    );
    expect(stale.map(({ rule }) => String(rule))).toEqual([]);
  });

  it('would find a queue that anybody may read on its way', () => {
    const stack = new Stack(anApp(), 'Careless');
    new Queue(stack, 'Queue');
    const rules = findingsIn(stack)
      .filter((finding) => !isAcknowledged(finding))
      .map(({ rule }) => rule);
    expect(rules).toContain('AwsSolutions-SQS4');
  });
});
