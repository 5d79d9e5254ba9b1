import { readFileSync } from 'node:fs';
import { decompile } from '../shared/domain/screening/compiled-file.js';
import { screenerOf } from '../shared/domain/screening/screen.js';
import { ContestId } from '../shared/domain/ids.js';
import { Instant } from '../shared/domain/time.js';
import { coreMilliseconds } from './measure.js';

/** Run in a process of its own: prints how many milliseconds a screener takes that nothing has warmed up for. */
const bytes = readFileSync(process.argv[2] ?? '');
const [start, coreStart] = [performance.now(), coreMilliseconds()];
const ready = decompile(bytes);
if (ready.kind === 'refused') throw new Error(`Refused: ${ready.why}`);
const screen = screenerOf(ready.compiled);
const [took, core] = [performance.now() - start, coreMilliseconds() - coreStart];
screen({
  parts: [{ field: 'body', text: 'Ayo coblos nomor 2' }],
  context: null,
  postedAt: Instant.parse('2029-10-10T03:00:00.000Z'),
  contests: [ContestId.parse('pilbup-sukamaju')],
});
console.log(JSON.stringify({ took, core, first: coreMilliseconds() - coreStart - core }));
