import type { SecretsManagerClient, SecretsManagerClientConfig } from '@aws-sdk/client-secrets-manager';

/** The value of a secret by its ARN, `null` while it has none. */
export type ReadSecret = (secret: string) => Promise<string | null>;

/** Reads secrets from Secrets Manager, whose client is loaded with the first: most collectors have none to read. */
export const secretReader = (settings: SecretsManagerClientConfig = {}): ReadSecret => {
  let client: SecretsManagerClient | undefined;
  return async (secret) => {
    const sdk = await import('@aws-sdk/client-secrets-manager');
    client ??= new sdk.SecretsManagerClient(settings);
    try {
      return (await client.send(new sdk.GetSecretValueCommand({ SecretId: secret }))).SecretString ?? '';
    } catch (error) {
      // Made by the deployment and not filled yet.
      if (error instanceof sdk.ResourceNotFoundException) return null;
      throw error;
    }
  };
};
