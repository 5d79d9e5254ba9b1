import { describe, expect, it } from 'vitest';
import { listObjects } from '../../shared/adapters/s3-listing.js';
import type { AskS3 } from '../../shared/adapters/s3-requests.js';

const page = (content: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>netral-files</Name><Prefix>uploads/</Prefix><MaxKeys>1000</MaxKeys>${content}</ListBucketResult>`;

/** As S3 tells of an object: its tag in quotes, which are entities in XML. */
const object = (key: string, bytes = 5): string =>
  `<Contents><Key>${key}</Key><LastModified>2026-11-26T04:05:06.000Z</LastModified><ETag>&quot;0cc175b9&quot;</ETag><ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><Size>${bytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`;

const WHOLE = '<IsTruncated>false</IsTruncated>';
const at = new Date('2026-11-26T04:05:06.000Z');

/** A bucket that answers so, one answer after the other, and what it was asked. */
const bucketOf = (...answers: readonly string[]) => {
  const asked: Parameters<AskS3>[0][] = [];
  const ask: AskS3 = (request) => Promise.resolve(Buffer.from(answers[asked.push(request) - 1] ?? ''));
  return { asked, ask };
};

describe('a list of a bucket', () => {
  it('holds nothing, one object, or several', async () => {
    const listed = async (content: string) => listObjects(bucketOf(page(content)).ask, 'uploads/');
    expect(await listed(WHOLE)).toEqual([]);
    expect(await listed(WHOLE + object('uploads/a'))).toEqual([
      { Key: 'uploads/a', Size: 5, LastModified: at },
    ]);
    const several = await listed(object('uploads/a', 0) + object('uploads/b') + WHOLE);
    expect(several.map(({ Key, Size }) => [Key, Size])).toEqual([
      ['uploads/a', 0],
      ['uploads/b', 5],
    ]);
  });

  it('is asked for page by page, each by the token of the one before', async () => {
    const token = '1/ueGcxLPRx1Tr&amp;XYExHnhbYLgveDs2J/wm36Hy4vbOwM=';
    const { asked, ask } = bucketOf(
      page(
        `<IsTruncated>true</IsTruncated><NextContinuationToken>${token}</NextContinuationToken>${object('uploads/a')}`,
      ),
      page(WHOLE + object('uploads/b') + object('uploads/c')),
    );
    const listed = await listObjects(ask, 'uploads/');
    expect(listed.map(({ Key }) => Key)).toEqual(['uploads/a', 'uploads/b', 'uploads/c']);
    const first = { 'list-type': '2', prefix: 'uploads/' };
    const further = { ...first, 'continuation-token': '1/ueGcxLPRx1Tr&XYExHnhbYLgveDs2J/wm36Hy4vbOwM=' };
    expect(asked).toEqual([first, further].map((query) => ({ method: 'GET', key: '', query })));
  });

  it('reads the entities of a key and what people wrote around it', async () => {
    const { ask } = bucketOf(page(`${WHOLE}<!-- x -->${object('a&amp;b&lt;c&#x41;&#66;')}`));
    expect(await listObjects(ask, 'a')).toEqual([{ Key: 'a&b<cAB', Size: 5, LastModified: at }]);
  });

  it.each([
    ['nothing', ''],
    ['another text', '{}'],
    ['half of it', page(WHOLE + object('uploads/a')).slice(0, -30)],
    ['another answer', '<Error><Code>Whatever</Code></Error>'],
    ['a page that does not say whether it is the last', page(object('uploads/a'))],
    ['a page that is not the last and tells of no other', page('<IsTruncated>true</IsTruncated>')],
    ['an object of no time', page(`${WHOLE}<Contents><Key>uploads/a</Key><Size>5</Size></Contents>`)],
  ])('is refused where S3 answers %s', async (_, answer) => {
    await expect(listObjects(bucketOf(answer).ask, 'uploads/')).rejects.toThrow();
  });
});
