import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { type TableName, TABLES } from '../../shared/tables.js';
import type { EncryptionKey } from './encryption-key.js';
import type { NetralFunction } from './netral-function.js';

type Read = 'GetItem' | 'BatchGetItem' | 'Query';
type Write = 'PutItem' | 'UpdateItem' | 'DeleteItem';
const READS: readonly string[] = ['GetItem', 'BatchGetItem', 'Query'] satisfies Read[];

interface Access<Name extends TableName> {
  /** What is done to items by their keys. The record is only ever added to. */
  readonly items: readonly (Name extends 'record' ? Read | 'PutItem' : Read | Write)[];
  /** What is done only to items whose partition key begins so. */
  readonly under?: readonly {
    readonly keys: string;
    readonly items: readonly (Read | Exclude<Write, 'PutItem'>)[];
  }[];
  /** The indexes that are queried. */
  readonly indexes?: readonly (keyof (typeof TABLES)[Name]['indexes'])[];
}

interface Index {
  readonly partition: string;
  readonly sort?: { readonly name: string };
}

interface TablesProps {
  readonly key: EncryptionKey;
}

/**
 * Whatever a role may do elsewhere, lines of the record are never changed or deleted. Who would undo this has to take the
 * policy away first, which CloudTrail keeps.
 */
const onlyAddedTo = (): PolicyDocument =>
  new PolicyDocument({
    statements: [
      new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: [
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
          'dynamodb:BatchWriteItem',
          'dynamodb:PartiQLUpdate',
          'dynamodb:PartiQLDelete',
          'dynamodb:DeleteTable',
        ],
        // The table itself, whose ARN its own policy cannot name.
        resources: ['*'],
      }),
    ],
  });

/** The tables of `shared/tables.ts`, made so that neither a mistake nor a deleted stack can lose them. */
export class Tables extends Construct {
  private readonly tables: Readonly<Record<TableName, Table>>;
  private readonly key: EncryptionKey;

  constructor(scope: Construct, id: string, { key }: TablesProps) {
    super(scope, id);
    this.key = key;
    this.tables = {
      registry: this.table('Registry', 'registry'),
      scans: this.table('Scans', 'scans'),
      findings: this.table('Findings', 'findings'),
      mailings: this.table('Mailings', 'mailings'),
      record: this.table('Record', 'record'),
    };
  }

  /** Tells a function a table's name and lets it do just this with it. */
  permit<Name extends TableName>(fn: NetralFunction, name: Name, access: Access<Name>): void {
    const { tableName, tableArn } = this.tables[name];
    const { items, under = [], indexes = [] } = access;
    const writes = [...items, ...under.flatMap((part) => part.items)].some(
      (action) => !READS.includes(action),
    );
    fn.give(`${name.toUpperCase()}_TABLE`, tableName, [
      ...(items.length === 0
        ? []
        : [
            new PolicyStatement({
              actions: items.map((action) => `dynamodb:${action}`),
              resources: [tableArn],
            }),
          ]),
      ...under.map(
        (part) =>
          new PolicyStatement({
            actions: part.items.map((action) => `dynamodb:${action}`),
            resources: [tableArn],
            conditions: { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [`${part.keys}*`] } },
          }),
      ),
      ...indexes.map(
        (index) =>
          new PolicyStatement({
            actions: ['dynamodb:Query'],
            resources: [`${tableArn}/index/${String(index)}`],
          }),
      ),
      this.key.through('dynamodb', [
        'Decrypt',
        'DescribeKey',
        ...(writes ? ['Encrypt', 'GenerateDataKey'] : []),
      ]),
    ]);
  }

  get recordArn(): string {
    return this.tables.record.tableArn;
  }

  private table(id: string, name: TableName): Table {
    const { indexes, timeToLive }: (typeof TABLES)[TableName] = TABLES[name];
    const table = new Table(this, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: this.key.key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
      ...(timeToLive === null ? {} : { timeToLiveAttribute: timeToLive }),
      ...(name === 'record' ? { resourcePolicy: onlyAddedTo() } : {}),
    });
    for (const [indexName, keys] of Object.entries<Index>(indexes))
      table.addGlobalSecondaryIndex({
        indexName,
        partitionKey: { name: keys.partition, type: AttributeType.STRING },
        ...(keys.sort === undefined ? {} : { sortKey: { name: keys.sort.name, type: AttributeType.STRING } }),
      });
    return table;
  }
}
