import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import Provider, { type Configuration } from 'oidc-provider';

/** Someone who can sign in. */
export interface SampleUser {
  readonly username: string;
  readonly name: string;
  readonly email: string;
  readonly roles: readonly string[];
}

export const AUDIENCE = 'netral';
export const SAMPLE_SIGN_IN = 'urn:netral:sample-sign-in';
export const CLIENT = 'netral';
const TOKEN_SECONDS = 3600;

/**
 * An OpenID Connect issuer for the sample people. A browser signs in with the code flow on the library's plain page (any
 * password); a command or the walkthrough asks the token endpoint for a token of a sample person by the grant type
 * `urn:netral:sample-sign-in` with a `username`. It listens on loopback and knows only invented people.
 */
export const startIssuer = async (
  port: number,
  consoleUrl: string,
  userByName: (username: string) => SampleUser | undefined,
) => {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true });
  const issuer = `http://127.0.0.1:${port}`;
  const resource = {
    scope: 'openid',
    audience: AUDIENCE,
    accessTokenFormat: 'jwt',
    accessTokenTTL: TOKEN_SECONDS,
    jwt: { sign: { alg: 'RS256' } },
  } as const;
  const configuration: Configuration = {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), alg: 'RS256', use: 'sig', kid: 'sample' }] },
    cookies: { keys: ['sample'] },
    clients: [
      {
        client_id: CLIENT,
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', SAMPLE_SIGN_IN],
        response_types: ['code'],
        redirect_uris: [`${consoleUrl}/open/signed-in`],
      },
    ],
    // The console exchanges its code from its own origin.
    clientBasedCORS: (_context, origin) => origin === consoleUrl,
    ttl: { AccessToken: TOKEN_SECONDS },
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => `urn:${AUDIENCE}`,
        getResourceServerInfo: () => resource,
        useGrantedResource: () => true,
      },
    },
    findAccount: (_context, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    extraTokenClaims: (_context, token) => {
      const user = 'accountId' in token ? userByName(token.accountId) : undefined;
      return user === undefined
        ? undefined
        : { name: user.name, email: user.email, email_verified: true, roles: [...user.roles] };
    },
  };
  const provider = new Provider(issuer, configuration);
  provider.registerGrantType(
    SAMPLE_SIGN_IN,
    async (context) => {
      const { client, params } = context.oidc;
      const { username } = params;
      if (typeof username !== 'string' || userByName(username) === undefined) {
        context.status = 400;
        context.body = { error: 'invalid_grant', error_description: 'There is no such sample person' };
        return;
      }
      const token = new provider.AccessToken({
        accountId: username,
        client,
        scope: 'openid',
        gty: SAMPLE_SIGN_IN,
        grantId: randomUUID(),
        resourceServer: new provider.ResourceServer(`urn:${AUDIENCE}`, resource),
      });
      context.body = { access_token: await token.save(), token_type: 'Bearer', expires_in: TOKEN_SECONDS };
    },
    ['username'],
  );
  const server: Server = provider.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    issuer,
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
