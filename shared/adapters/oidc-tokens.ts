import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from 'jose';
import * as z from 'zod';
import { Claims } from '../domain/registry/claims.js';
import { Role } from '../domain/registry/person.js';
import type { Clock, TokenReader } from '../ports.js';
import type { IssuerReader } from './oidc-issuer.js';

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

/** Reads tokens of an OpenID Connect issuer; its keys are found at the first token. */
export const oidcTokens = (rules: TokenRules, issuer: IssuerReader): TokenReader => {
  let found: JWTVerifyGetKey | null = null;
  return tokenReader(rules, async (header, token) => {
    // It keeps its own cache of keys.
    found ??= createRemoteJWKSet(new URL((await issuer()).jwks_uri));
    return found(header, token);
  });
};
