import { parseXML } from '@aws-sdk/xml-builder';
import * as z from 'zod';
import type { AskS3 } from './s3-requests.js';

const Listed = z.object({ Key: z.string(), Size: z.coerce.number(), LastModified: z.coerce.date() });
export type Listed = z.infer<typeof Listed>;

const Page = z.object({
  // One object is read as itself, several as a list.
  Contents: z.union([z.array(Listed), Listed.transform((one) => [one])]).default([]),
});
const Answer = z.object({
  ListBucketResult: z.discriminatedUnion('IsTruncated', [
    Page.extend({ IsTruncated: z.literal('false') }),
    Page.extend({ IsTruncated: z.literal('true'), NextContinuationToken: z.string().min(1) }),
  ]),
});

/** All objects of a bucket whose keys begin so, in the order of their keys. */
export const listObjects = async (
  ask: AskS3,
  prefix: string,
  further: Readonly<Record<string, string>> = {},
): Promise<readonly Listed[]> => {
  const query = { 'list-type': '2', prefix, ...further };
  const answer = Buffer.from(await ask({ method: 'GET', key: '', query }));
  const page = Answer.parse(parseXML(answer.toString())).ListBucketResult;
  if (page.IsTruncated === 'false') return page.Contents;
  const token = { 'continuation-token': page.NextContinuationToken };
  return [...page.Contents, ...(await listObjects(ask, prefix, token))];
};
