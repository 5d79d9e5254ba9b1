import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Alarms } from '../constructs/alarms.js';
import { BreakGlass } from '../constructs/break-glass.js';
import { Buckets } from '../constructs/buckets.js';
import { EncryptionKey } from '../constructs/encryption-key.js';
import { Tables } from '../constructs/tables.js';

interface FoundationStackProps extends StackProps {
  readonly publicUrl: string;
  readonly operators: string;
  /** How the names of the deployment's stacks begin, and of the one role that has a name. */
  readonly names: { readonly stacks: string; readonly breakGlass: string };
}

/** What lasts: keys, tables, buckets, and the way to the operators. */
export class FoundationStack extends Stack {
  readonly tables: Tables;
  readonly buckets: Buckets;
  readonly alarms: Alarms;
  /** Encrypts what passes through: queues, logs and alarms. */
  readonly transitKey: EncryptionKey;

  constructor(scope: Construct, id: string, { operators, publicUrl, names, ...props }: FoundationStackProps) {
    super(scope, id, props);
    const recordsKey = new EncryptionKey(this, 'RecordsKey', { description: 'Netral: tables and buckets' });
    this.transitKey = new EncryptionKey(this, 'TransitKey', {
      description: 'Netral: queues, logs and alarms',
    });
    this.transitKey.serveLogs();
    this.tables = new Tables(this, 'Tables', { key: recordsKey });
    this.buckets = new Buckets(this, 'Buckets', { key: recordsKey, publicUrl });
    this.alarms = new Alarms(this, 'Alarms', { key: this.transitKey, operators });
    const { alarms, tables, buckets, transitKey } = this;
    new BreakGlass(this, 'BreakGlass', {
      roleName: names.breakGlass,
      prefix: names.stacks,
      alarms,
      tables,
      buckets,
      recordsKey,
      transitKey,
    });
    new CfnOutput(this, 'PacksBucket', { value: this.buckets.packs.bucketName });
  }
}
