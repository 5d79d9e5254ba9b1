import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { Claims } from '../domain/registry/claims.js';
import { Role } from '../domain/registry/person.js';
import type { Clock, TokenReader } from '../ports.js';

interface TokenRules {
  readonly issuer: string;
  readonly audience: string;
  /** The claim in which the issuer lists roles, `roles` or `cognito:groups`. */
  readonly rolesClaim: string;
  readonly now: Clock;
}

const ALGORITHMS = ['RS256', 'ES256', 'PS256', 'EdDSA'];
const LONGEST_TOKEN = 8192;
const CLOCK_TOLERANCE_SECONDS = 30;
const DISCOVERY_MILLISECONDS = 5_000;

/** Faults of the issuer, not of the token: nobody can be told from them that a token is bad. */
const isIssuerFault = (error: errors.JOSEError): boolean =>
  error instanceof errors.JWKSTimeout ||
  error instanceof errors.JWKSInvalid ||
  // Thrown as the base class when the key set's address does not answer with a key set.
  error.code === 'ERR_JOSE_GENERIC';

const claimsIn = (payload: JWTPayload, rolesClaim: string): Claims | null => {
  const roles = z.array(z.string()).default([]).safeParse(payload[rolesClaim]);
  if (!roles.success) return null;
  const claims = Claims.safeParse({
    subject: payload.sub,
    roles: Role.options.filter((role) => roles.data.includes(role)),
    email: payload['email_verified'] === true ? (payload['email'] ?? null) : null,
  });
  return claims.success ? claims.data : null;
};

/** Reads tokens signed with one of `keys`. */
export const tokenReader =
  ({ issuer, audience, rolesClaim, now }: TokenRules, keys: JWTVerifyGetKey): TokenReader =>
  async (token) => {
    if (token.length > LONGEST_TOKEN) return null;
    try {
      const { payload } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: ALGORITHMS,
        requiredClaims: ['sub', 'exp', 'iat'],
        currentDate: new Date(now()),
        clockTolerance: CLOCK_TOLERANCE_SECONDS,
        // Without an age jose does not look at `iat`, so a token of tomorrow would pass.
        maxTokenAge: '1 day',
      });
      return claimsIn(payload, rolesClaim);
    } catch (error) {
      if (error instanceof errors.JOSEError && !isIssuerFault(error)) return null;
      throw error;
    }
  };

const Discovery = z.object({ issuer: z.string(), jwks_uri: z.url() });

const discovered = async (issuer: string): Promise<JWTVerifyGetKey> => {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, {
    redirect: 'error',
    signal: AbortSignal.timeout(DISCOVERY_MILLISECONDS),
  });
  const configuration = Discovery.parse(await answer.json());
  if (configuration.issuer !== issuer) throw new Error('The issuer calls itself by another name');
  return createRemoteJWKSet(new URL(configuration.jwks_uri));
};

/** Reads tokens of an OpenID Connect issuer; its keys are found at the first token. */
export const oidcTokens = (rules: TokenRules): TokenReader => {
  let found: Promise<JWTVerifyGetKey> | null = null;
  const keys: JWTVerifyGetKey = async (header, token) => {
    found ??= discovered(rules.issuer);
    try {
      return await (
        await found
      )(header, token);
    } catch (error) {
      // A discovery that failed is not remembered; one that succeeded keeps its own cache of keys.
      if (!(error instanceof errors.JOSEError)) found = null;
      throw error;
    }
  };
  return tokenReader(rules, keys);
};
