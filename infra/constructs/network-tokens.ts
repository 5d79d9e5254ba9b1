import { RemovalPolicy } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { type NetworkId, NETWORKS } from '../../shared/networks.js';
import type { EncryptionKey } from './encryption-key.js';
import type { NetralFunction } from './netral-function.js';

interface NetworkTokensProps {
  readonly key: EncryptionKey;
  /** The networks that this deployment reads. */
  readonly networks: readonly NetworkId[];
}

/**
 * One secret for each network whose hosts may ask for a token: a JSON object of host and token, filled by the agency. Only
 * what talks to that network may read it.
 */
export class NetworkTokens extends Construct {
  private readonly secrets: ReadonlyMap<NetworkId, Secret>;
  private readonly key: EncryptionKey;

  constructor(scope: Construct, id: string, { key, networks }: NetworkTokensProps) {
    super(scope, id);
    this.key = key;
    this.secrets = new Map(
      networks
        .filter((network) => NETWORKS[network].tokenHeader !== null)
        .map((network) => [
          network,
          new Secret(this, network, {
            description: `Netral: tokens of ${network} hosts, {"host": "token"}`,
            encryptionKey: key.key,
            removalPolicy: RemovalPolicy.RETAIN,
            // Nobody has a token at first, and a made-up one would be sent.
            generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'none' },
          }),
        ]),
    );
  }

  /** Lets a function read the tokens of the networks that it talks to, where they have any. */
  permitRead(fn: NetralFunction, networks: readonly NetworkId[]): void {
    for (const network of networks) {
      const secret = this.secrets.get(network);
      if (secret !== undefined)
        fn.give(`TOKENS_SECRET_${network.toUpperCase()}`, secret.secretArn, [
          new PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [secret.secretArn] }),
          this.key.through('secretsmanager', ['Decrypt']),
        ]);
    }
  }
}
