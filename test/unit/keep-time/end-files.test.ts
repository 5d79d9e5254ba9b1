import { describe, expect, it } from 'vitest';
import { endFiles } from '../../../functions/keep-time/end-files.js';
import { memoryFileStore } from '../../../shared/adapters/memory-file-store.js';
import { exportFolder, fileIn, filesOf, uploadsOf } from '../../../shared/domain/files.js';
import { FindingId, PersonId } from '../../../shared/domain/ids.js';
import { plus } from '../../../shared/domain/time.js';
import { NOW, opaqueId } from '../../fixtures/registry.js';

const person = PersonId.parse(opaqueId('person'));
const upload = fileIn(uploadsOf(person), 'capture.png');
const copies = [
  fileIn(filesOf({ person }), 'my-data.json'),
  fileIn(filesOf({ submission: opaqueId('submission') }), 'capture.png'),
  fileIn(exportFolder(opaqueId('export')), 'record.jsonl'),
];
const withFinding = fileIn(filesOf({ finding: FindingId.parse(opaqueId('finding')) }), 'capture.png');

describe('the job that ends files', () => {
  it('deletes an upload after a day and a copy after a week, and never what lies with a finding', async () => {
    let at = NOW;
    const files = memoryFileStore(() => at);
    const reports: unknown[] = [];
    const job = endFiles({ files, now: () => at, report: (event, facts) => reports.push([event, facts]) });
    const keys = [upload, ...copies, withFinding];
    for (const key of keys) await files.put(key, { bytes: Uint8Array.of(1), type: 'image/png' });
    const left = async () => {
      const there = await Promise.all(
        keys.map(async (key) => ((await files.read(key)) === null ? [] : [key])),
      );
      return there.flat();
    };
    at = plus(NOW, { hours: 23 });
    expect(await job()).toEqual({ ended: 0 });
    at = plus(NOW, { days: 1 });
    expect(await job()).toEqual({ ended: 1 });
    expect(await left()).toEqual([...copies, withFinding]);
    at = plus(NOW, { days: 7 });
    expect(await job()).toEqual({ ended: 3 });
    expect(await left()).toEqual([withFinding]);
    expect(reports.at(-1)).toEqual(['files-ended', { ended: 3 }]);
  });

  it('goes on with the other folders when one fails, and fails at the end', async () => {
    const asked: string[] = [];
    const eraseOld = (folder: string) => {
      asked.push(folder);
      return folder === 'people' ? Promise.reject(new Error('throttled')) : Promise.resolve(1);
    };
    const reports: unknown[] = [];
    const job = endFiles({
      files: { eraseOld },
      now: () => NOW,
      report: (event, facts) => reports.push([event, facts]),
    });
    await expect(job()).rejects.toThrow('1 failed');
    expect(asked).toEqual(['people', 'exports', 'submissions', 'uploads']);
    expect(reports).toEqual([['files-ended', { failed: 1, ended: 3 }]]);
  });
});
