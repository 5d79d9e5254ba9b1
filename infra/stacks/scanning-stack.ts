import { Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { type NetworkId, NETWORKS } from '../../shared/networks.js';
import { REGISTRY_KEYS } from '../../shared/tables.js';
import type { NetralFunction } from '../constructs/netral-function.js';
import { NetworkTokens } from '../constructs/network-tokens.js';
import { Overview } from '../constructs/overview.js';
import { QueueWorker } from '../constructs/queue-worker.js';
import { ScheduledJob } from '../constructs/scheduled-job.js';
import type { StageConfig } from '../stage-config.js';
import type { FoundationStack } from './foundation-stack.js';

interface ScanningStackProps extends StackProps {
  readonly config: StageConfig;
  readonly foundation: FoundationStack;
  /** What the role of plan-scans is called, so that the budget can stop it. */
  readonly plannerRole: string;
}

/** The way of a post: what is due is planned, read from its network and screened. */
export class ScanningStack extends Stack {
  private readonly classify: QueueWorker;

  constructor(
    scope: Construct,
    id: string,
    { config, foundation, plannerRole, ...props }: ScanningStackProps,
  ) {
    super(scope, id, props);
    const { alarms, buckets, tables, transitKey: key } = foundation;

    this.classify = new QueueWorker(this, 'ClassifyPosts', {
      job: 'classify-posts',
      key,
      alarms,
      canary: true,
    });
    tables.permit(this.classify.function, 'findings', {
      items: ['GetItem', 'PutItem', 'UpdateItem'],
      // Findings of one post, when it is deleted or given in.
      indexes: ['account'],
    });
    buckets.permitSeekPacks(this.classify.function);
    buckets.permitCaptures(this.classify.function);
    // A post that fails is queued again alone.
    this.classify.permitSend(this.classify.function, 'POSTS_QUEUE_URL');

    const plan = new ScheduledJob(this, 'PlanScans', {
      job: 'plan-scans',
      key,
      alarms,
      timeZone: config.timeZone,
      roleName: plannerRole,
    });
    tables.permit(plan.function, 'registry', {
      items: ['GetItem', 'PutItem'],
      under: [{ keys: REGISTRY_KEYS.home, items: ['DeleteItem'] }],
      indexes: ['waiting'],
    });
    tables.permit(plan.function, 'scans', {
      items: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
      indexes: ['due'],
    });
    buckets.permitSeekPacks(plan.function);

    const tokens = new NetworkTokens(this, 'NetworkTokens', { key, networks: config.networks });
    const identify = new ScheduledJob(this, 'IdentifyAccounts', {
      job: 'identify-accounts',
      key,
      alarms,
      timeZone: config.timeZone,
      environment: {
        CONTACT_URL: config.publicUrl,
        PUBLIC_URL: config.publicUrl,
        NETWORKS: config.networks.join(','),
      },
    });
    tables.permit(identify.function, 'registry', {
      items: ['GetItem', 'BatchGetItem', 'PutItem'],
      under: [{ keys: REGISTRY_KEYS.home, items: ['DeleteItem'] }],
      indexes: ['lookups'],
    });
    // It takes from the networks' quotas, and drops what a cursor may not keep any longer.
    tables.permit(identify.function, 'scans', {
      items: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
      indexes: ['due'],
    });
    buckets.permitSeekPacks(identify.function);
    tokens.permitRead(identify.function, config.networks);

    const collector = (network: NetworkId): QueueWorker => {
      const collect = new QueueWorker(this, `CollectPosts-${network}`, {
        job: 'collect-posts',
        network,
        key,
        alarms,
        concurrency: NETWORKS[network].concurrency,
        environment: { CONTACT_URL: config.publicUrl },
      });
      // It reads the keyed hashes' secret but never has to make it: no account exists before that secret does.
      tables.permit(collect.function, 'registry', {
        items: [],
        under: [
          { keys: REGISTRY_KEYS.agency, items: ['GetItem'] },
          { keys: REGISTRY_KEYS.hashKey, items: ['GetItem'] },
          { keys: REGISTRY_KEYS.account, items: ['BatchGetItem'] },
          { keys: REGISTRY_KEYS.home, items: ['Query'] },
        ],
        indexes: ['home'],
      });
      tables.permit(collect.function, 'scans', {
        items: ['GetItem', 'BatchGetItem', 'PutItem', 'UpdateItem'],
      });
      buckets.permitReadPacks(collect.function);
      tokens.permitRead(collect.function, [network]);
      this.classify.permitSend(collect.function, 'POSTS_QUEUE_URL');
      return collect;
    };
    for (const network of config.networks)
      collector(network).permitSend(plan.function, `SCANS_QUEUE_URL_${network.toUpperCase()}`);
    new Overview(this, 'ScanningOverview');
  }

  /** Lets a function give posts in. */
  permitSubmit(sender: NetralFunction): void {
    this.classify.permitSend(sender, 'POSTS_QUEUE_URL');
  }
}
