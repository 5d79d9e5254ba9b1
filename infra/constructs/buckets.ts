import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  HttpMethods,
  ObjectLockRetention,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { FILE_ENDS, type Folder } from '../../shared/domain/files.js';
import type { EncryptionKey } from './encryption-key.js';
import type { NetralFunction } from './netral-function.js';

interface BucketsProps {
  readonly key: EncryptionKey;
  /** Where the console is, which uploads files from a browser. */
  readonly publicUrl: string;
}

/** What is kept as files: packs for ever, seals that nobody can alter, and files that end with their finding. */
export class Buckets extends Construct {
  readonly packs: Bucket;
  readonly files: Bucket;
  readonly seals: Bucket;
  private readonly key: EncryptionKey;

  constructor(scope: Construct, id: string, { key, publicUrl }: BucketsProps) {
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
      cors: [
        {
          allowedOrigins: [publicUrl],
          allowedMethods: [HttpMethods.PUT],
          allowedHeaders: ['content-type', 'x-amz-checksum-sha256'],
          maxAge: 600,
        },
      ],
      // A deletion has to be one: without this the version that was deleted would stay.
      lifecycleRules: [
        {
          noncurrentVersionExpiration: Duration.days(1),
          expiredObjectDeleteMarker: true,
          abortIncompleteMultipartUploadAfter: Duration.days(1),
        },
        // A job deletes what nobody fetches any more; should it stand still, the bucket does, at the midnight after.
        ...FILE_ENDS.map(({ folder, days }) => ({
          prefix: `${folder}/`,
          expiration: Duration.days(days),
        })),
      ],
    });
    this.seals = new Bucket(this, 'Seals', {
      ...safe,
      objectLockEnabled: true,
      objectLockDefaultRetention: ObjectLockRetention.compliance(Duration.days(3650)),
    });
  }

  /** Lets a function find and delete what a person or a finding has left, and read none of it. */
  permitEraseFiles(fn: NetralFunction): void {
    fn.give('FILES_BUCKET', this.files.bucketName, [
      new PolicyStatement({ actions: ['s3:DeleteObject'], resources: [this.files.arnForObjects('*')] }),
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.files.bucketArn] }),
    ]);
  }

  /**
   * Lets a function take files in and hand them out by links, which carry its own right to write and read them, and put what
   * was given in where it belongs.
   */
  permitHandOut(fn: NetralFunction): void {
    fn.give('FILES_BUCKET', this.files.bucketName, [
      this.inFiles(['s3:PutObject'], ['findings', 'people', 'exports', 'uploads', 'submissions']),
      this.inFiles(['s3:GetObject'], ['findings', 'people', 'exports', 'uploads']),
      this.inFiles(['s3:DeleteObject'], ['uploads']),
      this.listing('uploads'),
      this.listing('findings'),
      this.key.through('s3', ['Decrypt', 'GenerateDataKey']),
    ]);
  }

  /** Lets a function put a capture with the finding that came of its submission, or forget it. */
  permitCaptures(fn: NetralFunction): void {
    fn.give('FILES_BUCKET', this.files.bucketName, [
      this.inFiles(['s3:GetObject', 's3:DeleteObject'], ['submissions']),
      this.inFiles(['s3:PutObject'], ['findings']),
      this.listing('submissions'),
      this.key.through('s3', ['Decrypt', 'GenerateDataKey']),
    ]);
  }

  private inFiles(actions: string[], folders: readonly Folder[]): PolicyStatement {
    return new PolicyStatement({
      actions,
      resources: folders.map((folder) => this.files.arnForObjects(`${folder}/*`)),
    });
  }

  private listing(folder: Folder): PolicyStatement {
    return new PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [this.files.bucketArn],
      conditions: { StringLike: { 's3:prefix': `${folder}/*` } },
    });
  }

  permitReadSeals(fn: NetralFunction): void {
    this.permitSeals(fn, ['s3:GetObject'], ['Decrypt']);
  }

  /** The lock of the bucket keeps what was written once. */
  permitSeal(fn: NetralFunction): void {
    this.permitSeals(fn, ['s3:GetObject', 's3:PutObject'], ['Decrypt', 'GenerateDataKey']);
  }

  private permitSeals(fn: NetralFunction, actions: string[], keyActions: readonly string[]): void {
    fn.give('SEALS_BUCKET', this.seals.bucketName, [
      new PolicyStatement({ actions, resources: [this.seals.arnForObjects('*')] }),
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.seals.bucketArn] }),
      this.key.through('s3', keyActions),
    ]);
  }

  /** Lets a function read the packs that others have found to be there. */
  permitReadPacks(fn: NetralFunction): void {
    fn.give('PACKS_BUCKET', this.packs.bucketName, [
      new PolicyStatement({ actions: ['s3:GetObject'], resources: [this.packs.arnForObjects('*')] }),
      this.key.through('s3', ['Decrypt']),
    ]);
  }

  /** Lets a function read the packs, and tell those that were never published from those that are forbidden. */
  permitSeekPacks(fn: NetralFunction): void {
    this.permitReadPacks(fn);
    fn.role.addToPolicy(
      new PolicyStatement({ actions: ['s3:ListBucket'], resources: [this.packs.bucketArn] }),
    );
  }
}
