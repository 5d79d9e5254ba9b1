/** A finding of a rule pack that is left as it is, and why. */
interface Acknowledgement {
  /** The rule by its name, with what it found where it tells that apart. */
  readonly rule: RegExp;
  /** The constructs, by their path. */
  readonly at: RegExp;
  readonly reason: string;
}

/** Everything that cdk-nag says of a deployment and that stays; what is not here fails, and so does what is no longer said. */
export const ACKNOWLEDGED: readonly Acknowledgement[] = [
  {
    rule: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    at: /Role\/DefaultPolicy/,
    reason:
      'X-Ray has no resources and alarms are described by none: xray:PutTraceSegments, PutTelemetryRecords and cloudwatch:DescribeAlarms only.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::.*Buckets.*\/\*\]$/,
    at: /Role\/DefaultPolicy/,
    reason:
      'Objects of one bucket. Their keys are hashes or ids that are not known when the app is deployed.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::<\w+Function\w+\.Arn>:\*\]$/,
    at: /Scheduler\/DefaultPolicy/,
    reason: 'The versions of the one function that this schedule starts.',
  },
  {
    rule: /^AwsSolutions-IAM5\[Resource::arn:aws:(logs|sqs|lambda|dynamodb):.*:?\/?Netral-sample-\*\]$/,
    at: /BreakGlass\/Role\/DefaultPolicy/,
    reason:
      'An emergency may lie in any queue, log, function or table of this deployment. Taking the role raises an alarm.',
  },
  {
    rule: /^NIST\.800\.53\.R5-IAMNoInlinePolicy$/,
    at: /./,
    reason:
      'One role for one function: its policy is of no use to another, and inline it can be attached to none.',
  },
  {
    rule: /^(Serverless|NIST\.800\.53\.R5)-LambdaDLQ$/,
    at: /./,
    reason:
      'A queue’s function leaves failures in its queue, which parks them; a job’s has a failure destination; the API answers.',
  },
  {
    rule: /^Serverless-LambdaEventSourceMappingDestination$/,
    at: /./,
    reason: 'Such a destination is for streams. These are queues, whose redrive policy parks what fails.',
  },
  {
    rule: /^(AwsSolutions-SQS3|Serverless-SQSRedrivePolicy)$/,
    at: /\/(DeadLetters|Missed)\//,
    reason: 'It is itself where dead letters go.',
  },
  {
    rule: /^Serverless-EventBusDLQ$/,
    at: /BreakGlass\/Taken/,
    reason: 'It sends nothing anywhere: an alarm counts what it matched.',
  },
  {
    rule: /^Serverless-EventBusDLQ$/,
    at: /NoteDeliveries/,
    reason:
      'A dead letter would hold the whole event with the address; EventBridge tries for a day, and what is lost begins no window.',
  },
  {
    rule: /^Serverless-SNSRedrivePolicy$/,
    at: /Alarms\/Topic/,
    reason: 'Alarms go to an address. CloudWatch keeps an alarm that could not be mailed.',
  },
  {
    rule: /^NIST\.800\.53\.R5-LambdaInsideVPC$/,
    at: /./,
    reason:
      'There is nothing private to reach; a VPC would add a way out to guard and cost more than all the rest.',
  },
  {
    rule: /^NIST\.800\.53\.R5-LambdaConcurrency$/,
    at: /./,
    reason:
      'Collectors are bounded at their queue and the API at its gateway. Reserving takes from the others of the account.',
  },
  {
    rule: /^NIST\.800\.53\.R5-DynamoDBInBackupPlan$/,
    at: /Tables\//,
    reason:
      'Point-in-time recovery keeps 35 days. A backup plan would keep people’s data longer than its retention rule.',
  },
  {
    rule: /^NIST\.800\.53\.R5-S3BucketReplicationEnabled$/,
    at: /Buckets\//,
    reason: 'Everything stays in Indonesia (PP 71/2019), where AWS has one region.',
  },
  {
    rule: /^(AwsSolutions-S1|NIST\.800\.53\.R5-S3BucketLoggingEnabled)$/,
    at: /Buckets\//,
    reason:
      'Who saw what of a person stands in the record before it is answered. Access logs of S3 come late and incomplete; an agency that wants more turns on CloudTrail data events.',
  },
  {
    rule: /^AwsSolutions-APIG4$/,
    at: /Api\/Gateway\//,
    reason:
      'Open on purpose, and the same routes as in functions/serve-api/access.ts: a test holds the two together.',
  },
  {
    rule: /^AwsSolutions-COG8$/,
    at: /SignIn\/People/,
    reason: 'The agency alone fills the pool and a second factor is required; the Plus plan costs by person.',
  },
  {
    rule: /^(AwsSolutions-SMG4|NIST\.800\.53\.R5-SecretsManagerRotationEnabled)$/,
    at: /NetworkTokens\//,
    reason:
      'A host gives its token to a person, who puts it in. There is no way to ask it for another by machine.',
  },
];
