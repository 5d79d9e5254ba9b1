import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AccountRecovery, CfnUserPoolGroup, Mfa, OAuthScope, UserPool } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { Role } from '../../shared/domain/registry/person.js';
import type { SignInConfig } from '../stage-config.js';

interface SignInProps {
  readonly config: SignInConfig;
  /** Where the console is, to which the sign-in page sends people back. */
  readonly publicUrl: string;
}

/** Who vouches for people: a user pool that only the agency fills, or the issuer that it has already. */
export class SignIn extends Construct {
  readonly issuer: string;
  readonly audience: string;
  readonly rolesClaim: string;
  readonly clientId: string;
  readonly scopes: string;

  constructor(scope: Construct, id: string, { config, publicUrl }: SignInProps) {
    super(scope, id);
    switch (config.kind) {
      case 'issuer':
        this.issuer = config.issuer;
        this.audience = config.audience;
        this.rolesClaim = config.rolesClaim;
        this.clientId = config.clientId;
        this.scopes = config.scopes;
        return;
      case 'cognito': {
        const pool = this.userPool();
        pool.addDomain('Domain', { cognitoDomain: { domainPrefix: config.domainPrefix } });
        const client = pool.addClient('Client', {
          generateSecret: false,
          oAuth: {
            flows: { authorizationCodeGrant: true },
            scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
            callbackUrls: [`${publicUrl}/open/signed-in`],
          },
          preventUserExistenceErrors: true,
          accessTokenValidity: Duration.minutes(60),
          idTokenValidity: Duration.minutes(60),
          refreshTokenValidity: Duration.hours(12),
        });
        this.issuer = `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${pool.userPoolId}`;
        this.audience = client.userPoolClientId;
        this.rolesClaim = 'cognito:groups';
        this.clientId = client.userPoolClientId;
        this.scopes = 'openid email profile';
      }
    }
  }

  private userPool(): UserPool {
    const pool = new UserPool(this, 'People', {
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      passwordPolicy: {
        minLength: 14,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    for (const role of Role.options)
      new CfnUserPoolGroup(this, `Group-${role}`, { userPoolId: pool.userPoolId, groupName: role });
    return pool;
  }
}
