import { join } from 'node:path';
import { Duration, RemovalPolicy, Tags } from 'aws-cdk-lib';
import { type PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction, OutputFormat } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { type FunctionName, FUNCTIONS } from '../../shared/functions.js';
import type { EncryptionKey } from './encryption-key.js';

const ROOT = join(import.meta.dirname, '../..');

/** The tracer's SDK is CommonJS and requires Node's own modules, for which an ES module has no `require`. */
const REQUIRE_BANNER = "import{createRequire}from'node:module';const require=createRequire(import.meta.url);";

export interface NetralFunctionProps {
  readonly job: FunctionName;
  /** Encrypts the function's log. */
  readonly key: EncryptionKey;
  /** Variables that come with no permission. */
  readonly environment?: Readonly<Record<string, string>>;
  /** A name for its role that another stack may know. */
  readonly roleName?: string;
}

/** One job's function, with a role and a log of its own. It may do nothing but write that log until it is given more. */
export class NetralFunction extends Construct {
  readonly lambda: NodejsFunction;
  readonly role: Role;

  constructor(scope: Construct, id: string, { job, key, environment, roleName }: NetralFunctionProps) {
    super(scope, id);
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
    this.lambda = new NodejsFunction(this, 'Function', {
      entry: join(ROOT, 'functions', job, 'handler.ts'),
      projectRoot: ROOT,
      depsLockFilePath: join(ROOT, 'package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      timeout: Duration.seconds(timeoutSeconds),
      memorySize: memoryMb,
      role: this.role,
      logGroup,
      loggingFormat: LoggingFormat.JSON,
      tracing: Tracing.ACTIVE,
      awsSdkConnectionReuse: false,
      environment: { ...environment, NODE_OPTIONS: '--enable-source-maps' },
      bundling: {
        format: OutputFormat.ESM,
        target: 'node24',
        mainFields: ['module', 'main'],
        minify: true,
        sourceMap: true,
        // A stack trace needs lines and names only; the map is read at every cold start.
        sourcesContent: false,
        bundleAwsSDK: true,
        banner: REQUIRE_BANNER,
      },
    });
    Tags.of(this.lambda).add('Job', job);
  }

  /** Names a resource to the function and lets it use it, in one act, so that neither is forgotten. */
  give(variable: string, value: string, permissions: readonly PolicyStatement[]): void {
    this.lambda.addEnvironment(variable, value);
    for (const permission of permissions) this.role.addToPolicy(permission);
  }
}
