import { S3ServiceException } from '@aws-sdk/client-s3';
import { expect, it } from 'vitest';
import { awsRefusal } from '../../../cli/aws-refusal.js';
import { CliError } from '../../../cli/cli-error.js';

const refused = new S3ServiceException({
  name: 'ExpiredToken',
  message: 'The provided token has expired.',
  $fault: 'client',
  $metadata: {},
});
const unsigned = Object.assign(new Error('Could not load'), { name: 'CredentialsProviderError' });
const nowhere = Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND', $metadata: {} });

it.each([
  ['nobody is signed in', unsigned, 'Nobody is signed in to AWS.', /AWS_PROFILE/],
  ['a session has ended', refused, 'AWS refused: ExpiredToken. The provided token has expired.', /session/],
  ['there is no such region', nowhere, 'AWS does not answer in the region nowhere-1: ENOTFOUND.', /--region/],
])('says what to do where %s', (_where, error, message, next) => {
  const said = awsRefusal(error, 'nowhere-1');
  expect(said).toMatchObject({ message });
  expect(said instanceof CliError && said.next).toMatch(next);
});

it('leaves a fault of our own as it is', () => {
  const own = new TypeError('x is not a function');
  expect(awsRefusal(own, 'nowhere-1')).toBe(own);
});
