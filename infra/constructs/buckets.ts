import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { EncryptionKey } from './encryption-key.js';
import type { NetralFunction } from './netral-function.js';

interface BucketsProps {
  readonly key: EncryptionKey;
}

/** What is kept as files: packs for ever, seals that nobody can alter, and files that end with their finding. */
export class Buckets extends Construct {
  readonly packs: Bucket;
  readonly files: Bucket;
  readonly seals: Bucket;
  private readonly key: EncryptionKey;

  constructor(scope: Construct, id: string, { key }: BucketsProps) {
    super(scope, id);
    this.key = key;
    const safe = {
      encryption: BucketEncryption.KMS,
      encryptionKey: key.key,
      bucketKeyEnabled: true,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      versioned: true,
      removalPolicy: RemovalPolicy.RETAIN,
    };
    this.packs = new Bucket(this, 'Packs', safe);
    this.files = new Bucket(this, 'Files', {
      ...safe,
      // A deletion has to be one: without this the version that was deleted would stay.
      lifecycleRules: [
        {
          noncurrentVersionExpiration: Duration.days(1),
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
      ],
    });
    this.seals = new Bucket(this, 'Seals', {
      ...safe,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(3650)),
    });
  }

  permitReadPacks(fn: NetralFunction): void {
    fn.give('PACKS_BUCKET', this.packs.bucketName, [
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [this.packs.arnForObjects('*')] }),
      // Without it a pack that was never published looks like one that is forbidden.
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.packs.bucketArn] }),
      this.key.through('s3', ['Decrypt']),
    ]);
  }
}
