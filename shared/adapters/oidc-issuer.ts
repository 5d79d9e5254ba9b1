import * as z from 'zod';

const DISCOVERY_MILLISECONDS = 5_000;

const Issuer = z.object({
  issuer: z.string(),
  jwks_uri: z.url(),
  authorization_endpoint: z.url(),
  token_endpoint: z.url(),
});
/** What an issuer says of itself (OpenID Connect Discovery 1.0). */
export type Issuer = z.infer<typeof Issuer>;

/** Throws when the issuer does not answer, or as somebody else. */
export type IssuerReader = () => Promise<Issuer>;

const discovered = async (issuer: string): Promise<Issuer> => {
  const address = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const answer = await fetch(address, {
    redirect: 'error',
    signal: AbortSignal.timeout(DISCOVERY_MILLISECONDS),
  });
  const said = Issuer.parse(await answer.json());
  if (said.issuer !== issuer) throw new Error('The issuer calls itself by another name');
  return said;
};

/** Asks the issuer once; an answer that failed is not remembered. */
export const oidcIssuer = (issuer: string): IssuerReader => {
  let asked: Promise<Issuer> | null = null;
  return async () => {
    asked ??= discovered(issuer);
    try {
      return await asked;
    } catch (error) {
      asked = null;
      throw error;
    }
  };
};
