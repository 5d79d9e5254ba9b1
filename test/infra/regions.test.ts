import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { synthesised } from './template.js';

/** Services as `docs/deploying.md` calls them, by the names that CloudFormation has for them. */
const NAMED = {
  ApiGatewayV2: 'API Gateway',
  Budgets: 'Budgets',
  CloudWatch: 'CloudWatch',
  CodeDeploy: 'CodeDeploy',
  Cognito: 'Cognito',
  DynamoDB: 'DynamoDB',
  Events: 'EventBridge',
  IAM: 'IAM',
  KMS: 'KMS',
  Lambda: 'Lambda',
  Logs: 'Logs',
  S3: 'S3',
  SES: 'SES',
  SNS: 'SNS',
  SQS: 'SQS',
  Scheduler: 'Scheduler',
  SecretsManager: 'Secrets Manager',
} as const satisfies Record<string, string>;

describe('the list of services in Jakarta', () => {
  it('names each that a deployment uses, and no other', () => {
    const used = new Set(Object.values(synthesised().Resources).map(({ Type }) => Type.split('::')[1]));
    expect(used).toEqual(new Set(Object.keys(NAMED)));
    const text = readFileSync(join(import.meta.dirname, '../../docs/deploying.md'), 'utf8');
    const list = text.slice(text.indexOf('## Regions'), text.indexOf('## What it costs'));
    for (const name of Object.values(NAMED)) expect(list).toContain(name);
  });
});
