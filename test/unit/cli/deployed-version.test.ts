import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { deployedVersions } from '../../../cli/deployed-version.js';
import { DESCRIPTION, VERSION, versionFault } from '../../../infra/version.js';
import { serveOnLoopback, type LoopbackServer } from '../../../local/sample/loopback.js';

const REGION = 'ap-southeast-3';
type Answer = readonly [status: number, body: string];
let answer: Answer;
/** Of the stack of scanning alone, where it says otherwise. */
let ofScanning: Answer | null;
let formation: LoopbackServer;

beforeEach(async () => {
  ofScanning = null;
  formation = await serveOnLoopback(0, (request, response) => {
    const chunks: Uint8Array[] = [];
    request.on('data', (chunk: Uint8Array) => chunks.push(chunk));
    request.on('end', () => {
      const isScanning = Buffer.concat(chunks).toString().includes('Scanning');
      const [status, body] = isScanning ? (ofScanning ?? answer) : answer;
      response.writeHead(status, { 'content-type': 'text/xml' }).end(body);
    });
  });
  vi.stubEnv('AWS_ENDPOINT_URL_CLOUDFORMATION', formation.origin);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await formation.close();
});

const stackSaying = (description: string): Answer => [
  200,
  '<DescribeStacksResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><DescribeStacksResult><Stacks><member>' +
    `<StackName>Netral-produksi-Foundation</StackName>${description}<StackStatus>CREATE_COMPLETE</StackStatus>` +
    '<CreationTime>2026-11-01T00:00:00Z</CreationTime></member></Stacks></DescribeStacksResult></DescribeStacksResponse>',
];
const refusing = (code: string, message: string): Answer => [
  400,
  '<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type>' +
    `<Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
];

describe('the version that is deployed', () => {
  it('is what the stacks say, and the first one where they say nothing', async () => {
    answer = stackSaying(`<Description>${DESCRIPTION}</Description>`);
    expect(await deployedVersions('produksi', REGION)).toEqual([VERSION]);
    answer = stackSaying('');
    expect(await deployedVersions('produksi', REGION)).toEqual(['0.1.0']);
  });

  it('is two after a deployment that was cut off', async () => {
    answer = stackSaying(`<Description>${DESCRIPTION}</Description>`);
    ofScanning = stackSaying('<Description>Netral 0.2.0</Description>');
    expect(await deployedVersions('produksi', REGION)).toEqual(['0.2.0', VERSION]);
  });

  it('is none where there is no stack', async () => {
    answer = refusing('ValidationError', 'Stack with id Netral-produksi-Foundation does not exist');
    expect(await deployedVersions('produksi', REGION)).toEqual([]);
  });

  it('is not guessed where AWS refuses to tell', async () => {
    answer = refusing('AccessDenied', 'Not you');
    await expect(deployedVersions('produksi', REGION)).rejects.toThrow('AWS refused: AccessDenied. Not you');
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
