import { CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { MetricName } from '../../shared/metrics.js';
import { COUNT_KEYS, REGISTRY_KEYS, SHADOW_KEYS } from '../../shared/tables.js';
import { Api } from '../constructs/api.js';
import { Mail } from '../constructs/mail.js';
import type { NetralFunction } from '../constructs/netral-function.js';
import { Overview } from '../constructs/overview.js';
import { QueueWorker } from '../constructs/queue-worker.js';
import { ScheduledJob } from '../constructs/scheduled-job.js';
import { SignIn } from '../constructs/sign-in.js';
import type { StageConfig } from '../stage-config.js';
import type { FoundationStack } from './foundation-stack.js';

interface ReviewStackProps extends StackProps {
  readonly config: StageConfig;
  readonly foundation: FoundationStack;
}

/** What people notice when the holidays on file end. */
export const HOLIDAYS_IMPACT =
  'Windows and clocks that run beyond the holidays on file may end on a free day.';

/** What people work with: the API, the mails, and the clocks that run while they decide. */
export class ReviewStack extends Stack {
  /** Serves the API. */
  readonly server: NetralFunction;

  constructor(scope: Construct, id: string, { config, foundation, ...props }: ReviewStackProps) {
    super(scope, id, props);
    const { alarms, buckets, tables, transitKey: key } = foundation;
    const { publicUrl, timeZone } = config;

    const signIn = new SignIn(this, 'SignIn', { config: config.signIn, publicUrl });
    const api = new Api(this, 'Api', {
      key,
      alarms,
      signIn,
      publicUrl,
      certificate: config.certificate,
      networks: config.networks,
    });
    this.server = api.function;
    tables.permit(api.function, 'registry', {
      items: ['GetItem', 'BatchGetItem', 'PutItem'],
      under: [{ keys: REGISTRY_KEYS.home, items: ['DeleteItem'] }],
      indexes: ['listing', 'holder', 'subject', 'email', 'waiting', 'lookups'],
    });
    tables.permit(api.function, 'findings', {
      items: ['GetItem', 'PutItem'],
      under: [
        { keys: SHADOW_KEYS, items: ['Query'] },
        { keys: COUNT_KEYS, items: ['Query', 'UpdateItem'] },
      ],
      indexes: ['listing', 'account', 'untoldSupervisor', 'open'],
    });
    tables.permit(api.function, 'scans', { items: ['GetItem', 'BatchGetItem'], indexes: ['due'] });
    tables.permit(api.function, 'record', { items: ['PutItem'], indexes: ['looks'] });
    tables.permit(api.function, 'record', { items: ['PutItem'], indexes: ['lines'] });
    tables.permit(api.function, 'mailings', { items: ['GetItem', 'Query'] });
    buckets.permitReadSeals(api.function);
    buckets.permitSeekPacks(api.function);
    buckets.permitHandOut(api.function);

    const mail = new Mail(this, 'Mail', { sender: config.mailSender });
    const environment = { PUBLIC_URL: publicUrl };
    const notify = new ScheduledJob(this, 'NotifyHolders', {
      job: 'notify-holders',
      key,
      alarms,
      timeZone,
      environment,
    });
    const digests = new ScheduledJob(this, 'SendDigests', {
      job: 'send-digests',
      key,
      alarms,
      timeZone,
      environment,
    });
    for (const mailer of [notify.function, digests.function]) {
      buckets.permitSeekPacks(mailer);
      mail.permitSend(mailer);
    }
    tables.permit(notify.function, 'mailings', { items: ['GetItem', 'PutItem', 'UpdateItem'] });
    tables.permit(digests.function, 'mailings', { items: ['GetItem', 'Query', 'PutItem', 'UpdateItem'] });
    tables.permit(notify.function, 'registry', {
      items: ['GetItem', 'BatchGetItem', 'PutItem'],
      under: [{ keys: REGISTRY_KEYS.home, items: ['DeleteItem'] }],
      indexes: ['waiting'],
    });
    tables.permit(notify.function, 'findings', {
      items: ['GetItem', 'UpdateItem'],
      indexes: ['untoldHolder'],
    });
    tables.permit(digests.function, 'record', { items: [], indexes: ['looks'] });
    tables.permit(digests.function, 'registry', {
      items: ['GetItem', 'BatchGetItem'],
      indexes: ['listing', 'waiting'],
    });
    tables.permit(digests.function, 'findings', {
      items: ['GetItem', 'UpdateItem'],
      indexes: ['open', 'untoldSupervisor'],
    });

    const deliveries = new QueueWorker(this, 'NoteDeliveries', { job: 'note-deliveries', key, alarms });
    mail.tellOfDeliveries(deliveries);
    tables.permit(deliveries.function, 'registry', { items: ['GetItem'] });
    tables.permit(deliveries.function, 'findings', { items: ['GetItem', 'PutItem'] });
    tables.permit(deliveries.function, 'mailings', { items: ['GetItem', 'Query', 'UpdateItem'] });

    const keepTime = new ScheduledJob(this, 'KeepTime', { job: 'keep-time', key, alarms, timeZone });
    tables.permit(keepTime.function, 'registry', {
      items: ['GetItem', 'BatchGetItem', 'PutItem', 'DeleteItem'],
      indexes: ['listing', 'holder', 'waiting'],
    });
    tables.permit(keepTime.function, 'scans', { items: ['BatchGetItem', 'DeleteItem'] });
    tables.permit(keepTime.function, 'findings', {
      items: ['GetItem', 'PutItem'],
      indexes: ['listing', 'account', 'openWindow', 'open', 'concluded', 'lent'],
    });
    tables.permit(keepTime.function, 'mailings', { items: ['Query', 'DeleteItem'], indexes: ['age'] });
    tables.permit(keepTime.function, 'record', { items: ['PutItem'], indexes: ['lines'] });
    buckets.permitSeal(keepTime.function);
    buckets.permitEraseFiles(keepTime.function);

    alarms.raise(this, 'Holidays', {
      metric: new Metric({
        namespace: 'Netral',
        metricName: 'holidays-ending.runs' satisfies MetricName,
        dimensionsMap: { service: 'keep-time' },
        statistic: 'Sum',
        period: Duration.days(1),
      }),
      when: { atLeast: 1 },
      missing: TreatMissingData.NOT_BREACHING,
      says: 'They end within 60 days, or have ended.',
      impact: HOLIDAYS_IMPACT,
    });

    new Overview(this, 'ReviewOverview');
    switch (api.address.kind) {
      case 'endpoint':
        new CfnOutput(this, 'ApiUrl', { value: api.address.url });
        break;
      case 'domain':
        new CfnOutput(this, 'ApiUrl', { value: publicUrl });
        new CfnOutput(this, 'ApiCname', { value: api.address.cname });
    }
    new CfnOutput(this, 'SignInIssuer', { value: signIn.issuer });
    new CfnOutput(this, 'SignInAudience', { value: signIn.audience });
  }
}
