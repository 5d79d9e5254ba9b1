import { AssetHashType, DockerImage, Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FUNCTIONS } from '../../shared/functions.js';
import { bundle, folderOf, type Entry } from '../bundle.js';
import type { EncryptionKey } from './encryption-key.js';

export interface NetralFunctionProps extends Entry {
  /** Encrypts the function's log. */
  readonly key: EncryptionKey;
  /** Variables that come with no permission. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A name for its role that another stack may know. */
  readonly roleName?: string;
}

/** The function's own bundle, made when the app is synthesised. */
const codeOf = (entry: Entry): Code =>
  Code.fromAsset(folderOf(entry), {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Never asked for: the bundler is one of our own packages.
      image: DockerImage.fromRegistry('none'),
      local: {
        tryBundle: (folder) => {
          bundle(entry, folder);
          return true;
        },
      },
    },
  });

/** One job's function, with a role and a log of its own. It may do nothing but write that log until it is given more. */
export class NetralFunction extends Construct {
  readonly lambda: Function;
  readonly role: Role;

  constructor(scope: Construct, id: string, { key, environment, roleName, ...entry }: NetralFunctionProps) {
    super(scope, id);
    const { job } = entry;
    const { timeoutSeconds, memoryMb } = FUNCTIONS[job];
    this.role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      ...(roleName === undefined ? {} : { roleName }),
    });
    const logGroup = new LogGroup(this, 'Log', {
      retention: RetentionDays.ONE_MONTH,
      encryptionKey: key.key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    logGroup.grantWrite(this.role);
    this.lambda = new Function(this, 'Function', {
      code: codeOf(entry),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMb,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      ...(environment === undefined ? {} : { environment: { ...environment } }),
    });
    Tags.of(this.lambda).add('Job', job);
  }

  /** Names a resource to the function and lets it use it, in one act, so that neither is forgotten. */
  give(variable: string, value: string, permissions: readonly PolicyStatement[]): void {
    this.lambda.addEnvironment(variable, value);
    for (const permission of permissions) this.role.addToPolicy(permission);
  }
}
