import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  ApiMapping,
  CfnStage,
  DomainName,
  HttpApi,
  HttpMethod,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FUNCTIONS } from '../../shared/functions.js';
import type { NetworkId } from '../../shared/networks.js';
import type { Alarms } from './alarms.js';
import type { EncryptionKey } from './encryption-key.js';
import { NetralFunction } from './netral-function.js';
import type { SignIn } from './sign-in.js';

interface ApiProps {
  readonly key: EncryptionKey;
  readonly alarms: Alarms;
  readonly signIn: SignIn;
  readonly publicUrl: string;
  /** For the host of `publicUrl`; without it the gateway's own endpoint is what there is. */
  readonly certificate: string | undefined;
  readonly networks: readonly NetworkId[];
}

/** Everything else needs a token. An invitation carries its own proof, and its holder may never have signed in. */
const OPEN_ROUTES = [
  { path: '/', methods: [HttpMethod.GET] },
  { path: '/openapi.json', methods: [HttpMethod.GET] },
  { path: '/packs/code', methods: [HttpMethod.GET] },
  { path: '/open/{proxy+}', methods: [HttpMethod.ANY] },
  { path: '/invitations/{token}', methods: [HttpMethod.GET, HttpMethod.POST] },
];

/**
 * What holders send, and what anybody may open, is bounded apart from the rest: among it are self-checks, which cost a
 * screening each. They have no route of their own, so that neither log nor metric tells that one was made.
 */
const BOUNDED_ROUTES = ['ANY /open/{proxy+}', 'POST /me/{proxy+}'] as const;
const BOUND = { ThrottlingRateLimit: 20, ThrottlingBurstLimit: 40 };

/** No address and no path: the one is a person's, and the other may hold an invitation's token. */
const ACCESS_LOG = {
  at: '$context.requestTimeEpoch',
  request: '$context.requestId',
  route: '$context.routeKey',
  status: '$context.status',
  milliseconds: '$context.responseLatency',
  bytes: '$context.responseLength',
  authorizerError: '$context.authorizer.error',
  integrationError: '$context.integrationErrorMessage',
};

/** The API: one function behind a gateway that turns away whoever has no valid token. */
export class Api extends Construct {
  readonly function: NetralFunction;
  /** Where people reach it: the gateway's endpoint, or what the DNS record of its own name has to point to. */
  readonly address:
    { readonly kind: 'endpoint'; readonly url: string } | { readonly kind: 'domain'; readonly cname: string };

  constructor(
    scope: Construct,
    id: string,
    { key, alarms, signIn, publicUrl, certificate, networks }: ApiProps,
  ) {
    super(scope, id);
    this.function = new NetralFunction(this, 'Server', {
      job: 'serve-api',
      key,
      environment: {
        OIDC_ISSUER: signIn.issuer,
        OIDC_AUDIENCE: signIn.audience,
        OIDC_CLIENT_ID: signIn.clientId,
        OIDC_SCOPES: signIn.scopes,
        ROLES_CLAIM: signIn.rolesClaim,
        PUBLIC_URL: publicUrl,
        NETWORKS: networks.join(','),
      },
    });

    const api = new HttpApi(this, 'Gateway', {
      createDefaultStage: false,
      // Where it has an address of its own, nobody goes past it.
      disableExecuteApiEndpoint: certificate !== undefined,
    });
    const integration = new HttpLambdaIntegration('Integration', this.function.lambda);
    const authorizer = new HttpJwtAuthorizer('Tokens', signIn.issuer, { jwtAudience: [signIn.audience] });
    const routes = [
      ...OPEN_ROUTES.flatMap((route) => api.addRoutes({ ...route, integration })),
      ...api.addRoutes({ path: '/me/{proxy+}', methods: [HttpMethod.POST], integration, authorizer }),
      ...api.addRoutes({ path: '/{proxy+}', methods: [HttpMethod.ANY], integration, authorizer }),
    ];

    const log = new LogGroup(this, 'AccessLog', {
      retention: RetentionDays.ONE_MONTH,
      encryptionKey: key.key,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const stage = api.addStage('Stage', {
      stageName: '$default',
      autoDeploy: true,
      detailedMetricsEnabled: true,
      throttle: { rateLimit: 100, burstLimit: 200 },
      accessLogSettings: {
        destination: new LogGroupLogDestination(log),
        format: AccessLogFormat.custom(JSON.stringify(ACCESS_LOG)),
      },
    });
    const cfnStage = stage.node.defaultChild;
    if (!(cfnStage instanceof CfnStage)) throw new Error('The stage of an HTTP API is a CfnStage');
    cfnStage.addPropertyOverride(
      'RouteSettings',
      Object.fromEntries(BOUNDED_ROUTES.map((key) => [key, { ...BOUND, DetailedMetricsEnabled: true }])),
    );
    // A stage that names a route which is not there yet is refused.
    cfnStage.node.addDependency(...routes);

    alarms.raise(this, 'Failing', {
      metric: stage.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
      when: { atLeast: 5 },
      missing: TreatMissingData.NOT_BREACHING,
      says: 'Five or more answers in five minutes were errors of the server.',
      impact: FUNCTIONS['serve-api'].impact,
    });

    if (certificate === undefined) {
      this.address = { kind: 'endpoint', url: api.apiEndpoint };
      return;
    }
    const name = new DomainName(this, 'Domain', {
      domainName: new URL(publicUrl).hostname,
      certificate: Certificate.fromCertificateArn(this, 'Certificate', certificate),
    });
    new ApiMapping(this, 'Mapping', { api, domainName: name, stage });
    this.address = { kind: 'domain', cname: name.regionalDomainName };
  }
}
