import { CliError } from './cli-error.js';

/** An error of AWS's clients in the words of what somebody at the command line can mend; any other as it is. */
export const awsRefusal = (error: unknown, region: string): unknown => {
  if (!(error instanceof Error)) return error;
  if (error.name === 'CredentialsProviderError')
    return new CliError(
      'Nobody is signed in to AWS.',
      'Sign in as for the AWS command line, or set AWS_PROFILE.',
    );
  // The SDK marks what a service answered by whose fault it was; what has a code instead never reached one.
  if ('$fault' in error)
    return new CliError(
      `AWS refused: ${error.name}. ${error.message}`,
      'Check that the session is of the right account, has not ended, and has the permissions for this.',
    );
  if ('code' in error)
    return new CliError(
      `AWS does not answer in the region ${region}: ${String(error.code)}.`,
      'Check the region (--region, or in config/<stage>.yaml; a deployment is in ap-southeast-3) and your connection.',
    );
  return error;
};
