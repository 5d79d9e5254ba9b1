import * as oauth from 'oauth4webapi';
import type { ConsoleSettings } from '../functions/serve-api/console-page.js';

const TOKEN = 'netral.token';
const PENDING = 'netral.signing-in';

/** What has to be remembered while the browser is at the issuer. */
interface Pending {
  readonly verifier: string;
  readonly state: string;
  readonly returnTo: string;
}

const bytesOf = (base64url: string): Uint8Array =>
  Uint8Array.from(atob(base64url.replaceAll('-', '+').replaceAll('_', '/')), (char) => char.charCodeAt(0));

/** What a token says, unverified: the API verifies it; here it only chooses what is offered. */
const claimsOf = (token: string): Readonly<Record<string, unknown>> => {
  const claims: unknown = JSON.parse(new TextDecoder().decode(bytesOf(token.split('.')[1] ?? '')));
  return typeof claims === 'object' && claims !== null ? { ...claims } : {};
};

const isFor = (token: string | undefined, audience: string): token is string =>
  token?.split('.').length === 3 && [claimsOf(token)['aud']].flat().includes(audience);

const isPending = (value: unknown): value is Pending =>
  typeof value === 'object' && value !== null && 'verifier' in value && 'state' in value;

/**
 * Signing in at the agency's issuer: the authorisation code flow with PKCE, as a public client. The token lives as long as
 * the tab does.
 */
export const signInAt = (settings: ConsoleSettings) => {
  const server: oauth.AuthorizationServer = {
    issuer: settings.issuer,
    authorization_endpoint: settings.authorizationEndpoint,
    token_endpoint: settings.tokenEndpoint,
  };
  const client: oauth.Client = { client_id: settings.clientId };
  const callback = `${settings.publicUrl}/open/signed-in`;

  /** The token of this tab and its end, while it is good. */
  const kept = (): { readonly token: string; readonly until: string } | null => {
    const token = sessionStorage.getItem(TOKEN);
    const exp = token === null ? null : claimsOf(token)['exp'];
    return token !== null && typeof exp === 'number' && exp * 1000 > Date.now()
      ? { token, until: new Date(exp * 1000).toISOString() }
      : null;
  };
  const token = (): string | null => kept()?.token ?? null;

  return {
    kept,
    token,
    /** Roles that the token names. */
    roles: (): readonly unknown[] => {
      const given = token();
      return given === null ? [] : [claimsOf(given)[settings.rolesClaim] ?? []].flat();
    },
    forget: (): void => {
      sessionStorage.removeItem(TOKEN);
    },
    /** Leaves for the issuer; the browser comes back to `/open/signed-in`, and from there to `returnTo`. */
    begin: async (returnTo: string): Promise<void> => {
      const pending: Pending = {
        verifier: oauth.generateRandomCodeVerifier(),
        state: oauth.generateRandomState(),
        returnTo,
      };
      sessionStorage.setItem(PENDING, JSON.stringify(pending));
      const address = new URL(settings.authorizationEndpoint);
      address.search = new URLSearchParams({
        client_id: settings.clientId,
        response_type: 'code',
        redirect_uri: callback,
        scope: settings.scopes,
        state: pending.state,
        code_challenge: await oauth.calculatePKCECodeChallenge(pending.verifier),
        code_challenge_method: 'S256',
      }).toString();
      location.assign(address);
    },
    /** Takes what the issuer sent back and tells where to go on. Throws where it is not the answer that was waited for. */
    finish: async (): Promise<string> => {
      const pending: unknown = JSON.parse(sessionStorage.getItem(PENDING) ?? 'null');
      sessionStorage.removeItem(PENDING);
      if (!isPending(pending)) throw new Error('Nobody was signing in here');
      const answer = oauth.validateAuthResponse(server, client, new URL(location.href), pending.state);
      const response = await oauth.authorizationCodeGrantRequest(
        server,
        client,
        oauth.None(),
        answer,
        callback,
        pending.verifier,
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- The local stack's issuer, on this very machine, has no TLS.
        { [oauth.allowInsecureRequests]: settings.tokenEndpoint.startsWith('http://127.0.0.1:') },
      );
      const tokens = await oauth.processAuthorizationCodeResponse(server, client, response);
      const given = [tokens.access_token, tokens.id_token].find((one) => isFor(one, settings.audience));
      if (given === undefined) throw new Error('The issuer gave no token for this API');
      sessionStorage.setItem(TOKEN, given);
      return pending.returnTo;
    },
  };
};
export type SignIn = ReturnType<typeof signInAt>;
