import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deployedVersion } from '../../../cli/deployed-version.js';
import { DESCRIPTION, VERSION, versionFault } from '../../../infra/version.js';
import { serveOnLoopback, type LoopbackServer } from '../../../local/sample/loopback.js';

const REGION = 'ap-southeast-3';
let answer: readonly [status: number, body: string];
let formation: LoopbackServer;

beforeEach(async () => {
  formation = await serveOnLoopback(0, (_, response) => {
    response.writeHead(answer[0], { 'content-type': 'text/xml' }).end(answer[1]);
  });
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', formation.origin);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await formation.close();
});

const stackSaying = (description: string): typeof answer => [
  200,
  '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>' +
    `<StackName>Netral-produksi-Foundation</StackName>${description}<StackStatus>CREATE_COMPLETE</StackStatus>` +
    '<CreationTime>2026-11-01T00:00:00Z</CreationTime></member></Stacks></DescribeStacksResult></DescribeStacksResponse>',
];
const refusing = (code: string, message: string): typeof answer => [
  400,
  '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>' +
    `<Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
];

describe('the version that is deployed', () => {
  it('is what the stacks say, and the first one where they say nothing', async () => {
    answer = stackSaying(`<Description>${DESCRIPTION}</Description>`);
    expect(await deployedVersion('produksi', REGION)).toBe(VERSION);
    answer = stackSaying('');
    expect(await deployedVersion('produksi', REGION)).toBe('0.1.0');
  });

  it('is none where there is no stack', async () => {
    answer = refusing('ValidationError', 'Stack with id Netral-produksi-Foundation does not exist');
    expect(await deployedVersion('produksi', REGION)).toBeNull();
  });

  it('is not guessed where AWS refuses to tell', async () => {
    answer = refusing('AccessDenied', 'Not you');
    await expect(deployedVersion('produksi', REGION)).rejects.toThrow('AWS refused: AccessDenied. Not you');
  });
});

describe('what this version may take the place of', () => {
  it('is itself and the one before it', () => {
    expect([VERSION, '0.2.0'].map(versionFault)).toEqual([null, null]);
  });

  it('is nothing earlier, and the versions between are named', () => {
    expect(versionFault('0.1.0')).toContain('Deploy 0.2.0 first');
  });

  it('is nothing that it does not know', () => {
    expect(versionFault('9.0.0')).toContain('9.0.0 is deployed');
  });
});
